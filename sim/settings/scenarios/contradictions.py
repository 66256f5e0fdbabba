"""Two uses of one policy that can't both hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sim.core.calendar import Month
from sim.core.registry import Intervention
from sim.settings.reading.problems import Findings, Kind
from sim.settings.scenario import OptionValue, PolicyUse

__all__ = ["find_contradictions"]

_TARGETS = ("anchor", "anchors", "sector")


def find_contradictions(
    uses: Sequence[tuple[PolicyUse, type[Intervention], str]], start: Month, findings: Findings, *, single_events: bool = False
) -> None:
    """Find uses of one policy that touch the same anchors and sector in the same months.

    A policy that founds or does something once each time it is used says so with a class attribute ``repeatable = True`` and may be
    used as often as wanted; one that a place can have only once says ``one_for_the_place = True``. A shock without an end is one event:
    two of them contradict only when they begin in the same month.

    Parameters
    ----------
    uses : sequence of (PolicyUse, class of the policy, key)
        The uses with where they stand, the base's first.
    start : Month
        First month of the scenario.
    findings : Findings
        Where problems go: at the later use, naming both.
    single_events : bool
        Whether a use without an end is one event, as for shocks.
    """
    for (first, item, _), (second, _, key) in combinations(uses, 2):
        if first.use != second.use or getattr(item, "repeatable", False):
            continue
        if not (_overlap(first, second, single_events) and _same_targets(first, second, item)):
            continue
        begin = start.at(max(first.start, second.start))
        same_file = first.file == second.file
        other = f"line {first.line}" if same_file else f"{first.file}, line {first.line}"
        message = f"{second.use} is in force twice for the same target from {begin} on: here and in {other}"
        remedy = "delete one of the two, or give the earlier an 'end' before the later starts"
        given, allowed = f"{second.use}, as in {other}", "one use at a time for each anchor and sector"
        findings.add(Kind.CONTRADICTION, second.file, second.line, (key,), message, given=given, allowed=allowed, remedy=remedy)


def _overlap(first: PolicyUse, second: PolicyUse, single_events: bool) -> bool:
    """Whether two uses are in force in one month."""
    if single_events and (first.end is None or second.end is None):
        return first.start == second.start
    starts_before = second.end is None or first.start <= second.end
    return starts_before and (first.end is None or second.start <= first.end)


def _same_targets(first: PolicyUse, second: PolicyUse, item: type[Intervention]) -> bool:
    """Whether two uses touch the same anchors and the same sector; an option that the policy has not is the same.

    What a place can have only one of has the same target whatever anchor it names.
    """
    if getattr(item, "one_for_the_place", False):
        return True
    names = [option.name for option in item.options if option.kind in _TARGETS]
    return all(_members(first.options.get(name)) & _members(second.options.get(name)) for name in names)


def _members(value: OptionValue) -> set[OptionValue]:
    """One target or several as a set."""
    return set(value) if isinstance(value, tuple) else {value}
