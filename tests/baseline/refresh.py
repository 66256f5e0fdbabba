"""Exact figures of every shipped scenario of the invented town, kept in `anytown.json` so that a change shows.

``python tests/baseline/refresh.py`` prints what has changed and writes the file anew; with ``--check`` it writes nothing and fails
where something has. A change is no error as such: read it, and say in the commit why it is right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

FILE = Path(__file__).with_name("anytown.json")
SCENARIOS = ("anytown/business-as-usual", "anytown/buy-local", "anytown/full-package")
SEED, MONTHS, LOOKED_AT = 1, 24, (1, 12, 24)
CHANNELS = ("contracts", "inputs", "wages", "shopping", "exports", "rents", "investment", "payouts", "new loans", "repayments")


def figures(town: Any) -> dict[str, int]:
    """Whole figures of a month: pence held by each sector, paid through some channels, and heads."""
    from sim.core.channels import INSTITUTIONS
    from sim.kinds.residents import EMPLOYED

    ledger = town.ledger
    held = {name: int(ledger.balance[ledger.sector == code].sum()) for code, name in enumerate(INSTITUTIONS)}
    paid = dict.fromkeys(CHANNELS, 0)
    for booking in ledger.journal:
        if booking.channel in paid:
            paid[booking.channel] += int(booking.pence.sum())
    heads = {
        "firms": len(town.firms),
        "residents in work": int(np.count_nonzero(town.residents["status"] == EMPLOYED)),
        "contracts with firms here": int(np.count_nonzero(town.firm_row[town.contracts["supplier"]] >= 0)),
    }
    pence = {f"held by {name}, pence": value for name, value in held.items()} | {f"{name}, pence": value for name, value in paid.items()}
    return heads | pence


def measured(name: str) -> dict[str, Any]:
    """A scenario's figures by month, and its fingerprint at the end."""
    from support.fingerprint import money, series

    import sim.catalogue  # noqa: F401  fills the registries
    from sim.core.registry import POLICIES, SHOCKS
    from sim.economy import Economy
    from sim.settings.load import load_scenario

    town = Economy(load_scenario(name, POLICIES, SHOCKS), seed=SEED)
    found: dict[str, Any] = {}
    for month in range(1, MONTHS + 1):
        town.step()
        if month in LOOKED_AT:
            found[f"month {month}"] = figures(town)
    return {**found, "fingerprint": {"money": money(town), "series": series(town)}}


def baseline() -> dict[str, Any]:
    """What the file should hold."""
    return {name: measured(name) for name in SCENARIOS}


def changes(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """One line for each figure that differs."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            place = f"{where}: {key}" if where else key
            yield from (
                changes(old[key], new[key], place) if key in old and key in new else (f"{place} is {'new' if key in new else 'gone'}",)
            )
    elif old != new:
        both = isinstance(old, int) and isinstance(new, int)
        yield f"{where}: {old} -> {new}" + (f" ({new - old:+d}{f', {(new - old) / old:+.2%}' if old else ''})" if both else "")


def kept() -> dict[str, Any]:
    """What the file holds."""
    return dict(json.loads(FILE.read_text(encoding="utf-8"))) if FILE.exists() else {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and write unless only a check is asked for."""
    parser = argparse.ArgumentParser(description="Refresh the exact figures of the invented town.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a figure has changed")
    given = parser.parse_args(arguments)
    new = baseline()
    found = list(changes(kept(), new))
    print("\n".join(found) if found else "nothing has changed")  # noqa: T201
    if given.check:
        return 1 if found else 0
    FILE.write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[2])]
    raise SystemExit(main())
