"""The national tables: read from the package's own data, checked against their hashes, and put in the form the accounts need.

Owner-occupiers' housing is left out altogether, since an imputed rent is not a payment; and so is the part of the letting
industry that lets to households, since rents are paid to landlords, who are other accounts of the model.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import RunError
from sim.settings.sectors import CODES

__all__ = ["DATA_HASHES", "NationalAccounts", "national_accounts", "national_jobs", "read_table"]

Floats = NDArray[np.float64]
Rows = list[dict[str, str]]

#: SHA-256 of each table, of its text with line ends as a single line feed.
DATA_HASHES: Final = MappingProxyType(
    {
        "household_consumption_coicop_2019.csv": "0f7a24a2900963fc4c6134a245b5c208a1eb6b20146d2da08d90a322b314d784",
        "household_spending_decile_2018.csv": "1afdfd5a8b3cfc061838cd9aa1c3f9df258051e87f36fc7fb3b71263dcdc9e76",
        "jobs_bres2021_gb_itl2_18.csv": "6739a1088af8a49c331dfffe335628913f7a9a49a109032669d1e0998e62ee84",
        "uk2019_io18.csv": "11a65d6c8b575cf2a5120fd17591b417f7242434af792712dad7164d413ec415",
        "uk2019_real_estate_industries.csv": "4560b89256d7d6e55d49a6360e83e0d3b2a1ce4633cd0b468e8438a9e9984d9b",
    }
)

REAL_ESTATE: Final = CODES.index("S12")
VALUE_ADDED: Final = ("taxes_less_subsidies_on_production", "compensation_of_employees", "gross_operating_surplus_mixed_income")
GREAT_BRITAIN: Final = "K03000001"


def read_table(name: str) -> Rows:
    """Rows of one national table, after its text has been checked against the hash it was published with.

    Parameters
    ----------
    name : str
        A file name among `DATA_HASHES`.

    Returns
    -------
    list of dict
        One dictionary of text for each row.

    Raises
    ------
    sim.errors.RunError
        When the file is not what was published with this version.

    Examples
    --------
    >>> len(read_table("uk2019_io18.csv"))
    24
    """
    text = resources.files("sim.data").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")
    found = hashlib.sha256(text.encode("utf-8")).hexdigest()
    if found != DATA_HASHES[name]:
        raise RunError(f"the national table {name} has been changed since it was published with this version; install the package again")
    return list(csv.DictReader(io.StringIO(text)))


@dataclass(frozen=True)
class NationalAccounts:
    """The United Kingdom in 2019 by eighteen sectors, without the housing that households own or rent.

    All in GBP million a year at basic prices; arrays are (18,) in the order of the sectors.

    Attributes
    ----------
    domestic : ndarray (18, 18)
        What the column's sector buys from the row's sector inside the country.
    imports, product_taxes, production_taxes, compensation, surplus, output : ndarray (18,)
        The rest of each column, and its total.
    compensation_per_job : ndarray (18,)
        Pay and employers' contributions for each job, in GBP a year, all jobs of the sector (2019 pay, 2021 jobs).
    jobs : ndarray (18,)
        Jobs in Great Britain, 2021.
    households, investment : ndarray (18,)
        What households and gross fixed capital formation buy of each sector inside the country.
    government : ndarray (18,)
        Final consumption of government and of non-profit institutions that serve households.
    household_imports, household_taxes, investment_imports, investment_taxes : float
        Totals of the same columns.
    housing_value_added : float
        Value added of the housing that is left out: to compare with published figures, which hold it.
    """

    domestic: Floats
    imports: Floats
    product_taxes: Floats
    production_taxes: Floats
    compensation: Floats
    surplus: Floats
    output: Floats
    compensation_per_job: Floats
    jobs: Floats
    households: Floats
    investment: Floats
    government: Floats
    household_imports: float
    household_taxes: float
    investment_imports: float
    investment_taxes: float
    housing_value_added: float


def national_jobs(area_code: str = GREAT_BRITAIN) -> Floats:
    """Jobs by sector in one of the areas of the table, shape (18,).

    Parameters
    ----------
    area_code : str
        Official code, Great Britain by default.

    Examples
    --------
    >>> int(national_jobs().sum())
    31341585
    """
    found = {row["sector18"]: float(row["jobs"]) for row in read_table("jobs_bres2021_gb_itl2_18.csv") if row["area_code"] == area_code}
    if not found:
        raise RunError(f"no jobs by sector are held for the area {area_code!r}")
    return np.array([found[code] for code in CODES])


def _number(text: str) -> float:
    return float(text) if text else 0.0


def _housing_to_leave_out() -> tuple[Floats, dict[str, float], float]:
    """Purchases (18,) and other costs of the housing left out, and what households pay for it."""
    table: dict[tuple[str, str], dict[str, float]] = {}
    for row in read_table("uk2019_real_estate_industries.csv"):
        table.setdefault((row["industry"], row["side"]), {})[row["item"]] = _number(row["gbp_million"])
    owned, let = table["owner_occupied_housing", "purchase"], table["letting_and_trading", "purchase"]
    rents = table["letting_and_trading", "sale"]["households"]
    # The letting industry is split in proportion to who pays: its costs are not published by kind of tenant.
    share = rents / let["total_output"]
    costs = {item: owned[item] + share * let[item] for item in owned}
    paid_by_households = table["owner_occupied_housing", "sale"]["households"] + rents
    return np.array([costs.pop(code) for code in CODES]), costs, paid_by_households


def national_accounts() -> NationalAccounts:
    """The national accounts by sector, without the housing of households.

    Returns
    -------
    NationalAccounts
        Every column adds up to its output.

    Notes
    -----
    Source: Office for National Statistics, UK Input-Output Analytical Tables 2019, industry by industry, Blue Book 2022.
    Exports of owner-occupied housing (GBP 569 million) leave the table with the industry.

    Examples
    --------
    >>> accounts = national_accounts()
    >>> round(float(accounts.output.sum() / 1000))
    3538
    """
    table = {row["row"]: row for row in read_table("uk2019_io18.csv")}
    purchases, costs, paid_by_households = _housing_to_leave_out()

    def line(item: str) -> Floats:
        values = np.array([_number(table[item][code]) for code in CODES])
        values[REAL_ESTATE] -= costs[item]
        return values

    def column(*names: str) -> Floats:
        return np.array([sum(_number(table[code][name]) for name in names) for code in CODES])

    domestic = np.array([[_number(table[seller][buyer]) for buyer in CODES] for seller in CODES])
    domestic[:, REAL_ESTATE] -= purchases
    households = column("households")
    households[REAL_ESTATE] -= paid_by_households
    jobs = national_jobs()
    all_compensation = np.array([_number(table["compensation_of_employees"][code]) for code in CODES])
    return NationalAccounts(
        domestic=domestic,
        imports=line("imports"),
        product_taxes=line("taxes_less_subsidies_on_products"),
        production_taxes=line("taxes_less_subsidies_on_production"),
        compensation=line("compensation_of_employees"),
        surplus=line("gross_operating_surplus_mixed_income"),
        output=line("total_output"),
        compensation_per_job=all_compensation * 1e6 / jobs,
        jobs=jobs,
        households=households,
        investment=column("gfcf"),
        government=column("government", "npish"),
        household_imports=_number(table["imports"]["households"]),
        household_taxes=_number(table["taxes_less_subsidies_on_products"]["households"]),
        investment_imports=_number(table["imports"]["gfcf"]),
        investment_taxes=_number(table["taxes_less_subsidies_on_products"]["gfcf"]),
        housing_value_added=sum(costs[item] for item in VALUE_ADDED),
    )
