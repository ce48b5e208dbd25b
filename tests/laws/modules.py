"""What the laws share: the module lines of src/CMakeLists.txt, the sources, and how a law says what it found."""

import pathlib
import re
import sys
from dataclasses import dataclass, field

WORDS = {"USES", "LIBS", "THREADS"}


@dataclass
class Module:
    path: str  # "core/verdict"
    line: int
    uses: list[str] = field(default_factory=list)

    @property
    def archive(self) -> str:
        return f"lib{self.path.replace('/', '.')}.a"


def read(root: pathlib.Path) -> list[Module]:
    """The modules in the order of their lines."""
    text = (root / "src/CMakeLists.txt").read_text()
    text = re.sub(r"#[^\n]*", "", text)
    modules = []
    for match in re.finditer(r"\bmodule\(([^)]*)\)", text):
        path, *words = match[1].split()
        module = Module(path, text.count("\n", 0, match.start()) + 1)
        section = None
        for word in words:
            if word in WORDS:
                section = word
            elif section == "USES":
                module.uses.append(word)
        modules.append(module)
    return modules


def sources(root: pathlib.Path) -> list[pathlib.Path]:
    """Every C++ file under src/, relative to src/."""
    src = root / "src"
    return sorted(p.relative_to(src) for p in src.rglob("*") if p.suffix in (".h", ".cc"))


def verdict(law: str, broken: list[str]) -> None:
    """Ends the program: 0 where the law holds, 1 with one line for each place where it does not."""
    for line in broken:
        print(line)
    if broken:
        print(f"\n{law}: broken in {len(broken)} place{'s' if len(broken) > 1 else ''} (ARCHITECTURE.md, \"Laws\")")
        sys.exit(1)
    print(f"{law}: holds")
    sys.exit(0)
