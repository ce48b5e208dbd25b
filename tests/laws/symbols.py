#!/usr/bin/env python3
"""Law: the core computes, the shell acts. Usage: symbols.py ROOT BUILD

What the release archives of src/base and src/core need and do not define themselves must be on the list in
allowed_symbols.txt. So a clock, a file, a socket, a thread or the environment cannot enter the core unseen, not even
under the names that a fortified build gives them.
"""

import collections
import pathlib
import re
import subprocess
import sys

import modules

HERE = pathlib.Path(__file__).parent


def allowed() -> re.Pattern:
    """Lines are demangled names in which * stands for anything; # starts a comment."""
    patterns = []
    for line in (HERE / "allowed_symbols.txt").read_text().splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            patterns.append(".*".join(re.escape(part) for part in line.split("*")))
    return re.compile("|".join(patterns))


def main() -> None:
    root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    archives = []
    for module in modules.read(root):
        is_core = module.path == "base" or module.path.startswith(("base/", "core/"))
        has_code = any(not f.name.endswith("_test.cc") for f in (root / "src" / module.path).glob("*.cc"))
        if is_core and has_code:
            archives.append(build / "lib" / module.archive)
    missing = [a for a in archives if not a.is_file()]
    if missing or not archives:
        modules.verdict("symbols", [f"{a}: not built" for a in missing] or ["no archive of the core to look at"])

    # One line a symbol: "archive[member]: name type ...", or "archive:member: ..." in older binutils.
    text = subprocess.run(
        ["nm", "-A", "-P", "-C", *archives], check=True, capture_output=True, text=True
    ).stdout
    defined: set[str] = set()
    needed: dict[str, set[str]] = collections.defaultdict(set)
    for line in text.splitlines():
        match = re.match(r"^\S*?([^/\s]+\.a)\[([^\]]+)\]: (.*?) ([A-Za-z?-])(?: [0-9a-f]+)*\s*$", line)
        if not match:
            sys.exit(f"cannot read this line of nm: {line}")
        archive, member, name, kind = match.groups()
        if kind in "Uwv":
            needed[name].add(f"{archive}({member})")
        else:
            defined.add(name)

    permitted = allowed()
    broken = []
    for name in sorted(needed.keys() - defined):
        if not permitted.fullmatch(name):
            broken.append(f"{name}\n    needed by {', '.join(sorted(needed[name])[:3])}")
    modules.verdict("the core computes", broken)


if __name__ == "__main__":
    main()
