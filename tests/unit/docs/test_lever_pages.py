"""The pages of docs/levers: one for each lever, up to date, with a run behind each."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from sim.core.registry import POLICIES, SHOCKS

ROOT = Path(__file__).resolve().parents[3]


def lever_pages() -> ModuleType:
    """docs/lever_pages.py."""
    spec = spec_from_file_location("lever_pages", ROOT / "docs" / "lever_pages.py")
    assert spec is not None and spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


PAGES = lever_pages().pages()
NAMES = (*POLICIES.names(), *SHOCKS.names())


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_is_up_to_date(name: str) -> None:
    written = ROOT / "docs" / "levers" / name
    assert written.is_file() and written.read_text(encoding="utf-8") == PAGES[name], "run: python docs/lever_pages.py"


def test_every_lever_has_a_page_and_no_page_is_left_over() -> None:
    assert sorted(path.name for path in (ROOT / "docs" / "levers").glob("*.md")) == sorted(PAGES)
    assert set(PAGES) == {"README.md", *(f"{name.replace('_', '-')}.md" for name in NAMES)}


def test_every_lever_has_a_run_behind_its_page() -> None:
    kept = pd.read_csv(ROOT / "results" / "published" / "levers" / "levers.csv")
    assert set(kept["lever"]) == set(NAMES), "run: python experiments/levers.py, then copy its table to results/published/levers"
    assert (kept["seeds"] >= 8).all()
    assert not any("No run is kept" in page for page in PAGES.values())


@pytest.mark.parametrize("name", NAMES)
def test_a_page_tells_all_that_a_reader_asks(name: str) -> None:
    page = PAGES[f"{name.replace('_', '-')}.md"]
    for heading in ("What it is", "Where it was tried", "What is known of it", "What it costs", "What can go wrong", "Settings", "One run"):
        assert f"## {heading}" in page
    assert "It changes nothing, to the penny, at" in page
