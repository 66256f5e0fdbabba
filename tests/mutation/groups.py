"""What belongs together: files that are changed, tests that should notice, and the changes that no test can."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = Path(__file__).parent / "groups"
#: Why a change may go unnoticed.
KINDS: Final = ("equivalent", "speed", "words")

Name = tuple[str, str, str, str]


@dataclass(frozen=True)
class Stage:
    """Tests that are tried on a mutant together.

    Parameters
    ----------
    name : str
        Of their sort.
    tests : tuple of str
        Files, folders or single tests.
    most : int
        Most tests for one mutant; nought for as many as reach it.
    """

    name: str
    tests: tuple[str, ...]
    most: int = 0

    def has(self, test: str) -> bool:
        """Whether a test is one of these, by its address."""
        return test.startswith(self.tests)


@dataclass(frozen=True)
class Group:
    """One group of `groups`.

    Parameters
    ----------
    files : tuple of str
        Files whose functions are changed, from the root of the project.
    stages : tuple of Stage
        Tests in the order in which they are tried.
    warm : tuple of str
        Functions, as ``module:function``, whose answers are kept and do not hang on what is changed: called once before all trials.
    listed : dict of Name to (kind, reason)
        Mutants that are known to survive: "equivalent", no input can show them; "speed", they only take longer; "words", of a message.
    """

    files: tuple[str, ...]
    stages: tuple[Stage, ...]
    warm: tuple[str, ...]
    listed: dict[Name, tuple[str, str]]


def read_group(name: str) -> Group:
    """A group by the name of its file; its survivors stand in the files ``NAME-survivors*.toml`` beside it."""
    given = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    files = sorted({str(path.relative_to(ROOT)) for pattern in given["files"] for path in ROOT.glob(pattern)})
    files = [file for file in files if not file.endswith("__init__.py")]
    listed: dict[Name, tuple[str, str]] = {}
    for path in sorted(FOLDER.glob(f"{name}-survivors*.toml")):
        for item in tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", []):
            assert item["kind"] in KINDS, f"{path.name}: {item['kind']!r} is none of {', '.join(KINDS)}"
            key = item["file"], item["function"], item["was"], item["became"]
            assert key not in listed, f"{path.name}: listed twice: {key}"
            listed[key] = item["kind"], item["reason"]
    stages = [Stage(item["name"], tuple(item["tests"]), item.get("most", 0)) for item in given.get("stage", [])]
    stages = stages or [Stage("by its tests", tuple(given["tests"]))]
    return Group(tuple(files), tuple(stages), tuple(given.get("warm", [])), listed)


def group_names() -> list[str]:
    """All groups."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if "-survivors" not in path.stem)
