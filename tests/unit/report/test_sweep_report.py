"""The report of a sweep that was run: from its folder alone, whether it ended well, with failures, or has not ended."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from fixtures.page_reader import problems_of
from typer.testing import CliRunner

from sim.cli import app
from sim.errors import InputError
from sim.report import build_sweep_report

sys.path[:0] = [str(Path(__file__).parents[1] / part) for part in ("runs", "runs/sweep")]

from small_experiments import small, swept  # noqa: E402


def test_a_sweep_has_a_report_and_its_answers_from_its_folder_alone(tmp_path: Path) -> None:
    folder = swept(small(effects=(0.0, 1.0, 2.0), fails_at=2, seeds=(1, 2, 3, 4)), tmp_path / "small").path
    found = CliRunner().invoke(app, ["report", str(folder), "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout) == {"reports": [(folder / "report.html").as_posix()]}
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert problems_of(page) == []
    assert "6 of 24 runs failed and are left out" in page
    assert "repeat_run(experiment, point=0, seed=2)" in page
    assert (
        "from 0 (the same with every seed) at 0 to +2.0000 (the same with every seed) at 2, with too few seeds to be told from luck" in page
    )
    assert {"tornado.csv", "sensitivity.csv", "decision.csv", "convergence.csv"} <= {path.name for path in (folder / "answers").iterdir()}
    assert set(pd.read_csv(folder / "answers" / "tornado.csv")["input"]) == {"stand_in.effect", "firms.target_use"}
    assert "Answers" in openpyxl.load_workbook(folder / "report.xlsx", read_only=True).sheetnames
    before = (folder / "report.html").read_bytes(), (folder / "report.xlsx").read_bytes()
    build_sweep_report(folder)
    assert before == ((folder / "report.html").read_bytes(), (folder / "report.xlsx").read_bytes())


def test_what_is_no_sweep_is_refused_and_a_sweep_that_failed_throughout_too(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such folder"):
        build_sweep_report(tmp_path / "nothing")
    folder = swept(small(effects=(0.0,), used=(0.8,), seeds=(2,), fails_at=2), tmp_path / "failed").path
    with pytest.raises(InputError, match="no run of this experiment came to its end, so there is nothing to report"):
        build_sweep_report(folder)
