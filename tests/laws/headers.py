#!/usr/bin/env python3
"""Law: every header compiles alone, and twice. Usage: headers.py ROOT BUILD

Compiles, for each header under src/, a file that holds nothing but its include; through ccache where that is installed.
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys

import modules


def compile_alone(root: pathlib.Path, folder: pathlib.Path, header: pathlib.Path) -> str | None:
    name = str(header).replace("/", ".")
    source = folder / f"{name}.cc"
    text = f'#include "{header}"\n#include "{header}"\n'
    if not source.is_file() or source.read_text() != text:
        source.write_text(text)
    launcher = [path] if (path := shutil.which("ccache")) else []
    done = subprocess.run(
        [*launcher, os.environ.get("CXX", "g++"), "-std=c++23", "-Wall", "-Wextra", "-Werror", "-O0",
         f"-I{root / 'src'}", "-c", str(source), "-o", str(folder / f"{name}.o")],
        capture_output=True, text=True)
    if done.returncode == 0:
        return None
    return f"src/{header}: does not compile alone\n" + "\n".join(done.stderr.splitlines()[:12])


def main() -> None:
    root, build = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    folder = build / "headers"
    folder.mkdir(parents=True, exist_ok=True)
    headers = [f for f in modules.sources(root) if f.suffix == ".h" and not f.name.endswith("_for_tests.h")]
    if not headers:
        modules.verdict("headers", ["no header under src/"])
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        broken = [b for b in pool.map(lambda h: compile_alone(root, folder, h), headers) if b]
    modules.verdict("headers", broken)


if __name__ == "__main__":
    main()
