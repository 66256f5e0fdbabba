"""What the routes ask of the other parts of the page: what reads a state, and what runs it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sim.page.serving.limits import PageLimits

__all__ = ["Parts", "Reader", "State", "Team"]


class State(Protocol):
    """What a visitor chose, checked."""

    @property
    def key(self) -> str:
        """Equal for states whose runs are equal."""
        ...

    def as_dict(self) -> Mapping[str, Any]:
        """The state as the page keeps it."""
        ...

    def yaml(self) -> str:
        """The same as a scenario file."""
        ...

    def reference_yaml(self) -> str:
        """Its business as usual as a scenario file."""
        ...

    def full_yaml(self) -> str:
        """The same at the full size of the place."""
        ...

    def full_reference_yaml(self) -> str:
        """Its business as usual at the full size of the place."""
        ...

    def lines(self) -> list[str]:
        """One plain sentence a lever."""
        ...


class Reader(Protocol):
    """What reads states; called from one thread at a time."""

    def read_state(self, given: object) -> State:
        """The state in plain values; raises `sim.errors.InputError` with all problems."""
        ...

    def offer(self) -> Mapping[str, Any]:
        """What the page begins with."""
        ...


class Team(Protocol):
    """What runs scenarios in processes of its own."""

    async def start(self) -> None:
        """Begin the processes."""
        ...

    async def close(self) -> None:
        """End the processes."""
        ...

    def compare(self, state: Any, seeds: int, visitor: str) -> AsyncIterator[Mapping[str, Any]]:
        """A view as each pair of runs ends, then the end; `Refusal` when too many are waiting."""
        ...

    async def web(self, state: Any, arm: str, visitor: str) -> list[dict[str, Any]]:
        """Who pays whom, for some months."""
        ...

    async def follow(self, state: Any, anchor: str, month: int, pounds: float, visitor: str) -> Mapping[str, Any]:
        """Some money of an anchor followed, in both arms."""
        ...


@dataclass(frozen=True)
class Parts:
    """What one page is made of.

    Parameters
    ----------
    reader : Reader
        Reads what visitors choose.
    team : Team
        Runs it.
    out : Path
        Folder for what visitors keep.
    limits : PageLimits
        Bounds of what is served.
    hosts : frozenset of str
        Names under which the page may be asked for, in lower case and without a port.
    addresses : bool
        Whether any address written in numbers counts as such a name: when the page is open to a network.
    first : mapping or None
        The state a visitor begins with; that of the offer when left out.
    """

    reader: Reader
    team: Team
    out: Path
    limits: PageLimits = field(default_factory=PageLimits)
    hosts: frozenset[str] = frozenset({"localhost", "127.0.0.1", "[::1]"})
    addresses: bool = False
    first: Mapping[str, Any] | None = None
