"""The national tables and what households buy."""

from __future__ import annotations

import csv
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.errors import RunError
from sim.settings.sectors import CODES
from sim.start import national
from sim.start.consumption import _margin_to_shops, _purposes, _spending_by_product, consumption_shares, household_purchases
from sim.start.national import DATA_HASHES, NationalAccounts, national_accounts, national_jobs, read_table

Floats = NDArray[np.float64]
TESTS = Path(__file__).parents[2] / "data"
REAL_ESTATE = CODES.index("S12")


@pytest.fixture(scope="module")
def nation() -> NationalAccounts:
    return national_accounts()


def rows_of_105() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    def read(name: str) -> list[dict[str, str]]:
        with (TESTS / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    return {row["row"]: row for row in read("uk2019_io105.csv")}, {row["id"]: row["sector18"] for row in read("uk2019_map105.csv")}


@pytest.mark.parametrize("name", sorted(DATA_HASHES))
def test_every_table_is_what_was_published(name: str) -> None:
    assert read_table(name)


def test_every_table_in_the_package_has_a_hash() -> None:
    folder = Path(national.__file__).parents[1] / "data"
    own_hash = {"postcode_sectors.csv"}  # checked where it is read, in sim.spend.matching.postcodes
    written_here = {"person_words.csv", "supplier_kind_words.csv", "supplier_sector_words.csv"}  # lists of words, copied from nowhere
    assert {path.name for path in folder.glob("*.csv")} - own_hash - written_here == set(DATA_HASHES)


def test_a_changed_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(national, "DATA_HASHES", MappingProxyType({"uk2019_io18.csv": "0" * 64}))
    with pytest.raises(RunError, match=r"uk2019_io18\.csv has been changed"):
        read_table("uk2019_io18.csv")


def test_the_eighteen_sector_table_is_the_sum_of_the_105() -> None:
    table, sector = rows_of_105()
    found = {row["row"]: row for row in read_table("uk2019_io18.csv")}
    for seller in CODES:
        for buyer in CODES:
            total = sum(float(table[s][b]) for s in sector if sector[s] == seller for b in sector if sector[b] == buyer)
            assert float(found[seller][buyer]) == pytest.approx(total, abs=2e-6)


def test_the_real_estate_industries_are_columns_and_rows_of_the_105() -> None:
    table, sector = rows_of_105()
    industries = {"fees_and_contracts": "U077", "owner_occupied_housing": "U078", "letting_and_trading": "U079"}
    for row in read_table("uk2019_real_estate_industries.csv"):
        code, item = industries[row["industry"]], row["item"]
        if item in CODES:
            parts = [industry for industry in sector if sector[industry] == item]
            expected = sum(float(table[part][code] if row["side"] == "purchase" else table[code][part]) for part in parts)
        else:
            expected = float(table[item][code] if row["side"] == "purchase" else table[code][item])
        assert float(row["gbp_million"]) == pytest.approx(expected, abs=1e-6), row


def test_columns_of_the_nation_add_up(nation: NationalAccounts) -> None:
    total = nation.domestic.sum(axis=0) + nation.imports + nation.product_taxes + nation.production_taxes + nation.compensation
    np.testing.assert_allclose(total + nation.surplus, nation.output, rtol=1e-9)


def test_housing_of_households_is_left_out(nation: NationalAccounts) -> None:
    """Real estate is what the three industries make, less owner-occupiers' housing and less rents of households."""
    assert nation.output[REAL_ESTATE] == pytest.approx(11844 + 109054 - 69250.978971, rel=1e-9)
    assert nation.households[REAL_ESTATE] == pytest.approx(1083.090429, rel=1e-6)
    assert 0 < nation.surplus[REAL_ESTATE] < nation.output[REAL_ESTATE]
    assert nation.housing_value_added > 185717


def test_pay_of_real_estate_counts_all_its_jobs(nation: NationalAccounts) -> None:
    assert nation.compensation_per_job[REAL_ESTATE] == pytest.approx(17967e6 / nation.jobs[REAL_ESTATE])


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(RunError, match="NOWHERE"):
        national_jobs("NOWHERE")


def test_households_money_is_split_without_loss(nation: NationalAccounts) -> None:
    found = household_purchases(nation)
    np.testing.assert_allclose(found.domestic + found.imports + found.taxes, found.total, rtol=1e-12)
    for part in (found.domestic, found.imports, found.taxes):
        assert (part >= 0).all()
    # All but the purchases of residents abroad: within a tenth of the published totals of the household column.
    assert found.imports.sum() == pytest.approx(nation.household_imports, rel=0.1)
    assert found.taxes.sum() == pytest.approx(nation.household_taxes, rel=0.1)


def test_rows_of_consumption_add_to_one(nation: NationalAccounts) -> None:
    shares = consumption_shares(nation)
    assert shares.shape == (10, 18)
    assert (shares >= 0).all()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, rtol=0, atol=1e-15 * 18)


def test_consumption_of_all_tenths_is_the_nations(nation: NationalAccounts) -> None:
    """Weighted by the tenths' spending in the survey, the rows give national purchases by sector."""
    shares, wanted = consumption_shares(nation), household_purchases(nation).total
    weights = np.linalg.lstsq(shares.T, wanted / wanted.sum(), rcond=None)[0]
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1.0, abs=1e-9)
    np.testing.assert_allclose(weights @ shares, wanted / wanted.sum(), atol=1e-9)


def test_poorer_tenths_spend_more_of_their_money_on_food_and_energy(nation: NationalAccounts) -> None:
    shares = consumption_shares(nation)
    food, energy, transport = (CODES.index(code) for code in ("S3", "S5", "S8"))
    assert shares[0, food] > 1.5 * shares[9, food]
    assert shares[0, energy] > 2 * shares[9, energy]
    assert shares[0, transport] < shares[9, transport]


def test_the_margin_moves_from_makers_to_shops_and_nothing_is_lost() -> None:
    products = np.arange(1.0, 19.0)
    moved = _margin_to_shops(products, 0.3)
    assert moved.sum() == pytest.approx(products.sum(), rel=1e-12)
    assert moved[CODES.index("S7")] == pytest.approx(7.0 + 0.3 * (1 + 2 + 3 + 4))
    assert moved[:4].tolist() == pytest.approx([0.7, 1.4, 2.1, 2.8])


def test_the_survey_is_spread_without_loss() -> None:
    """Each tenth's divisions, with the housing division cut down to repairs, energy and, in the nation's proportion, water."""
    rows = read_table("household_spending_decile_2018.csv")
    by_code = {(row["level"], row["coicop_code"]): row for row in rows}
    purposes = _purposes()
    water_to_energy = purposes["04.4"].sum() / purposes["04.5"].sum()
    spending = _spending_by_product(rows, purposes).sum(axis=1)
    for tenth in range(1, 11):
        column = f"d{tenth}"
        divisions = sum(float(by_code["division", str(number)][column]) for number in range(1, 13) if number != 4)
        repairs, energy = (float(by_code["group", code][column]) for code in ("4.2", "4.4"))
        # Groups are rounded to a tenth of a pound, so those of a division may add to a little more than it.
        assert spending[tenth - 1] == pytest.approx(divisions + repairs + energy * (1 + water_to_energy), abs=0.5)
    assert water_to_energy == pytest.approx(10093 / 32299)


def test_a_sector_that_the_survey_does_not_know_is_a_fault_of_the_tables(nation: NationalAccounts, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = 0.0 * _spending_by_product(read_table("household_spending_decile_2018.csv"), _purposes())
    monkeypatch.setattr("sim.start.consumption._spending_by_product", lambda rows, purposes: nothing)
    with pytest.raises(RunError, match="sells to households in the national accounts but in no income tenth of the survey"):
        consumption_shares(nation)
