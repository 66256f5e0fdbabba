"""A copy of a place: the key ``residents``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.core.registry import POLICIES, SHOCKS
from sim.errors import InputError
from sim.runs.scenarios import fill_levers, load
from sim.settings.load import load_place
from sim.settings.scenario import OptionValue
from sim.settings.scenarios.resolved import resolved_yaml
from sim.settings.scenarios.scaling import GROWING_OPTIONS, _scaled, copied_place

PRESTON = 140_202
TINY = Path(__file__).parent / "files" / "tiny-place.yaml"


def _scenario(folder: Path, text: str, name: str = "mine") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def preston() -> object:
    return load("preston/full-package")


def test_a_copy_scales_place_and_sums_alike(tmp_path: Path, preston) -> None:
    copy = load(_scenario(tmp_path, "title: small\nbased_on: preston/full-package\nresidents: 5000\n"))
    share = 5000 / PRESTON
    assert (copy.residents, copy.full_residents, float(copy.place.population.residents)) == (5000, PRESTON, 5000.0)
    assert float(copy.place.anchors[0].jobs) == pytest.approx(float(preston.place.anchors[0].jobs) * share)
    assert copy.place.labour.commuter_share == preston.place.labour.commuter_share
    scaled = 0
    for small, whole in zip(copy.policies, preston.policies, strict=True):
        for name, value in whole.options.items():
            if (whole.use, name) in GROWING_OPTIONS and isinstance(value, float) and value:
                assert small.options[name] == pytest.approx(value * share)
                scaled += 1
            elif (whole.use, name) not in GROWING_OPTIONS:
                assert small.options[name] == value
    assert scaled >= 3


def test_all_residents_are_the_place_itself(tmp_path: Path) -> None:
    whole = load("anytown/full-package")
    same = load(_scenario(tmp_path, "title: same\nbased_on: anytown/full-package\nresidents: 5000\n"))
    assert (same.place, same.policies, same.residents) == (whole.place, whole.policies, 5000)


def test_the_base_gives_the_size_and_the_nearest_counts(tmp_path: Path) -> None:
    _scenario(tmp_path, "title: base\nbased_on: preston/business-as-usual\nresidents: 4000\n", "base")
    assert load(_scenario(tmp_path, "title: taken\nbased_on: ./base.yaml\n", "taken")).residents == 4000
    assert load(_scenario(tmp_path, "title: own\nbased_on: ./base.yaml\nresidents: 3000\n", "own")).residents == 3000


@pytest.mark.parametrize("place", ["anytown", "cleveland"])
def test_a_resolved_copy_gives_an_equal_scenario(tmp_path: Path, place: str) -> None:
    path = _scenario(tmp_path, f"title: small\nbased_on: {place}/business-as-usual\nresidents: 2500\n")
    copy = load(path)
    text = resolved_yaml(copy)
    assert "# It is a copy with 2,500 of " in text
    again = load(_scenario(tmp_path, text, "again"))
    assert replace(again, name=copy.name, based_on=copy.based_on) == copy


def test_ranges_of_a_copy_hold_their_values() -> None:
    copy = copied_place(load_place("north-ayrshire"), 1000)
    figure = copy.anchors[0].annual_spend
    assert figure.low is None or figure.low <= figure.value
    residents = copy.population.residents
    assert residents.value == 1000.0 and residents.low is not None and residents.high is not None
    assert residents.low <= 1000.0 <= residents.high < 1100.0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("residents: 499", "from 500 to"),
        ("residents: 140203", "write 140202 or fewer, or leave 'residents' out for the place at full size"),
        ("residents: 2500.5", "write 2500 or 2501"),
        ("residents: many", "a whole number (residents)"),
        ("residents: true", "a whole number (residents)"),
        ("residents:", "a whole number (residents)"),
    ],
)
def test_sizes_that_are_refused(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        load(_scenario(tmp_path, f"title: wrong\nbased_on: preston/business-as-usual\n{line}\n"))
    assert len(caught.value.problems) == 1
    assert words in str(caught.value) and "line 3, residents" in str(caught.value)


def test_a_place_too_small_for_a_copy_says_so(tmp_path: Path) -> None:
    place = TINY.read_text(encoding="utf-8").replace("residents: {value: 1000,", "residents: {value: 480,")
    for age, adults in ((100, 40), (150, 70), (200, 90), (180, 90), (170, 90)):
        place = place.replace(f'": {{value: {age}, year', f'": {{value: {adults}, year', 1)
    (tmp_path / "hamlet.yaml").write_text(place, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(_scenario(tmp_path, "title: copy\nplace: ./hamlet.yaml\nstart: 2020-01\nmonths: 12\nresidents: 500\n"))
    (told,) = (problem for problem in caught.value.problems if problem.key == "residents")
    assert (told.line, told.given, told.remedy) == (5, "500", "leave 'residents' out")
    assert told.allowed == "no 'residents': the place has too few for a copy"


def test_of_what_a_policy_names_numbers_are_scaled_and_nothing_else() -> None:
    given: tuple[OptionValue, ...] = (8, 1, 0, 10.0, True, "all", None, ("a", "b"))
    assert [_scaled(value, 0.25) for value in given] == [2, 1, 0, 2.5, True, "all", None, ("a", "b")]


def test_every_growing_option_is_declared() -> None:
    fill_levers()
    known = {(item.name, option.name) for registry in (POLICIES, SHOCKS) for item in registry for option in item.options}
    assert known >= GROWING_OPTIONS
