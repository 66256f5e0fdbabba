"""Reading a good place, and what a place can do."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from sim.errors import InputError, UnknownNameError
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_place
from sim.settings.place import Place, sector_values
from sim.settings.places.figure import Bounds, Figure
from sim.settings.sectors import CODES, SECTIONS, SECTORS, TITLES, sector_index

TINY = Path(__file__).parent / "files" / "tiny-place.yaml"


@pytest.fixture(scope="module")
def tiny() -> Place:
    return load_place(TINY)


def test_values_of_a_place(tiny: Place) -> None:
    assert (tiny.name, tiny.title, tiny.invented, tiny.prices) == ("tinyton", "Tinyton", True, "2020")
    assert (tiny.currency.code, tiny.currency.minor_units) == ("GBP", 100)
    assert float(tiny.population.residents) == 1000.0
    assert tiny.population.residents == Figure(value=1000, year=2020, source="made-up", mark="C")
    assert tiny.anchor_names == ("council", "hospital")
    assert tiny.anchors[1].council_tax_share is None
    assert [part.name for part in tiny.neighbourhoods] == ["Hill", "Mill"]
    assert tiny.published[0].value == 470


def test_mappings_keep_the_fixed_order(tiny: Place) -> None:
    assert tuple(tiny.labour.jobs_by_sector) == SECTORS
    assert tuple(tiny.anchors[0].spend_by_sector) == ("construction", "professional", "administrative")
    spend = sector_values(tiny.anchors[0].spend_by_sector)
    assert len(spend) == 18
    assert spend[sector_index("construction")] == 0.5
    assert sum(spend) == pytest.approx(1.0)


def test_place_is_frozen(tiny: Place) -> None:
    anything: Any = tiny
    with pytest.raises(ValidationError):
        anything.title = "Other"
    with pytest.raises(AttributeError):
        anything.labour.jobs_by_sector.mining = 3
    with pytest.raises(TypeError):
        anything.labour.jobs_by_sector["mining"] = 3
    with pytest.raises(AttributeError):
        anything.labour.jobs_by_sector._items = {}
    with pytest.raises(ValidationError):
        anything.population.residents.value = 3.0


def test_place_travels_between_processes(tiny: Place) -> None:
    assert pickle.loads(pickle.dumps(tiny)) == tiny == copy.deepcopy(tiny)
    assert hash(pickle.loads(pickle.dumps(tiny))) == hash(tiny)


def test_two_readings_are_equal(tiny: Place) -> None:
    assert load_place(TINY) == tiny
    assert load_place(str(TINY)) == tiny


def test_frozen_mapping() -> None:
    mapping = FrozenMapping({"a": 1, "b": 2})
    assert mapping == {"a": 1, "b": 2}
    assert mapping != FrozenMapping({"a": 1})
    assert (list(mapping.keys()), list(mapping.values()), list(mapping.items())) == (["a", "b"], [1, 2], [("a", 1), ("b", 2)])
    assert "a" in mapping
    assert mapping.get("c") is None
    assert hash(mapping) == hash(FrozenMapping({"b": 2, "a": 1}))
    with pytest.raises(KeyError, match="nearest: abc"):
        FrozenMapping({"abc": 1})["abcd"]
    with pytest.raises(KeyError, match="zzz"):
        FrozenMapping({"abc": 1})["zzz"]


def test_frozen_mapping_keeps_its_own_copy() -> None:
    given = {"a": 1}
    mapping = FrozenMapping(given)
    given["a"] = 2
    assert mapping["a"] == 1


@pytest.mark.parametrize(("value", "fits"), [(0.0, True), (1.0, True), (-1e-9, False), (1.1, False), (float("nan"), False)])
def test_bounds(value: float, fits: bool) -> None:
    assert Bounds("share", 0, 1).holds(value) is fits


def test_sectors() -> None:
    assert len(SECTORS) == len(TITLES) == len(CODES) == len(SECTIONS) == len(set(SECTORS)) == 18
    assert (CODES[0], CODES[-1], SECTORS[3], sector_index("arts-other")) == ("S1", "S18", "other-manufacturing", 17)
    with pytest.raises(UnknownNameError, match="the nearest name is 'construction'"):
        sector_index("constuction")


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("where: here", "place, region, place-and-region, outside, all"),
        ("role: here", "input, calibrated, check"),
    ],
)
def test_choices_are_told_by_their_names_whether_the_key_is_needed_or_not(key: str, names: str, tmp_path: Path) -> None:
    told = {"where": "where: place", "role": "role: check"} | {key.partition(":")[0]: key}
    model = f"model: {{figure: anchor_share, anchors: [council], {', '.join(told.values())}}}"
    path = tmp_path / "place.yaml"
    published = "fact: residents in work, "
    path.write_text(TINY.read_text(encoding="utf-8").replace(published, f"{published}{model}, "), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_place(path)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.given, problem.allowed) == ("not-a-choice", "here", names)
    assert problem.key.endswith(f"model.{key.partition(':')[0]}")
