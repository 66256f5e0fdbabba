"""The command with a stand-in for the economy and for the report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "runs"))

from stand_in import MEASURES, StandIn

import sim.runs.execute
import sim.runs.workers
from sim.cli import app

Command = Callable[..., Result]


def build_report(folder: Path) -> Path:
    """A report of one line."""
    path = Path(folder) / "report.html"
    path.write_text("<p>A report</p>")
    return path


@pytest.fixture
def economy(monkeypatch: pytest.MonkeyPatch) -> type[StandIn]:
    """Runs use the stand-in."""
    monkeypatch.setattr(sim.runs.workers, "_economy", lambda: StandIn)
    monkeypatch.setattr(sim.runs.execute, "known_measures", lambda: MEASURES)
    return StandIn


@pytest.fixture
def command(economy: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Call the command in an empty folder."""
    report = ModuleType("sim.report")
    report.build_report = build_report  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sim.report", report)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), prog_name="localwealth")

    return call
