"""Follow a hundred pounds of one anchor's spend through the bookings of a simulated month or year."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from sim.core.channels import CHANNEL_NAMES
from sim.errors import InputError, Problem, nearest
from sim.kinds.flows import GROUPS, OUTSIDE
from sim.measures import trail as bookings
from sim.measures.formulas.follow import Chain, Course, follow_money, likeliest_path, pass_on, round_to_total
from sim.measures.groups import group_of_accounts
from sim.runs.following.trail import PathStep, Step, Trail, ordered
from sim.runs.progress import progress_bar
from sim.runs.scenarios import load, usage_error
from sim.settings.scenario import Scenario

if TYPE_CHECKING:
    from sim.economy import Economy

__all__ = ["follow"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

STARTS: Final = ("contracts", "pay", "everything")
ALL: Final = "all"
#: Most payments that are shown one by one, and most money that is followed.
MOST_PAYMENTS, MOST_POUNDS = 60, 1e12
#: Local hands in the example, where the payments shown allow for so many.
EXAMPLE_HANDS: Final = 4


def follow(
    what: Economy | Scenario | str | os.PathLike[str],
    anchor: str,
    *,
    month: int | None = None,
    year: bool = False,
    pounds: float = 100.0,
    payments: int = 6,
    seed: int = 1,
    of: str = "contracts",
    quiet: bool = True,
) -> Trail:
    """Follow some money of one anchor, payment by payment, until it leaves the place.

    Parameters
    ----------
    what : Economy, Scenario, str or path
        An economy whose last month is read, or a scenario that is run to the month.
    anchor : str
        Name or title of the anchor; "all" for all anchors together.
    month : int, optional
        Month to read, counted from 1; the last of the scenario when left out. Not for an economy.
    year : bool
        Sum the twelve months that end with it. Not for an economy, which holds one month.
    pounds : float
        Money to follow.
    payments : int
        Payments to show one by one. Where the rest ends is found in closed form.
    seed : int
        Luck of the run. Not for an economy.
    of : {"contracts", "pay", "everything"}
        What of the anchor's spend is followed; pay includes the taxes on it.
    quiet : bool
        Show no progress bar.

    Raises
    ------
    sim.errors.InputError
        For an anchor, month or number that can't be used.

    Notes
    -----
    Every account passes on what it receives in the proportions of what it paid, purchases of debt and ownership left out. Money that comes
    to a government has left, also where a part of it comes back as grants or council tax.

    Examples
    --------
    >>> import sim
    >>> trail = sim.follow("anytown/business-as-usual", "council", month=1)  # doctest: +SKIP
    """
    _check(pounds, payments, of)
    if isinstance(what, (Scenario, str, os.PathLike)):
        scenario = what if isinstance(what, Scenario) else load(what)
        rows = _anchors_of(scenario, anchor)
        last = scenario.months if month is None else month
        first = last - 11 if year else last
        if not 1 <= first <= last <= scenario.months:
            raise _bad_month(last, scenario.months, year)
        town, found, listed = _run_to(scenario, seed, first, last, quiet)
    else:
        town, scenario, first, last, seed = what, what.scenario, what.month, what.month, what.seed_number
        rows, found = _anchors_of(scenario, anchor), bookings.payments_of(what.ledger.journal, bookings.holders_of_purses(what))
        listed = Counter(bookings.paid_to_listed(what))
        if (month is not None and month != last) or year or last < 1:
            raise _bad_month(month or last, last, year)
    trail = _trail(_Web(town, found), rows, pounds, payments, of, (seed, last, last - first + 1))
    return trail if of == "pay" else replace(trail, suppliers=_of_anchors(listed, rows))


def _of_anchors(listed: Counter[tuple[int, str]], rows: list[int]) -> dict[str, int]:
    """What some anchors paid to listed suppliers, the largest first."""
    paid: Counter[str] = Counter()
    for (row, title), pence in listed.items():
        paid[title] += pence if row in rows else 0
    return {title: pence for title, pence in paid.most_common() if pence}


def _check(pounds: float, payments: int, of: str) -> None:
    """Refuse numbers that can't be used."""
    if not 0.01 <= pounds <= MOST_POUNDS:
        raise usage_error("pounds", pounds, f"0.01 to {MOST_POUNDS:.0f}", "write 100", "there is no money to follow")
    if not 1 <= payments <= MOST_PAYMENTS:
        raise usage_error("hops", payments, f"1 to {MOST_PAYMENTS}", "write 6", "so many payments can't be shown one by one")
    if of not in STARTS:
        raise InputError([_problem("of", of, STARTS, "a trail can't begin with that")])


def _problem(key: str, given: str, allowed: tuple[str, ...], message: str) -> Problem:
    """A wrong name."""
    near = nearest(given, allowed)
    return Problem("", None, key, given, ", ".join(allowed), near, f"write {near or 'one of these'}", message, "usage")


def _anchors_of(scenario: Scenario, given: str) -> list[int]:
    """Rows of the anchors that are meant."""
    anchors = scenario.place.anchors
    if given.strip().lower() == ALL:
        return list(range(len(anchors)))
    for row, item in enumerate(anchors):
        if given.strip().lower() in (item.name, item.title.lower()):
            return [row]
    near = nearest(given, [item.title for item in anchors])
    by_title = {item.title: item.name for item in anchors}
    names = (*(item.name for item in anchors), ALL)
    found = _problem("anchor", given, names, f"{scenario.place.title} has no such anchor")
    if found.nearest is None and near is not None:
        found = Problem("", None, "anchor", given, ", ".join(names), by_title[near], f"write {by_title[near]}", found.message, "usage")
    raise InputError([found])


def _bad_month(given: int, most: int, year: bool) -> InputError:
    """The error for a month that the run does not have."""
    words = "the twelve months up to that one are not all in the run" if year else "the run has no such month"
    return usage_error("month", given, f"{12 if year else 1} to {most}", f"write {most}", words)


def _run_to(
    scenario: Scenario, seed: int, first: int, last: int, quiet: bool
) -> tuple[Economy, bookings.Payments, Counter[tuple[int, str]]]:
    """Run a town without measuring, and keep the payments of the months that are asked for."""
    from sim.runs.opening.opened import opened

    town, found = opened(scenario, seed, keep_journal=False), None
    listed: Counter[tuple[int, str]] = Counter()
    with progress_bar(last, "Months", quiet=quiet) as step:
        for month in range(1, last + 1):
            town.ledger.keep_journal = month >= first
            town.advance()
            if month >= first:
                now = bookings.payments_of(town.ledger.journal, bookings.holders_of_purses(town))
                found = now if found is None else bookings.merged(found, now)
                listed.update(bookings.paid_to_listed(town))
            step()
    assert found is not None
    return town, found, listed


@dataclass
class _Web:
    """The payments of the period as a chain, with what its accounts are called."""

    town: Economy
    payments: bookings.Payments

    def __post_init__(self) -> None:
        self.accounts = len(self.town.ledger)
        self.chain, self.ends, self.target = bookings.chain_of(self.payments, self.accounts)
        self.holder = bookings.holder_of_accounts(self.town, self.payments)

    def first(self, rows: list[int], of: str) -> Floats:
        """What the anchors paid to each account and end point."""
        accounts = self.town.anchors["account"][rows].tolist()
        return bookings.first_payment(self.payments, self.target, accounts, of, self.accounts + len(self.ends) - 1)

    def payer(self, rows: list[int], target: int) -> int:
        """The account of the anchor that paid a target most."""
        sums = np.zeros(self.accounts)
        mine = self.target == target
        np.add.at(sums, self.payments.payer[mine], self.payments.pence[mine])
        accounts = self.town.anchors["account"][rows]
        return int(accounts[np.argmax(sums[accounts])])

    def name(self, target: int) -> str:
        """Name of an account or end point."""
        return bookings.account_name(self.town, target) if target < self.accounts else self.ends[target - self.accounts].title

    def channel(self, payer: int, target: int) -> str:
        """The channel through which an account paid a target most."""
        mine = (self.payments.payer == payer) & (self.target == target)
        sums = np.bincount(self.payments.channel[mine], weights=self.payments.pence[mine].astype(float), minlength=len(CHANNEL_NAMES))
        return CHANNEL_NAMES[int(np.argmax(sums))] if sums.any() else bookings.KEPT


def _trail(web: _Web, rows: list[int], pounds: float, payments: int, of: str, when: tuple[int, int, int]) -> Trail:
    """Follow the money and put it in words and pence."""
    town, scenario = web.town, web.town.scenario
    first = web.first(rows, of)
    anchor = town.place.anchors[rows[0]].title if len(rows) == 1 else "All anchors"
    if not first.sum() > 0:
        message = f"{anchor} paid nothing of that kind in the period"
        raise usage_error("of", of, ", ".join(STARTS), "choose another month, or --of everything", message)
    course = follow_money(web.chain, first, payments)
    enters = float(course.held[0].sum())
    total = round(pounds * town.structure.minor_units)
    steps, ends = _in_pence(web, course, total)
    titles = [end.title for end in web.ends]
    return Trail(
        place=town.place.title,
        anchor=anchor,
        of=of,
        scenario=scenario.name,
        seed=when[0],
        month=when[1],
        months=when[2],
        date=_date(str(scenario.start), when[1]),
        symbol=town.place.currency.symbol,
        minor_units=town.structure.minor_units,
        total=total,
        spent=round(float(first.sum())),
        steps=steps,
        ends=ordered(titles, ends),
        kinds={end.title: end.kind for end in web.ends},
        shares=dict(zip(titles, course.ends.tolist(), strict=True)),
        receipts=course.hands,
        hands=course.hands / enters if enters > 0 else 0.0,
        hands_by_groups=_hands_by_groups(web, first) if enters > 0 else 0.0,
        path=_path(web, rows, first, min(payments, EXAMPLE_HANDS), pounds),
        moves=_moves(web, course),
    )


def _date(start: str, month: int) -> str:
    """A month of the run as "YYYY-MM"."""
    year, first = (int(part) for part in start.split("-")[:2])
    count = year * 12 + first - 1 + month - 1
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _in_pence(web: _Web, course: Course, total: int) -> tuple[tuple[Step, ...], Integers]:
    """Steps and end points in pence: what left and what is still here add up to the total after every payment."""
    leaves = round_to_total(np.append(course.left.ravel(), course.still_here), total)
    left = leaves[:-1].reshape(course.left.shape)
    titles, steps = [end.title for end in web.ends], []
    for number, held in enumerate(course.held, start=1):
        groups = np.bincount(web.holder, weights=held, minlength=len(bookings.HOLDERS))
        here = round_to_total(groups, total - int(left[:number].sum()))
        steps.append(Step(number, ordered(list(bookings.HOLDERS), here), ordered(titles, left[number - 1])))
    return tuple(steps), left.sum(axis=0) + round_to_total(course.rest, int(leaves[-1]))


def _hands_by_groups(web: _Web, first: Floats) -> float:
    """Hands of the same money when accounts are pooled into the groups of the monthly measure."""
    group = group_of_accounts(web.town)
    number, outside = len(GROUPS), len(OUTSIDE)
    payees = web.payments.payee
    # Accounts outside stand first among the groups: they are end points of the pooled chain.
    local = payees >= outside
    target = np.where(local, group[payees], number + payees)
    chain = pass_on(group[web.payments.payer], target, web.payments.pence, number, outside)
    start = np.bincount(group, weights=first[: web.accounts], minlength=number)
    return follow_money(chain, np.append(start, np.zeros(outside)), 1).hands


def _path(web: _Web, rows: list[int], first: Floats, hands: int, pounds: float) -> tuple[PathStep, ...]:
    """The likeliest way through the place, with what of the money goes along it."""
    share = first / first.sum()
    if not share[: web.accounts].any():
        return ()
    way, parts = likeliest_path(web.chain, share, hands)
    payers = [web.payer(rows, way[0]), *way[:-1]]
    return tuple(
        PathStep(web.name(payer), web.name(target), web.channel(payer, target), part * pounds)
        for payer, target, part in zip(payers, way, parts, strict=True)
    )


def _moves(web: _Web, course: Course) -> pd.DataFrame:
    """What each group paid to each group and end point in each payment, as shares of the money."""
    holders, titles = len(bookings.HOLDERS), [end.title for end in web.ends]
    member = sparse.csr_array((np.ones(web.accounts), (np.arange(web.accounts), web.holder)), shape=(web.accounts, holders))
    names, rows = [*bookings.HOLDERS, *titles], []
    for number in range(1, len(course.held) + 1):
        moved = _moved(web.chain, member, course, number)
        payer, payee = np.nonzero(moved > 0)
        rows += [
            (number, names[one] if number > 1 else "anchors", names[other], bool(other < holders), float(moved[one, other]))
            for one, other in zip(payer.tolist(), payee.tolist(), strict=True)
        ]
    return pd.DataFrame(rows, columns=["payment", "payer", "payee", "inside", "share"])


def _moved(chain: Chain, member: Any, course: Course, number: int) -> Floats:
    """Shares of the money that groups (rows) pay to groups and end points (columns) in one payment."""
    if number == 1:
        return np.append(course.held[0] @ member, course.left[0])[None, :]
    payers = member.T @ sparse.diags_array(course.held[number - 2])
    inside, outside = payers @ chain.passed_on @ member, payers @ chain.leaving
    return np.asarray(np.hstack([inside.toarray(), outside.toarray()]))
