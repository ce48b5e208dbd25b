#!/usr/bin/env python3
"""Each law is seen to refuse. samples/LAW-CASE/ is a small tree that breaks it on purpose, with what the law must say
in refused.txt; samples/good keeps every law."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import modules

HERE = pathlib.Path(__file__).parent
SAMPLES = HERE / "samples"
LAWS = ("includes", "names", "headers", "symbols")


def build(sample: pathlib.Path, folder: pathlib.Path) -> None:
    """The sample's modules as archives, as CMake would leave them; fortified, as distributions build."""
    (folder / "lib").mkdir()
    for module in modules.read(sample):
        objects = []
        for source in sorted((sample / "src" / module.path).glob("*.cc")):
            objects.append(str(folder / f"{source.name}.o"))
            subprocess.run(["g++", "-std=c++23", "-O2", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2", f"-I{sample / 'src'}",
                            "-c", str(source), "-o", objects[-1]], check=True)
        if objects:
            subprocess.run(["ar", "rcs", str(folder / "lib" / module.archive), *objects], check=True)


def run(law: str, sample: pathlib.Path) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        if law == "symbols":
            build(sample, pathlib.Path(folder))
        done = subprocess.run([sys.executable, str(HERE / f"{law}.py"), str(sample), folder],
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


class Samples(unittest.TestCase):
    def test_each_law_has_a_sample(self) -> None:
        for law in LAWS:
            self.assertTrue(list(SAMPLES.glob(f"{law}-*")), f"no sample breaks {law}")

    def test_good_is_accepted(self) -> None:
        for law in LAWS:
            with self.subTest(law=law):
                code, said = run(law, SAMPLES / "good")
                self.assertEqual(code, 0, said)

    def test_bad_is_refused(self) -> None:
        bad = sorted(p for p in SAMPLES.iterdir() if p.name != "good")
        for sample in bad:
            with self.subTest(sample=sample.name):
                code, said = run(sample.name.split("-")[0], sample)
                self.assertEqual(code, 1, said)
                self.assertIn((sample / "refused.txt").read_text().rstrip("\n"), said)


if __name__ == "__main__":
    unittest.main()
