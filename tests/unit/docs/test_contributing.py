"""The contributor guide is true: its rooms are those of the contracts, its hooks need no network, its files are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from ruamel.yaml import YAML
from support.rooms import ROOT, folders, purpose, rooms, table

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def between(name: str) -> str:
    """What stands in the guide between two marks."""
    return GUIDE[GUIDE.index(f"<!-- {name}: begin -->\n") + len(f"<!-- {name}: begin -->\n") : GUIDE.index(f"\n<!-- {name}: end -->")]


def test_the_rooms_are_those_of_the_contracts() -> None:
    assert between("rooms") == table(), f"the table should be:\n{table()}"


def test_the_folders_are_those_of_the_package() -> None:
    assert between("folders") == folders(), f"the table should be:\n{folders()}"


def test_every_part_of_the_package_is_a_room_that_says_what_it_is_for() -> None:
    named = {room for layer in rooms() for room in layer}
    there = {path.stem if path.is_file() else path.name for path in (ROOT / "sim").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert {f"sim.{name}" for name in there if name not in ("__init__", "__pycache__")} == named
    assert all(len(purpose(room)) > 30 for room in named)


def test_hooks_come_from_this_environment_alone() -> None:
    config = YAML(typ="safe").load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    (hooks,) = (repository["hooks"] for repository in config["repos"])
    assert {hook["language"] for hook in hooks} == {"system"}
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tested = {re.split(r"[<>=\[]", name)[0] for name in settings["project"]["optional-dependencies"]["test"]}
    commands = {hook["entry"].split()[0].replace("lint-imports", "import-linter") for hook in hooks}
    assert commands == {"ruff", "mypy", "import-linter"} <= tested


def test_files_and_modules_that_the_guide_names_are_there() -> None:
    scripts = re.findall(r"python ([\w/]+\.py)", GUIDE)
    modules = [f"{name.replace('.', '/')}.py" for name in re.findall(r"-m (tests[\w.]+)", GUIDE)]
    named = {*scripts, *modules, *re.findall(r"`((?:sim|tests|docs)/[\w/]+(?:\.py)?)`", GUIDE)}
    assert len(named) > 6
    assert [name for name in sorted(named) if not Path(ROOT, name).exists()] == []
