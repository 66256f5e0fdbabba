"""One report of a made-up result, built once for all tests that look at it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.report import build_report
from sim.runs.stored.store import save_result

sys.path.insert(0, str(Path(__file__).parent))

from fixtures.made_up_result import made_up_result


@pytest.fixture(scope="session")
def report_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a result with three arms, with its report."""
    folder = save_result(made_up_result(arms=3), tmp_path_factory.mktemp("results") / "three")
    build_report(folder)
    return folder


@pytest.fixture(scope="session")
def page(report_folder: Path) -> str:
    """The page of that report."""
    return (report_folder / "report.html").read_text(encoding="utf-8")


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., str]:
    """Store a made-up result and give the page of its report."""

    def build_page(**settings: Any) -> str:
        folder = save_result(made_up_result(**settings), tmp_path / "result")
        return build_report(folder, charts=False).read_text(encoding="utf-8")

    return build_page
