"""Where a supplier is: postcode sectors, districts, names; what the table is made of."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from sim.errors import RunError
from sim.settings.load import load_place, shipped
from sim.spend.matching import postcodes
from sim.spend.matching.places import PlaceAreas, where_by_name, where_by_postcode
from sim.spend.matching.postcodes import authorities_of, postcode_parts

PRESTON = PlaceAreas(("E07000123",), ("E07000126", "E07000118"), ("Preston",), ("Lancashire",))


def rows() -> list[dict[str, str]]:
    text = resources.files("sim.data").joinpath(postcodes.TABLE).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_table_holds_great_britain_and_nothing_with_another_licence() -> None:
    table = rows()
    assert sum(int(row["postcodes"]) for row in table) == 2_636_121
    assert {row["authority"][0] for row in table} == {"E", "W", "S"}
    assert not [row for row in table if row["sector"].startswith("BT")]


def test_a_changed_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes, "TABLE_HASH", "0" * 64)
    postcodes._tables.cache_clear()
    with pytest.raises(RunError, match=r"postcode_sectors\.csv has been changed"):
        authorities_of("PR1 2HE")
    postcodes._tables.cache_clear()


@pytest.mark.parametrize("postcode", ["PR1 2HE", "pr12he", " PR1  2HE ", "PR1 2"])
def test_ways_of_writing_a_postcode(postcode: str) -> None:
    assert postcode_parts(postcode) == ("PR1", "PR1 2")


@pytest.mark.parametrize("text", ["", "Preston", "12345", "PR", "1PR 2HE", "PR123 4HE"])
def test_what_is_no_postcode(text: str) -> None:
    assert postcode_parts(text) is None
    assert where_by_postcode(text or "x", PRESTON).value == "unknown"


def test_a_sector_split_between_authorities_says_its_share() -> None:
    shares, _ = authorities_of("PR5 0AA")
    counts = {row["authority"]: int(row["postcodes"]) for row in rows() if row["sector"] == "PR5 0"}
    assert len(counts) > 1
    assert shares == pytest.approx({code: count / sum(counts.values()) for code, count in counts.items()})
    guess = where_by_postcode("PR5 0AA", PlaceAreas(place=(max(counts, key=lambda code: counts[code]),)))
    assert (guess.value, guess.why) == ("place", "postcode sector PR5 0")
    assert guess.certainty == pytest.approx(max(counts.values()) / sum(counts.values()), abs=0.001)


def test_a_sector_that_is_not_there_falls_back_on_its_district() -> None:
    shares, looked_at = authorities_of("PR1")
    assert looked_at == "PR1"
    assert sum(shares.values()) == pytest.approx(1.0)
    assert where_by_postcode("PR1", PRESTON).why == "postcode district PR1"


def test_place_region_and_outside() -> None:
    assert where_by_postcode("PR1 2HE", PRESTON)[:2] == ("place", 1.0)
    assert where_by_postcode("PR7 1AA", PRESTON).value == "region"
    assert where_by_postcode("SW1A 1AA", PRESTON).value == "outside"
    assert where_by_postcode("BT1 1AA", PRESTON) == ("outside", 1.0, "postcode area of Northern Ireland")


def test_unknown_stays_unknown() -> None:
    assert where_by_postcode("ZZ9 9ZZ", PRESTON).why == "a postcode that is not in the directory"
    assert where_by_postcode("", PRESTON).why == "no postcode"
    assert where_by_postcode("PR1 2HE", None) == ("unknown", 0.0, "the place names no areas")


def test_a_place_name_in_a_name_is_a_weak_sign() -> None:
    guess = where_by_name("PRESTON CITY COUNCIL", PRESTON)
    assert (guess.value, guess.certainty) == ("place", 0.3)
    assert where_by_name("Lancashire Care", PRESTON).value == "region"
    assert where_by_name("Prestonian Books", PRESTON).value == "unknown"


def test_the_longer_name_of_a_place_counts() -> None:
    areas = PlaceAreas(("E08000003",), (), ("Manchester",), ("Greater Manchester",))
    assert where_by_name("Greater Manchester Police", areas).value == "region"
    assert where_by_name("Manchester Cathedral", areas).value == "place"


def test_the_place_file_of_preston_names_its_fourteen_authorities() -> None:
    areas = load_place("preston").areas
    assert areas is not None
    assert areas.place == ("E07000123",)
    assert len(set(areas.region)) == 14
    assert PlaceAreas.of_place(load_place("preston")).place == areas.place


@pytest.mark.parametrize("name", [name for name in shipped("place") if name != "anytown"])
def test_authorities_of_shipped_places_are_in_the_table(name: str) -> None:
    areas = load_place(name).areas
    known = {row["authority"] for row in rows()}
    assert areas is None or {*areas.place, *areas.region} <= known
    assert areas is None or set(areas.place) <= set(areas.region)
