"""Founders of co-operatives: residents out of work or in low pay who begin one with the help of an agency."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.kinds.residents import EMPLOYED, UNEMPLOYED, WEEKS_A_MONTH
from sim.kinds.rules import Founding
from sim.kinds.rules_ownership import Development
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import pick
from sim.month.labour.jobs import end_jobs

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Draws set apart for each agency and sector.
PLACES = 1000


def begins(expected: float, draws: Floats) -> NDArray[np.bool_]:
    """Whether each place for a founding (n,) is taken this month: `expected` in all, the part of one by chance.

    Examples
    --------
    >>> begins(1.25, np.array([0.9, 0.2, 0.1])).tolist()
    [True, True, False]
    """
    result: NDArray[np.bool_] = draws < expected - np.arange(len(draws))
    return result


def developed(town: Town) -> list[Founding]:
    """Co-operatives that agencies help to found this month."""
    found: list[Founding] = []
    for item in town.rules.ownership.developments:
        first = (item.anchor * 19 + item.sector + 1) * PLACES
        slots = np.arange(first, first + int(item.rate / 12.0) + 1)
        draws = town.streams.uniform("co-operatives developed", town.month, slots, width=2)
        taken = begins(item.rate / 12.0, draws[:, 0])
        found += [_founding(town, item, draw) for draw in draws[taken, 1].tolist()]
    return found


def _founding(town: Town, item: Development, draw: float) -> Founding:
    """One co-operative; where no sector is given, one of those in which firms begin."""
    sector, structure = item.sector, town.structure
    if sector < 0:
        chances = structure.template_chance
        sector = int(structure.template_sector[pick(chances, np.array([draw]))[0]]) if len(chances) else 0
    return Founding(
        name=f"a {item.form} co-operative",
        kind="cooperative",
        sector=sector,
        jobs=item.jobs,
        seed_capital=item.capital,
        anchor=item.anchor,
        contract_value=0,
        contract_months=1,
        form=item.form,
        members=max(round(item.jobs * town.rules.parameters["firms.cooperative_first_members"]), 1),
        entry_stake=item.entry_stake,
    )


def low_pay(town: Town) -> NDArray[np.bool_]:
    """Residents out of work, or paid less than the real living wage (residents,)."""
    residents = town.residents
    wage, status = residents["wage"], residents["status"]
    low = wage < np.floor(residents["hours"] * WEEKS_A_MONTH * town.structure.living_wage)
    result: NDArray[np.bool_] = (status == UNEMPLOYED) | ((status == EMPLOYED) & low)
    return result


def join(town: Town, row: int, members: int) -> int:
    """Residents out of work or in low pay begin to work in a new firm (row), by their draws; returns how many."""
    residents, firms, anchors, structure = town.residents, town.firms, town.anchors, town.structure
    able = np.flatnonzero(low_pay(town))
    draws = town.streams.uniform("co-operative founders", town.month, residents.slots)[able]
    chosen = able[np.argsort(draws, kind="stable")[:members]]
    left = residents["employer"][chosen[residents["status"][chosen] == EMPLOYED]]
    for table in (firms, anchors):
        table["workers"][:] -= np.bincount(left, minlength=len(town.ledger))[table["account"]].astype(np.int32)
    end_jobs(residents, chosen)
    residents["status"][chosen] = EMPLOYED
    residents["employer"][chosen] = firms["account"][row]
    pay = structure.sector_pay[firms["sector"][row]] * residents["talent"][chosen] * residents["hours"][chosen] / structure.mean_hours
    floor = np.ceil(residents["hours"][chosen] * WEEKS_A_MONTH * structure.living_wage)
    residents["wage"][chosen] = np.maximum(np.rint(pay), floor).astype(np.int64)
    firms["workers"][row] = len(chosen)
    return len(chosen)
