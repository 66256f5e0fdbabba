"""The pages of docs/levers: one for each lever, up to date, with a run behind each."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from sim.core.registry import POLICIES, SHOCKS

ROOT = Path(__file__).resolve().parents[3]


def script(path: str) -> ModuleType:
    """A script of the project."""
    spec = spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None and spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


PAGES = script("docs/lever_pages.py").pages()
LEVERS = script("experiments/levers.py")
KEPT = ROOT / "results" / "published" / "levers" / "levers.csv"
NAMES = (*POLICIES.names(), *SHOCKS.names())


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_up_to_date(name: str) -> None:
    written = ROOT / "docs" / "levers" / name
    assert written.is_file() and written.read_text(encoding="utf-8") == PAGES[name], "run: python docs/lever_pages.py"


def test_every_lever_has_a_page_and_no_page_is_left_over() -> None:
    assert sorted(path.name for path in (ROOT / "docs" / "levers").glob("*.md")) == sorted(PAGES)
    assert set(PAGES) == {"README.md", *(f"{name.replace('_', '-')}.md" for name in NAMES)}


def test_every_lever_has_a_run_behind_its_page() -> None:
    kept = pd.read_csv(KEPT)
    missing = sorted(set(NAMES) - set(kept["lever"]))
    assert not missing, f"run: python experiments/levers.py {' '.join(missing)} --out results/published/levers"
    assert set(kept["lever"]) == set(NAMES)
    assert (kept["seeds"] >= 8).all()
    assert not any("No run is kept" in page for page in PAGES.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_all_that_a_reader_asks(name: str) -> None:
    page = PAGES[f"{name.replace('_', '-')}.md"]
    for heading in ("What it is", "Where it was tried", "What is known of it", "What it costs", "What can go wrong", "Settings", "One run"):
        assert f"## {heading}" in page
    assert "It changes nothing, to the penny, at" in page


def test_a_lever_run_alone_leaves_the_rows_of_the_others_to_the_letter(tmp_path: Path) -> None:
    path, order = tmp_path / "levers.csv", LEVERS.lever_files()
    path.write_bytes(KEPT.read_bytes())
    whole = pd.read_csv(KEPT)
    LEVERS.keep(whole[whole["lever"] == "lots"], path, order, some=True)
    assert path.read_bytes() == KEPT.read_bytes()
    LEVERS.keep(whole[whole["lever"] == "lots"].assign(seeds=11), path, order, some=True)
    new = pd.read_csv(path)
    assert (new["seeds"] == 11).equals(new["lever"] == "lots") and len(new) == len(whole)
    LEVERS.keep(whole[whole["lever"] == "lots"], path, order, some=False)
    assert set(pd.read_csv(path)["lever"]) == {"lots"}


def test_a_lever_that_no_scenario_shows_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        LEVERS.read_arguments(["lots", "lotz"])
    said = capsys.readouterr().err
    assert "named after lotz; there are: anchor_leaves," in said
    assert LEVERS.read_arguments([]).seeds == 10
