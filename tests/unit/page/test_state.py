"""States of the page: what is read, what is refused and how it is told, and what is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import InputError, Problem
from sim.page.state.given_scenario import given_scenario
from sim.page.state.link import decoded, encoded
from sim.page.state.page_state import PageState, StateReader
from sim.runs.scenarios import load
from sim.settings.load import shipped
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings
from sim.settings.reading.yaml_reader import tree_of_text
from sim.settings.scenario import Scenario
from sim.settings.scenarios.assemble import assemble
from sim.settings.scenarios.reader import read_layers

BUY = {"use": "local_spend_target", "share": 0.3, "ramp_months": 12}


@pytest.fixture(scope="module")
def reader() -> StateReader:
    return StateReader()


def loaded(text: str, name: str, reader: StateReader) -> Scenario:
    """A scenario file as the command line reads it, but for its place, which is read once."""
    findings, source = Findings(), SourceFile(Path(f"{name}.yaml"), f"{name}.yaml")
    layers = read_layers(tree_of_text(text, source, findings), source, reader.known, findings)
    scenario = assemble(name, layers, reader.known, findings)
    findings.raise_if_any()
    assert scenario is not None
    return scenario


def problems(given: object, reader: StateReader) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        reader.read_state(given)
    assert all(problem.file == "" and problem.line is None for problem in caught.value.problems)
    assert all(problem.message and problem.allowed and problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def check_written(state: PageState, reader: StateReader) -> None:
    """Canonical form, files and link of a state all give it again."""
    again = reader.read_state(state.as_dict())
    assert (again.text, again.key, again.scenario, again.reference) == (state.text, state.key, state.scenario, state.reference)
    assert loaded(state.yaml(), "policy", reader) == state.scenario
    assert loaded(state.reference_yaml(), "reference", reader) == state.reference
    assert reader.read_state(decoded(encoded(state.as_dict()))).text == state.text
    assert len(state.lines()) == len(state.scenario.policies) + len(state.scenario.shocks)


def test_what_is_left_out(reader) -> None:
    state = reader.read_state({"place": "anytown"})
    assert state.as_dict() == {
        "place": "anytown",
        "start": "2013-04",
        "months": 60,
        "policies": [],
        "shocks": [],
        "parameters": {},
        "neighbours": "unchanged",
    }
    assert (state.scenario.name, state.scenario.title) == ("policy", "A plan for Anytown (invented)")
    assert (state.reference.name, state.reference.title) == ("reference", "Business as usual in Anytown (invented)")
    assert reader.read_state({"place": "anytown", "residents": None, "start": None}).text == state.text


def test_the_reference_has_the_bad_year_and_no_policy(reader) -> None:
    shock = {"use": "budget_cut", "share": 0.1, "start": "2015-04"}
    given = {"place": "anytown", "policies": [BUY], "shocks": [shock], "parameters": {"households.local_shopping": 0.4}}
    state = reader.read_state(given | {"neighbours": "everywhere", "title": "Ours", "notes": "Why"})
    assert state.reference.policies == () and state.reference.neighbours == "unchanged"
    assert state.reference.shocks == state.scenario.shocks and state.reference.parameters == state.scenario.parameters
    assert state.reference.place is state.scenario.place
    assert reader.read_state(given | {"policies": []}).key != state.key
    assert state.key == reader.read_state(given | {"neighbours": "everywhere"}).key
    check_written(state, reader)


def test_a_large_place_is_a_copy_and_its_file_gives_the_same(reader, tmp_path) -> None:
    state = reader.read_state({"place": "preston", "policies": [{"use": "pension_investment", "yearly_amount": 1_000_000}]})
    assert state.as_dict()["residents"] == state.scenario.residents == state.reference.residents == 5000
    assert float(state.scenario.policies[0].options["yearly_amount"]) == pytest.approx(1e6 * 5000 / 140_202)
    assert state.lines() == ["From April 2013, a pension fund will lend up to £1,000,000 a year to firms here."]
    check_written(state, reader)
    (tmp_path / "policy.yaml").write_text(state.yaml(), encoding="utf-8")
    assert load(tmp_path / "policy.yaml") == state.scenario
    assert "residents" not in state.full_yaml() and "residents" not in state.full_reference_yaml()
    assert loaded(state.full_yaml(), "policy", reader).place == reader.places["preston"]


@pytest.mark.parametrize("places", [("anytown", "levers", "preston"), pytest.param((), marks=pytest.mark.long)])
def test_every_shipped_scenario_that_fits_the_limits(reader, places) -> None:
    fit = 0
    for name in shipped("scenario"):
        if places and name.split("/")[0] not in places:
            continue
        scenario = reader._shipped(name)
        if scenario.months > 120:
            assert "the page runs one to ten years" in str(problems(json.loads(_months_of(scenario)), reader)[0])
            continue
        state = reader.read_state(reader.state_of_scenario(scenario))
        assert state.scenario.title == scenario.title and state.scenario.notes == scenario.notes
        if state.scenario.residents is None:
            same = replace(scenario, name="policy", based_on=None)
            assert state.scenario == same
        check_written(state, reader)
        fit += 1
    assert fit > 55


def _months_of(scenario: Scenario) -> str:
    return json.dumps({"place": scenario.place.name, "start": str(scenario.start), "months": scenario.months})


def test_an_own_place_is_written_into_the_file(tmp_path) -> None:
    place = (Path(load("anytown/business-as-usual").path or "").parents[1] / "places" / "anytown.yaml").read_text(encoding="utf-8")
    (tmp_path / "town.yaml").write_text(place.replace("name: anytown", "name: mytown", 1), encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("title: Mine\nplace: town.yaml\nstart: 2014-01\nmonths: 24\n", encoding="utf-8")
    own = StateReader([load(tmp_path / "mine.yaml")])
    state = own.read_state({"place": "mytown", "policies": [BUY]})
    assert state.as_dict()["start"] == "2014-01"
    (tmp_path / "policy.yaml").write_text(state.yaml(), encoding="utf-8")
    assert load(tmp_path / "policy.yaml") == state.scenario
    assert own.open_text(state.yaml().encode()).text == state.text


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"place": "../../etc/passwd"}, "place", "there is no place '../../etc/passwd'"),
        ({"place": "prestn"}, "place", "write 'preston'"),
        ({"place": {"name": "mine"}}, "place", "there is no place"),
        ({"plase": "anytown"}, "plase", "write 'place'"),
        ({"based_on": "anytown/buy-local"}, "based_on", "a state stands alone"),
        ({"months": 6}, "months", "from 12 to 120"),
        ({"months": 1e23}, "months", "from 12 to 120"),
        ({"months": 10**23}, "months", "from 12 to 120"),
        ({"months": -5}, "months", "from 12 to 120"),
        ({"months": 10**400}, "months", "not finite"),
        ({"months": True}, "months", "a whole number (months)"),
        ({"months": 24.5}, "months", "write 24 or 25"),
        ({"months": float("nan")}, "months", "not finite"),
        ({"residents": 999}, "residents", "from 1,000 to 5,000"),
        ({"residents": 6000}, "residents", "from 1,000 to 5,000"),
        ({"residents": 10**30}, "residents", "outside its bounds"),
        ({"title": "x" * 121}, "title", "121 characters"),
        ({"title": ""}, "title", "too little or too much text"),
        ({"title": "\ud800"}, "title", "U+D800"),
        ({"notes": "x" * 2001}, "notes", "2,001 characters"),
        ({"start": "2013-13"}, "start", "there is no such month"),
        ({"policies": [BUY] * 25}, "policies", "at most 24"),
        ({"policies": "all"}, "policies", "a list"),
        ({"policies": [{"use": "local_spent_target"}]}, "policies[0].use", "write 'local_spend_target'"),
        ({"policies": [BUY | {"share": 30}]}, "policies[0].share", "outside its bounds"),
        ({"policies": [BUY | {"anchors": ["counsil"]}]}, "policies[0].anchors", "no anchor 'counsil'"),
        ({"policies": [BUY, BUY]}, "policies[1]", "here and in number 1 of the list"),
        ({"shocks": [{"use": "budget_cut", "share": 0.1, "start": "2030-01"}]}, "shocks[0].start", "after the scenario ends"),
        ({"parameters": {"households.local_shoping": 0.4}}, "parameters.households.local_shoping", "write 'households.local_shopping'"),
        ({"parameters": {f"a{number}": 1 for number in range(80)}}, "parameters", "80 of them"),
        ({"parameters": {"x" * 101: 1}}, "parameters", "a plain word"),
        ({"policies": [[[[[[[[1]]]]]]]]}, "policies[0][0]", "nests too deep"),
        ({"policies": list(range(91))}, "policies", "at most 90"),
        ({"policies": [list(range(90))] * 9}, "policies", "at most 800"),
        ({"notes": b"bytes"}, "notes", "a value of the type bytes"),
        ({3: 4}, "", "a plain word"),
        ({"neighbours": "same"}, "neighbours", "none of the choices"),
    ],
)
def test_what_is_refused_is_told_in_words(reader, change, key, words) -> None:
    found = problems({"place": "anytown"} | change, reader)
    told = [problem for problem in found if words in str(problem)]
    assert told, [str(problem) for problem in found]
    assert any(problem.key.startswith(key) for problem in told)


def test_all_problems_come_at_once(reader) -> None:
    found = problems({"place": "anytwn", "months": 5, "titel": "x", "policies": [{"use": "lots", "largest_lot": "big"}]}, reader)
    assert {problem.key for problem in found} == {"place", "months", "titel", "policies[0].largest_lot", "policies[0]"}


@pytest.mark.parametrize("given", [None, [], "anytown", 3, b"{}", {}])
def test_what_is_no_state(reader, given) -> None:
    assert problems(given, reader)[0].kind in ("not-a-mapping", "missing-key")


@pytest.mark.parametrize("letters", ["*", "a", "eyJ", "_w", "A" * 32_001, "W" * 30_000])
def test_links_that_are_refused(letters) -> None:
    with pytest.raises(InputError) as caught:
        decoded(letters)
    assert "link" in str(caught.value)


def test_a_saved_copy_is_opened_with_the_sums_it_was_saved_with(reader, tmp_path) -> None:
    fund = {"use": "pension_investment", "yearly_amount": 1_000_000}
    state = reader.read_state({"place": "preston", "residents": 2000, "policies": [fund]})
    assert reader.open_text(state.yaml().encode()).text == state.text
    path = tmp_path / "saved.yaml"
    path.write_text(state.yaml(), encoding="utf-8")
    scenario, residents = given_scenario(str(path))
    assert reader.state_of_scenario(scenario, residents) == state.as_dict()
    with pytest.raises(ValueError, match="give the scenario at full size"):
        reader.state_of_scenario(state.scenario)
    path.write_text(state.yaml().replace("residents: 2000", "residents: 200000"), encoding="utf-8")
    with pytest.raises(InputError, match="can't have more residents than the place itself"):
        given_scenario(str(path))


def test_a_file_is_opened_but_no_path_in_it(reader, tmp_path) -> None:
    state = reader.open_text(b"title: Ours\nbased_on: preston/full-package\nmonths: 36\nresidents: 3000\n")
    assert state.as_dict()["residents"] == 3000 and state.scenario.title == "Ours" and len(state.scenario.policies) > 5
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: 7\n", encoding="utf-8")
    for text, words in (
        (f"title: a\nbased_on: {secret}\n", "based on a scenario that comes with the package"),
        (f"title: a\nplace: {secret}\nstart: 2013-04\nmonths: 24\n", "there is no place"),
        ("title: a\nplace: {name: anytown}\nstart: 2013-04\nmonths: 24\n", "the page does not know this place"),
        ("title: a\nplace: anytown\nstart: 2013-04\nmonths: 900\n", "one to ten years"),
        ("title: a\nplace: anytown\nstart: 2013-04\nmonths: x\n", "line 4, months"),
        ("!!python/object:os.system ls", "tag"),
        ("x" * 256_001, "at most 256,000 bytes"),
        ("\x00", "control character"),
    ):
        with pytest.raises(InputError) as caught:
            reader.open_text(text.encode())
        assert words in str(caught.value) and "password" not in str(caught.value)
