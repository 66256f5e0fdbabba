"""Anything in any order: a living town in which policies begin and stop, shocks come, and within months firms end, are sold, founded,
handed over and rescued, contracts move and funds fail, between any two phases; the books are checked after each step with ``==``.

``python -m tests.property.stateful --steps 100000`` prints how many steps of which sort were taken. What fails is printed with the
command that repeats it. Every step calls what the month itself calls, at a moment when its own preconditions hold.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]
FOLDER = Path(__file__).resolve().parents[1]
if str(FOLDER) not in sys.path:
    sys.path.insert(0, str(FOLDER))

from support.levers import declaration, names, random_value, sensible, with_uses  # noqa: E402
from support.living_books import LivingBooks  # noqa: E402
from support.places import scaled, shipped, with_parameters, with_place  # noqa: E402

from sim.core.registry import PHASES  # noqa: E402
from sim.economy import Economy  # noqa: E402
from sim.kinds.claims import fund_row  # noqa: E402
from sim.kinds.firms import LocalSME  # noqa: E402
from sim.kinds.forms import FORMS  # noqa: E402
from sim.kinds.funds import CommunityBank, CreditUnion  # noqa: E402
from sim.kinds.rules import Founding  # noqa: E402
from sim.kinds.rules_enterprise import BranchOffer  # noqa: E402
from sim.kinds.rules_ownership import Rescue  # noqa: E402
from sim.month import (  # noqa: E402
    community_finance,
    credit,
    homes,
    land,
    procurement,
    production,
    public_money,
    spending,
    support,
    surplus,
    turnover,
    work,
)
from sim.month.contracts.trade_credit import settle_contracts  # noqa: E402
from sim.month.finance.winding_up import close_bank, close_union  # noqa: E402
from sim.month.firms.founding import found_by_policy  # noqa: E402
from sim.month.firms.inward import open_branches, part_with_branches  # noqa: E402
from sim.month.firms.rescue import take_over_failing  # noqa: E402
from sim.month.firms.sale import SALE_JOBS, sell_firms  # noqa: E402
from sim.month.firms.stakes import settle_stakes  # noqa: E402
from sim.month.property.premises import let_premises  # noqa: E402
from sim.month.property.right_to_buy import buy_rented_homes  # noqa: E402
from sim.policies.apply import PoliciesInForce  # noqa: E402
from sim.settings.frozen import FrozenMapping  # noqa: E402
from sim.settings.scenario import PolicyUse  # noqa: E402

#: The month, in the order of `Economy.advance`.
MONTH: Final[tuple[ModuleType, ...]] = (
    public_money, support, procurement, production, work, spending, land, homes, credit, community_finance, surplus, turnover,
)  # fmt: skip
#: Steps in one town before the next is opened, with another seed, size and parameters.
STEPS_A_TOWN: Final = 400
SIZES: Final = (1 / 25, 1 / 12, 1 / 8)


def opened(number: int) -> Economy:
    """The town of a number: its size, its parameters and its seed."""
    luck = np.random.default_rng([7, number])
    usual = shipped("anytown/business-as-usual")
    scenario = with_parameters(
        with_place(usual, scaled(usual.place, float(luck.choice(SIZES)))),
        behaviour__burn_in_months=2,
        firms__cooperative_entry_stake=float(luck.choice([0.0, 500.0, 3000.0])),
        firms__sale_rate=float(luck.choice([0.0, 0.02, 0.05])),
    )
    return Economy(scenario, seed=number + 1)


class Walker:
    """One town, its luck, and what has happened to it so far."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.town = opened(number)
        self.luck = np.random.default_rng([11, number])
        self.books = LivingBooks(self.town)
        self.uses: dict[str, PolicyUse] = {}
        self.next_phase = -1
        self.taken: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=12)

    @property
    def within(self) -> bool:
        """Whether a month is under way."""
        return self.next_phase >= 0

    def step(self) -> None:
        """One step of any sort, and a look at the books."""
        chosen = self._within_a_month() if self.within else self._between_months()
        self.last.append(f"month {self.town.month}, phase {self.next_phase}: {chosen.__name__}")
        chosen()
        self.taken[chosen.__name__] += 1
        self.books.look()

    def _between_months(self) -> Callable[[], None]:
        """What may happen while no month is under way."""
        sort = self.luck.random()
        if sort < 0.25:
            return self.start_a_lever
        if sort < 0.35 and self.uses:
            return self.stop_a_lever
        return self.whole_month if sort < 0.55 else self.month_begins

    def _within_a_month(self) -> Callable[[], None]:
        """The next phase, or something between two phases."""
        if self.luck.random() < 0.5:
            return self.phase if self.next_phase < len(MONTH) else self.month_ends
        return EVENTS[int(self.luck.integers(len(EVENTS)))].__get__(self)

    # Levers.

    def start_a_lever(self) -> None:
        """A policy or shock that is not in force, with any settings, from a month soon."""
        free = [name for name in names() if name not in self.uses]
        if not free:
            return
        name = str(self.luck.choice(free))
        usual, anchors = sensible(name), self.town.place.anchor_names
        options = {item.name: random_value(item, usual.options.get(item.name), anchors, self.luck) for item in declaration(name).options}
        start = self.town.month + int(self.luck.integers(1, 4))
        end = start + int(self.luck.integers(0, 25)) if self.luck.integers(2) else None
        self.uses[name] = PolicyUse(name, start, int(self.luck.choice([0, 0, 1, 6])), end, FrozenMapping(options))
        self._in_force()

    def stop_a_lever(self) -> None:
        """One in force stops at once, with whatever it has set up."""
        self.uses.pop(str(self.luck.choice(sorted(self.uses))))
        self._in_force()

    def _in_force(self) -> None:
        """The town's scenario and policies are those of `uses`."""
        self.town.scenario = with_uses(self.town.scenario, list(self.uses.values()))
        neighbours = str(self.luck.choice(["unchanged", "unchanged", "unchanged", "same-policies"]))
        self.town.policies = PoliciesInForce.of(replace(self.town.scenario, neighbours=neighbours))

    # Months.

    def whole_month(self) -> None:
        """A month as every run has it, measured."""
        self.books.month_begins()
        self.town.step()
        self.books.month_ends()

    def month_begins(self) -> None:
        """The books are opened and the rules made."""
        self.books.month_begins()
        self.town.month += 1
        self.town._begin_month()
        self.next_phase = 0

    def phase(self) -> None:
        """The next phase of the month."""
        MONTH[self.next_phase].phase(self.town)
        self.next_phase += 1

    def month_ends(self) -> None:
        """Phases added to the registry, the ledger's own check and the audit of the month."""
        for added in PHASES:
            added.function(self.town)
        self.town.ledger.check()
        if self.town.without_policies is not None:
            self.town.without_policies.advance()
        self.next_phase = -1
        self.books.month_ends()

    # What may happen between two phases.

    def some(self, rows: Rows, most: int = 3) -> Rows:
        """One to three of these rows, in order."""
        return np.sort(self.luck.choice(rows, min(len(rows), int(self.luck.integers(1, most + 1))), replace=False)) if len(rows) else rows

    def marked(self, rows: Rows) -> Rows:
        """Marks of these rows of firms."""
        marks = np.zeros(len(self.town.firms), bool)
        marks[rows] = True
        return marks

    def firms_end(self) -> None:
        """Firms of any kind end."""
        ending = self.marked(self.some(np.arange(len(self.town.firms)), most=2))
        part_with_branches(self.town, ending)
        turnover.end_firms(self.town, np.flatnonzero(ending))

    def firms_sold(self) -> None:
        """Local firms with jobs enough are sold outside, or kept by first refusal; co-operatives whose members vote to sell as well."""
        firms = self.town.firms
        rows = np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["workers"] + firms["commuters"] >= SALE_JOBS))
        sell_firms(self.town, self.some(rows), np.zeros(len(firms), bool))

    def employees_take_over(self) -> None:
        """Firms that end or are to be sold are offered to those who work there; what they don't take ends or is sold."""
        town = self.town
        town.rules.buyout_share = float(self.luck.choice([0.5, 1.0]))
        local = np.flatnonzero(town.firms["kind"] == LocalSME.code)
        ending = self.marked(self.some(local))
        jobs = town.firms["workers"] + town.firms["commuters"]
        sold = self.marked(self.some(local[jobs[local] >= SALE_JOBS])) & ~ending
        turnover._hand_over(town, ending, sold)
        sell_firms(town, np.flatnonzero(sold), ending)
        turnover.end_firms(town, np.flatnonzero(ending))

    def workers_rescue(self) -> None:
        """Firms that can't pay are taken over by their workers where they would live, else they end."""
        town, luck = self.town, self.luck
        share, stake = float(luck.choice([0.5, 1.0])), int(luck.choice([0, 1, 50_000]))
        terms = Rescue(
            share=share, pay_cut=float(luck.random()), stake=stake, matching=float(luck.random() * 2), write_off=float(luck.random()),
            support_cost=int(luck.integers(0, 10_000)), anchor=int(luck.integers(len(town.anchors))),
        )  # fmt: skip
        town.rules.ownership.rescues.append(terms)
        firms = town.firms
        failing = self.marked(self.some(np.flatnonzero((firms["kind"] == LocalSME.code) & (firms["workers"] >= 2))))
        taken = take_over_failing(town, failing)
        failing[taken] = False
        turnover.end_firms(town, np.flatnonzero(failing))

    def firm_founded(self) -> None:
        """An anchor founds a firm, with capital, work or members; those a policy founds this month come with it."""
        town, luck = self.town, self.luck
        form = str(luck.choice(FORMS[1:]))
        founding = Founding(
            name="a founding", kind=str(luck.choice(["cooperative", "community"])), sector=int(luck.integers(18)),
            jobs=float(luck.integers(1, 30)), seed_capital=int(luck.choice([0, 1, 10**6])), anchor=int(luck.integers(len(town.anchors))),
            contract_value=int(luck.choice([0, 1, 10**6, 10**8])), contract_months=int(luck.integers(1, 40)), form=form,
            members=int(luck.integers(0, 6)), entry_stake=int(luck.choice([0, 100_000])),
        )  # fmt: skip
        town.rules.foundings = [founding]
        found_by_policy(town)
        town.rules.foundings = []

    def branch_comes(self) -> None:
        """A branch comes for a subsidy."""
        town, luck = self.town, self.luck
        sector, jobs, anchor = int(luck.integers(18)), float(luck.integers(1, 40)), int(luck.integers(len(town.anchors)))
        offer = BranchOffer(
            sector=sector, jobs=jobs, anchor=anchor, exported=float(luck.random()), subsidy_per_job=int(luck.integers(0, 10**6)),
            stays=int(luck.choice([0, 1, 5])), clawback=float(luck.random()), term=int(luck.integers(1, 20)),
        )  # fmt: skip
        usual, town.rules.enterprise.branches = town.rules.enterprise.branches, [offer]
        open_branches(town)
        town.rules.enterprise.branches = usual

    def contracts_move(self) -> None:
        """Contracts are taken from their holders, settled and let anew; one that can't be settled yet stays."""
        rows = self.some(np.arange(len(self.town.contracts)), most=6)
        settle_contracts(self.town, rows)
        rows = rows[self.town.contracts["owing"][rows] == 0]
        if rows.size:
            procurement.tender(self.town, rows)

    def contracts_end(self) -> None:
        """Contracts end now, to be let by the next procurement."""
        self.town.contracts["end"][self.some(np.arange(len(self.town.contracts)), most=6)] = self.town.month - 1

    def stakes_settled(self) -> None:
        """Members pay their stakes, those who left get theirs back."""
        settle_stakes(self.town)

    def premises_let(self) -> None:
        """Units are let, tenants go."""
        let_premises(self.town)

    def tenants_buy(self) -> None:
        """Social tenants buy their homes, where there is a right to."""
        buy_rented_homes(self.town)

    def fund_fails(self) -> None:
        """A community bank or a credit union fails."""
        for kind, close in ((CommunityBank, close_bank), (CreditUnion, close_union)):
            row = fund_row(self.town, kind)
            if row >= 0 and self.luck.integers(2):
                close(self.town, row)


EVENTS: Final = (
    Walker.firms_end, Walker.firms_sold, Walker.employees_take_over, Walker.workers_rescue, Walker.firm_founded, Walker.firm_founded,
    Walker.branch_comes, Walker.contracts_move, Walker.contracts_end, Walker.stakes_settled, Walker.premises_let, Walker.tenants_buy,
    Walker.fund_fails,
)  # fmt: skip


class Failed(AssertionError):
    """A step that failed, with what led to it."""


def walk(number: int, steps: int) -> Walker:
    """Steps in the town of a number.

    Raises
    ------
    Failed
        With the last steps and what repeats them.
    """
    walker = Walker(number)
    for done in range(steps):
        try:
            walker.step()
        except Exception as error:
            story = "\n    ".join([*walker.last, f"levers: {[(use.use, use.start, use.end) for use in walker.uses.values()]}"])
            again = f"python -m tests.property.stateful --first {number} --steps {done + 1}"
            raise Failed(f"town {number}, step {done + 1}: {type(error).__name__}: {error}\n    {story}\n    {again}") from error
    return walker


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.property.stateful", description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first town")
    parser.add_argument("--each", type=int, default=STEPS_A_TOWN, help="steps in one town")
    given = parser.parse_args(arguments)
    taken: Counter[str] = Counter()
    towns = failures = payments = months = 0
    left = given.steps
    while left > 0:
        here = min(left, given.each)
        left -= here
        towns += 1
        try:
            walker = walk(given.first + towns - 1, here)
        except Failed as failure:
            failures += 1
            sys.stdout.write(f"{failure}\n")
            continue
        taken += walker.taken
        payments += walker.books.payments
        months += walker.town.month
        if towns % 25 == 0:
            sys.stdout.write(f"{sum(taken.values()):,} steps so far\n")
            sys.stdout.flush()
    for name, count in taken.most_common():
        sys.stdout.write(f"{count:9,}  {name.replace('_', ' ')}\n")
    done = sum(taken.values())
    sys.stdout.write(f"{done:,} steps in {towns:,} towns, {months:,} months, {payments:,} payments: {failures} towns failed\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
