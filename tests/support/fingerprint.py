"""The fingerprint of a run: the same on every machine, every supported Python and any number of workers."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.settings.load import load_scenario

TABLES = ("residents", "firms", "anchors", "contracts", "funds", "dwellings", "premises")
SCENARIO, MONTHS, SEED = "anytown/full-package", 24, 1


def digest(*parts: bytes) -> str:
    """A short hash of some bytes."""
    made = blake2b(digest_size=8)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def money(town: Economy) -> str:
    """Hash of all balances and of the month's flow matrix: whole pence, in a fixed order of bytes."""
    return digest(town.ledger.balance.astype("<i8").tobytes(), town.ledger.flows.astype("<i8").tobytes())


def state(town: Economy) -> str:
    """Hash of all that a town is beside its money: every column, limits of accounts, warnings, what began and left.

    Whole numbers count exactly. Of fractions two sums count, to 8 digits: the last bits may depend on the library. A column that holds
    nothing but its default is left out, so that a new one changes no hash before something is written into it.
    """
    exact = [np.flatnonzero(town.ledger.credit), town.ledger.credit[town.ledger.credit != 0], town.ledger.sector]
    born = sorted(town.births_by_month.items())
    told = [*town.warnings, f"{town.founded} {born} {town.supported} {town.notes.lifetimes} {town.listed.paid}"]
    told += [_two_sums(name, values) for name, values in vars(town.notes).items() if isinstance(values, np.ndarray)]
    told.append(_two_sums("customers elsewhere", town.structure.export_pool))
    for table in TABLES:
        rows = getattr(town, table)
        exact.append(rows.slots)
        for name, column in rows.columns.items():
            values = rows[name]
            if column.dtype.kind == "f":
                told.append(_two_sums(f"{table} {name}", values))
            elif (values != column.default).any():
                told.append(f"{table} {name}")
                exact.append(values)
    return digest(*(values.astype("<i8").tobytes() for values in exact), "\n".join(told).encode())


def _two_sums(name: str, values: np.ndarray) -> str:
    """Size of some values, their sum and their sum by place against it: two that change places show."""
    flat = values.ravel().astype(np.float64)
    size = float(np.abs(flat).sum())
    by_place = float((flat * (1.0 + np.arange(len(flat)) % 97)).sum())
    return f"{name} {size:.8g} {flat.sum() / max(size, 1e-300):.8f} {by_place / max(size, 1e-300):.6f}"


def series(town: Economy, digits: int = 12) -> str:
    """Hash of all measures so far, to 12 digits: the last bits of a sum may depend on the library that adds."""
    found = town.recorder.finish(town).measures
    lines = [f"{name} " + " ".join(f"{value:.{digits}g}" for value in np.asarray(found[name]).tolist()) for name in sorted(found)]
    return digest("\n".join(lines).encode())


def fingerprint(scenario: str = SCENARIO, months: int = MONTHS, seed: int = SEED, *, monthly: bool = False) -> list[str]:
    """Lines of the fingerprint: money month by month if asked for, then money and series at the end."""
    town = Economy(load_scenario(scenario, POLICIES, SHOCKS), seed=seed)
    lines = [f"opening money {money(town)}"]
    for _ in range(months):
        town.step()
        if monthly:
            lines.append(f"month {town.month} money {money(town)} series {series(town)}")
    return [*lines, f"{scenario} seed {seed} month {months} money {money(town)} series {series(town)}"]
