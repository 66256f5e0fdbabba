"""Furlough: workers whom firms would lay off are kept on, and the government pays them a part of their pay."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import GOVERNMENT_ACCOUNT
from sim.kinds.town import Town
from sim.month.arithmetic.choosing import lowest_in_each_group
from sim.month.labour.employers import Employers
from sim.month.labour.taxes import pay_taxes, tax_on_pay

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Furlough:
    """Who is kept on without work this month: rows of residents, and people from next door (employers,)."""

    rows: Integers
    commuters: Integers


def nobody(employers: Employers) -> Furlough:
    """Nobody is on furlough."""
    return Furlough(np.zeros(0, np.int64), np.zeros(len(employers.account), np.int64))


def furlough_pay(wage: Integers, share: float, most: int) -> Integers:
    """What the government pays for a month without work, whole pence (n,): a share of pay up to a ceiling.

    Examples
    --------
    >>> furlough_pay(np.array([100000, 400000]), 0.8, 250000).tolist()
    [80000, 250000]
    """
    result: Integers = np.minimum(np.floor(wage * share).astype(np.int64), most)
    return result


def keep_on(town: Town, employers: Employers, number: Integers, employed: Integers) -> tuple[Integers, Furlough]:
    """What is left to lay off (employers,), and whom firms keep on furlough instead, the same people as long as it lasts.

    `number` is how many each employer would lay off, `employed` rows of residents in work. Anchors lay off as they would.
    """
    if town.rules.events.furlough_share <= 0.0:
        return number, nobody(employers)
    kept = number.copy()
    kept[: len(town.anchors)] = 0
    jobs = np.maximum(employers.workers + employers.commuters, 1)
    commuters = np.floor(kept * employers.commuters / jobs).astype(np.int64)
    workers = np.minimum(kept - commuters, employers.workers)
    position = employers.position[town.residents["employer"][employed]]
    draws = town.streams.uniform("on furlough", 0, town.residents.slots)[employed]
    return number - kept, Furlough(employed[lowest_in_each_group(position, draws, workers)], commuters)


def paid_by_employers(employers: Employers, furlough: Furlough) -> Employers:
    """The employers with those people from next door whom they pay themselves."""
    return replace(employers, commuters=np.maximum(employers.commuters - furlough.commuters, 0))


def pay_furlough(town: Town, rows: Integers, wage: Integers) -> None:
    """The government pays residents on furlough, and takes tax on it as on other pay."""
    if not rows.size:
        return
    residents, events = town.residents, town.rules.events
    gross = furlough_pay(wage, events.furlough_share, events.furlough_most)
    tax = tax_on_pay(gross, pay_taxes(town.rules.parameters, town.structure.minor_units))
    account = residents["account"][rows]
    town.ledger.book("furlough", GOVERNMENT_ACCOUNT, account, gross)
    town.ledger.book("work taxes", account, GOVERNMENT_ACCOUNT, tax)
    residents["gross"][rows] = gross
    residents["income"][rows] += gross - tax
