"""Some money of one anchor on its way, payment by payment, ready for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.page.work.openings import Openings
from sim.report.numbers import month_name
from sim.runs.following.follow import follow
from sim.runs.following.trail import PathStep, Trail
from sim.runs.following.words import heading, path_sentence, remarks
from sim.runs.scenarios import usage_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sim.settings.scenario import Scenario

__all__ = ["pound_view"]


def pound_view(
    scenario: Scenario, anchor: str, month: int | None = None, pounds: float = 100.0, seed: int = 1, openings: Openings | None = None
) -> dict[str, Any]:
    """Follow some contract money of an anchor in one arm.

    Parameters
    ----------
    scenario : Scenario
        The arm.
    anchor : str
        Name or title of the anchor, or "all".
    month : int, optional
        Month to read, counted from 1; the last when left out.
    pounds : float
        Money to follow.
    seed : int
        Luck of the run.
    openings : Openings, optional
        Where towns at their opening are kept; nowhere when left out.

    Returns
    -------
    dict
        `Trail.as_dict` as it stands, and for a reader ``symbol``, ``minor_units``, ``heading``, ``month_name``, ``sentence`` (the
        likeliest way in words), ``hops`` (the same one by one: payer, payee, channel, amount, shown), ``payments`` (after each
        payment: what is still here and what left, largest first, with the money shown), ``leaves`` (in the end, by kind of end
        point) and ``remarks``. The same money as `sim.follow` finds.

    Raises
    ------
    sim.errors.InputError
        For an anchor, a month or an amount that can't be used.

    Examples
    --------
    >>> import sim
    >>> found = pound_view(sim.load("anytown/business-as-usual"), "council", month=1)
    >>> found["total"], sum(found["ends"].values())
    (10000, 10000)
    """
    last = scenario.months if month is None else month
    if not 1 <= last <= scenario.months:
        raise usage_error("month", last, f"1 to {scenario.months}", f"write {scenario.months}", "the run has no such month")
    town = (Openings(1) if openings is None else openings).town(scenario, seed)
    for number in range(1, last + 1):
        town.ledger.keep_journal = number == last
        town.advance()
    return _for_a_reader(follow(town, anchor, pounds=pounds))


def _for_a_reader(trail: Trail) -> dict[str, Any]:
    """A trail as plain values, with its amounts shown and its words."""
    return {
        **trail.as_dict(),
        "symbol": trail.symbol,
        "minor_units": trail.minor_units,
        "heading": heading(trail),
        "month_name": month_name(trail.date),
        "sentence": path_sentence(trail),
        "hops": [_hop(trail, step) for step in trail.path],
        "payments": [
            {
                "payment": step.number,
                "here": trail.money(step.still_here),
                "left": trail.money(sum(step.left.values())),
                "holders": _shown(trail, step.held),
                "ends": _shown(trail, step.left),
            }
            for step in trail.steps
        ],
        "leaves": _shown(trail, dict(sorted(trail.by_kind().items(), key=lambda item: -item[1]))),
        "remarks": remarks(trail),
    }


def _hop(trail: Trail, step: PathStep) -> dict[str, Any]:
    """One payment of the likeliest way."""
    shown = trail.money(step.amount * trail.minor_units)
    return {"payer": step.payer, "payee": step.payee, "channel": step.channel, "amount": step.amount, "shown": shown}


def _shown(trail: Trail, amounts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Names with their pence, and the same as text."""
    return [{"who": who, "pence": pence, "shown": trail.money(pence)} for who, pence in amounts.items()]
