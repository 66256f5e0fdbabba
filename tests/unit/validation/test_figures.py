"""Every figure made for comparison, worked out by hand on a town made by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import town

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import MEASURES
from sim.errors import UnknownNameError
from sim.kinds.residents import RETIRED
from sim.runs.validation.figure import Asked, Figure, answer
from sim.runs.validation.figures import AVERAGES, FIGURES, described, grows
from sim.runs.validation.table import HIT, MISS
from sim.runs.validation.validate import Validation

CASES: list[tuple[Asked, float]] = [
    (Asked("anchor_spend"), 12 * 100.0),
    (Asked("anchor_spend", anchors=("council",)), 12 * 60.0),
    (Asked("anchor_spend", anchors=("council",), where="region"), 12 * 30.0),
    (Asked("anchor_spend", where="place-and-region"), 12 * 65.0),
    (Asked("anchor_spend", where="outside"), 12 * 35.0),
    (Asked("anchor_share"), 0.35),
    (Asked("anchor_share", anchors=("council",)), 0.5),
    (Asked("anchor_share", anchors=("college",), where="outside"), 0.875),
    # The council pays 60 pounds, 30 of it to a builder and a branch; the builder passes a quarter of its 20 on here.
    (Asked("lm3", anchors=("council",)), (60 + 30 + 5) / 60),
    # With pay: payroll of 50, of which 30 reaches a resident of the poorest fifth, who spends half of it here.
    (Asked("lm3_with_pay", anchors=("council",)), (110 + 60 + 20) / 110),
    # The builder has three pounds of contracts and spends 9 of 19 pounds here, the café one, and all but its rent.
    (Asked("respend"), (3 * 9 / 19 + 1) / 4),
    (Asked("respend", anchors=("college",)), 1.0),
    (Asked("output_multiplier"), 1.25),
    (Asked("residents"), 20.0),
    (Asked("employment_rate"), 6 / 8),
    (Asked("claimant_share"), 1 / 8),
    # Pay a week: 100, 180, 320, 400, 480, 800 pounds.
    (Asked("median_weekly_pay"), 360.0),
    # Percentiles of 5, 6, 8, 10, 12, 20 pounds an hour between ranks: 16 over 5.5.
    (Asked("hourly_p90_to_p10"), 16 / 5.5),
    (Asked("hourly_mean_to_median"), (61 / 6) / 9),
    # From eight pounds an hour on.
    (Asked("living_wage_gainers"), 4.0),
    (Asked("household_income_per_head"), 12 * 100.0 / 20),
    # 1,000 of 10,000 pence spent at sellers, 300 in rent, 50 in interest.
    (Asked("saving_ratio"), (10_000 - 1_350) / 10_000),
    (Asked("wealth_bottom_half"), (0 + 10 + 20) / 200),
    (Asked("commuter_share"), 64 / 287),
    # Full-timers earn 180, 320, 400, 480, 800 pounds a week: 400 in the middle.
    (Asked("house_price_to_earnings"), 100_000 / (400 * 52)),
    (Asked("spending_share_fifth", "richest fifth:goods"), 0.1),
    (Asked("spending_of_fifth", "poorest fifth"), 40 / 1_000),
    (Asked("spending_of_fifth", "richest fifth"), 360 / 1_000),
    (Asked("jobs_in_place"), 287.0),
    (Asked("jobs_in_sector", "construction"), 3.0),
    (Asked("jobs_in_sector", "public-administration"), 5.0),
    (Asked("firms_of_size", "0-4"), 1 / 4),
    (Asked("firms_of_size", "250+"), 1 / 4),
    (Asked("firms_in_sector", "accommodation-food"), 1 / 4),
    # Two were founded a year ago; of these the builder lives, and the laundry was founded by a policy.
    (Asked("survival", "1"), 1 / 2),
    (Asked("birth_rate"), 12 * 2 / 4),
    (Asked("death_rate"), 12 * 1 / 4),
    (Asked("founded_cooperative_jobs"), 12.0),
    # Sales 130 less inputs 8 and work outside 2, less six tenths of taxes of 1, plus payroll 60 raised by (0.1 + 0.04) / 0.5.
    (Asked("value_added_per_job"), (12 * (130 - 10 - 0.6 + 60 * 1.28) + 1_000) / 287),
]


@pytest.mark.parametrize(("asked", "expected"), CASES, ids=[f"{asked.figure} {asked.key}{asked.where}" for asked, _ in CASES])
def test_a_figure_is_what_paper_says(asked: Asked, expected: float) -> None:
    part, whole = answer(town(), asked)
    assert part / whole == pytest.approx(expected, rel=1e-5)


def test_where_nobody_is_in_work_or_paid_all_are_paid_alike() -> None:
    idle: Any = town()
    idle.residents["status"][:] = RETIRED
    unpaid: Any = town()
    unpaid.residents["wage"][:] = 0
    assert answer(idle, Asked("hourly_p90_to_p10")) == answer(unpaid, Asked("hourly_p90_to_p10")) == (1.0, 1.0)


def test_every_figure_has_a_hand_worked_test() -> None:
    assert {asked.figure for asked, _ in CASES} == set(FIGURES.names())


def test_shares_of_firms_by_size_add_to_one() -> None:
    found = [answer(town(), Asked("firms_of_size", band)) for band in FIGURES["firms_of_size"].keys]
    assert sum(part for part, _ in found) == found[0][1] == 4


def test_nothing_is_said_where_nothing_was_founded() -> None:
    assert answer(town(), Asked("survival", "2")) == (0.0, 0.0)


def test_an_unknown_anchor_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"there is no anchor 'hospital'.*known: council, college"):
        answer(town(), Asked("anchor_share", anchors=("hospital",)))


def test_hits_are_counted_by_what_a_fact_was_used_for() -> None:
    rows: Any = [
        SimpleNamespace(role=role, result=result) for role, result in (("check", HIT), ("check", MISS), ("input", HIT), ("check", ""))
    ]
    assert Validation(rows, (), {}).counts == {"input": (1, 1), "calibrated": (0, 0), "check": (1, 2)}


def test_an_unknown_figure_is_told_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="there is no figure 'anchor_spent'; the nearest name is 'anchor_spend'"):
        answer(town(), Asked("anchor_spent"))


def test_a_measure_answers_by_its_entry() -> None:
    found: Any = town()
    found.notes.ordered_income = np.zeros(0)
    part, whole = answer(found, Asked("retention_place", "council"))
    assert (part, whole) == (0.5, 1.0)
    with pytest.raises(UnknownNameError, match="there is no entry of retention_place 'hospital'"):
        answer(found, Asked("retention_place", "hospital"))


def test_a_declaration_must_be_whole() -> None:
    with pytest.raises(ValueError, match="kind 'big' is none of"):
        Figure("a", "A", "pounds", "big", "Meaning.", "Source.", lambda town, asked: 0.0)
    with pytest.raises(ValueError, match="does not state its unit, source"):
        Figure("a", "A", " ", "money", "Meaning.", "", lambda town, asked: 0.0)


def test_every_measure_is_told_to_grow_with_the_place_or_not() -> None:
    """A measure that counts or sums grows unless it is named as an average; a name that is gone would hide one."""
    assert set(MEASURES.names()) >= AVERAGES
    assert {name for name in AVERAGES if MEASURES[name].kind not in ("count", "money")} == set()
    assert grows("contract_spend") and grows("jobs")
    assert not grows("median_pay") and not grows("unemployment")


def test_figures_are_described_for_the_list() -> None:
    found = described()
    assert set(found) == set(FIGURES.names())
    assert found["anchor_share"]["takes"] == "anchors and where"
    assert found["survival"]["takes"] == "key"
