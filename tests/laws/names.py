#!/usr/bin/env python3
"""Law: rooms have names and files are one thought. Usage: names.py ROOT

No folder is called after nothing in particular, and no source file under src/ is longer than 400 lines.
"""

import os
import pathlib
import sys

import modules

REFUSED = {"common", "util", "utils", "misc", "helper", "helpers", "lib"}
NOT_OURS = {".git", "build", "node_modules", "samples"}
LONGEST = 400


def main() -> None:
    root = pathlib.Path(sys.argv[1])
    broken = []
    for folder, folders, _ in os.walk(root):
        folders[:] = sorted(f for f in folders if f not in NOT_OURS)
        for name in folders:
            if name.lower() in REFUSED:
                path = (pathlib.Path(folder) / name).relative_to(root)
                broken.append(f"{path}/: a folder called '{name}' says nothing: name what is in it")
    for file in modules.sources(root):
        lines = (root / "src" / file).read_bytes().count(b"\n")
        if lines > LONGEST:
            broken.append(f"src/{file}: {lines} lines; past {LONGEST} a file is asking to become two")
    modules.verdict("names", broken)


if __name__ == "__main__":
    main()
