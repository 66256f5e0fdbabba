"""Lines of a validation made up for tests."""

from __future__ import annotations

from dataclasses import replace

from sim.runs.validation.table import Row


def row(**changed: object) -> Row:
    """A line of a table: a check of a share, hit."""
    texts = dict.fromkeys(("place", "of", "fact", "unit", "mark", "source", "address", "figure", "key", "scenario", "against"), "x")
    texts |= dict.fromkeys(("first", "last", "model_unit", "note"), "") | {"role": "check", "kind": "share", "result": "hit", "against": ""}
    numbers = dict.fromkeys(("published", "published_low", "published_high", "model", "low", "high", "luck_low", "luck_high", "size"), 0.5)
    return replace(Row(**texts, **numbers, year=2013, draws=12, alone=6), **changed)  # type: ignore[arg-type]
