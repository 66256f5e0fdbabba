"""Pages say what the code does: generated pages are up to date, marked blocks run, links lead somewhere, commands exist."""

from __future__ import annotations

import doctest
import re
import shlex
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
import typer.main
from support.page_reader import Reader
from support.pages import DOCS, ROOT, Block, anchors, blocks, command_lines, links, pages, shown

import sim
import sim.catalogue  # fills the registries
from sim.cli import app
from sim.cli.runs import DEMO
from sim.core.registry import MEASURES, POLICIES, SHOCKS
from sim.runs import load_result
from sim.settings.load import shipped
from sim.settings.parameters import PARAMETERS
from sim.settings.reading.problems import Kind

PAGES = pages()
WITH_BLOCKS = [page for page in PAGES if any(block.asked for block in blocks(page))]
GROUPS = sorted({parameter.group for parameter in PARAMETERS})


def module(name: str) -> ModuleType:
    """A script of the folder docs."""
    spec = spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


GENERATED = module("generate").pages()


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_a_generated_page_is_up_to_date(name):
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == GENERATED[name], "run: python docs/generate.py"


def test_no_page_of_the_reference_is_left_over():
    assert sorted(path.name for path in (DOCS / "reference").glob("*.md")) == sorted(GENERATED)


def test_every_declaration_has_its_place_in_the_reference():
    parameters = [p.name for p in PARAMETERS]
    assumed = [*parameters, *POLICIES.names(), *SHOCKS.names()]
    kinds = [kind.value for kind in Kind]
    listed = {"parameters": parameters, "measures": MEASURES.names(), "assumptions": assumed, "errors": kinds}
    for page, names in listed.items():
        for name in names:
            assert f"| `{name}` |" in GENERATED[f"{page}.md"]
    for page, registry in {"policies": POLICIES, "shocks": SHOCKS}.items():
        for name in registry.names():
            assert f"\n## {name}\n" in GENERATED[f"{page}.md"]


@pytest.fixture
def registries():
    """Registries as they were, after a page has added to them."""
    kept = [(registry, dict(registry._items)) for registry in (POLICIES, SHOCKS, MEASURES)]
    yield
    for registry, items in kept:
        registry._items.clear()
        registry._items.update(items)


def no_report(folder: Path) -> Path:
    """In place of a report, which takes longer than all that a page runs; the result must be there to be read."""
    load_result(folder)
    return Path(folder) / "report.html"


@pytest.mark.usefixtures("registries")
@pytest.mark.parametrize("reports", [False, pytest.param(True, marks=pytest.mark.long)], ids=["tables", "reports"])
@pytest.mark.parametrize("page", WITH_BLOCKS, ids=shown)
def test_what_a_page_says_to_run_runs(page, reports, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if not reports:
        monkeypatch.setattr("sim.report.build_report", no_report)
    # Seeds in this process: starting others costs more than the few months that a page runs.
    for module in ("execute", "explaining.explain", "sweep.runner"):
        monkeypatch.setattr(f"sim.runs.{module}.available_processors", lambda: 1)
    reader = Reader(tmp_path, whole=reports)
    for block in blocks(page):
        if block.asked:
            reader.follow(block)


def test_a_page_that_does_not_run_is_noticed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError):
        Reader(tmp_path).follow(Block("run", "bash", "localwealth describe nothing_of_this_name\n", 1))
    with pytest.raises(ZeroDivisionError):
        Reader(tmp_path).follow(Block("run", "python", "1 / 0\n", 1))
    with pytest.raises(AssertionError):
        Reader(tmp_path).follow(Block("scenario", "yaml", "title: Nothing else\nplace: nowhere\n", 1))
    with pytest.raises(AssertionError):
        Reader(tmp_path).follow(Block("part of README.md", "yaml", "nobody: wrote this there\n", 1))
    with pytest.raises(AssertionError, match="nobody knows"):
        Reader(tmp_path).follow(Block("wonder", "python", "", 1))
    Reader(tmp_path).follow(Block("long", "python", "1 / 0\n", 1))
    with pytest.raises(ZeroDivisionError):
        Reader(tmp_path, whole=True).follow(Block("long", "python", "1 / 0\n", 1))


ALL_COMMANDS = [(page, line) for page in PAGES for block in blocks(page) for line in command_lines(block)]


@pytest.mark.parametrize(("page", "line"), ALL_COMMANDS, ids=[f"{shown(page)}: {line}" for page, line in ALL_COMMANDS])
def test_a_command_in_a_page_exists_with_its_options(page, line):
    words = shlex.split(line.partition(" | ")[0], comments=True)[1:]
    if words == ["--version"]:
        return
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    if words == ["--help"]:
        return
    with command.make_context(command.name, words):
        pass
    for word in words:
        if re.match(r"(anytown|preston)/", word):
            assert word in shipped("scenario")


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_somewhere(page):
    for target in links(page):
        path, _, anchor = target.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), f"{shown(page)}: {target}"
        if anchor:
            assert anchor in anchors(goal), f"{shown(page)}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_parameters_that_a_page_names_exist(page):
    known = {parameter.name for parameter in PARAMETERS}
    named = re.findall(rf"(?<![\w./])(?:{'|'.join(GROUPS)})\.[a-z][a-z_0-9]*\b(?!\()", page.read_text(encoding="utf-8"))
    assert not [name for name in named if name not in known and not name.endswith((".md", ".py", ".yaml", ".csv", ".css"))]


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in module("generate").commands_of(typer.main.get_command(app), "localwealth"):
        assert f"| `{name}` |" in readme


def test_the_readme_names_the_place_of_the_demonstration():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = [line for line in readme.splitlines() if line.startswith(("The demonstration compares", "| `localwealth demo` |"))]
    places = {sim.load(name).place.title.partition(" (")[0] for name in DEMO.scenarios}
    others = {path.stem.title() for path in (ROOT / "scenarios" / "places").glob("*.yaml")} - places
    assert len(told) == 2
    for line in told:
        assert all(place in line for place in places), line
        assert not [place for place in others if place in line], line


def test_the_readme_has_the_two_commands_of_the_checks():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("run", "test"):
        assert readme.count(f"<!-- command: {name} -->\n```bash\n") == 1


def test_pages_are_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        waiting.extend((page.parent / target.partition("#")[0]).resolve() for target in links(page) if target.partition("#")[0])
    assert [shown(page) for page in PAGES if page not in reached] == []


@pytest.mark.parametrize("name", ["generate", "make_pictures", "site/landmarks"])
def test_examples_of_the_scripts(name):
    assert doctest.testmod(module(name)).failed == 0


def test_table_of_the_readme_is_that_of_the_published_summary():
    made, readme = module("make_pictures"), (ROOT / "README.md").read_text(encoding="utf-8")
    shown_table = readme[readme.index("| Last twelve months") : readme.index("\n\nIn brackets")]
    heads = [cell.strip().removesuffix(": difference") for cell in shown_table.partition("\n")[0].strip("|").split("|")]
    summary = pd.read_csv(ROOT / "results" / "published" / "preston" / "summary.csv")
    assert made.table(summary, dict(zip(made.ARMS, heads[1:], strict=True)), "£") == shown_table
    assert f"{made.SIGNS} {made.CARE}\n" in readme
