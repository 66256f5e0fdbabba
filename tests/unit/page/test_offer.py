"""What the page offers: every lever in plain words, with something to begin with that is fit in its place."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from sim.core.registry import POLICIES, SHOCKS
from sim.page.state.offer import _Offer, offer
from sim.page.state.page_state import StateReader
from sim.page.state.place_outline import outline_of, shipped_outline
from sim.settings.load import shipped

#: Words of the trade that a room need not know.
JARGON = re.compile(
    r"anchor|procure|multiplier|capital|equity|influenceable|marcora|demutual|liquid|leakage|insourc|outsourc|tender|retention", re.I
)


@pytest.fixture(scope="module")
def reader() -> StateReader:
    return StateReader()


@pytest.fixture(scope="module")
def offered(reader) -> dict[str, Any]:
    return offer(reader)


def test_the_offer_is_plain_values(offered) -> None:
    assert json.loads(json.dumps(offered, allow_nan=False)) == offered
    assert set(offered) == {"version", "places", "pillars", "levers", "sectors", "presets", "measures", "limits", "first"}
    assert next(place["name"] for place in offered["places"]) == "anytown" and len(offered["places"]) == len(shipped("place"))


def test_every_lever_asks_a_question_in_plain_words(offered) -> None:
    assert len(offered["levers"]) == len(POLICIES) + len(SHOCKS)
    questions = [lever["question"] for lever in offered["levers"]]
    assert len(set(questions)) == len(questions)
    for question in questions:
        assert question.endswith("?") and 4 <= len(question.split()) <= 12 and not JARGON.search(question), question


def test_every_lever_has_a_sentence_of_its_own_options() -> None:
    for item in (*POLICIES, *SHOCKS):
        named = set(re.findall(r"\{(\w+)", item.sentence))
        assert named and named <= {option.name for option in item.options}, item.name
        assert not item.sentence.endswith(".")


@pytest.mark.parametrize("place", ["anytown", "preston"])
def test_what_a_lever_begins_with_is_fit_in_its_place(reader, offered, place) -> None:
    for lever in offered["levers"]:
        use = lever["use_with"][place]
        state = reader.read_state({"place": place, "shocks" if lever["shock"] else "policies": [use]})
        (line,) = state.lines()
        assert re.fullmatch(r"From [A-Z][^{}\[\]]*\.", line) and "None" not in line, line
        assert len(line.split()) < 40
        if lever["main"]:
            ends = lever["slider_with"][place]
            option = next(one for one in lever["options"] if one["name"] == lever["main"])
            value = use.get(lever["main"], option["default"])
            assert ends["low"] <= value <= ends["high"] and ends["step"] > 0
            assert option["low"] <= ends["low"] and ends["high"] <= option["high"]
            steps = (value - ends["low"]) / ends["step"]
            assert abs(steps - round(steps)) < 1e-6, (lever["use"], value, ends)


def test_sums_and_counts_begin_in_proportion_to_the_place(offered) -> None:
    lever = next(one for one in offered["levers"] if one["use"] == "community_land_trust")
    home, away = lever["use_with"]["anytown"], lever["use_with"]["preston"]
    assert (home["homes_a_year"], away["homes_a_year"]) == (4, 110) and home["cost_per_home"] == away["cost_per_home"] == 150_000
    assert (home["anchor"], away["anchor"]) == ("council", "city-council")
    assert lever["use_with"]["barcelona"]["homes_a_year"] == 1300


def test_presets_are_states_that_the_page_reads(reader, offered) -> None:
    names = [preset["name"] for preset in offered["presets"]]
    assert {"anytown/full-package", "preston/full-package", "levers/lots"} <= set(names) and len(names) > 70
    for preset in offered["presets"]:
        if preset["place"] in ("anytown", "preston"):
            state = reader.read_state(preset["state"])
            assert state.as_dict() == reader.state_of_scenario(reader._shipped(preset["name"]))


def test_places_begin_with_their_business_as_usual(reader, offered) -> None:
    for place in offered["places"]:
        assert place["copy"] == (5000 if place["residents"] > 6000 else None)
        if place["name"] in ("anytown", "preston"):
            assert reader.read_state({"place": place["name"]}).as_dict() == place["state"]
    taxed = next(place for place in offered["places"] if place["name"] == "birmingham")
    assert taxed["state"]["parameters"] and taxed["start"] == "2021-04"
    assert offered["first"] == offered["places"][0]["state"]


@pytest.mark.parametrize("name", ["anytown", "preston", *(pytest.param(one, marks=pytest.mark.long) for one in shipped("place"))])
def test_outlines_say_what_the_whole_place_says(reader, name) -> None:
    assert shipped_outline(name) == outline_of(reader.places[name])


def test_measures_say_which_way_is_better_or_leave_it_to_the_room(offered) -> None:
    found = {one["name"]: one["better"] for one in offered["measures"]}
    assert found["unemployment"] == "down" and found["jobs"] == "up" and found["region_receipts"] is None
    assert all(one["title"] and one["meaning"] and one["unit"] for one in offered["measures"])


def test_a_lever_that_no_scenario_uses_is_shown_nowhere(reader) -> None:
    found = _Offer(reader)
    assert found.shown("no_such_lever", "preston") is None
    assert found.shown("local_spend_target", "preston") is not None
