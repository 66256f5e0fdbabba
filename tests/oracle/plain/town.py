"""The plain town: lists of objects, a book, and who holds which account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from oracle.plain.book import Book
from oracle.plain.objects import Anchor, Contract, Firm, Notes, Person

from sim.core.streams import Streams
from sim.kinds.rules import Closure, Founding, Rules
from sim.kinds.rules_enterprise import EnterpriseRules
from sim.kinds.structure import Structure
from sim.settings.parameters import Parameters
from sim.settings.place import Place


class HasSlot(Protocol):
    """Anything with a slot of its own."""

    slot: int


def slots_of(things: Sequence[HasSlot]) -> NDArray[np.int64]:
    """Their slots in the form that `Streams` reads."""
    return np.array([thing.slot for thing in things], np.int64)


@dataclass(frozen=True)
class Constants:
    """The place's constants as numbers and lists; their meaning is told in `sim.kinds.structure`."""

    local: list[list[float]]
    region: list[float]
    world: list[float]
    taxes: list[float]
    jobs_per_output: list[float]
    sector_pay: list[float]
    export_pool: list[float]
    export_payers: list[list[float]]
    spending_shares: list[list[float]]
    spending_tax: list[float]
    category_local: list[float]
    category_region: list[float]
    category_sector: list[list[float]]
    investment_local: list[float]
    investment_world: float
    investment_taxes: float
    mean_hours: float
    outside_jobs: int
    outside_pay: float
    commuter_share: float
    legal_minimum: float
    living_wage: float
    local_invitation: list[list[float]]
    region_invitation: list[list[float]]
    closure_hazard: list[float]
    closure_scale: float
    births_a_month: float
    opening_firms: int
    branch_births_local: float
    template_chance: list[float]
    template_sector: list[int]
    template_kind: list[int]
    template_appeal: list[float]
    template_capacity: list[float]
    template_export: list[float]
    unemployment_benefit: int
    inactive_benefit: int
    council_tax: int
    minor_units: int

    @classmethod
    def of(cls, structure: Structure) -> Constants:
        """From the package's arrays."""
        return cls(**{item.name: as_plain(getattr(structure, item.name)) for item in fields(cls)})


def as_plain(value: Any) -> Any:
    """Arrays and NumPy numbers as Python lists and numbers."""
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


@dataclass(frozen=True, kw_only=True)
class AnchorRules:
    """This month's rules for one anchor."""

    grant_factor: float
    local_target: float
    maximum_premium: float
    social_value_weight: float
    social_value_parts: list[float]
    largest_lot: float
    cost_per_lot: float
    reach: float
    monthly_cost: int
    living_wage: float
    contract_living_wage: float


@dataclass(frozen=True, kw_only=True)
class TownRules:
    """This month's rules."""

    parameters: Parameters
    anchors: list[AnchorRules]
    buyout_share: float
    buyout_cost_per_worker: int
    buyout_anchor: int
    foundings: list[Founding]
    closures: list[Closure]
    enterprise: EnterpriseRules

    @classmethod
    def of(cls, rules: Rules, anchors: int) -> TownRules:
        """From the package's arrays, one row for each anchor."""
        names = [item.name for item in fields(AnchorRules)]
        rows = [AnchorRules(**{name: as_plain(getattr(rules, name)[row]) for name in names}) for row in range(anchors)]
        return cls(
            parameters=rules.parameters,
            anchors=rows,
            buyout_share=rules.buyout_share,
            buyout_cost_per_worker=rules.buyout_cost_per_worker,
            buyout_anchor=rules.buyout_anchor,
            foundings=list(rules.foundings),
            closures=list(rules.closures),
            enterprise=rules.enterprise,
        )


@dataclass(kw_only=True, eq=False)
class PlainTown:
    """One town of objects."""

    place: Place
    structure: Constants
    streams: Streams
    rules: TownRules
    book: Book
    people: list[Person]
    firms: list[Firm]
    anchors: list[Anchor]
    contracts: list[Contract]
    month: int
    months_before: int
    founded: int
    births_by_month: dict[int, int]
    warnings: list[str]
    notes: Notes = field(default_factory=Notes)
    firm_at: dict[int, Firm] = field(default_factory=dict)
    person_at: dict[int, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.firm_at = {firm.account: firm for firm in self.firms}
        self.person_at = {person.account: person for person in self.people}

    @property
    def frozen(self) -> bool:
        """Whether behaviour is frozen for a proof."""
        return self.parameter("behaviour.frozen") > 0.0

    def parameter(self, name: str) -> float:
        """A parameter of the scenario."""
        return float(self.rules.parameters[name])

    def draw(self, name: str, things: Sequence[HasSlot]) -> list[float]:
        """One draw for each of these, by its own slot."""
        found: list[float] = self.streams.uniform(name, self.month, slots_of(things)).tolist()
        return found

    def draws(self, name: str, things: Sequence[HasSlot], width: int) -> list[list[float]]:
        """Several draws for each of these, by its own slot."""
        return self.draws_of_slots(name, slots_of(things).tolist(), width)

    def draws_of_slots(self, name: str, slots: Sequence[int], width: int) -> list[list[float]]:
        """Several draws for each slot."""
        found: list[list[float]] = self.streams.uniform(name, self.month, np.array(slots, np.int64), width=width).tolist()
        return found

    def settle_in(self, firm: Firm) -> None:
        """A new firm joins the town."""
        self.firms.append(firm)
        self.firm_at[firm.account] = firm

    def remove(self, firm: Firm) -> None:
        """A firm leaves the town."""
        self.firms.remove(firm)
        del self.firm_at[firm.account]
