"""The economy of one place: a Mesa model whose month is the list of phases below."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from time import perf_counter

import networkx as nx
import numpy as np

import sim.catalogue  # noqa: F401  fills the registries that a scenario and the recorder read
from sim.core.columns import Table
from sim.core.ledger import Ledger
from sim.core.mesa_bridge import ColumnarModel
from sim.core.records import RunRecord
from sim.core.registry import PHASES
from sim.core.streams import Streams
from sim.kinds import CONTRACT_COLUMNS, Anchor, Firm, Fund, Resident
from sim.kinds.dwellings import DWELLING_COLUMNS
from sim.kinds.listed import ListedSuppliers
from sim.kinds.premises import PREMISES_COLUMNS
from sim.kinds.rules import usual_rules
from sim.kinds.rules_enterprise import SupportedBranch
from sim.kinds.sellers import SellerLists
from sim.kinds.town import MonthNotes, Town
from sim.measures.groups import group_flows
from sim.measures.neighbours import sales_for_each_pound
from sim.measures.recorder import Recorder
from sim.month import (
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
from sim.month.trade.neighbours import work_elsewhere
from sim.policies.apply import PoliciesInForce
from sim.policies.lawful import unlawful_uses
from sim.settings.scenario import Scenario
from sim.start.chances import find_chances
from sim.start.listed_suppliers import hold_again
from sim.start.memory import refuse_too_large
from sim.start.opening import open_town
from sim.supplyweb import supply_web

#: Months of the burn-in in which the chances of local bidders are found again, now that firms have come to rest.
CHANCES_FOUND_AGAIN = (-36, -12)


class Economy(ColumnarModel, Town):
    """One town under one scenario and one seed.

    Parameters
    ----------
    scenario : Scenario
        As read by `sim.load`.
    seed : int
        The luck of the run: same scenario, seed and version give the same pence.
    keep_journal : bool
        Keep this month's bookings one by one, for the supply web and the measures of circulation.

    Examples
    --------
    >>> import sim
    >>> economy = sim.Economy(sim.load("anytown/business-as-usual"), seed=1)
    >>> economy.step()
    >>> economy.month, int(economy.ledger.balance.sum())
    (1, 0)
    """

    def __init__(self, scenario: Scenario, seed: int = 1, keep_journal: bool = True) -> None:
        self._set_up(scenario, seed, keep_journal)
        refuse_too_large(scenario)
        self.regional_accounts = open_town(self)
        self._burn_in()
        self.recorder = Recorder(self)

    @classmethod
    def empty(cls, scenario: Scenario, seed: int, keep_journal: bool = True) -> Economy:
        """A town in which nobody lives yet, to be filled with a stored opening."""
        town = cls.__new__(cls)
        town._set_up(scenario, seed, keep_journal)
        return town

    def _set_up(self, scenario: Scenario, seed: int, keep_journal: bool) -> None:
        """Empty tables and books, the usual rules, and the policies of the scenario."""
        super().__init__(rng=seed)
        self.scenario = scenario
        self.place = scenario.place
        self.seed_number = seed
        self.streams = Streams(seed)
        self.ledger = Ledger(keep_journal)
        self.residents, self.firms, self.anchors = self.table(Resident), self.table(Firm), self.table(Anchor)
        self.funds = self.table(Fund)
        self.contracts = Table(CONTRACT_COLUMNS)
        self.premises = Table(PREMISES_COLUMNS)
        self.dwellings = Table(DWELLING_COLUMNS)
        self.listed, self.starts = ListedSuppliers(), scenario.start
        self.warnings: list[str] = []
        self.founded = 0
        self.supported: list[SupportedBranch] = []
        self.births_by_month: dict[int, int] = {}
        self.months_before = round(scenario.parameters["behaviour.burn_in_months"])
        self.month = -self.months_before
        self.rules = usual_rules(scenario.parameters, len(self.place.anchors))
        self.notes = MonthNotes()
        self.policies = PoliciesInForce.of(scenario)
        self.refresh_rows()
        self.respending = 1.0
        self.without_policies: Economy | None = None

    @property
    def frozen(self) -> bool:
        """Whether behaviour is frozen for a proof."""
        return self.rules.parameters["behaviour.frozen"] > 0.0

    def refresh_rows(self) -> None:
        """Look up rows by account anew, after firms came or went."""
        self._sellers: SellerLists | None = None
        self.firm_row = np.full(len(self.ledger), -1, np.int32)
        self.firm_row[self.firms["account"]] = np.arange(len(self.firms), dtype=np.int32)
        self.resident_row = np.full(len(self.ledger), -1, np.int32)
        self.resident_row[self.residents["account"]] = np.arange(len(self.residents), dtype=np.int32)
        for table, row in ((self.firms, self.firm_row), (self.residents, self.resident_row)):
            # A purse of local currency belongs to whoever holds the account in pounds.
            rows = np.flatnonzero(table["purse"] >= 0)
            row[table["purse"][rows]] = rows

    @property
    def sellers(self) -> SellerLists:
        """The firms of each sector by appeal, made when first asked for after firms came or went."""
        if self._sellers is None:
            firms = self.firms
            self._sellers = SellerLists(firms["sector"], firms["appeal"], firms["founded_by_policy"])
        return self._sellers

    def warn(self, message: str) -> None:
        """Note something the reader of the results should know."""
        if message not in self.warnings:
            self.warnings.append(message)

    def step(self) -> None:
        """One month."""
        self.recorder.prepare(self)
        self.advance()
        self.recorder.record(self)

    def advance(self) -> None:
        """The month, in the model's order, without measuring; phases added to the registry come last, in order of name."""
        self.month += 1
        self._begin_month()
        public_money.phase(self)
        support.phase(self)
        procurement.phase(self)
        production.phase(self)
        work.phase(self)
        spending.phase(self)
        land.phase(self)
        homes.phase(self)
        credit.phase(self)
        community_finance.phase(self)
        surplus.phase(self)
        turnover.phase(self)
        for added in PHASES:
            added.function(self)
        self.ledger.check()
        if self.without_policies is not None:
            self.without_policies.advance()

    def _begin_month(self) -> None:
        """Fresh rules with the policies in force, empty counters, open books."""
        self.ledger.begin_month(self.month)
        self.notes = MonthNotes()
        self.listed.paid = {}
        self.rules = self.policies.rules(self)
        self._look_at_neighbours()
        firms = self.firms
        firms["last_output"][:] = firms["output"] if self.month > 1 - self.months_before else firms["last_output"]
        for name in ("output", "demand", "sales", "costs"):
            firms[name][:] = 0
        self.anchors["received"][:] = 0
        if (self.month - 1) % 12 == 0 and not self.frozen:
            spending.set_income_tenths(self)

    def _look_at_neighbours(self) -> None:
        """Where other places adopt the policies: what these took from suppliers elsewhere, against the same town without them."""
        if self.frozen or not self.policies.others_adopt(self.month):
            return
        if self.without_policies is None:
            self.without_policies = self._copy()
            self.without_policies.month -= 1
            self.without_policies.policies = self.policies.shocks_alone()
            self.without_policies.ledger.keep_journal = False
        usual, sectors = self.without_policies, len(self.structure.export_pool)
        rules = self.rules.neighbours
        rules.region, rules.world = self.policies.adopting(self.rules.parameters["neighbours.adopting_share"])
        rules.moved = work_elsewhere(usual.contracts, usual.firm_row, sectors) - work_elsewhere(self.contracts, self.firm_row, sectors)

    def _burn_in(self) -> None:
        """Months before the first, without policies, in which the opening comes to rest."""
        keep, self.ledger.keep_journal = self.ledger.keep_journal, False
        policies, self.policies = self.policies, self.policies.none()
        for left in reversed(range(self.months_before)):
            self.ledger.keep_journal = left == 0
            self.advance()
            if self.month in CHANCES_FOUND_AGAIN and not self.frozen:
                find_chances(self)
        hold_again(self)
        self.respending = sales_for_each_pound(group_flows(self))
        self.ledger.keep_journal, self.policies = keep, policies

    def with_scenario(self, scenario: Scenario) -> Economy:
        """A copy of this town at its opening under another scenario of the same place and parameters.

        Raises
        ------
        ValueError
            When the town has moved on, or the scenario's place or parameters differ.
        """
        if self.month != 0:
            raise ValueError("only a town at its opening can be copied to another scenario")
        if scenario.place != self.place or scenario.parameters != self.scenario.parameters:
            raise ValueError("the scenario has another place or other parameters: build its own Economy")
        twin = self._copy()
        twin.scenario = scenario
        twin.policies = PoliciesInForce.of(scenario)
        return twin

    def _copy(self) -> Economy:
        """A copy of this town now; what never changes is not copied but shared."""
        tables = (self.residents, self.firms, self.anchors, self.funds, self.contracts, self.premises, self.dwellings)
        constant = [self.scenario, self.place, self.scenario.parameters, self.structure, self.regional_accounts]
        shared = [*constant, *self.ledger.journal, *(table.columns for table in tables)]
        return deepcopy(self, {id(item): item for item in shared})

    def run(self, months: int | None = None, progress: Callable[[int], None] | None = None, record: Recorder | None = None) -> RunRecord:
        """Run to the scenario's end (or for some months) and return what was recorded.

        Parameters
        ----------
        months : int, optional
            Those of the scenario when left out.
        progress : callable, optional
            Told of each month.
        record : Recorder, optional
            What records from here on, in place of the one that records everything: ``Recorder(town, ["jobs"], months=[12])``.
        """
        began = perf_counter()
        for message in unlawful_uses(self.scenario):
            self.warn(message)
        keep = self.ledger.keep_journal
        if record is not None and record is not self.recorder:
            record.take_over(self.recorder)
            self.recorder = record
        for _ in range(self.scenario.months if months is None else months):
            self.step()
            if progress is not None:
                progress(self.month)
        self.ledger.keep_journal = keep
        return replace(self.recorder.finish(self), seconds=perf_counter() - began)

    def supply_web(self) -> nx.MultiDiGraph:
        """This month's money: organisations and neighbourhoods as nodes, one edge for each payer, payee and channel."""
        return supply_web(self)
