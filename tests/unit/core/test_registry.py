"""Registries refuse doubles and half-made entries, and name the nearest."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from sim.core.registry import POLICIES, REQUIRED, Measure, Option, Phase, Registry, measure, phase, policy, shock
from sim.errors import UnknownNameError

TEXTS = {
    "name": "odd_policy",
    "title": "Odd policy",
    "pillar": "procurement",
    "meaning": "Does something.",
    "where_tried": "Nowhere.",
    "evidence": "None.",
    "mark": "assumption",
    "costs": "Nothing.",
    "limits": "Everything.",
    "options": (Option("share", "share", "how much", low=0, high=1),),
}


def definition(**changes: Any) -> type:
    return type("OddPolicy", (), {**TEXTS, **changes})


def a_phase(name: str) -> Phase:
    return Phase(name, "a part of the month", print)


def test_items_come_in_order_of_name():
    registry = Registry[Phase]("phase")
    for name in ("work", "credit", "homes"):
        registry.add(a_phase(name))
    assert registry.names() == ("credit", "homes", "work")
    assert [item.name for item in registry] == ["credit", "homes", "work"]
    assert len(registry) == 3
    assert "work" in registry
    assert "play" not in registry


def test_a_name_that_is_taken_is_refused():
    registry = Registry[Phase]("phase")
    registry.add(a_phase("work"))
    with pytest.raises(ValueError, match=r"two definitions of the phase 'work'.*rename one"):
        registry.add(a_phase("work"))


def test_an_unknown_name_gets_the_nearest():
    registry = Registry[Phase]("phase")
    registry.add(a_phase("credit"))
    with pytest.raises(UnknownNameError, match="no phase 'credits'; the nearest name is 'credit'"):
        registry["credits"]


@pytest.mark.parametrize("name", ["Work", "my work", "", "1st", "local-spend"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ValueError, match="can't name a phase"):
        Registry[Phase]("phase").add(a_phase(name))
    with pytest.raises(ValueError, match="can't name an option"):
        Option(name, "share", "how much")


@pytest.mark.parametrize("missing", list(TEXTS))
def test_a_policy_that_leaves_something_out_is_refused(missing):
    before = POLICIES.names()
    with pytest.raises(TypeError, match=f"policy OddPolicy does not state its {missing}"):
        policy(definition(**{missing: "" if missing != "options" else None}))
    assert POLICIES.names() == before


def test_a_policy_and_a_shock_have_pillars_of_their_own():
    with pytest.raises(ValueError, match="pillar 'shock' is not one for a policy"):
        policy(definition(pillar="shock"))
    with pytest.raises(ValueError, match="pillar 'land' is not one for a shock"):
        shock(definition(pillar="land"))
    with pytest.raises(ValueError, match="pillar 'odd' is not one for a policy"):
        policy(definition(pillar="odd"))


def test_an_option_twice_is_refused():
    option = Option("share", "share", "how much")
    with pytest.raises(ValueError, match="declares an option twice"):
        policy(definition(options=(option, option)))


def test_options_are_checked():
    assert Option("share", "share", "how much").required
    assert not Option("share", "share", "how much", default=0.5).required
    assert pickle.loads(pickle.dumps(REQUIRED)) is REQUIRED
    with pytest.raises(ValueError, match="kind 'percent' is none of"):
        Option("share", "percent", "how much")
    with pytest.raises(ValueError, match="low 2 is above high 1"):
        Option("share", "share", "how much", low=2, high=1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "percent"}, "kind 'percent' is none of"),
        ({"summary": "median"}, "summary 'median' is none of"),
        ({"source": " "}, "does not state its source"),
    ],
)
def test_measures_are_checked(change, words):
    whole = {"title": "T", "unit": "share", "kind": "share", "meaning": "m", "source": "s", "summary": "mean", "keys": ""}
    with pytest.raises(ValueError, match=words):
        Measure("odd", function=len, **{**whole, **change})


def test_decorators_leave_the_function_as_it_is(monkeypatch):
    measures, phases = Registry[Measure]("measure"), Registry[Phase]("phase")
    monkeypatch.setattr("sim.core.registry.MEASURES", measures)
    monkeypatch.setattr("sim.core.registry.PHASES", phases)

    @measure(name="odd", title="Odd", unit="people", kind="count", meaning="Odd people.", source="None.", keys="anchor")
    def odd(economy: object) -> dict[str, float]:
        return {"council": 1.0}

    @phase(name="rest", meaning="Nothing happens.")
    def rest(economy: object) -> None:
        return None

    assert odd(None) == {"council": 1.0}
    assert measures["odd"].function is odd
    assert (measures["odd"].keys, measures["odd"].summary) == ("anchor", "mean")
    assert phases["rest"].function is rest


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"off": {"share": 0.0, "shair": 0.0, "amount": 0}}, "policy odd_policy: off names amount, shair, which is no option of it"),
        ({"main": "amount"}, "policy odd_policy: main names amount, which is no option of it"),
    ],
)
def test_off_and_main_name_options_that_there_are(change, words):
    with pytest.raises(ValueError, match=words):
        policy(definition(**change))


def test_a_required_option_says_so_where_it_is_printed():
    assert repr(REQUIRED) == "REQUIRED"
    assert "default=REQUIRED" in repr(Option("share", "share", "how much"))
