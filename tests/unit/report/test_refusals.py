"""Reports that can't be written, and experiments that are about something else."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.errors import InputError
from sim.report.findings.beside import sweep_beside
from sim.report.sweep.report import build_sweep_report
from sim.report.written import write_report


def fails(*_: Any, **__: Any) -> None:
    """As on a full disk."""
    raise OSError(28, "No space left on device")


def test_a_report_that_can_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(InputError, match="the report can't be written: File exists") as caught:
        write_report(tmp_path / "file", "<p>", "title", [], [], "no date", None, "")
    assert "make the folder writable, or copy it" in str(caught.value)
    monkeypatch.setattr("sim.runs.sweep.stored.load_sweep", lambda folder: SimpleNamespace(complete=True, path=tmp_path))
    monkeypatch.setattr("sim.runs.sweep.written_answers.write_answers", fails)
    with pytest.raises(InputError, match="the answers can't be written: No space left on device"):
        build_sweep_report(tmp_path)


@pytest.mark.parametrize(
    ("place", "seeds", "words", "remedy"),
    [
        ("elsewhere", 1, "this experiment is about another place", "give an experiment with the same place"),
        ("here", 0, "no run of it came to its end", "run it again"),
    ],
)
def test_an_experiment_beside_a_result_is_of_its_place_and_has_answers(
    place: str, seeds: int, words: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = SimpleNamespace(manifest={"place": place}, arm="town/a", at_points={"seeds": np.array([seeds])})
    monkeypatch.setattr("sim.runs.sweep.stored.load_sweep", lambda folder: SimpleNamespace(path=tmp_path))
    monkeypatch.setattr("sim.runs.sweep.answers.answers_of", lambda sweep: None)
    monkeypatch.setattr("sim.report.sweep.report.view_of_answers", lambda sweep, answers: view)
    result: Any = SimpleNamespace(manifest={"place": {"name": "here"}}, arms=("town/a", "town/b"))
    with pytest.raises(InputError, match=words) as caught:
        sweep_beside(result, tmp_path)
    assert remedy in str(caught.value)
