"""What a run draws and chooses, noted slot by slot, so that two runs can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
import pytest

from sim.core.streams import Streams
from sim.economy import Economy

TABLES = ("residents", "firms", "anchors", "contracts")


@dataclass
class Draws:
    """Every uniform drawn, by stream, month and width, then slot."""

    seen: dict[tuple[str, int, int], dict[int, bytes]] = field(default_factory=dict)

    def note(self, name: str, month: int, slots: Any, width: int, found: Any) -> None:
        """Keep the draws of one call."""
        rows = np.arange(slots) if np.ndim(slots) == 0 else np.asarray(slots)
        values = np.asarray(found).reshape(len(rows), -1)
        kept = self.seen.setdefault((name, month, width), {})
        kept.update(zip(rows.tolist(), (row.tobytes() for row in values), strict=True))

    def compare(self, other: Draws) -> tuple[int, list[tuple[str, int, int]]]:
        """How many (stream, month, slot) both runs drew, and those that differ."""
        shared, different = 0, []
        for key, mine in self.seen.items():
            theirs = other.seen.get(key, {})
            for slot in mine.keys() & theirs.keys():
                shared += 1
                if mine[slot] != theirs[slot]:
                    different.append((key[0], key[1], slot))
        return shared, different


@contextmanager
def noted_draws() -> Iterator[Draws]:
    """Note every draw of the economies that run within."""
    draws = Draws()
    real = Streams.uniform

    def spy(self: Streams, name: str, month: int, slots: Any, width: int = 1) -> Any:
        found = real(self, name, month, slots, width)
        draws.note(name, month, slots, width, found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Streams, "uniform", spy)
        yield draws


def state(town: Economy) -> dict[str, bytes]:
    """Everything a month leaves behind: balances, flows, every column of every table; for comparing with ``==``."""
    found = {"balance": town.ledger.balance.tobytes(), "flows": town.ledger.flows.tobytes(), "credit": town.ledger.credit.tobytes()}
    for name in TABLES:
        table = getattr(town, name)
        found[f"{name} slots"] = table.slots.tobytes()
        found |= {f"{name} {column}": np.ascontiguousarray(table[column]).tobytes() for column in table.columns}
    for place, booking in enumerate(town.ledger.journal):
        digest = blake2b(digest_size=16)
        for part in (booking.payer, booking.payee, booking.pence):
            digest.update(np.ascontiguousarray(part).tobytes())
        found[f"booking {place} {booking.channel}"] = digest.digest()
    return found


def latest(town: Economy) -> dict[str, float]:
    """Last value of each measure."""
    return {name: float(values[-1]) for name, values in town.recorder.finish(town).measures.items()}


def different(first: dict[Any, Any], second: dict[Any, Any]) -> list[Any]:
    """Keys whose values are not the same, or that only one of the two has; not-a-number equals itself."""
    return sorted(
        key
        for key in first.keys() | second.keys()
        if not (key in first and key in second and (first[key] == second[key] or (first[key] != first[key] and second[key] != second[key])))
    )
