"""The sections of a place file: who lives and works there, what they earn and own, which firms and anchors there are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict

from sim.settings.frozen import FrozenMapping
from sim.settings.places.figure import Bounds, Figure, Number, Text, Year
from sim.settings.places.keyed import AGES, SIZES, TENURES, Keyed
from sim.settings.sectors import SECTORS
from sim.settings.suppliers.supplier import WORKED_OUT, Supplier
from sim.settings.suppliers.supplier_list import MOST_SUPPLIERS

__all__ = [
    "ANCHOR_KINDS",
    "ANCHOR_SECTORS",
    "Anchor",
    "Areas",
    "Business",
    "Currency",
    "Housing",
    "Labour",
    "ModelFigure",
    "NationalTables",
    "Neighbourhood",
    "Pay",
    "Population",
    "PublishedFact",
    "Region",
    "Section",
    "Slug",
    "SourceEntry",
    "Transfers",
    "Wealth",
]

ANCHOR_KINDS: tuple[str, ...] = ("council", "hospital-trust", "university", "college", "police", "housing-association")
"""What an anchor institution may be."""

ANCHOR_SECTORS: Mapping[str, str] = MappingProxyType(
    {
        "council": "public-administration",
        "police": "public-administration",
        "university": "education",
        "college": "education",
        "hospital-trust": "health-care",
        "housing-association": "real-estate",
    }
)
"""The sector that an anchor's own jobs and output belong to."""

MOST = 1e9
PERSONS = Bounds("persons", 0, MOST)
JOBS = Bounds("jobs", 0, MOST)
FIRMS = Bounds("enterprises", 0, MOST)
SITES = Bounds("local units", 0, MOST)
SHARE = Bounds("share", 0, 1)
MONEY = 1e12

Share = Annotated[Figure, SHARE]
YearlyRate = Annotated[Figure, Bounds("share a year", 0, 1)]
JobsBySector = Annotated[FrozenMapping[Figure], Keyed("sector", SECTORS, JOBS)]
Money = Annotated[Figure, Bounds("currency units", 0, MONEY)]
MonthlyMoney = Annotated[Figure, Bounds("currency units a month", 0, MONEY)]
HourlyMoney = Annotated[Figure, Bounds("currency units an hour", 0, 10_000)]
Hours = Annotated[Figure, Bounds("hours a week", 0, 168)]
Ratio = Annotated[Figure, Bounds("ratio", 0, 100)]
AreaCode = Annotated[str, Strict(), Field(pattern=r"^[ENSW]\d{8}$")]
SupplierList = Annotated[tuple[Supplier, ...], Field(max_length=MOST_SUPPLIERS)]
Slug = Annotated[str, Strict(), Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]


class Section(BaseModel):
    """Base of every section: frozen, and a key that is not declared is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Currency(Section):
    """The money of the place."""

    code: Annotated[str, Strict(), Field(pattern=r"^[A-Z]{3}$")] = Field(description="three letters, such as GBP")
    symbol: Text = Field(description="sign printed before an amount")
    minor_units: Annotated[int, Strict(), Field(ge=1, le=1000)] = Field(default=100, description="smallest coins in one unit")


class Region(Section):
    """The wider region that holds the place."""

    name: Slug = Field(description="short name in lower case")
    title: Text = Field(description="name for readers")


class Areas(Section):
    """Local authorities by their official codes; spending is placed by them, and the model does not read them."""

    place: tuple[AreaCode, ...] = Field(description="codes of the authorities that are the place")
    region: tuple[AreaCode, ...] = Field(default=(), description="codes of the authorities of the region, with or without the place's own")


class NationalTables(Section):
    """The national tables that production, consumption and trade are built from."""

    name: Literal["uk-2019"] = Field(default="uk-2019", description="which tables: those of the United Kingdom of 2019, the only ones held")
    stand_in: Annotated[bool, Strict()] = Field(
        default=False, description="true where the place is not in that country and its tables only stand in"
    )


class SourceEntry(Section):
    """One publication that figures are taken from."""

    title: Text = Field(description="publisher and title")
    address: Text = Field(description="where it can be read")
    licence: Text | None = Field(default=None, description="licence under which it may be used")


class Population(Section):
    """Who lives there."""

    residents: Annotated[Figure, Bounds("persons", 1, MOST)] = Field(description="usual residents of every age")
    adults_by_age: Annotated[FrozenMapping[Figure], Keyed("age group", AGES, PERSONS)] = Field(description="residents aged 16 and over")


class Labour(Section):
    """Who works, and where."""

    employment_rate: Share = Field(description="people in work, of residents aged 16 to 64")
    inactivity_rate: Share = Field(description="people neither in work nor looking for it, of residents aged 16 to 64")
    jobs_by_sector: JobsBySector = Field(description="jobs in the place")
    region_jobs_by_sector: JobsBySector = Field(description="jobs in the wider region, the place included")
    commuter_share: Share = Field(description="share of the place's jobs held by people who live elsewhere")
    public_job_share: Share = Field(description="share of the place's jobs that are public: to compare with, no rule reads it")


class Pay(Section):
    """What work pays."""

    median_weekly: Annotated[Figure, Bounds("currency units a week", 0, 1e6)] = Field(description="median gross pay of employees")
    mean_to_median: Annotated[Figure, Bounds("ratio", 0.5, 10)] = Field(description="mean pay divided by median pay")
    hourly_p90_to_p10: Annotated[Figure, Bounds("ratio", 1, 100)] = Field(description="ninth decile of hourly pay divided by the first")
    weekly_hours: Hours = Field(description="median paid hours of all employees")
    part_time_share: Share = Field(description="share of jobs that are part-time")
    part_time_hours: Hours = Field(description="median paid hours of part-time employees")
    legal_minimum_hourly: HourlyMoney = Field(description="legal minimum wage of adults")
    living_wage_hourly: HourlyMoney = Field(description="the voluntary real living wage")


class Business(Section):
    """Which firms there are; anchors are not counted."""

    enterprises_by_size: Annotated[FrozenMapping[Figure], Keyed("size", SIZES, FIRMS)] = Field(description="firms by people employed")
    local_units_by_size: Annotated[FrozenMapping[Figure], Keyed("size", SIZES, SITES)] = Field(description="sites by people employed")
    enterprises_by_sector: Annotated[FrozenMapping[Figure], Keyed("sector", SECTORS, FIRMS)] = Field(
        description="firms by sector: to compare with, no rule reads it"
    )
    local_units_by_sector: Annotated[FrozenMapping[Figure], Keyed("sector", SECTORS, SITES)] = Field(description="sites by sector")
    birth_rate: YearlyRate = Field(description="firms founded in a year, of active firms")
    death_rate: YearlyRate = Field(description="firms ended in a year, of active firms: to compare with, no rule reads it")
    cooperative_share: Share = Field(description="share of firms that are co-operatives")
    community_share: Share = Field(description="share of firms owned by the community or for a social purpose")


class Housing(Section):
    """Who owns homes, and what they cost."""

    tenure: Annotated[FrozenMapping[Figure], Keyed("tenure", TENURES, SHARE, total=1.0)] = Field(description="share of adults by tenure")
    house_price: Money = Field(description="mean price of a home")
    private_rent_monthly: MonthlyMoney = Field(description="private rent for each adult")
    social_rent_monthly: MonthlyMoney = Field(description="social rent for each adult")
    outside_landlord_share: Share = Field(description="share of private rent paid to landlords who live elsewhere")
    mortgage_rate: YearlyRate = Field(description="interest on mortgages")
    mortgage_to_value: Annotated[Figure, Bounds("ratio", 0, 2)] = Field(description="debt over value of homes with a mortgage")


class Wealth(Section):
    """What people own besides homes."""

    liquid_median: Money = Field(description="median money and deposits of an adult")
    liquid_gini: Share = Field(description="Gini coefficient of money and deposits")
    pension_to_property: Ratio = Field(description="pension wealth divided by property wealth")


class Transfers(Section):
    """What is paid to and by residents outside markets."""

    unemployment_benefit_monthly: MonthlyMoney = Field(description="for each unemployed person")
    inactive_benefit_monthly: MonthlyMoney = Field(description="for each inactive person of working age")
    pension_monthly: MonthlyMoney = Field(description="state and private pensions for each person aged 65 and over")
    council_tax_monthly: MonthlyMoney = Field(description="for each adult")


class Neighbourhood(Section):
    """A part of the place."""

    name: Text = Field(description="name for readers")
    population_share: Share = Field(description="share of residents who live there")
    deprivation: Annotated[Figure, Bounds("index", 0, 1)] = Field(description="0 the least deprived, 1 the most")


def _suppliers_instead(schema: dict[str, Any]) -> None:
    """In the schema of an anchor: suppliers may be a file's name, and stand for the figures that are worked out from them."""
    schema["required"] = [key for key in schema["required"] if key not in WORKED_OUT]
    schema["anyOf"] = [{"required": ["suppliers"]}, {"required": list(WORKED_OUT)}]
    schema["properties"]["suppliers"]["anyOf"].insert(0, {"type": "string", "minLength": 1})


class Anchor(Section):
    """A large institution that will not move away."""

    model_config = ConfigDict(json_schema_extra=_suppliers_instead)

    name: Slug = Field(description="short name in lower case, used by policies")
    title: Text = Field(description="name for readers")
    kind: Literal["council", "hospital-trust", "university", "college", "police", "housing-association"] = Field(description="what it is")
    jobs: Annotated[Figure, JOBS] = Field(description="jobs in the place")
    annual_spend: Annotated[Figure, Bounds("currency units a year", 0, MONEY)] = Field(description="goods and services bought in a year")
    spend_by_sector: Annotated[FrozenMapping[Figure], Keyed("sector", SECTORS, SHARE, complete=False, total=1.0)] = Field(
        description="share of that spend by sector; a sector left out is zero"
    )
    share_in_place: Share = Field(description="share of that spend with suppliers in the place")
    share_in_region: Share = Field(description="share with suppliers elsewhere in the region, the place excluded")
    contract_years: Annotated[Figure, Bounds("years", 0.08, 50)] = Field(description="mean length of a contract")
    contracts: Annotated[Figure, Bounds("contracts", 1, 1e6)] = Field(description="contracts live at one time")
    council_tax_share: Share | None = Field(default=None, description="share of council tax that it receives; none when left out")
    suppliers: SupplierList | None = Field(
        default=None,
        description="its suppliers: a CSV beside the place file, or the rows themselves; annual_spend, spend_by_sector, share_in_place, "
        "share_in_region and contracts may then be left out",
    )


class ModelFigure(Section):
    """What the model answers to a published fact, and how the two are put side by side."""

    figure: Text = Field(description="name of a measure, or of a figure made for comparison; localwealth list figures shows them")
    key: Text | None = Field(default=None, description="which entry of a measure that has several, such as the name of an anchor")
    anchors: tuple[Slug, ...] | None = Field(default=None, description="anchors taken together; all of them when left out")
    where: Literal["place", "region", "place-and-region", "outside", "all"] | None = Field(
        default=None, description="where the money went, for figures of spending; region is without the place"
    )
    scenario: Text | None = Field(default=None, description="scenario that is run; the place without policies when left out")
    against: Text | None = Field(default=None, description="scenario whose figure is taken off, for a fact that is an effect")
    relative: Annotated[bool, Strict()] = Field(
        default=False, description="true for an effect told as a share of the figure it is set against"
    )
    first: Annotated[str, Strict(), Field(pattern=r"^\d{4}-\d{2}$")] | None = Field(
        default=None, description="first month averaged, such as 2016-04; the first month of the run when left out"
    )
    last: Annotated[str, Strict(), Field(pattern=r"^\d{4}-\d{2}$")] | None = Field(
        default=None, description="last month averaged; eleven months after the first when left out"
    )
    role: Literal["input", "calibrated", "check"] = Field(
        default="check",
        description="input: the opening is built from it; calibrated: a parameter was set by it; check: held back, used nowhere else",
    )


class PublishedFact(Section):
    """A published fact to compare the model with; it is no input."""

    fact: Text = Field(description="what was measured")
    value: Number = Field(description="the published figure")
    unit: Text = Field(description="its unit")
    year: Year = Field(description="the year it was measured for")
    source: Text = Field(description="a key of the place's sources")
    mark: Literal["A", "B", "C"] = Field(description="how well it is founded")
    low: Number | None = Field(default=None, description="low end of the published interval")
    high: Number | None = Field(default=None, description="high end of the published interval")
    note: str = Field(default="", strict=True, max_length=20_000, description="anything a reader must know")
    model: ModelFigure | None = Field(default=None, description="what the model answers to it; nothing does when left out")
