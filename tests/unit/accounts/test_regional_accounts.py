"""The accounts of a place: identities, limits, and Preston against what is published."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.errors import RunError
from sim.measures.formulas.multiplier import output_multiplier_type1
from sim.settings.parameters import PARAMETERS, Parameters
from sim.settings.place import Place
from sim.settings.sectors import CODES, SECTORS
from sim.start.final_demand import local_pull, shopping_kept, split_destinations
from sim.start.input_output import technical_coefficients
from sim.start.national import national_accounts, national_jobs
from sim.start.regional_accounts import ANCHOR_SECTORS, RegionalAccounts, regional_accounts

Floats = NDArray[np.float64]
PRESTON = Path(__file__).parents[2] / "data" / "workplace_population_2011_preston.csv"
DEFAULTS = Parameters(PARAMETERS)
LANCASHIRE = "UKD4"
#: Mean over median hourly pay in the United Kingdom, 2013: 15.17 / 11.53 (Annual Survey of Hours and Earnings).
MEAN_TO_MEDIAN = 1.316


def by_name(values: Floats) -> dict[str, float]:
    return dict(zip(SECTORS, values.tolist(), strict=True))


def a_place(jobs: Floats, region: Floats, weekly: float = 332.6, anchors: tuple[SimpleNamespace, ...] = ()) -> Place:
    """What the accounts read of a place, in the shape of one."""
    bands = {"16-24": 0.26, "25-34": 0.24, "35-49": 0.28, "50-64": 0.24, "65+": 0.2}
    place = SimpleNamespace(
        name="somewhere",
        labour=SimpleNamespace(jobs_by_sector=by_name(jobs), region_jobs_by_sector=by_name(region), employment_rate=0.68),
        population=SimpleNamespace(adults_by_age={band: share * float(jobs.sum()) for band, share in bands.items()}),
        pay=SimpleNamespace(median_weekly=weekly, mean_to_median=MEAN_TO_MEDIAN),
        anchors=anchors,
    )
    return cast("Place", place)


def an_anchor(kind: str, jobs: float, spend: float, local: float, **shares: float) -> SimpleNamespace:
    by_sector = {name.replace("_", "-"): share for name, share in shares.items()}
    return SimpleNamespace(kind=kind, jobs=jobs, annual_spend=spend, share_in_place=local, spend_by_sector=by_sector, suppliers=None)


def preston_jobs() -> Floats:
    """People who work in Preston, with manufacturing split as in Lancashire."""
    region = national_jobs(LANCASHIRE)
    food = region[2] / (region[2] + region[3])
    jobs = np.zeros(18)
    with PRESTON.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code, workers = row["sector18"], float(row["workers"])
            if code == "S3+S4":
                jobs[2:4] += np.array([food, 1 - food]) * workers
            elif code in CODES:
                jobs[CODES.index(code)] += workers
    return jobs


@pytest.fixture(scope="module")
def preston() -> RegionalAccounts:
    council = an_anchor("council", 1000, 150e6, 0.05, construction=0.3, administrative=0.2, health_care=0.3, professional=0.2)
    return regional_accounts(a_place(preston_jobs(), national_jobs(LANCASHIRE), anchors=(council,)), DEFAULTS)


def assert_identities(accounts: RegionalAccounts, export_share: float) -> None:
    columns = accounts.local.sum(axis=0) + accounts.region + accounts.world
    columns = columns + accounts.product_tax + accounts.production_tax + accounts.labour + accounts.surplus
    np.testing.assert_allclose(columns, 1.0, rtol=0, atol=1e-14)
    for buyer in ("household", "investment"):
        parts = [getattr(accounts, f"{buyer}_{name}") for name in ("local", "region", "world", "tax")]
        np.testing.assert_allclose(np.sum(parts, axis=0), 1.0, rtol=0, atol=1e-14)
        assert min(part.min() for part in parts) >= -1e-12
    np.testing.assert_allclose(accounts.consumption.sum(axis=1), 1.0, rtol=0, atol=1e-14)
    assert accounts.investment.sum() == pytest.approx(1.0, abs=1e-14)
    for part in (accounts.local, accounts.region, accounts.world, accounts.government, accounts.exports, accounts.anchor_local):
        assert part.min() >= -1e-12 * max(1.0, float(np.abs(accounts.output).max()))
    sales = accounts.inputs_local + accounts.final_local + accounts.government + accounts.exports
    np.testing.assert_allclose(sales, accounts.firm_output, rtol=1e-12)
    # The table is balanced to 1e-12 of its total, so sales outside are known to about that part of all output.
    slack = 1e-9 * accounts.firm_output + 1e-11 * accounts.output.sum()
    assert (accounts.government + accounts.exports >= export_share * accounts.firm_output - slack).all()
    assert accounts.balance_error <= 1e-12


def test_identities_of_preston(preston: RegionalAccounts) -> None:
    assert_identities(preston, DEFAULTS["accounts.minimum_export_share"])
    assert preston.limited == ()


def test_preston_stands_near_its_published_value_added(preston: RegionalAccounts) -> None:
    """41,484 pounds for each filled job in 2013 (Office for National Statistics).

    The accounts give about 42,400 without the housing of households and 47,900 with it. They lie above because every job is given an
    employee's pay, while the published figure counts the self-employed among its jobs and their income in surplus.
    """
    without = preston.value_added / preston.jobs.sum()
    with_housing = without + preston.housing_value_added / preston.jobs.sum()
    assert preston.jobs.sum() == pytest.approx(87_087, abs=1)
    assert without == pytest.approx(41_484, rel=0.05)
    assert with_housing == pytest.approx(41_484, rel=0.2)


def test_mean_pay_is_the_places_own(preston: RegionalAccounts) -> None:
    assert preston.jobs @ preston.pay_per_job / preston.jobs.sum() == pytest.approx(332.6 * 52 * MEAN_TO_MEDIAN, rel=1e-12)


def test_output_pays_for_the_jobs(preston: RegionalAccounts) -> None:
    compensation = preston.jobs * preston.pay_per_job * (1 + DEFAULTS["work.employer_contribution_rate"])
    np.testing.assert_allclose(preston.labour * preston.output, compensation, rtol=1e-12)


def test_residents_keep_in_the_place_what_the_parameter_says(preston: RegionalAccounts) -> None:
    nation = regional_accounts(a_place(preston_jobs(), national_jobs(LANCASHIRE)), DEFAULTS)
    assert nation.household_spending == preston.household_spending
    for kept in (0.2, 0.35, 0.5):
        accounts = regional_accounts(
            a_place(preston_jobs(), national_jobs(LANCASHIRE)), DEFAULTS.with_values({"households.local_shopping": kept})
        )
        final = accounts.final_local - accounts.investment * accounts.investment_total * accounts.investment_local
        spent = np.divide(final, accounts.household_local, out=np.zeros(18), where=accounts.household_local > 0)
        assert final.sum() == pytest.approx(kept * float(spent @ (1 - accounts.household_tax)), rel=1e-9)
        assert spent.sum() == pytest.approx(accounts.household_spending, rel=1e-9)


def test_anchors_output_is_theirs_in_proportion_to_jobs(preston: RegionalAccounts) -> None:
    index = SECTORS.index(ANCHOR_SECTORS["council"])
    assert preston.anchor_output[index] == pytest.approx(preston.output[index] * 1000 / preston.jobs[index])
    assert np.delete(preston.anchor_output, index).sum() == 0
    assert preston.anchor_local.sum() == pytest.approx(150e6 * 0.05)


def test_every_kind_of_anchor_has_a_sector() -> None:
    from sim.settings.place import ANCHOR_KINDS

    assert set(ANCHOR_SECTORS) == set(ANCHOR_KINDS)


def test_a_place_as_large_as_the_nation_has_the_national_table() -> None:
    nation = national_accounts()
    parameters = DEFAULTS.with_values({"accounts.minimum_export_share": 0.0})
    accounts = regional_accounts(a_place(nation.jobs, nation.jobs), parameters)
    assert accounts.limited == ()
    np.testing.assert_allclose(accounts.local, technical_coefficients(nation.domestic, nation.output), rtol=1e-12)
    np.testing.assert_allclose(accounts.region, 0.0, atol=1e-15)
    np.testing.assert_allclose(accounts.world, nation.imports / nation.output, rtol=1e-9)


def test_a_town_leaks_more_than_its_region_and_the_region_more_than_the_nation(preston: RegionalAccounts) -> None:
    region = regional_accounts(a_place(national_jobs(LANCASHIRE), national_jobs(LANCASHIRE)), DEFAULTS)
    nation = national_accounts()
    weights = nation.output / nation.output.sum()
    tables = (preston.local, region.local, technical_coefficients(nation.domestic, nation.output))
    town, county, country = (float(output_multiplier_type1(table) @ weights) for table in tables)
    assert 1 < town < county < country


def test_dearer_pay_scales_all_money_and_no_ratio(preston: RegionalAccounts) -> None:
    once, twice = (regional_accounts(a_place(preston_jobs(), national_jobs(LANCASHIRE), weekly), DEFAULTS) for weekly in (300.0, 600.0))
    np.testing.assert_allclose(twice.output, 2 * once.output, rtol=1e-12)
    np.testing.assert_allclose(twice.exports, 2 * once.exports, rtol=1e-9)
    np.testing.assert_allclose(twice.local, once.local, rtol=1e-12)
    np.testing.assert_allclose(twice.household_local, once.household_local, rtol=1e-9)


def test_sectors_too_small_for_local_demand_are_held_to_what_they_make() -> None:
    """A town with a tenth of its shops: they sell inside it what they may and no more, and residents turn to others."""
    jobs = preston_jobs()
    jobs[SECTORS.index("wholesale-retail")] = 1500.0
    wanted = DEFAULTS.with_values({"accounts.minimum_export_share": 0.3, "households.local_shopping": 0.5})
    accounts = regional_accounts(a_place(jobs, national_jobs(LANCASHIRE)), wanted)
    assert accounts.limited == ("wholesale-retail", "accommodation-food")
    for sector in accounts.limited:
        index = SECTORS.index(sector)
        outside = accounts.exports[index] + accounts.government[index]
        assert outside == pytest.approx(0.3 * accounts.firm_output[index], rel=1e-6)
    assert_identities(accounts, 0.3)


def test_anchors_that_buy_more_than_is_made_are_held_back_and_named() -> None:
    college = an_anchor("college", 200, 900e6, 0.9, arts_other=1.0)
    accounts = regional_accounts(a_place(preston_jobs(), national_jobs(LANCASHIRE), anchors=(college,)), DEFAULTS)
    assert "arts-other" in accounts.limited
    assert accounts.anchor_local.sum() < 900e6 * 0.9
    index = SECTORS.index("arts-other")
    assert accounts.local[index].sum() == pytest.approx(0.0, abs=1e-12)
    assert accounts.household_local[index] == pytest.approx(0.0, abs=1e-12)
    assert_identities(accounts, DEFAULTS["accounts.minimum_export_share"])


def test_what_the_place_can_not_sell_is_bought_in_the_region_and_elsewhere() -> None:
    """The columns of the table are fixed: less from the place is more from outside."""
    free = regional_accounts(a_place(preston_jobs(), national_jobs(LANCASHIRE)), DEFAULTS)
    anchor = an_anchor("police", 0, 900e6, 0.9, professional=1.0)
    tight = regional_accounts(a_place(preston_jobs(), national_jobs(LANCASHIRE), anchors=(anchor,)), DEFAULTS)
    assert tight.limited == ("professional",)
    assert (tight.local.sum(axis=0) < free.local.sum(axis=0)).all()
    assert (tight.region + tight.world > free.region + free.world).all()
    bought = [a.local.sum(axis=0) + a.region + a.world for a in (free, tight)]
    np.testing.assert_allclose(bought[0], bought[1], rtol=1e-12)


def test_a_sector_absent_from_the_place_sells_nothing_there() -> None:
    jobs = preston_jobs()
    absent = SECTORS.index("mining")
    jobs[absent] = 0.0
    accounts = regional_accounts(a_place(jobs, national_jobs(LANCASHIRE)), DEFAULTS)
    assert accounts.output[absent] == accounts.exports[absent] == accounts.household_local[absent] == 0.0
    assert not accounts.local[absent].any()
    assert_identities(accounts, DEFAULTS["accounts.minimum_export_share"])


def test_a_place_without_jobs_is_refused() -> None:
    with pytest.raises(RunError, match="no jobs"):
        regional_accounts(a_place(np.zeros(18), national_jobs()), DEFAULTS)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 20_000), min_size=18, max_size=18).filter(any),
    st.floats(0.0, 0.9),
    st.floats(0.0, 0.4),
    st.floats(0.0, 0.3),
    st.floats(0.0, 5e8),
)
def test_identities_of_any_place(jobs: list[int], kept: float, delta: float, export_share: float, spend: float) -> None:
    parameters = DEFAULTS.with_values(
        {"households.local_shopping": kept, "accounts.flq_delta": delta, "accounts.minimum_export_share": export_share}
    )
    anchor = an_anchor("hospital-trust", 3000, spend, 0.5, construction=0.5, health_care=0.5)
    place = a_place(np.array(jobs, dtype=np.float64), national_jobs(LANCASHIRE), anchors=(anchor,))
    assert_identities(regional_accounts(place, parameters), export_share)


# Parts


def test_shopping_beyond_the_limits_stops_at_them() -> None:
    limit = np.array([0.2, 0.3])
    found = shopping_kept(np.array([50.0, 50.0]), np.ones(2), np.ones(2), limit, 90.0)
    assert found.tolist() == limit.tolist()


def test_no_pull_keeps_no_shopping() -> None:
    found = shopping_kept(np.array([50.0, 50.0]), np.ones(2), np.array([0.0, 1.0]), np.ones(2), 30.0)
    assert found.tolist() == pytest.approx([0.0, 0.6])
    assert local_pull(np.zeros(18), 0.25).sum() == 0


def test_destinations_add_to_one() -> None:
    parts = split_destinations(np.array([0.1, 0.0]), np.array([0.6, 0.0]), np.array([0.1, 0.2]), np.array([0.5, 1.0]))
    np.testing.assert_allclose(parts.local + parts.region + parts.world + parts.tax, 1.0, rtol=0, atol=1e-15)
