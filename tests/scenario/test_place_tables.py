"""Places beside Preston: figures equal the published tables or can be worked out again, and facts say what they are for."""

from __future__ import annotations

from typing import Any

import pytest
from support.place_files import (
    ROOT,
    Tables,
    anchor,
    figures,
    firms_from_divisions,
    jobs_from_sections,
    published_tables,
    raw,
    shared_out,
    values,
)

import sim
from sim.settings.place import Place
from sim.settings.sectors import SECTORS

PLACES = ("manchester", "birmingham", "kirklees", "salford", "islington")
SCENARIOS = (
    "preston/replay",
    "preston/replay-with-aim",
    "manchester/business-as-usual",
    "manchester/replay",
    "manchester/buy-local",
    "birmingham/business-as-usual",
    "birmingham/programme",
    "birmingham/buy-local",
    "kirklees/business-as-usual",
    "kirklees/programme",
    "kirklees/buy-local",
    "salford/business-as-usual",
    "salford/programme",
    "salford/buy-local",
    "islington/business-as-usual",
    "islington/programme",
)
INDICATORS = {
    "labour.employment_rate": ("Employment rate", 100.0),
    "labour.inactivity_rate": ("Economically inactive", 100.0),
    "pay.median_weekly": ("Gross median weekly pay", 1.0),
    "business.birth_rate": ("Business births", 100.0),
    "business.death_rate": ("Business deaths", 100.0),
}


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Place:
    """Each place in turn."""
    return Place.model_validate(raw(request.param))


@pytest.fixture(scope="module")
def tables(place: Place) -> Tables:
    """The published tables that it was made from."""
    return published_tables("places_published.csv", place.name)


def facts(name: str) -> list[dict[str, Any]]:
    """The published facts of a place."""
    found: list[dict[str, Any]] = raw(name)["published"]
    return found


def test_jobs_are_the_census_sections(place: Place, tables: Tables) -> None:
    parts = jobs_from_sections(tables["workplace-2011"], tables["bres-region-2021"])
    assert values(place.labour.jobs_by_sector) == parts
    assert sum(parts) == tables["workplace-2011"]["total"]


def test_region_jobs_are_those_of_the_survey_unless_guessed(place: Place, tables: Tables) -> None:
    wider = [tables["bres-region-2021"][f"S{number}"] for number in range(1, 19)]
    for sector, published in zip(SECTORS, wider, strict=True):
        figure = place.labour.region_jobs_by_sector[sector]
        assert figure.mark == "assumption" or float(figure) == published, sector
    guessed = sum(figure.mark == "assumption" for figure in place.labour.region_jobs_by_sector.values())
    assert guessed <= 1


def test_ages_are_scaled_from_2023(place: Place, tables: Tables) -> None:
    ages = tables["population-2023"]
    for age, number in place.population.adults_by_age.items():
        assert float(number) == round(ages[age] * float(place.population.residents) / ages["all"]), age


@pytest.mark.parametrize("kind", ["enterprises", "local_units"])
def test_firms_are_the_published_counts(place: Place, tables: Tables, kind: str) -> None:
    sizes, divisions = tables[f"{kind}-by-size-2024"], tables[f"{kind}-by-division-2024"]
    by_size, by_sector = getattr(place.business, f"{kind}_by_size"), getattr(place.business, f"{kind}_by_sector")
    assert {size: float(number) for size, number in by_size.items()} == {key: sizes[key] for key in by_size}
    wanted = firms_from_divisions(divisions, values(place.labour.jobs_by_sector))
    assert values(by_sector) == wanted
    assert sum(wanted) == divisions["total"]


def test_single_figures_are_the_published_ones(place: Place, tables: Tables) -> None:
    for path, (indicator, scale) in INDICATORS.items():
        section, key = path.split(".")
        assert float(getattr(getattr(place, section), key)) == pytest.approx(tables["indicators"][indicator] / scale, abs=5e-5), path


def test_the_house_price_follows_from_pay_and_the_ratio(place: Place, tables: Tables) -> None:
    full_time = 517 / 415.3 if int(place.prices) <= 2013 else 687 / 574.9
    ratio = tables["indicators"]["Housing affordability ratio (residence-based)"]
    assert float(place.housing.house_price) == pytest.approx(ratio * float(place.pay.median_weekly) * 52 * full_time, abs=60)


def test_spending_of_universities_and_hospitals_follows_the_national_column(place: Place) -> None:
    national = published_tables("preston_published.csv")
    seen = 0
    for item in place.anchors:
        column, left_out = {"university": ("S16", "S16"), "hospital-trust": ("S17", "")}.get(item.kind, ("", ""))
        if column:
            bought = [0.0 if code == left_out else amount for code, amount in national[f"uk-purchases-2019-{column}"].items()]
            wanted = {sector: share / 1000 for sector, share in zip(SECTORS, shared_out(1000, bought), strict=True) if share}
            assert {key: float(value) for key, value in item.spend_by_sector.items()} == pytest.approx(wanted), item.name
            seen += 1
    assert seen >= 2


def test_manchester_spending_follows_from_the_share_and_the_gain() -> None:
    city = anchor(Place.model_validate(raw("manchester")), "city-council")
    assert float(city.annual_spend) == pytest.approx((445.6e6 * 0.717 - 132e6) / 0.515, abs=0.5e6)
    assert float(city.share_in_place) + float(city.share_in_region) == pytest.approx(0.865)
    assert float(city.jobs) == pytest.approx(2000 / 0.17, abs=1)


def test_birmingham_spending_follows_from_the_share_and_the_network_has_its_people() -> None:
    place = Place.model_validate(raw("birmingham"))
    city = anchor(place, "city-council")
    assert float(city.annual_spend) * float(city.share_in_place) == pytest.approx(194.6e6, rel=0.002)
    assert float(city.share_in_place) + float(city.share_in_region) == pytest.approx(0.79)
    assert sum(float(item.jobs) for item in place.anchors) == 40_000


@pytest.mark.parametrize(
    ("name", "council", "spend", "share"), [("salford", "city-council", 230e6, 0.54), ("kirklees", "kirklees-council", None, 0.5)]
)
def test_a_council_keeps_what_was_published(name: str, council: str, spend: float | None, share: float) -> None:
    found = anchor(Place.model_validate(raw(name)), council)
    assert float(found.share_in_place) == share
    assert spend is None or float(found.annual_spend) == spend
    assert (found.annual_spend.mark == "assumption") is (spend is None)


def test_all_buying_in_islington_is_declared_a_guess() -> None:
    place = Place.model_validate(raw("islington"))
    assert {figure.mark for item in place.anchors for figure in (item.annual_spend, item.share_in_place, item.share_in_region)} == {
        "assumption"
    }


@pytest.mark.parametrize("name", [*PLACES, "preston"])
def test_facts_that_are_inputs_agree_with_what_the_opening_is_built_from(name: str) -> None:
    place = Place.model_validate(raw(name))
    told = {
        "residents": float(place.population.residents),
        "jobs_in_place": sum(values(place.labour.jobs_by_sector)),
        "employment_rate": float(place.labour.employment_rate),
        "median_weekly_pay": float(place.pay.median_weekly),
        "hourly_p90_to_p10": float(place.pay.hourly_p90_to_p10),
        "birth_rate": float(place.business.birth_rate),
    }
    seen = set()
    for fact in facts(name):
        model = fact.get("model")
        if model and model["role"] == "input" and model["figure"] in told:
            assert fact["value"] == pytest.approx(told[model["figure"]], rel=1e-9), fact["fact"]
            seen.add(model["figure"])
    assert seen == set(told)


@pytest.mark.parametrize("name", [*PLACES, "preston"])
def test_every_fact_says_its_role_and_names_anchors_that_exist(name: str) -> None:
    data = raw(name)
    names = {item["name"] for item in data["anchors"]}
    models = [fact["model"] for fact in data["published"] if "model" in fact]
    assert len(models) >= 10
    for model in models:
        assert model["role"] in {"input", "calibrated", "check"}
        assert set(model.get("anchors", ())) <= names
        assert ("first" in model) == ("last" in model)
        assert model["role"] != "input" or "scenario" not in model
    assert {"input", "check"} <= {model["role"] for model in models}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_of_a_place_loads_and_uses_its_place(name: str) -> None:
    assert sim.load(name).place.name == name.partition("/")[0]


@pytest.mark.parametrize("name", ["preston/replay", "manchester/replay", "birmingham/programme", "kirklees/programme"])
def test_a_replay_aims_at_no_share(name: str) -> None:
    assert "local_spend_target" not in {policy.use for policy in sim.load(name).policies}


@pytest.mark.parametrize("name", [*PLACES, "preston"])
def test_the_page_of_places_counts_what_is_in_the_files(name: str) -> None:
    place = Place.model_validate(raw(name))
    marks = [figure["mark"] for _, figure in figures({key: raw(name)[key] for key in raw(name) if key != "published"}) if "mark" in figure]
    row = next(line for line in (ROOT / "docs" / "places.md").read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{name}` |"))
    told = [cell.strip().replace(",", "") for cell in row.strip("|").split("|")][1:8]
    counted = [marks.count("A") + marks.count("B"), marks.count("C"), marks.count("assumption")]
    adults = round(sum(map(float, place.population.adults_by_age.values())))
    assert told == [place.prices, *map(str, (adults, round(sum(values(place.labour.jobs_by_sector))), len(place.anchors), *counted))]
