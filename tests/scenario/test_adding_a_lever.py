"""docs/adding-a-lever.md is true: done step by step in a copy of the project, each command works on the first try."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from support.extended import ROOT, copy_with, marked_blocks, run_python

PAGE = ROOT / "docs" / "adding-a-lever.md"
STEPS = ["file", "line", "command", "scenario", "command", "command", "test", "command"]


def follow(folder: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Do what the page says, in order; what these commands said, by the name of the block."""
    said = {}
    copy_with(folder, [])
    for kind, name, text in marked_blocks(PAGE):
        if kind == "line":
            path = folder / name
            path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
        elif kind != "command":
            path = folder / name
            assert not path.exists(), f"{name} is there already"
            path.write_text(text, encoding="utf-8")
        elif name in names:
            (line,) = text.splitlines()
            words = shlex.split(line)
            rest = ["-m", "sim", *words[1:]] if words[0] == "localwealth" else [*words[1:], "-p", "no:cacheprovider"]
            found = run_python(folder, *rest)
            assert found.returncode == 0, f"{line}\n{found.stdout}{found.stderr}"
            said[name] = found.stdout
    return said


def test_the_page_goes_from_a_file_to_a_test() -> None:
    assert [kind for kind, _, _ in marked_blocks(PAGE)] == STEPS


def test_what_the_page_says_to_read_or_run_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = {name for _, name, _ in marked_blocks(PAGE)} | {"scenarios/levers/tender-desk.yaml"}
    named = set(re.findall(r"(?<![\w/])(?:sim|tests|docs|experiments|scenarios|results)(?:/[\w.-]+)+", text)) - made
    assert len(named) > 15
    missing = sorted(name for name in named if not (ROOT / name).exists())
    assert missing == ["results/tender-desk"]


def test_the_lever_is_described_and_its_test_passes(tmp_path: Path) -> None:
    said = follow(tmp_path, ("describe", "test"))
    assert "A tender desk" in said["describe"] and "salary" in said["describe"]
    assert "1 passed" in said["test"]


@pytest.mark.long
def test_every_step_works(tmp_path: Path) -> None:
    said = follow(tmp_path, ("describe", "check", "compare", "test"))
    assert set(said) == {"describe", "check", "compare", "test"}
    assert "A tender desk in Anytown" in said["compare"]
    assert (tmp_path / "results" / "tender-desk" / "report.html").is_file()
