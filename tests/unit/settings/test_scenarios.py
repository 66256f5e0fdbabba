"""Reading good scenarios: defaults, bases, origins, dates, and scenarios resolved."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.core.calendar import Month
from sim.core.registry import Intervention, Registry
from sim.settings.frozen import FrozenMapping
from sim.settings.load import check_file, load_scenario
from sim.settings.parameters import Parameter
from sim.settings.scenario import Origin, Scenario
from sim.settings.scenarios.resolved import resolved_yaml

TINY = Path(__file__).parent / "files" / "tiny-place.yaml"
BASE = f"""\
title: The base
place: {TINY}
start: 2020-01
months: 24
neighbours: same-policies
notes: Of the base.
policies:
  - use: buy_here
    share: 0.2
    end: 2020-12
parameters:
  households.local_shopping: 0.5
  work.search_months: 2
"""
OWN = """\
title: Its own
based_on: ./base.yaml
months: 36
policies:
  - use: buy_here
    anchors: [hospital]
    share: 0.4
    start: 2021-01
    ramp_months: 12
  - use: weigh_bids
    composition: {local: 0.75, cooperative: 0.25}
shocks:
  - {use: exports_fall, start: 2020-06, end: 2020-08}
parameters:
  work.search_months: 4
"""

FOUNDED = "  - {use: found_cooperative, anchor: council, sector: finance}\n"

Interventions = Registry[type[Intervention]]
Read = Callable[[str], Scenario]


@pytest.fixture
def read(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]) -> Read:
    """Read a text as the scenario file ``own.yaml``, beside which lies ``base.yaml``."""
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")

    def from_text(text: str) -> Scenario:
        path = tmp_path / "own.yaml"
        path.write_text(text, encoding="utf-8")
        return load_scenario(path, dummy_policies, dummy_shocks, dummy_parameters)

    return from_text


def test_base_alone(read: Read) -> None:
    scenario = read(BASE)
    assert (scenario.name, scenario.title, scenario.place.name) == ("own", "The base", "tinyton")
    assert (scenario.start, scenario.months, scenario.neighbours, scenario.notes) == (Month(2020, 1), 24, "same-policies", "Of the base.")
    (use,) = scenario.policies
    assert (use.use, use.start, use.ramp_months, use.end, use.line) == ("buy_here", 1, 0, 12, 8)
    assert use.options == {"anchors": ("council", "hospital"), "share": 0.2, "premium": 0.05}
    assert scenario.shocks == ()
    assert scenario.based_on is None


def test_own_settings_count_over_those_of_the_base(read: Read) -> None:
    scenario = read(OWN)
    assert (scenario.title, scenario.months, scenario.start, scenario.neighbours) == ("Its own", 36, Month(2020, 1), "same-policies")
    assert scenario.notes == ""
    assert scenario.based_on == "./base.yaml"
    assert [use.use for use in scenario.policies] == ["buy_here", "buy_here", "weigh_bids"]
    assert [use.start for use in scenario.policies] == [1, 13, 1]
    assert scenario.policies[1].options["anchors"] == ("hospital",)
    assert scenario.policies[2].options["composition"] == FrozenMapping({"local": 0.75, "small_firm": 0.0, "cooperative": 0.25})
    assert (scenario.shocks[0].start, scenario.shocks[0].end) == (6, 8)
    assert dict(scenario.parameters) == {"households.local_shopping": 0.5, "work.search_months": 4.0}


def test_origins(read: Read, tmp_path: Path) -> None:
    scenario = read(OWN)
    base, own = str(tmp_path / "base.yaml"), str(tmp_path / "own.yaml")
    assert scenario.origins["title"] == Origin("scenario", own, 1)
    assert scenario.origins["start"] == Origin("base scenario", base, 3)
    assert scenario.origins["notes"] == Origin()
    assert scenario.policies[0].origins["share"] == Origin("base scenario", base, 9)
    assert scenario.policies[0].origins["premium"] == Origin("default", "", None)
    assert scenario.policies[1].origins["ramp_months"] == Origin("scenario", own, 9)
    assert scenario.parameters.origin("households.local_shopping") == f"base scenario, {base}, line 12"
    assert scenario.parameter_origin("work.search_months") == Origin("scenario", own, 15)


@pytest.mark.parametrize("text", [BASE, OWN])
def test_resolved_file_gives_the_same_scenario(read: Read, text: str) -> None:
    scenario = read(text)
    written = resolved_yaml(scenario)
    again = read(written)
    assert again == dataclasses.replace(scenario, based_on=None)
    assert hash(again.place) == hash(scenario.place)


def test_resolved_values(read: Read) -> None:
    full = read(OWN).resolved()
    assert json.loads(json.dumps(full, allow_nan=False)) == full
    assert full["settings"]["months"] == {"value": 36, "origin": "scenario", "file": full["policies"][1]["file"], "line": 3}
    assert full["settings"]["place"]["value"] == "tinyton"
    assert full["policies"][0]["options"]["end"]["value"] == "2020-12"
    assert full["policies"][1]["options"]["start"]["value"] == "2021-01"
    assert full["policies"][2]["options"]["mode"] == {"value": "linear", "origin": "default", "file": "", "line": None}
    assert full["parameters"]["work.search_months"] | {"file": ""} == {
        "value": 4.0,
        "unit": "months",
        "origin": "scenario",
        "file": "",
        "line": 15,
    }
    assert full["place"]["origin"] == "place"
    assert full["place"]["values"]["population"]["residents"]["source"] == "made-up"


def test_scenario_travels_between_processes(read: Read) -> None:
    scenario = read(OWN)
    for again in (pickle.loads(pickle.dumps(scenario)), copy.deepcopy(scenario)):
        assert again == scenario
        assert again.resolved() == scenario.resolved()


def test_scenario_is_frozen(read: Read) -> None:
    scenario: Any = read(BASE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.months = 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        scenario.policies[0].start = 3
    with pytest.raises(TypeError):
        scenario.policies[0].options["share"] = 0.3


def test_same_opening(read: Read) -> None:
    base = read(BASE)
    assert base.same_opening(read(BASE.replace("share: 0.2", "share: 0.3").replace("months: 24", "months: 36")))
    assert not base.same_opening(read(BASE.replace("work.search_months: 2", "work.search_months: 3")))
    assert not base.same_opening(read(BASE.replace("2020-01", "2019-01").replace("2020-12", "2019-12")))


def test_options_of_every_kind(read: Read) -> None:
    more = """\
  - {use: weigh_bids, anchors: all, mode: ranked, published: false}
  - {use: found_cooperative, anchor: council, sector: finance, seed_capital: 99.99, contract_months: 12, jobs: 7}
  - {use: live_here, elasticity: -2, partner: council, story: because}
"""
    uses = read(BASE.replace("parameters:", more + "parameters:")).policies[1:]
    weights = {"local": 1.0, "small_firm": 0.0, "cooperative": 0.0}
    assert uses[0].options == {"anchors": ("council", "hospital"), "composition": weights, "mode": "ranked", "published": False}
    assert uses[1].options == {"anchor": "council", "sector": "finance", "seed_capital": 99.99, "contract_months": 12, "jobs": 7}
    assert isinstance(uses[1].options["jobs"], int)
    assert uses[2].options == {"elasticity": -2.0, "partner": "council", "story": "because"}


def test_an_option_without_a_value_may_be_nothing(read: Read) -> None:
    (_, use) = read(BASE.replace("parameters:", "  - {use: live_here, partner: null}\nparameters:")).policies
    assert use.options["partner"] is None


@pytest.mark.parametrize(
    "uses",
    [
        "  - {use: give_grant}\n  - {use: give_grant}\n",
        FOUNDED + "  - {use: found_cooperative, anchor: hospital, sector: finance}\n",
        FOUNDED + "  - {use: found_cooperative, anchor: council, sector: education}\n",
        "  - {use: buy_here, share: 0.3, start: 2021-01}\n",
        "  - {use: weigh_bids, anchors: [council]}\n  - {use: weigh_bids, anchors: [hospital]}\n",
    ],
    ids=["repeatable", "other anchor", "other sector", "after the end of the first", "other anchors of a list"],
)
def test_uses_that_do_not_contradict(read: Read, uses: str) -> None:
    assert len(read(BASE.replace("parameters:", uses + "parameters:")).policies) >= 2


@pytest.mark.parametrize("shocks", ["[{use: exports_fall}, {use: exports_fall, start: 2020-02}]", "[]"])
def test_shocks_one_after_the_other(read: Read, shocks: str) -> None:
    read(f"{BASE}shocks: {shocks}\n")


def test_a_byte_order_mark_and_windows_lines_are_read(
    tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]
) -> None:
    path = tmp_path / "windows.yml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    assert load_scenario(path, dummy_policies, dummy_shocks, dummy_parameters).title == "The base"


def test_aliases_are_read(read: Read) -> None:
    text = BASE.replace("months: 24", "months: &long 24").replace("work.search_months: 2", "work.search_months: *long")
    assert read(text).parameters["work.search_months"] == 24.0


def test_check_file_of_a_good_file(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(BASE.partition("parameters:")[0], encoding="utf-8")
    assert check_file(path, dummy_policies, dummy_shocks) == []
    assert check_file("preston", dummy_policies, dummy_shocks) == []
    assert check_file("preston/business-as-usual", dummy_policies, dummy_shocks) == []
    assert check_file(path, dummy_policies, dummy_shocks, kind="place") != []
