"""Draws keep to their ranges, sums are mended, points that contradict themselves move inward, and the same design comes twice."""

from __future__ import annotations

import numpy as np
import pytest

from sim.runs.validation.draws import drawn_place, latin_hypercube, make_draws
from sim.settings.load import load_place
from sim.settings.parameters import PARAMETERS, Parameter, Parameters
from sim.settings.places.believed import Range, believed_range, parameter_ranges, place_ranges
from sim.settings.places.figures import figures_of, scaled_place, with_figures
from sim.settings.places.moved import contradictions

TOWN = load_place("anytown")
KNOWN = Parameters(PARAMETERS)


def test_draws_meet_every_part_of_each_range_once() -> None:
    points = latin_hypercube(5, 8)
    assert (np.sort(np.floor(points * 8), axis=0) == np.arange(8)[:, None]).all()
    assert (points == latin_hypercube(5, 8)).all()
    assert latin_hypercube(0, 8).shape == (8, 0)


def test_parameters_are_drawn_from_half_to_twice_and_never_beyond_their_bounds() -> None:
    found = parameter_ranges(KNOWN)
    assert found["firms.capital_to_output"] == Range(0.35, 0.7, 1.4)
    assert found["procurement.invited_firms"].high == 4.0
    for name, point in found.items():
        declaration = KNOWN.declaration(name)
        assert declaration.mark == "assumption"
        assert declaration.low <= point.low <= declaration.default <= point.high <= declaration.high
    odds = found["work.search_success"]
    assert (odds.low / (1 - odds.low), odds.high / (1 - odds.high)) == pytest.approx((0.75, 3.0))


def test_switches_sourced_figures_and_what_is_off_are_not_drawn() -> None:
    found = parameter_ranges(KNOWN)
    for name in ("behaviour.burn_in_months", "firms.capacity_growth", "firms.survival_1", "firms.cooperative_survival"):
        assert name not in found


def test_a_range_that_leaves_the_bounds_is_cut() -> None:
    years = Parameter("work.example", 8.0, "years", 5.0, 10.0, "An example.", "Assumed.", "assumption")
    assert believed_range(years, 8.0) == Range(5.0, 8.0, 10.0)


def test_a_place_is_drawn_within_its_own_assumptions_alone() -> None:
    ranges = place_ranges(TOWN)
    known = figures_of(TOWN)
    assert all(known[path].mark == "assumption" for path in ranges)
    draws = make_draws(TOWN, {}, 6, 2, "place")
    assert [draw.ranged for draw in draws] == [False] * 2 + [True] * 6
    assert [draw.seed for draw in draws] == [1, 2, 1, 2, 3, 4, 5, 6]
    for draw in draws[2:]:
        assert set(draw.place) == set(ranges)
        loose = {path for path in ranges if "spend_by_sector" in path or "tenure" in path or path[-1] == "population_share"}
        for path in set(ranges) - loose:
            assert ranges[path].low <= draw.place[path] <= ranges[path].high
        assert contradictions(with_figures(TOWN, draw.place)) == []


def test_shares_of_a_whole_still_add_up() -> None:
    for draw in make_draws(TOWN, {}, 4, 0, "place"):
        drawn = with_figures(TOWN, draw.place)
        for anchor in drawn.anchors:
            assert sum(map(float, anchor.spend_by_sector.values())) == pytest.approx(1.0)
        assert sum(map(float, drawn.housing.tenure.values())) == pytest.approx(1.0)
        assert sum(float(part.population_share) for part in drawn.neighbourhoods) == pytest.approx(1.0)


def test_ranges_none_leaves_luck_alone() -> None:
    assert all(not draw.ranged and not draw.place and not draw.parameters for draw in make_draws(TOWN, {}, 3, 3, "none"))
    drawn = make_draws(TOWN, {"work.search_success": Range(0.3, 0.6, 0.8)}, 2, 1, "all")
    assert [sorted(draw.parameters) for draw in drawn] == [[], ["work.search_success"], ["work.search_success"]]


def test_a_point_that_contradicts_itself_moves_inward_until_it_does_not() -> None:
    path = ("labour", "employment_rate")
    rest = 1.0 - float(TOWN.labour.inactivity_rate)
    wide = {path: Range(0.0, float(TOWN.labour.employment_rate), 2.0)}
    values, halvings = drawn_place(TOWN, wide, [0.99])
    assert halvings >= 1
    assert float(TOWN.labour.employment_rate) < values[path] <= rest + 1e-9


def test_a_point_that_can_not_be_mended_is_the_file_itself() -> None:
    impossible = with_figures(TOWN, {("labour", "employment_rate"): 0.9, ("labour", "inactivity_rate"): 0.9})
    values, halvings = drawn_place(impossible, {("labour", "commuter_share"): Range(0.1, 0.2, 0.3)}, [0.9])
    assert (values, halvings) == ({}, 6)


def test_a_place_at_a_share_of_its_size_keeps_its_rates() -> None:
    small = scaled_place(TOWN, 0.1)
    assert float(small.population.residents) == pytest.approx(0.1 * float(TOWN.population.residents))
    assert float(small.anchors[0].annual_spend) == pytest.approx(0.1 * float(TOWN.anchors[0].annual_spend))
    assert min(float(anchor.contracts) for anchor in small.anchors) >= 1.0
    same = {path for path, item in figures_of(small).items() if float(item) == float(figures_of(TOWN)[path])}
    assert {("labour", "employment_rate"), ("housing", "house_price"), ("anchors", 0, "share_in_place")} <= same
    assert scaled_place(TOWN, 1.0) is TOWN
    with pytest.raises(ValueError, match="share must be above nought"):
        scaled_place(TOWN, 0.0)
