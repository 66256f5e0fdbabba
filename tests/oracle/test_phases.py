"""Every phase of the month against the plain version of it: the same pence, the same columns, the same notes, by ``==``.

Sums of pence are whole numbers and floats are added in the same order on both sides, so nothing needs a tolerance but one note:
what wages were short of is a sum of parts of a penny that arrays add in pairs, cut to whole pence, and may be a penny apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from oracle.plain.copying import copied, differences
from oracle.plain.month import PHASES, advance
from oracle.plain.town import PlainTown, TownRules
from support.hard_times import HARD_TIMES
from support.suppliers import listed_scenario

import sim.economy
from sim.core.channels import COOPERATIVES
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.kinds.firms import Cooperative, LocalSME
from sim.runs.opening.opened import opened
from sim.settings.frozen import FrozenMapping
from sim.settings.load import load_scenario
from sim.settings.scenario import PolicyUse, Scenario

SEED = 7
#: A year and the month after it, so that all that comes once a year has come; half of that for the town at rest; two years when asked.
MONTHS, HALF, LONG = 13, 7, 24
COOPERATIVES_MADE = 10
#: Phases of policies that most places never use: hand-worked tests instead of a plain version.
WITHOUT_PLAIN_VERSION = ("support", "land", "community_finance")
#: Levers that the plain month knows; what the others do is worked by hand in tests/unit/month.
WITH_PLAIN_VERSION = (
    "local_spend_target",
    "outreach",
    "lots",
    "social_value_weight",
    "living_wage_anchors",
    "living_wage_contracts",
    "municipal_cooperative",
    "employee_buyout",
)
#: No overdrafts either, and stakes of members that are paid within half a year.
HARD = {**HARD_TIMES, "behaviour.burn_in_months": 6.0, "finance.overdraft_months": 0.0, "firms.cooperative_stake_months": 6.0}
SHOCKS_IN_USE = (
    PolicyUse("branch_closes", start=5, options=FrozenMapping({"sector": "wholesale-retail", "jobs": 30.0, "outside_sales_lost": 0.5})),
    PolicyUse("budget_cut", start=9, ramp_months=6, options=FrozenMapping({"anchors": None, "share": 0.3})),
)


def at_once(use: PolicyUse) -> PolicyUse:
    """The policy from the first month on, at full strength within half a year; employees take over many firms, all hear of tenders."""
    stronger = {"employee_buyout": {"share": 0.3}, "outreach": {"reach": 1.0}}
    options = {**use.options, **stronger.get(use.use, {})}
    return replace(use, start=1, ramp_months=min(use.ramp_months, 6), options=FrozenMapping(options))


def scenario(name: str) -> Scenario:
    """A shipped scenario of the invented town, or one made of it for these tests."""
    usual = load_scenario("anytown/business-as-usual", POLICIES, SHOCKS)
    if name == "business as usual":
        return usual
    if name == "frozen":
        return replace(usual, parameters=usual.parameters.with_values({"behaviour.frozen": 1.0}))
    package = load_scenario("anytown/full-package", POLICIES, SHOCKS)
    package = replace(package, policies=tuple(at_once(use) for use in package.policies if use.use in WITH_PLAIN_VERSION))
    assert {use.use for use in package.policies} == set(WITH_PLAIN_VERSION)
    if name == "full package":
        return package
    return replace(package, shocks=SHOCKS_IN_USE, parameters=package.parameters.with_values(HARD))


@pytest.fixture(scope="module")
def opening() -> Economy:
    """The invented town at its opening."""
    return opened(scenario("business as usual"), seed=SEED)


def town_of(opening: Economy, name: str) -> Economy:
    """The town under a scenario; one with parameters of its own has its own opening."""
    found = scenario(name)
    return opening.with_scenario(found) if found.parameters == opening.scenario.parameters else Economy(found, seed=SEED)


class Beside:
    """Runs the plain phase beside each array phase and compares all there is to compare.

    The burn-in is left alone. The state is copied into plain objects when a month begins. Before each later phase the plain
    town is that copy already, since the phase before it was accepted only if nothing differed.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.plain: PlainTown | None = None
        self.month = -1
        for name in PHASES:
            module = getattr(sim.economy, name)
            monkeypatch.setattr(module, "phase", self.both(name, module.phase))
        for name in WITHOUT_PLAIN_VERSION:
            module = getattr(sim.economy, name)
            monkeypatch.setattr(module, "phase", self.alone(module.phase))

    def alone(self, phase: Callable[[Any], None]) -> Callable[[Any], None]:
        """A phase that has no plain version: what follows starts from a copy of what it left."""

        def run_alone(economy: Economy) -> None:
            phase(economy)
            if self.plain is not None and differences(self.plain, economy):
                self.plain = None

        return run_alone

    def both(self, name: str, phase: Callable[[Any], None]) -> Callable[[Any], None]:
        """The two phases as one."""

        def run_both(economy: Economy) -> None:
            if economy.month < 1:
                phase(economy)
                return
            if self.plain is None or self.month != economy.month:
                self.plain, self.month = copied(economy), economy.month
            PHASES[name](self.plain)
            phase(economy)
            assert differences(self.plain, economy) == [], f"month {economy.month}, {name}"

        return run_both


@pytest.fixture
def check_phases(monkeypatch: pytest.MonkeyPatch) -> Beside:
    """From now on every phase is checked as it runs."""
    return Beside(monkeypatch)


@pytest.mark.usefixtures("check_phases")
def test_each_phase_is_what_the_plain_one_does_with_listed_suppliers(tmp_path) -> None:
    found = listed_scenario(tmp_path, scenario="parameters: {behaviour.burn_in_months: 4}\n")
    economy = Economy(found, seed=SEED)
    before = int((economy.contracts["listed"] >= 0).sum())
    run(economy, 4)
    assert 0 < int((economy.contracts["listed"] >= 0).sum()) < before


def run(economy: Economy, months: int) -> Counter[str]:
    """Some months; returns how often each thing noted happened."""
    happened: Counter[str] = Counter()
    for _ in range(months):
        economy.advance()
        happened.update({name: value for name, value in vars(economy.notes).items() if isinstance(value, int)})
    return happened


@pytest.mark.usefixtures("check_phases")
@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("business as usual", HALF),
        ("full package", MONTHS),
        ("frozen", 3),
        pytest.param("frozen", 6, marks=pytest.mark.long),
        pytest.param("business as usual", LONG, marks=pytest.mark.long),
        pytest.param("full package", LONG, marks=pytest.mark.long),
    ],
)
def test_each_phase_is_what_the_plain_one_does(name: str, months: int, opening: Economy) -> None:
    run(town_of(opening, name), months)


@pytest.mark.usefixtures("check_phases")
@pytest.mark.parametrize("months", [MONTHS, pytest.param(LONG, marks=pytest.mark.long)])
def test_each_phase_is_what_the_plain_one_does_when_everything_happens(months: int, opening: Economy) -> None:
    economy = town_of(opening, "hard times")
    # Council tax that is not all the councils', and more people working outside than jobs are there for.
    economy.anchors["council_tax_share"][:] = 0.2
    economy.structure = replace(economy.structure, outside_jobs=economy.structure.outside_jobs // 2)
    # Some local firms have become co-operatives, of every form.
    mine = np.flatnonzero((economy.firms["kind"] == LocalSME.code) & (economy.firms["workers"] >= 2))[:COOPERATIVES_MADE]
    economy.firms["kind"][mine], economy.firms["owner"][mine] = Cooperative.code, -1
    economy.firms["form"][mine] = np.arange(len(mine)) % 5
    economy.firms["founder"][mine] = np.arange(len(mine)) % 2 - 1
    economy.ledger.reclassify(economy.firms["account"][mine], COOPERATIVES)
    happened = run(economy, months - 3)
    # Rents that can't be paid, and firms without room for the contracts they hold.
    economy.residents["rent"][:] *= 5
    economy.firms["capacity"][:] *= 0.01
    happened += run(economy, 3)
    never = {name for name, value in vars(economy.notes).items() if isinstance(value, int) and not happened[name]}
    assert never == set(), "these were never put to the test"
    assert len(economy.contracts) > len(opening.contracts), "no contract was split into lots"


def test_a_copy_is_faithful_and_a_difference_is_seen(opening: Economy) -> None:
    plain = copied(opening)
    assert differences(plain, opening) == []
    plain.book.pay("wages", 1, 2, 1)
    plain.people[3].habits[2] += 1
    plain.firms[0].price *= 1.0 + 1e-15
    plain.notes.hires += 1
    expected = ["ledger.balance", "ledger.flows", "people.habits", "firms.price", "notes.hires"]
    assert [line.split(":")[0] for line in differences(plain, opening)] == expected


def rules_of(economy: Economy) -> Callable[[PlainTown], TownRules]:
    """The rules of a month for the plain town, from the policies of an economy."""
    return lambda town: TownRules.of(economy.policies.rules(cast(Any, town)), len(town.anchors))


@pytest.mark.parametrize(
    ("name", "months"),
    [
        ("hard times", MONTHS),
        *(pytest.param(name, LONG, marks=pytest.mark.long) for name in ("business as usual", "full package", "hard times")),
    ],
)
def test_a_plain_town_left_to_itself_ends_with_the_same_pence(name: str, months: int, opening: Economy) -> None:
    economy = town_of(opening, name)
    plain = copied(economy)
    rules = rules_of(economy)
    for _ in range(months):
        advance(plain, rules)
        economy.advance()
    assert list(plain.book.balance.values()) == economy.ledger.balance.tolist()
    assert differences(plain, economy) == []
