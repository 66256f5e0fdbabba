"""The shipped places: every figure has a source and a mark, sums hold, and what was worked out can be worked out again."""

from __future__ import annotations

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

from sim.settings.place import Figure, Place
from sim.settings.sectors import SECTORS

PLACES = (
    *("anytown", "preston", "manchester", "birmingham", "kirklees", "salford", "islington"),
    *("north-ayrshire", "east-ayrshire", "south-ayrshire", "cleveland", "barcelona", "bologna"),
)
SIX = ("city-council", "county-council", "constabulary", "prestons-college", "cardinal-newman-college", "community-gateway")
KIND_SECTOR = {
    "council": "public-administration",
    "police": "public-administration",
    "hospital-trust": "health-care",
    "university": "education",
    "college": "education",
    "housing-association": "real-estate",
}


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Place:
    """Each shipped place in turn."""
    return Place.model_validate(raw(request.param))


@pytest.fixture(scope="module")
def preston() -> Place:
    """Preston."""
    return Place.model_validate(raw("preston"))


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The published tables that Preston was made from."""
    return published_tables("preston_published.csv")


# Every figure says where it comes from


@pytest.mark.parametrize("name", PLACES)
def test_every_figure_has_a_source_and_a_mark(name: str) -> None:
    data = raw(name)
    bare = {".currency.minor_units"}
    seen = 0
    for path, figure in figures({key: value for key, value in data.items() if key != "sources"}):
        if path in bare:
            continue
        seen += 1
        assert figure.get("source") in data["sources"], path
        assert figure.get("mark") in {"A", "B", "C", "assumption"}, path
        assert isinstance(figure.get("year"), int), path
        if figure["mark"] == "assumption":
            assert figure["low"] <= figure["value"] <= figure["high"], path
            assert figure["low"] < figure["high"], path
    assert seen > 150


@pytest.mark.parametrize("name", PLACES)
def test_every_source_is_used(name: str) -> None:
    data = raw(name)
    told = [f"{figure['source']} {figure.get('note', '')}" for _, figure in figures(data) if "source" in figure]
    unused = [key for key in data["sources"] if not any(key in text for text in told)]
    assert unused == []


@pytest.mark.parametrize("name", PLACES)
def test_every_assumption_source_is_never_marked_as_published(name: str) -> None:
    for path, figure in figures(raw(name)):
        if figure.get("source") in {"invented-town", "local-wealth-assumption"}:
            assert figure["mark"] == "assumption", path


@pytest.mark.parametrize("name", PLACES)
def test_a_file_opens_with_what_is_firm_and_what_is_guessed(name: str) -> None:
    invented = name == "anytown"
    text = (ROOT / "scenarios" / "places" / f"{name}.yaml").read_text(encoding="utf-8")
    head = text.split("\nname:")[0].lower()
    assert all(line.startswith("#") for line in head.splitlines())
    assert "firm" in head and "guessed" in head and "assumption" in head
    assert ("an invented town" in head) is invented
    assert raw(name)["invented"] is invented


# Sums and sizes hold in every place


def test_shares_sum_to_one(place: Place) -> None:
    assert sum(float(part.population_share) for part in place.neighbourhoods) == pytest.approx(1.0, abs=1e-9)
    assert sum(map(float, place.housing.tenure.values())) == pytest.approx(1.0, abs=1e-9)
    for item in place.anchors:
        assert sum(map(float, item.spend_by_sector.values())) == pytest.approx(1.0, abs=1e-9)
        assert float(item.share_in_place) + float(item.share_in_region) <= 1.0
    assert sum(float(item.council_tax_share) for item in place.anchors if item.council_tax_share is not None) <= 1.0


def test_people_and_work_fit_together(place: Place) -> None:
    assert sum(map(float, place.population.adults_by_age.values())) < float(place.population.residents)
    assert float(place.labour.employment_rate) + float(place.labour.inactivity_rate) < 1.0
    jobs, wider = values(place.labour.jobs_by_sector), values(place.labour.region_jobs_by_sector)
    assert all(inside < outside for inside, outside in zip(jobs, wider, strict=True))
    working_age = sum(float(number) for age, number in place.population.adults_by_age.items() if age != "65+")
    held_by_residents = sum(jobs) * (1 - float(place.labour.commuter_share))
    assert held_by_residents < working_age * float(place.labour.employment_rate)
    assert float(place.pay.legal_minimum_hourly) < float(place.pay.living_wage_hourly)
    assert float(place.pay.part_time_hours) < float(place.pay.weekly_hours)


def test_anchor_jobs_fit_into_their_sectors_and_the_public_share(place: Place) -> None:
    by_sector: dict[str, float] = {}
    for item in place.anchors:
        by_sector[KIND_SECTOR[item.kind]] = by_sector.get(KIND_SECTOR[item.kind], 0.0) + float(item.jobs)
    for sector, number in by_sector.items():
        assert number < float(place.labour.jobs_by_sector[sector]), sector
    total = sum(values(place.labour.jobs_by_sector))
    public = float(place.labour.public_job_share) * total
    assert sum(by_sector.values()) <= public
    open_to_public = sum(float(place.labour.jobs_by_sector[name]) for name in ("public-administration", "education", "health-care"))
    assert public <= open_to_public


def test_no_sector_has_more_sites_than_jobs_and_sites_outnumber_firms(place: Place) -> None:
    for sector in SECTORS:
        assert float(place.business.local_units_by_sector[sector]) <= float(place.labour.jobs_by_sector[sector]), sector
    for firms, sites in (
        (place.business.enterprises_by_size, place.business.local_units_by_size),
        (place.business.enterprises_by_sector, place.business.local_units_by_sector),
    ):
        assert all(float(firms[key]) <= float(sites[key]) for key in firms)


def test_firms_by_size_and_by_sector_agree(place: Place) -> None:
    rounding = 0 if place.invented else 15
    business = place.business
    for by_size, by_sector in (
        (business.enterprises_by_size, business.enterprises_by_sector),
        (business.local_units_by_size, business.local_units_by_sector),
    ):
        assert abs(sum(map(float, by_size.values())) - sum(map(float, by_sector.values()))) <= rounding


# Anytown


def test_anytown_has_its_intended_size() -> None:
    town = Place.model_validate(raw("anytown"))
    spend = [float(item.annual_spend) for item in town.anchors]
    kept = [float(item.annual_spend) * float(item.share_in_place) for item in town.anchors]
    assert len(town.neighbourhoods) == len(town.anchors) == 4
    assert sum(map(float, town.population.adults_by_age.values())) == 4000
    assert sum(values(town.labour.jobs_by_sector)) == 2000
    assert sum(values(town.labour.region_jobs_by_sector)) == 40_000
    assert sum(values(town.business.local_units_by_sector)) == 270
    assert sum(float(item.contracts) for item in town.anchors) == 60
    assert sum(kept) / sum(spend) == pytest.approx(0.20, abs=0.005)


# Preston against what was published


def test_the_six_anchors_match_the_published_baseline(preston: Place) -> None:
    six = [anchor(preston, name) for name in SIX]
    spend = sum(float(item.annual_spend) for item in six)
    kept = sum(float(item.annual_spend) * float(item.share_in_place) for item in six)
    near = sum(float(item.annual_spend) * float(item.share_in_region) for item in six)
    assert spend == 750_000_000
    assert kept / spend == pytest.approx(0.05, abs=1e-5)
    assert (kept + near) / spend == pytest.approx(0.39, abs=1e-5)
    assert spend - kept - near == pytest.approx(458e6, rel=0.002)  # reported apart: 458 million left Lancashire
    assert preston.anchor_names[:6] == SIX


def test_the_other_five_share_what_the_city_council_leaves(preston: Place) -> None:
    city = anchor(preston, "city-council")
    assert float(city.share_in_place) == 0.14
    rest = (0.05 * 750e6 - 0.14 * float(city.annual_spend)) / (750e6 - float(city.annual_spend))
    for name in SIX[1:]:
        assert float(anchor(preston, name).share_in_place) == pytest.approx(rest, abs=1e-6)


def test_preston_jobs_are_the_census_sections(preston: Place, tables: Tables) -> None:
    parts = jobs_from_sections(tables["workplace-2011"], tables["bres-lancashire-2021"])
    assert values(preston.labour.jobs_by_sector) == parts
    assert sum(parts) == 87_088


def test_lancashire_jobs_are_scaled_to_2011(preston: Place, tables: Tables) -> None:
    jobs = [tables["bres-lancashire-2021"][f"S{number}"] for number in range(1, 19)]
    assert values(preston.labour.region_jobs_by_sector) == shared_out(652_000, jobs)


def test_preston_ages_are_scaled_to_2011(preston: Place, tables: Tables) -> None:
    ages = tables["population-2023"]
    for age, number in preston.population.adults_by_age.items():
        assert float(number) == round(ages[age] * 140_202 / ages["all"]), age


@pytest.mark.parametrize("kind", ["enterprises", "local_units"])
def test_preston_firms_are_the_published_counts(preston: Place, tables: Tables, kind: str) -> None:
    by_size, by_sector = getattr(preston.business, f"{kind}_by_size"), getattr(preston.business, f"{kind}_by_sector")
    sizes, divisions = tables[f"{kind}-by-size-2024"], tables[f"{kind}-by-division-2024"]
    assert {size: float(number) for size, number in by_size.items()} == {key: sizes[key] for key in by_size}
    wanted = firms_from_divisions(divisions, values(preston.labour.jobs_by_sector))
    assert values(by_sector) == wanted
    assert sum(wanted) == divisions["total"]


@pytest.mark.parametrize(
    ("name", "column", "left_out"),
    [("constabulary", "S15", "S15"), ("university", "S16", "S16"), ("prestons-college", "S16", "S16"), ("teaching-hospitals", "S17", "")],
)
def test_anchor_spending_follows_the_national_column(preston: Place, tables: Tables, name: str, column: str, left_out: str) -> None:
    bought = [0.0 if code == left_out else amount for code, amount in tables[f"uk-purchases-2019-{column}"].items()]
    wanted = {sector: share / 1000 for sector, share in zip(SECTORS, shared_out(1000, bought), strict=True) if share}
    assert {key: float(value) for key, value in anchor(preston, name).spend_by_sector.items()} == pytest.approx(wanted)


def test_preston_single_figures_can_be_worked_out_again(preston: Place, tables: Tables) -> None:
    facts = tables["indicators"]
    weekly = facts["Gross median weekly pay"]
    full_time_year = weekly * 52 * 517 / 415.3
    price = facts["Housing affordability ratio (residence-based)"] * full_time_year
    council_tax = 12_600_000 / 0.16 * 1585 / 1930 * 0.95 / sum(map(float, preston.population.adults_by_age.values())) / 12
    checks: list[tuple[Figure, float, float]] = [
        (preston.labour.employment_rate, facts["Employment rate"] / 100, 1e-9),
        (preston.labour.inactivity_rate, facts["Economically inactive"] / 100, 1e-9),
        (preston.pay.median_weekly, weekly, 1e-9),
        (preston.pay.mean_to_median, 15.17 / 11.53, 0.0005),
        (preston.business.birth_rate, facts["Business births"] / 100, 0.00005),
        (preston.business.death_rate, facts["Business deaths"] / 100, 0.00005),
        (preston.business.cooperative_share, 7370 / 5.7e6, 0.00005),
        (preston.housing.house_price, price, 50),
        (preston.transfers.unemployment_benefit_monthly, 71.70 * 52 / 12, 0.005),
        (preston.transfers.council_tax_monthly, council_tax, 1.0),
        (preston.wealth.liquid_median, 5900 / (147_900 * 112_473 / 140_202 / 59_607), 10),
    ]
    for figure, wanted, allowed in checks:
        assert float(figure) == pytest.approx(wanted, abs=allowed), figure.note
