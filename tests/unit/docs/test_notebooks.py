"""Notebooks run from the first cell to the last and show what is stored in them."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from support.pages import DOCS, shown

NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))


@pytest.fixture
def runner() -> ModuleType:
    """The script that runs notebooks."""
    spec = spec_from_file_location("docs_notebooks_run", DOCS / "notebooks" / "run.py")
    assert spec is not None and spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def stored(cell: dict) -> str:
    """What a cell shows in the file."""
    return "".join("".join(output["text"]) for output in cell["outputs"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=shown)
def test_a_notebook_shows_what_it_shows_when_run(path: Path, runner: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = list(runner.run_notebook(notebook))
    assert len(cells) >= 5
    for cell, text in cells:
        assert text == stored(cell), "run: python docs/notebooks/run.py"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=shown)
def test_a_notebook_is_one_that_jupyter_reads_and_names_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    for cell in notebook["cells"]:
        assert cell["cell_type"] in ("markdown", "code")
        assert set(cell) == {"cell_type", "id", "metadata", "source"} | (
            {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        )
    assert "/tmp" not in text and "/home" not in text and "/root" not in text


def test_a_cell_that_fails_stops_the_notebook(runner: ModuleType) -> None:
    cells = [{"cell_type": "code", "source": ["a = 1\n", "a"]}, {"cell_type": "code", "source": ["a / 0"]}]
    running = runner.run_notebook({"cells": cells})
    assert next(running)[1] == "1\n"
    with pytest.raises(ZeroDivisionError):
        next(running)
