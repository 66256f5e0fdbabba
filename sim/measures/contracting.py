"""Contracting: what can move, and how much is let."""

from __future__ import annotations

from sim.core.registry import measure
from sim.kinds.town import Town


@measure(
    name="influenceable_share",
    title="Share of contract value that anchors can let on their own terms",
    unit="share of contract value",
    kind="share",
    meaning="Contracts in force that are not called off from frameworks; what no procurement lever can touch is the rest.",
    source="The contract book; which contracts are bound at the opening is an assumption.",
)
def influenceable_share(town: Town) -> float:
    """Value of free contracts over the value of all."""
    value = town.contracts["value"]
    total = int(value.sum())
    return float(value[town.contracts["influenceable"]].sum()) / total if total else 1.0


@measure(
    name="payment_days",
    title="How long suppliers wait for anchors' money",
    unit="days",
    kind="count",
    meaning="What anchors owe on contracts against a month of their value, in days of a month of thirty days.",
    source="The contract book.",
)
def payment_days(town: Town) -> float:
    """Days of contract value that are owed."""
    total = int(town.contracts["value"].sum())
    return 30.0 * int(town.contracts["owing"].sum()) / total if total else 0.0


@measure(
    name="contracts_let",
    title="Share of contract value let in the month",
    unit="share of contract value",
    kind="share",
    meaning="Value of the contracts tendered in the month over that of all in force: the pool in which procurement levers can work.",
    source="The contract book; contracts called off again from frameworks are not tendered.",
)
def contracts_let(town: Town) -> float:
    """Value tendered this month over the value of all contracts."""
    total = int(town.contracts["value"].sum())
    return town.notes.let_value / total if total else 0.0
