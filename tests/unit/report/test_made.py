"""What made the difference: in a report when the result has been explained, and nowhere else."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sim.report import build_report
from sim.runs import compare, explain

sys.path.insert(0, str(Path(__file__).parents[1] / "runs"))

from stand_in import MEASURES, StandIn, package

EFFECTS = {"local_spend_target": 2.0, "living_wage_anchors": -0.7, "social_value_weight": 4.013}


def built(folder: Path, scenario: Any, *by: str, seeds: int = 2) -> str:
    """The page of a scenario that has been compared and explained."""
    options: Any = {"workers": 1, "factory": StandIn, "out": folder}
    compare([package("town/usual"), scenario], seeds=seeds, measures=MEASURES, **options)
    for who in by:
        explain(scenario, by=who, seeds=seeds, known=MEASURES, measures=["level", "count", "share"], **options)
    return build_report(folder, charts=False).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A comparison that has been explained by lever and by pillar."""
    path = tmp_path_factory.mktemp("results") / "explained"
    built(path, package("town/three", *((name, {"effect": effect}) for name, effect in EFFECTS.items())), "lever", "pillar")
    return path


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_page_has_one_section_for_pillars_and_levers(page: str) -> None:
    assert page.count("What made the difference</h2>") == 1
    assert page.index("By pillar: “Town/Three” against “Town/Usual”") < page.index("By lever: “Town/Three” against “Town/Usual”")
    assert "Shares add up to the whole effect, in pence to the penny." in page


def test_charts_say_what_they_show(page: str) -> None:
    titles = re.findall(r'<title id="made-[a-z0-9-]+-title">([^<]*)', page)
    assert len(titles) == 6
    assert any(title.startswith("What made the difference. Level: +") and "Social value weight +" in title for title in titles)
    assert sum("What local accounts received, over the whole run: wages +£" in title for title in titles) == 2
    assert len(set(re.findall(r'\bid="([^"]+)"', page))) == len(re.findall(r'\bid="([^"]+)"', page))


def test_the_workbook_holds_pence_that_add_up(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    for by, count in (("lever", 3), ("pillar", 2)):
        rows = [row for row in book[f"Channels by {by}"].iter_rows(min_row=4, values_only=True) if row[0] == "Wages"]
        pence = [row[5] for row in rows]
        assert len(pence) == count + 1
        assert sum(pence[:-1]) == pence[-1] > 0
        assert book[f"Made by {by}"].max_row > 4


def test_a_result_without_explanation_has_no_such_section(tmp_path: Path) -> None:
    assert "What made the difference" not in built(tmp_path / "plain", package("town/one", ("living_wage_anchors", {"effect": 1.0})))


def test_members_beyond_seven_share_a_colour(tmp_path: Path) -> None:
    many = package("town/many", *(("local_spend_target", {"effect": float(number)}) for number in range(8)))
    page = built(tmp_path / "many", many, "lever", seeds=1)
    assert "The others together" in page
    assert "Local-spend target (8)" in page


def test_a_package_that_changes_nothing_yet_says_so(tmp_path: Path) -> None:
    page = built(tmp_path / "later", package("town/later", ("local_spend_target", {}), ("lots", {})), "lever")
    assert "None of the explained measures changed." in page
    assert 'id="made-lever-channels' not in page
