"""The official multipliers of Scotland (98 industries) and the United Kingdom (105), from their own tables to the printed digits.

The tables are held at full precision, so a published column must come out to six decimals. The closure of Scotland's type II is households'
total income as the divisor of their spending.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.measures.formulas.multiplier import (
    close_households,
    effects,
    household_column,
    leontief_inverse,
    multipliers_of_effects,
    output_multiplier_type1,
    output_multiplier_type2,
)
from sim.start.input_output import technical_coefficients

Floats = NDArray[np.float64]
DATA = Path(__file__).parents[1] / "data"

#: Half a unit of the sixth decimal; for jobs a little more, since the row of jobs was itself recovered from rounded published ratios.
SIX_DECIMALS = 5e-7
JOBS = 2e-6
#: Tobacco, the one industry without output.
TOBACCO = 18
#: Owner-occupiers' housing has no jobs and no pay.
IMPUTED_RENT = 70


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> float:
    return float(text) if text else float("nan")


def column(name: str, header: str) -> Floats:
    return np.array([number(row[header]) for row in rows(name)])


@dataclass(frozen=True)
class Table:
    """An input-output table: coefficients of industries and each other row for each unit of output, and the household column."""

    coefficients: Floats
    per_output: dict[str, Floats]
    households: Floats
    output: Floats


def input_output(name: str, prefix: str) -> Table:
    held = {row["row"]: row for row in rows(name)}
    industries = [code for code in held if code.startswith(prefix) and code[1:].isdigit()]
    flows = np.array([[number(held[seller][buyer]) for buyer in industries] for seller in industries])
    output = np.array([number(held["total_output"][code]) for code in industries])
    others = {item: np.array([number(held[item][code]) for code in industries]) for item in held if item not in industries}
    per_output = {item: technical_coefficients(values[np.newaxis], output)[0] for item, values in others.items()}
    households = np.array([number(held[code]["households"]) for code in industries])
    return Table(technical_coefficients(flows, output), per_output, households, output)


@dataclass(frozen=True)
class Closed:
    """Scotland's inverses, and consumption for each pound of total household income."""

    table: Table
    open_inverse: Floats
    closed_inverse: Floats
    consumption: Floats


@pytest.fixture(scope="module")
def scotland() -> Closed:
    table = input_output("scotland2019_io98.csv", "I")
    closure = {row["item"]: float(row["value"]) for row in rows("scotland2019_household_closure.csv")}
    consumption = household_column(table.households, closure["total_household_income"])
    closed = close_households(table.coefficients, table.per_output["compensation_of_employees"], consumption)
    return Closed(table, leontief_inverse(table.coefficients), leontief_inverse(closed), consumption)


def direct(table: Table, kind: str) -> Floats:
    if kind == "income":
        return table.per_output["compensation_of_employees"]
    if kind == "employment":
        return table.per_output["fte_jobs"]
    parts = ("taxes_less_subsidies_on_production", "compensation_of_employees", "gross_operating_surplus_mixed_income")
    return np.asarray(sum(table.per_output[part] for part in parts))


def assert_published(computed: Floats, header: str, tolerance: float) -> None:
    """All 98 published figures agree."""
    published = column("scotland2019_multipliers98.csv", header)
    assert len(computed) == len(published) == 98
    np.testing.assert_allclose(computed, published, rtol=0, atol=tolerance)


def test_scotland_has_one_industry_without_output(scotland: Closed) -> None:
    assert np.flatnonzero(scotland.table.output == 0).tolist() == [TOBACCO]


def test_scotland_output_type1(scotland: Closed) -> None:
    assert_published(output_multiplier_type1(scotland.table.coefficients), "output_multiplier_type1", SIX_DECIMALS)


def test_scotland_output_type2(scotland: Closed) -> None:
    computed = output_multiplier_type2(
        scotland.table.coefficients, scotland.table.per_output["compensation_of_employees"], scotland.consumption
    )
    assert_published(computed, "output_multiplier_type2", SIX_DECIMALS)


@pytest.mark.parametrize(("kind", "tolerance"), [("income", SIX_DECIMALS), ("employment", JOBS), ("gva", SIX_DECIMALS)])
@pytest.mark.parametrize("closure", [1, 2])
def test_scotland_effects(scotland: Closed, kind: str, tolerance: float, closure: int) -> None:
    inverse = scotland.open_inverse if closure == 1 else scotland.closed_inverse[:98, :98]
    assert_published(effects(direct(scotland.table, kind), inverse), f"{kind}_effect_type{closure}", tolerance)


@pytest.mark.parametrize("kind", ["income", "employment", "gva"])
@pytest.mark.parametrize("closure", [1, 2])
def test_scotland_multipliers_of_effects(scotland: Closed, kind: str, closure: int) -> None:
    inverse = scotland.open_inverse if closure == 1 else scotland.closed_inverse[:98, :98]
    per_output = direct(scotland.table, kind)
    computed = multipliers_of_effects(effects(per_output, inverse), per_output)
    published = column("scotland2019_multipliers98.csv", f"{kind}_multiplier_type{closure}")
    # An industry without a direct effect has no ratio; the source prints 0 or nothing for it.
    without = [TOBACCO] if kind == "gva" else [TOBACCO, IMPUTED_RENT]
    assert np.flatnonzero(np.isnan(computed)).tolist() == without
    assert not np.nan_to_num(published[without]).any()
    np.testing.assert_allclose(
        np.nan_to_num(computed), np.nan_to_num(published), rtol=0, atol=JOBS if kind == "employment" else SIX_DECIMALS
    )


def test_the_household_row_of_the_inverse_is_the_income_effect(scotland: Closed) -> None:
    assert_published(scotland.closed_inverse[98, :98], "income_effect_type2", SIX_DECIMALS)


def test_another_divisor_gives_another_type2(scotland: Closed) -> None:
    """Dividing by pay alone, as some do, misses the published figures by far: the closure must be said."""
    pay = float(scotland.table.per_output["compensation_of_employees"] @ scotland.table.output)
    other = output_multiplier_type2(
        scotland.table.coefficients,
        scotland.table.per_output["compensation_of_employees"],
        household_column(scotland.table.households, pay),
    )
    published = column("scotland2019_multipliers98.csv", "output_multiplier_type2")
    assert float(np.nanmax(other - published)) > 0.5


def test_united_kingdom_output_type1() -> None:
    table = input_output("uk2019_io105.csv", "U")
    published = column("uk2019_multipliers105.csv", "output_multiplier_type1")
    assert len(published) == 105
    np.testing.assert_allclose(output_multiplier_type1(table.coefficients), published, rtol=0, atol=1e-10)


UK_EFFECTS = {
    "imports_effect_type1": ("imports",),
    "product_taxes_effect_type1": ("taxes_less_subsidies_on_products",),
    "compensation_effect_type1": ("compensation_of_employees",),
    "gos_effect_type1": ("gross_operating_surplus_mixed_income",),
    "production_taxes_effect_type1": ("taxes_less_subsidies_on_production",),
    "gva_effect_type1": (
        "compensation_of_employees",
        "gross_operating_surplus_mixed_income",
        "taxes_less_subsidies_on_production",
    ),
}


@pytest.mark.parametrize("header", list(UK_EFFECTS))
def test_united_kingdom_effects(header: str) -> None:
    table = input_output("uk2019_io105.csv", "U")
    per_output = np.asarray(sum(table.per_output[part] for part in UK_EFFECTS[header]))
    computed = effects(per_output, leontief_inverse(table.coefficients))
    np.testing.assert_allclose(computed, column("uk2019_multipliers105.csv", header), rtol=0, atol=SIX_DECIMALS)


@pytest.mark.parametrize(
    ("table_name", "multipliers", "header"),
    [
        ("uk2019_io18.csv", "uk2019_multipliers18.csv", "type1_from18_matrix"),
        ("scotland2019_io18.csv", "scotland2019_multipliers18.csv", "type1_from18_matrix"),
    ],
)
def test_eighteen_sectors_type1(table_name: str, multipliers: str, header: str) -> None:
    folder = DATA if (DATA / table_name).exists() else Path(__file__).parents[2] / "sim" / "data"
    table = input_output(str(folder / table_name), "S")
    np.testing.assert_allclose(output_multiplier_type1(table.coefficients), column(multipliers, header), rtol=0, atol=1e-6)
