"""Lists, descriptions, JSON Schema and starting files: all made from the declarations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sim.core.registry import PILLARS, Intervention, Measure, Registry
from sim.errors import InputError
from sim.settings.describe import LIST_KINDS, Catalogue
from sim.settings.load import load_place, load_place_heading, load_scenario
from sim.settings.parameters import Parameter
from sim.settings.place import Place
from sim.settings.scenarios.keys import SCENARIO_KEYS
from sim.settings.scenarios.new import FILL_IN, new_scenario_text, usual_text
from sim.settings.schema import json_schema

Interventions = Registry[type[Intervention]]
TINY = Path(__file__).parent / "files" / "tiny-place.yaml"


@pytest.fixture
def catalogue(dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]) -> Catalogue:
    measures: Registry[Measure] = Registry("measure")
    measures.add(Measure("leak", "What leaks", "share", "share", "Share that leaks.", "a definition", "mean", "", lambda economy: 0.0))
    figures = {"leak_a_year": {"kind": "figure", "name": "leak_a_year", "title": "Leak a year", "meaning": "A stand-in."}}
    return Catalogue(dummy_policies, dummy_shocks, measures, dummy_parameters, figures)


def test_lists(catalogue: Catalogue) -> None:
    rows = catalogue.list("policies")
    assert sorted(row["name"] for row in rows) == ["buy_here", "found_cooperative", "give_grant", "live_here", "weigh_bids"]
    assert [PILLARS.index(row["pillar"]) for row in rows] == sorted(PILLARS.index(row["pillar"]) for row in rows), "by pillar"
    assert catalogue.list("shocks")[0] == {"name": "branch_closes", "title": "Branch closes", "meaning": "A stand-in.", "pillar": "shock"}
    assert [row["name"] for row in catalogue.list("measures")] == ["leak"]
    assert [row["name"] for row in catalogue.list("parameters")] == ["households.local_shopping", "work.search_months"]
    assert "anytown" in [row["name"] for row in catalogue.list("places")]
    assert catalogue.list("sectors")[5]["title"] == "Construction"


@pytest.mark.parametrize("name", ["anytown", "bologna"])
def test_the_heading_of_a_place_is_that_of_the_whole_place(name: str) -> None:
    place = load_place(name)
    assert load_place_heading(name) == (place.title, place.notes)


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("title: A\nnotes: B\nrest: [1, 2]\n", ("A", "B")),
        ("sources: {title: no, notes: no}\nanchors:\n  - title: no\nnotes: >-\n  two\n  lines\ntitle: last\n", ("last", "two lines")),
        ("title: once\ntitle: twice\n", ("once", "")),
        ("title: [no, text]\nname: x\n", ("", "")),
        ("title: 'not closed\nnotes: B\n", ("", "")),
        ("title: here\nregion: }\n", ("here", "")),
        ("- title: a list\n", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_heading_is_read_without_what_follows(tmp_path: Path, text: str, heading: tuple[str, str]) -> None:
    (tmp_path / "place.yaml").write_text(text, encoding="utf-8")
    assert load_place_heading(tmp_path / "place.yaml") == heading


def test_a_heading_of_no_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no file"):
        load_place_heading(tmp_path / "nothing.yaml")


def test_every_kind_is_ready_for_json(catalogue: Catalogue) -> None:
    for kind in LIST_KINDS:
        if kind not in ("scenarios", "experiments"):  # the shipped ones use policies that the stand-ins are not
            rows = catalogue.list(kind)
            assert rows
            json.dumps([catalogue.describe(rows[0]["name"]), rows], allow_nan=False)
    assert catalogue.describe("anytown/business-as-usual")["place"] == "anytown"


def test_unknown_kind_and_name(catalogue: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        catalogue.list("policy")
    assert caught.value.problems[0].nearest == "policies"
    with pytest.raises(InputError) as caught:
        catalogue.describe("buy_heer")
    (problem,) = caught.value.problems
    assert (problem.given, problem.nearest, problem.remedy) == ("buy_heer", "buy_here", "write 'buy_here'")
    assert str(problem.allowed).count("buy_here") == 1


def test_description_of_a_policy(catalogue: Catalogue) -> None:
    found = catalogue.describe("buy_here")
    assert (found["kind"], found["pillar"], found["mark"]) == ("policy", "procurement", "assumption")
    options = {option["name"]: option for option in found["options"]}
    assert (options["share"]["required"], options["share"]["default"]) == (True, None)
    assert options["premium"] == {
        "name": "premium",
        "kind": "share",
        "meaning": "dearest accepted bid",
        "unit": "share",
        "low": 0.0,
        "high": 0.5,
        "required": False,
        "default": 0.05,
        "allowed": "a number from 0 to 0.5 (share)",
        "choices": [],
    }
    assert (options["anchors"]["required"], options["anchors"]["default"]) == (False, "all")


def test_description_of_a_parameter_and_a_place(catalogue: Catalogue) -> None:
    found = catalogue.describe("work.search_months")
    assert (found["unit"], found["low"], found["high"], found["default"], found["source"]) == (
        "months",
        0.0,
        24.0,
        3.0,
        "assumed for tests",
    )
    place = catalogue.describe("anytown")
    assert place["invented"] is True
    assert "council" in [anchor["name"] for anchor in place["anchors"]]


def test_description_of_a_scenario_says_what_it_uses(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    uses = "policies:\n  - {use: weigh_bids, start: 2013-06, composition: {local: 0.25, small_firm: 0.75}}\n"
    uses += "shocks:\n  - {use: branch_closes, sector: finance}\n"
    path.write_text(f"title: Mine\nplace: anytown\nstart: 2013-04\nmonths: 12\n{uses}", encoding="utf-8")
    found = catalogue.describe(str(path), "scenario")
    (policy,), (shock,) = found["policies"], found["shocks"]
    assert (policy["use"], policy["start"], policy["end"]) == ("weigh_bids", 3, None)
    assert policy["options"]["composition"] == {"local": 0.25, "small_firm": 0.75, "cooperative": 0.0}
    assert (shock["use"], shock["start"]) == ("branch_closes", 1)
    json.dumps(found, allow_nan=False)


def test_schema_of_a_scenario(dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]) -> None:
    schema = json_schema("scenario", dummy_policies, dummy_shocks, dummy_parameters)
    json.dumps(schema, allow_nan=False)
    assert list(schema["properties"]) == [key.name for key in SCENARIO_KEYS]
    assert schema["additionalProperties"] is False
    items = schema["properties"]["policies"]["items"]
    assert items["properties"]["use"]["enum"] == list(dummy_policies.names())
    uses = {choice["then"]["properties"]["use"]["const"]: choice["then"] for choice in items["allOf"]}
    assert uses["buy_here"]["required"] == ["use", "share"]
    assert uses["buy_here"]["properties"]["premium"]["maximum"] == 0.5
    assert uses["found_cooperative"]["properties"]["jobs"]["type"] == "integer"
    assert uses["live_here"]["properties"]["elasticity"] == {
        "description": "how strongly (a number of any size)",
        "type": "number",
        "default": -1.5,
    }
    assert {"type": "null"} in uses["live_here"]["properties"]["partner"]["anyOf"]
    assert all(one["additionalProperties"] is False for one in uses.values())
    parameters = schema["properties"]["parameters"]["properties"]
    assert parameters["work.search_months"]["maximum"] == 24.0


def test_schema_of_a_place(dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    schema = json_schema("place", dummy_policies, dummy_shocks)
    json.dumps(schema, allow_nan=False)
    assert set(schema["properties"]) == set(Place.model_fields)
    jobs = schema["$defs"]["Labour"]["properties"]["jobs_by_sector"]
    assert len(jobs["required"]) == 18
    assert schema["$defs"]["Labour"]["properties"]["employment_rate"]["x-unit"] == "share"


def references(schema: Any) -> set[str]:
    """Every reference in a schema."""
    if isinstance(schema, dict):
        own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
        return own.union(*(references(below) for below in schema.values()))
    return set().union(*(references(item) for item in schema)) if isinstance(schema, list) else set()


@pytest.mark.parametrize("kind", ["place", "scenario"])
def test_references_in_the_schema_lead_somewhere(kind: str, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    schema = json_schema(kind, dummy_policies, dummy_shocks)
    found = references(schema)
    assert found
    assert {reference.removeprefix("#/$defs/") for reference in found} <= set(schema["$defs"])


def test_schema_of_nothing(dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    with pytest.raises(InputError) as caught:
        json_schema("plase", dummy_policies, dummy_shocks)
    assert caught.value.problems[0].nearest == "place"


def test_starting_file_is_good(
    tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]
) -> None:
    text = new_scenario_text("anytown", dummy_policies, dummy_shocks, dummy_parameters)
    path = tmp_path / "new.yaml"
    path.write_text(text, encoding="utf-8")
    scenario = load_scenario(path, dummy_policies, dummy_shocks, dummy_parameters)
    assert (scenario.place.name, scenario.months, scenario.policies) == ("anytown", 120, ())
    for name in (
        *dummy_policies.names(),
        *dummy_shocks.names(),
        *(one.name for one in dummy_parameters),
        *(key.name for key in SCENARIO_KEYS),
    ):
        assert name in text


def test_starting_file_with_everything_in_use_is_good(
    tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, dummy_parameters: tuple[Parameter, ...]
) -> None:
    text = new_scenario_text(str(TINY), dummy_policies, dummy_shocks, dummy_parameters)
    used = re.sub(r"^#(?=  (-|  |\w))", "", text, flags=re.MULTILINE)
    used = re.sub(r"^(policies|shocks|parameters): (\[\]|\{\})", r"\1:", used, flags=re.MULTILINE)
    filled = {"share": "0.1", "anchor": "council", "sector": "finance"}
    for name, value in filled.items():
        used = used.replace(f"{name}: {FILL_IN}", f"{name}: {value}")
    path = tmp_path / "new.yaml"
    path.write_text(used, encoding="utf-8")
    scenario = load_scenario(path, dummy_policies, dummy_shocks, dummy_parameters)
    assert [use.use for use in scenario.policies] == list(dummy_policies.names())
    assert [use.use for use in scenario.shocks] == list(dummy_shocks.names())


def test_starting_file_of_a_place_of_ones_own_names_no_scenario_that_is_not_there(
    dummy_policies: Interventions, dummy_shocks: Interventions
) -> None:
    own, known = (new_scenario_text(place, dummy_policies, dummy_shocks) for place in (str(TINY), "anytown"))
    assert f"# based_on: {FILL_IN} " in own
    assert "# based_on: anytown/business-as-usual " in known


def test_a_place_in_prices_of_another_year_than_the_taxes_is_told_so() -> None:
    text = " ".join(usual_text("islington").replace("\n# ", " ").split())
    assert "start: 2022-01 " in text
    assert "those of the United Kingdom in 2013/14, while money here is in prices of 2022" in text
    assert "taxes" not in usual_text("anytown").lower()
