"""Pages of each kind as a reader gets them: of real runs where charts hang on real numbers, of made-up ones with hostile titles else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.report import build_report
from sim.report.follow_page import write_follow
from sim.report.spend.page import spend_page, spend_sections
from sim.report.spend.view import SpendView
from sim.report.sweep.report import write_sweep_report
from sim.runs.stored.store import save_result
from sim.spend.analysis.analyse import analyse

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "report"), str(TESTS / "spend" / "analysis")]


def real_report(folder: Path) -> Path:
    """Two arms in the invented town."""
    result = sim.compare(["anytown/business-as-usual", "anytown/full-package"], seeds=2, months=12, workers=1)
    return build_report(save_result(result, folder / "real"), charts=False)


def report_of_three(folder: Path) -> Path:
    """Three arms, one with a title that means harm."""
    from fixtures.made_up_result import made_up_result

    return build_report(save_result(made_up_result(arms=3), folder / "three"), charts=False)


def sweep_report(folder: Path) -> Path:
    """An experiment with three scenarios, failures and all tables."""
    from fixtures.made_up_sweep import FULL, LOCAL, USUAL, made_up_view

    (folder / "experiment.yaml").write_text("title: Made up\n", encoding="utf-8")
    view = made_up_view(arms=[USUAL, LOCAL, FULL], failed=2, measures=["jobs", "retention_place/all"])
    write_sweep_report(view, folder)
    return folder / "report.html"


def spend_report(folder: Path) -> Path:
    """An analysis of made-up payments."""
    from made_up_spending import made_up_reading, made_up_suppliers

    view = SpendView(analyse(made_up_reading(), made_up_suppliers(), top=2), "Testing", "Testshire")
    page = folder / "spend.html"
    page.write_text(spend_page(view, spend_sections(view)), encoding="utf-8")
    return page


def followed_pound(folder: Path) -> Path:
    """A hundred pounds of an anchor of the invented town."""
    town = sim.Economy(sim.load("anytown/buy-local"), seed=1)
    town.step()
    town.step()
    return write_follow(sim.follow(town, "hospital-trust"), folder / "followed")[0]


KINDS: dict[str, Callable[[Path], Path]] = {
    "report": real_report,
    "report of three": report_of_three,
    "experiment": sweep_report,
    "spend": spend_report,
    "followed pound": followed_pound,
}


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that gives the page of a kind, made when it is first asked for."""
    made: dict[str, Path] = {}

    def give(kind: str) -> Path:
        if kind not in made:
            made[kind] = KINDS[kind](tmp_path_factory.mktemp("page"))
        return made[kind]

    return give
