"""A place made of a handful of figures opens and runs, here and abroad, near what it was given; its books are whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import sim
from sim.settings.load import load_place
from sim.settings.own_place.make import place_text
from sim.settings.own_place.rows import Row

GIVEN = {
    "title": "Tinyton",
    "region": "Bigshire",
    "residents": "1500",
    "jobs": "600",
    "region_jobs": "40000",
    "anchor.council.kind": "council",
    "anchor.council.jobs": "40",
    "anchor.council.annual_spend": "1500000",
}


@pytest.mark.parametrize(
    "more", [{}, {"country": "other", "currency": "USD", "symbol": "$", "median_weekly_pay": "900"}], ids=["uk", "other"]
)
def test_a_made_place_opens_near_its_figures_and_runs(tmp_path: Path, more: dict[str, str]) -> None:
    path = tmp_path / "tinyton.yaml"
    path.write_text(place_text([Row(0, key, value) for key, value in (GIVEN | more).items()]), encoding="utf-8")
    scenario = replace(sim.load("anytown/business-as-usual"), place=load_place(path))
    town = sim.Economy(scenario, seed=1)
    measures = town.run(3).measures
    assert measures["jobs"][-1] == pytest.approx(600, rel=0.2)
    assert 12 * measures["contract_spend"][-1] == pytest.approx(1_500_000, rel=0.3)
    assert int(town.ledger.balance.sum()) == 0
