"""The members of a package, and runs with some of them only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from sim.core.channels import INSTITUTIONS, LOCAL_INSTITUTIONS
from sim.core.records import RunRecord
from sim.core.registry import POLICIES
from sim.errors import InputError
from sim.runs.outcome import Failure
from sim.runs.scenarios import usage_error
from sim.runs.statistics.summary import seed_values
from sim.runs.workers import Factory, factory_of, failure_of, lost_worker

if TYPE_CHECKING:
    from sim.settings.scenario import PolicyUse, Scenario

__all__ = [
    "COLUMNS",
    "LOCAL_SECTORS",
    "Coalition",
    "CoalitionOutcome",
    "CoalitionTask",
    "Member",
    "coalition_scenario",
    "members_of",
    "record_rows",
    "uses_beyond",
    "without_policies",
]

#: Columns of the values of coalitions: a measure in `value`, what a sector received through a channel in `pence`.
COLUMNS: Final = ("seed", "coalition", "name", "value", "pence")
LOCAL_SECTORS: Final = tuple(INSTITUTIONS[sector] for sector in LOCAL_INSTITUTIONS)
#: In front of the name of a channel and a sector.
RECEIVED: Final = "received/"

Coalition = int
"""A set of uses of policies: bit i says whether use i is in."""


@dataclass(frozen=True)
class Member:
    """A member of a package: a lever or a pillar.

    Parameters
    ----------
    name, title : str
        Name of the policy or pillar, with a number where a policy is used more than once; and the same for readers.
    uses : int
        Its uses of policies as bits.
    """

    name: str
    title: str
    uses: Coalition


def uses_beyond(scenario: Scenario, reference: Scenario | None) -> tuple[PolicyUse, ...]:
    """The uses of policies that a scenario has and its reference has not.

    Raises
    ------
    InputError
        When there are none, or when the two differ in something else than policies.
    """
    if reference is not None:
        _refuse_other_differences(scenario, reference)
    held = list(reference.policies) if reference is not None else []
    beyond = []
    for use in scenario.policies:
        if use in held:
            held.remove(use)
        else:
            beyond.append(use)
    if held:
        lacking = ", ".join(use.use for use in held)
        raise _refused(
            reference, f"the reference has policies that {scenario.name} has not: {lacking}", "give a reference with fewer policies"
        )
    if not beyond:
        raise usage_error(
            "scenario",
            scenario.name,
            "a scenario with a policy",
            "name another scenario, such as anytown/full-package",
            "there is nothing to explain: the scenario has no policy beyond its reference",
        )
    return tuple(beyond)


def _refuse_other_differences(scenario: Scenario, reference: Scenario) -> None:
    """Refuse a reference that differs in something else than policies."""
    names = {"place": "place", "start": "first month", "parameters": "parameters", "shocks": "shocks", "neighbours": "neighbours"}
    other = [words for name, words in names.items() if getattr(scenario, name) != getattr(reference, name)]
    if other:
        message = f"the reference differs from {scenario.name} in {', '.join(other)}, so not all of the difference is made by policies"
        raise _refused(reference, message, "leave --reference out: the scenario without its policies is taken")


def _refused(reference: Scenario | None, message: str, remedy: str) -> InputError:
    """The error for a reference that does not fit."""
    allowed = "a scenario that differs by fewer policies alone"
    return usage_error("reference", "" if reference is None else reference.name, allowed, remedy, message)


def without_policies(scenario: Scenario) -> Scenario:
    """The scenario with its shocks and without any policy.

    Examples
    --------
    >>> import sim
    >>> without_policies(sim.load("anytown/buy-local")).title
    'Buy local in Anytown, without its policies'
    """
    name, title = f"{scenario.name} without policies", f"{scenario.title}, without its policies"
    return replace(scenario, name=name, title=title, policies=(), notes="")


def members_of(uses: tuple[PolicyUse, ...], by: str) -> tuple[Member, ...]:
    """The members of a package, in the order of the scenario.

    Parameters
    ----------
    uses : tuple of PolicyUse
        The uses of policies to explain.
    by : {"lever", "pillar"}
        Whether each use is a member, or all uses of one pillar together.
    """
    if by == "pillar":
        pillars: dict[str, Coalition] = {}
        for place, use in enumerate(uses):
            pillar = str(POLICIES[use.use].pillar)
            pillars[pillar] = pillars.get(pillar, 0) | 1 << place
        return tuple(Member(name, name.capitalize(), bits) for name, bits in pillars.items())
    often, met, members = Counter(use.use for use in uses), Counter[str](), []
    for place, use in enumerate(uses):
        met[use.use] += 1
        title, number = str(POLICIES[use.use].title), met[use.use]
        several = often[use.use] > 1
        members.append(Member(f"{use.use} ({number})" if several else use.use, f"{title} ({number})" if several else title, 1 << place))
    return tuple(members)


def coalition_scenario(scenario: Scenario, uses: tuple[PolicyUse, ...], coalition: Coalition) -> Scenario:
    """The scenario with some of the explained uses only; those that its reference has too stay."""
    left_out = [use for place, use in enumerate(uses) if not coalition >> place & 1]
    kept = []
    for use in reversed(scenario.policies):
        # The last of two equal uses is left out first, as `uses_beyond` keeps the first for the reference.
        if use in left_out:
            left_out.remove(use)
        else:
            kept.append(use)
    return replace(scenario, policies=tuple(reversed(kept)))


@dataclass(frozen=True)
class CoalitionOutcome:
    """What some coalitions of one seed left behind: rows of `COLUMNS`, or a failure."""

    seed: int
    rows: pd.DataFrame | None = None
    failure: Failure | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class CoalitionTask:
    """One seed with some coalitions, which share one opening.

    Parameters
    ----------
    seed : int
        The seed.
    scenarios : mapping of int to Scenario
        By coalition.
    months : int
        Months to run.
    rules : mapping of str to str
        How the last twelve months of each measure become one number.
    factory : callable, optional
        Makes an economy from a scenario and a seed; `sim.economy.Economy` when left out.
    """

    seed: int
    scenarios: Mapping[Coalition, Scenario]
    months: int
    rules: Mapping[str, str] = field(default_factory=dict)
    factory: Factory | None = None

    def run(self) -> CoalitionOutcome:
        """Run every coalition from copies of one opening; only an interruption is raised."""
        began = perf_counter()
        coalition, *others = self.scenarios
        name, parts = "", []
        try:
            name = self.scenarios[coalition].name
            opening = factory_of(self.factory)(self.scenarios[coalition], self.seed)
            for other in others:
                record = opening.with_scenario(self.scenarios[other]).run(self.months)
                parts.append(record_rows(record, self.seed, other, self.rules))
            parts.append(record_rows(opening.run(self.months), self.seed, coalition, self.rules))
        except Exception as error:  # the other seeds go on, and this one stays visible
            return CoalitionOutcome(self.seed, failure=failure_of(self.seed, name, error), seconds=perf_counter() - began)
        return CoalitionOutcome(self.seed, pd.concat(parts, ignore_index=True), seconds=perf_counter() - began)

    def lost(self) -> CoalitionOutcome:
        """The outcome when the worker died."""
        return CoalitionOutcome(self.seed, failure=lost_worker(self.seed))


def record_rows(record: RunRecord, seed: int, coalition: Coalition, rules: Mapping[str, str]) -> pd.DataFrame:
    """One run as rows of `COLUMNS`: every measure in one number, and what local accounts received through each channel."""
    names, values = [], []
    for name in sorted(record.measures):
        names.append(name)
        values.append(float(seed_values(record.measures[name][None, :], rules.get(name.partition("/")[0], "mean"))[0]))
    cells = record.channel_totals.rows() if record.channel_totals is not None else []
    received = [(f"{RECEIVED}{channel}/{sector}", pence) for channel, sector, pence, _ in cells if sector in LOCAL_SECTORS and pence]
    return value_rows(seed, coalition, names, values, received)


def value_rows(seed: int, coalition: Coalition, names: list[str], values: list[float], received: list[tuple[str, int]]) -> pd.DataFrame:
    """Measures and receipts as rows of `COLUMNS`."""
    count = len(names) + len(received)
    return pd.DataFrame(
        {
            "seed": np.full(count, seed, np.int64),
            "coalition": np.full(count, coalition, np.int64),
            "name": [*names, *(name for name, _ in received)],
            "value": np.array([*values, *([np.nan] * len(received))], np.float64),
            "pence": np.array([*([0] * len(names)), *(pence for _, pence in received)], np.int64),
        }
    )
