#!/usr/bin/env python3
"""Law: one direction. Usage: includes.py ROOT

A module includes only itself and what its line in src/CMakeLists.txt names, and names only modules above it. Includes
of ours are full paths from src/ in quotes; <...> is somebody else's.
"""

import pathlib
import re
import sys

import modules

# These edges stay forbidden whatever the module lines say: (from, to, why).
BANS = [
    ("base", "core", "base knows nothing of routing"),
    ("base", "shell", "base knows nothing of the outside"),
    ("base", "apps", "base knows nothing of the commands"),
    ("core", "shell", "the core computes, the shell acts"),
    ("core", "apps", "the core does not know who calls it"),
    ("shell", "apps", "the shell does not know who calls it"),
    ("core/verdict", "core/wire", "a verdict is about routes, not about bytes"),
    ("core/incident", "core/wire", "an incident is about routes, not about bytes"),
    ("core/actions", "core/wire", "an action is about routes, not about bytes"),
    ("core/observatory", "core/wire", "the observatory is about incidents, not about bytes"),
]
ACTIONS = "core/actions"

# They dominate the compile time of every file that sees them: only .cc files may, and headers whose first comment says
# that they are for .cc files alone, which no other header includes then.
HEAVY = re.compile(r"^(CLI/|spdlog/|simdjson\.h|boost/(asio|beast)|yaml-cpp/)")
# Streams and the console are not the core's; what else it may not reach, symbols.py finds in its archives.
STREAMS = re.compile(r"^(iostream|fstream|sstream|ostream|istream|filesystem|thread|mutex|future|condition_variable)$")


def is_for_cc_files(root: pathlib.Path, header: pathlib.Path) -> bool:
    if header.name.endswith("_for_tests.h"):
        return True
    comment = re.match(r"(//[^\n]*\n)*", (root / "src" / header).read_text(errors="replace"))[0]
    return re.search(r"[Oo]nly for [\w./ ]*\.cc", comment) is not None


def under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


def ban(user: str, used: str) -> str | None:
    for source, target, why in BANS:
        if under(user, source) and under(used, target):
            return why
    if under(user, ACTIONS) and under(used, ACTIONS) and user != used:
        return "the four actions never use each other"
    return None


def check_lines(declared: list[modules.Module]) -> list[str]:
    broken = []
    above: set[str] = set()
    for module in declared:
        at = f"src/CMakeLists.txt:{module.line}: module({module.path})"
        if module.path in above:
            broken.append(f"{at} is declared twice")
        for used in module.uses:
            why = ban(module.path, used)
            if why:
                broken.append(f"{at} may never use {used}: {why}")
            elif used not in above:
                broken.append(f"{at} uses {used}, which no line above declares")
        above.add(module.path)
    return broken


def check_file(root: pathlib.Path, file: pathlib.Path, module: modules.Module) -> list[str]:
    broken = []
    is_core = under(module.path, "base") or under(module.path, "core")
    is_test = file.name.endswith(("_test.cc", "_for_tests.h"))
    may_be_heavy = file.suffix == ".cc" or is_for_cc_files(root, file)
    text = (root / "src" / file).read_text(errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*(["<])([^">]+)', line)
        if not match:
            continue
        quote, target = match[1], match[2]
        at = f"src/{file}:{number}: "
        ours = (root / "src" / target).is_file()
        if quote == "<":
            if ours:
                broken.append(f'{at}<{target}> is ours: write it in quotes')
            elif HEAVY.match(target) and not may_be_heavy:
                broken.append(f"{at}<{target}> belongs in a .cc file: it is slow to compile")
            elif is_core and not is_test and STREAMS.match(target):
                broken.append(f"{at}<{target}> has no place in {module.path}: the core computes, the shell acts")
        elif not ours:
            broken.append(f'{at}"{target}" is not a file under src/: write the full path, or <...> if it is not ours')
        else:
            used = str(pathlib.PurePosixPath(target).parent)
            if not may_be_heavy and is_for_cc_files(root, pathlib.Path(target)):
                broken.append(f"{at}{target} says that it is only for .cc files")
            if used == module.path:
                continue
            why = ban(module.path, used)
            if why:
                broken.append(f"{at}{module.path} may never include {used}: {why}")
            elif used not in module.uses:
                broken.append(f"{at}{module.path} includes {used}, which its line in src/CMakeLists.txt does not name")
    return broken


def main() -> None:
    root = pathlib.Path(sys.argv[1])
    declared = modules.read(root)
    by_path = {module.path: module for module in declared}
    broken = check_lines(declared)
    for file in modules.sources(root):
        module = by_path.get(str(file.parent))
        if module is None:
            broken.append(f"src/{file}: its folder has no line in src/CMakeLists.txt")
        else:
            broken += check_file(root, file, module)
    modules.verdict("one direction", broken)


if __name__ == "__main__":
    main()
