"""People, firms, anchors and contracts as plain objects. Their fields have the names of the package's columns."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """An adult who lives in the place."""

    slot: int
    kind: int
    account: int
    neighbourhood: int
    age_band: int
    skill: int
    talent: float
    hours: float
    variable_hours: bool
    status: int
    employer: int
    wage: int
    tenure: int
    landlord: int
    rent: int
    rent_arrears: int
    mortgage: int
    property_value: int
    pension_wealth: int
    pension: int
    savings_target: int
    windfall_share: float
    stake: int
    stake_in: int
    usual_income: float
    income: int
    other_income: int
    gross: int
    spending: int
    income_tenth: int
    months_without_work: int
    habits: list[int]


@dataclass(slots=True, kw_only=True, eq=False)
class Firm:
    """A site that employs people and sells. What is not given is as in a firm that begins today."""

    slot: int
    kind: int
    account: int
    sector: int
    appeal: float
    capacity: float
    usual_demand: float = 0.0
    usual_sales: float = 0.0
    usual_costs: float = 0.0
    born: int
    price: float = 1.0
    output: float = 0.0
    last_output: float = 0.0
    demand: float = 0.0
    sales: int = 0
    costs: int = 0
    workers: int = 0
    commuters: int = 0
    hours_factor: float = 1.0
    paid_share: float = 1.0
    export_weight: float = 0.0
    outside_orders: float = 0.0
    owner: int = -1
    form: int = 0
    founder: int = -1
    entry_stake: int = 0
    stakes: int = 0
    reserve: int = 0
    loan: int = 0
    suppliers: list[int] = field(default_factory=lambda: [-1] * 18)
    living_wage: float = 0.0
    accredited: bool = False
    distress: int = 0
    founded_by_policy: bool = False
    bought_out: bool = False

    @property
    def jobs(self) -> int:
        """Everyone who works here."""
        return self.workers + self.commuters


@dataclass(slots=True, kw_only=True, eq=False)
class Anchor:
    """A council, hospital trust, university, college, police authority or housing association."""

    slot: int
    kind: int
    account: int
    sector: int
    grant: int
    council_tax_share: float
    contract_budget: int
    payroll_budget: int
    usual_income: float
    received: int
    reserves: int
    reserve_target: int
    jobs: float
    workers: int
    commuters: int
    paid_share: float
    payroll: int
    policy_costs: int
    pay_level: float
    in_house: int
    living_wage: float


@dataclass(slots=True, kw_only=True, eq=False)
class Contract:
    """What an anchor buys from one supplier until some month."""

    slot: int
    anchor: int
    category: int
    supplier: int
    base_value: int
    value: int
    price: float
    start: int
    end: int
    bids: int = 0
    owing: int = 0
    influenceable: bool = True
    stands_in: bool = False
    materials: bool = False
    living_wage: float = 0.0
    quality: float = 0.5
    listed: int = -1


@dataclass(slots=True, eq=False)
class Notes:
    """What happened in a month beside the payments."""

    hires: int = 0
    vacancies: int = 0
    habit_changes: int = 0
    link_changes: int = 0
    births: int = 0
    deaths: int = 0
    failures: int = 0
    sold: int = 0
    bought_out: int = 0
    founded_by_policy: int = 0
    let_value: int = 0
    invoiced: int = 0
    service_bought: list[float] = field(default_factory=list)
    service_in_house: list[float] = field(default_factory=list)
    passed_outside: int = 0
    rent_given_up: int = 0
    written_off: int = 0
    stakes_lost: int = 0
    lifetimes: list[int] = field(default_factory=list)
