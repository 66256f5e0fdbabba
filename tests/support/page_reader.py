"""Does what the marked blocks of a page say: ``<!-- check: VERB -->`` above a fenced block names one of the verbs below.

| Verb | What is done |
| --- | --- |
| `run` | the lines are run: Python in one namespace for the page, bash that calls the command alone |
| `run with FOLDER as NAME` | the same, beside a copy of a folder of the project |
| `fails CODE` | the command ends with this exit code |
| `says` | what the command said last reads so; three dots stand for anything |
| `write NAME` | the text is written into a file |
| `copy FILE NAME` | a file of the project is taken, which begins so |
| `scenario` | the text is a scenario file that `localwealth check` accepts |
| `part of FILE` | the text stands in a file of the project, but for its indents |
| `reduced` | the command is run with two seeds and two months, among the long tests |
| `long` | as `run`, among the long tests |
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

from support.pages import ROOT, Block
from typer.testing import CliRunner

from sim.cli import app

#: Seeds and months of a command that is run smaller than it stands in the page; of an option given twice the last counts.
REDUCED = ("--seeds", "2", "--months", "2")


class Reader:
    """Follows a page: writes what it says to write, runs what it says to run, in one folder and one Python namespace."""

    def __init__(self, folder: Path, whole: bool = False) -> None:
        self.folder = folder
        self.whole = whole
        self.names: dict[str, Any] = {}
        self.said = ""

    def follow(self, block: Block) -> None:
        """Do what is asked of a block."""
        verb, _, rest = block.asked.partition(" ")
        if verb in ("long", "reduced"):
            if self.whole:
                self.run(block, REDUCED if verb == "reduced" else ())
        elif verb == "run":
            if rest:
                given, _, name = rest.removeprefix("with ").partition(" as ")
                shutil.copytree(ROOT / given, self.folder / name)
            self.run(block)
        elif verb == "write":
            (self.folder / rest).write_text(block.text, encoding="utf-8")
        elif verb == "copy":
            self.copy(*rest.split(), block.text)
        elif verb == "says":
            # Three dots in a page stand for anything: lists of names grow.
            pattern = re.escape(block.text.strip()).replace(re.escape("..."), ".*")
            assert re.fullmatch(pattern, self.said.strip(), re.DOTALL), self.said
        elif verb == "fails":
            assert self.bash(block.text) == int(rest)
        elif verb == "scenario":
            (self.folder / "shown.yaml").write_text(block.text, encoding="utf-8")
            assert self.bash("localwealth check shown.yaml") == 0, self.said
        else:
            assert verb == "part", f"nobody knows how to check {block.asked!r}"
            there = " ".join((ROOT / rest.removeprefix("of ")).read_text(encoding="utf-8").split())
            assert " ".join(block.text.split()) in there, block.text

    def run(self, block: Block, more: tuple[str, ...] = ()) -> None:
        """Run a block; each of its commands ends well."""
        if block.language == "python":
            exec(compile(block.text, f"block in line {block.line}", "exec"), self.names)
        else:
            assert self.bash(block.text, more) == 0, self.said

    def copy(self, given: str, name: str, begins: str) -> None:
        """Take a file of the project into the folder; it begins as the page shows."""
        raw = (ROOT / given).read_bytes()
        assert raw.decode("cp1252").replace("\r\n", "\n").startswith(begins)
        (self.folder / name).write_bytes(raw)

    def bash(self, text: str, more: tuple[str, ...] = ()) -> int:
        """Run lines that call the command; the exit code of the last, and of one that fails before."""
        code = 0
        for line in text.strip().splitlines():
            words = [*shlex.split(line, comments=True), *more]
            assert words[0] == "localwealth", f"a block to run calls localwealth alone, not {words[0]!r}"
            result = CliRunner().invoke(app, words[1:])
            self.said, code = result.output, result.exit_code
            if result.exception is not None and not isinstance(result.exception, SystemExit):
                raise result.exception
            if code:
                break
        return code
