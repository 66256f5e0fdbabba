"""The plain month: what happens first, then the phases in order."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from oracle.plain import credit, homes, procurement, production, public_money, spending, surplus, turnover, work
from oracle.plain.objects import Notes
from oracle.plain.town import PlainTown, TownRules

#: Each phase by its name, in the order of the month.
PHASES: Final = MappingProxyType[str, Callable[[PlainTown], None]](
    {
        "public_money": public_money.phase,
        "procurement": procurement.phase,
        "production": production.phase,
        "work": work.phase,
        "spending": spending.phase,
        "homes": homes.phase,
        "credit": credit.phase,
        "surplus": surplus.phase,
        "turnover": turnover.phase,
    }
)


def begin(town: PlainTown) -> None:
    """A new month: empty counters; once a year people are ranked anew. The rules of the month are set by the caller."""
    town.month += 1
    town.notes = Notes()
    town.book.flows.clear()
    for firm in town.firms:
        firm.last_output = firm.output
        firm.output, firm.demand, firm.sales, firm.costs = 0.0, 0.0, 0, 0
    for anchor in town.anchors:
        anchor.received = 0
    if (town.month - 1) % 12 == 0 and not town.frozen:
        spending.set_tenths(town)


def advance(town: PlainTown, rules: Callable[[PlainTown], TownRules]) -> None:
    """One whole month under the rules that `rules` finds for it."""
    begin(town)
    town.rules = rules(town)
    for phase in PHASES.values():
        phase(town)
    town.book.check()
