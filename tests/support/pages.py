"""Pages in Markdown as tests read them: blocks with what is asked of them, links, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

FENCE = re.compile(r"^```(\w*)\s*$")
CHECK = re.compile(r"^<!-- check: (.+) -->$")
LINK = re.compile(r"!?\[(?:[^\]]*)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """One fenced block: what is asked of it ("" for nothing), its language, its text, the line it begins in."""

    asked: str
    language: str
    text: str
    line: int


def pages() -> list[Path]:
    """Every page of the project that a reader may open."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def shown(page: Path) -> str:
    """A page by its path in the project."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """Every fenced block of a page, in order."""
    found, asked, inside = [], "", None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if inside is None and (check := CHECK.match(line)):
            asked = check[1]
        elif inside is None and (fence := FENCE.match(line)):
            inside = (fence[1], number, [])
        elif inside is not None and line == "```":
            found.append(Block(asked, inside[0], "\n".join(inside[2]) + "\n", inside[1]))
            asked, inside = "", None
        elif inside is not None:
            inside[2].append(line)
        elif line.strip():
            asked = ""
    return found


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def links(page: Path) -> Iterator[str]:
    """Every link of a page that stays in the project."""
    for target in LINK.findall(prose(page)):
        if not re.match(r"[a-z]+:", target):
            yield target


def anchors(page: Path) -> set[str]:
    """What a link to a heading of this page is called."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def command_lines(block: Block) -> list[str]:
    """The lines of a block that call the command."""
    return [line for line in block.text.splitlines() if line.startswith("localwealth ")]
