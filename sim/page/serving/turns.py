"""Turns among addresses, and turnstiles that let in so many requests of one address and of all."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

from sim.page.serving.refusal import Refusal

__all__ = ["Rota", "Turnstile", "with_clearly_most"]

#: Addresses, or other parties, whose last turn is remembered.
MOST_PARTIES: Final = 2048


def with_clearly_most(held: Mapping[str, int], own: str) -> str | None:
    """Who gives one up for a party where there is room for no more: whoever has the most, where they would still have no fewer than it.

    Parameters
    ----------
    held : mapping of str to int
        How many each party has.
    own : str
        The party that wants one more.

    Returns
    -------
    str or None
        The party; None where nobody has clearly more.

    Examples
    --------
    >>> with_clearly_most({"a": 1, "b": 3, "c": 2}, "a"), with_clearly_most({"a": 1, "b": 2}, "a")
    ('b', None)
    """
    most = max(held, key=lambda party: held[party], default=own)
    return most if held.get(most, 0) > held.get(own, 0) + 1 else None


class Rota:
    """Whose turn it is: that of the address whose last turn is longest ago, or who had none.

    Examples
    --------
    >>> rota = Rota()
    >>> rota.note("a")
    >>> rota.order(["a", "a", "b", "b"])
    [2, 0, 3, 1]
    """

    def __init__(self) -> None:
        self._last: OrderedDict[str, int] = OrderedDict()
        self.turns = 0

    def note(self, *parties: str) -> None:
        """Remember that an address had a turn, or several parties had one together."""
        self.turns += 1
        for party in parties:
            self._last[party] = self.turns
            self._last.move_to_end(party)
        while len(self._last) > MOST_PARTIES:
            self._last.popitem(last=False)

    def last(self, party: str, unseen: int = 0) -> int:
        """The number of the last turn of a party, or what stands for that of one who had none."""
        return self._last.get(party, unseen)

    def first(self, addresses: Sequence[str]) -> int:
        """The place of a list whose turn it is."""
        return next(self._turns(addresses))

    def order(self, addresses: Sequence[str]) -> list[int]:
        """The places of a list in the order in which they have their turn; of one address the first comes first."""
        return list(self._turns(addresses))

    def _turns(self, addresses: Sequence[str]) -> Iterator[int]:
        """Place by place, as if each had its turn at once."""
        last = {address: self.last(address) for address in addresses}
        left = list(range(len(addresses)))
        for turn in range(self.turns + 1, self.turns + 1 + len(left)):
            chosen = min(left, key=lambda place: (last[addresses[place]], place))
            left.remove(chosen)
            last[addresses[chosen]] = turn
            yield chosen


class Turnstile:
    """Holds so many requests at once; further ones wait for a while, in turn among addresses, and are then refused.

    Where no more may wait, the newest of the address with clearly the most gives way.

    Parameters
    ----------
    most, of_address : int
        How many it holds, of all and of one address.
    waiting, seconds : int and float
        How many of one address may wait, and how long.
    what : str
        What is held, such as "files are being sent".

    Examples
    --------
    >>> turnstile = Turnstile(2, 1, 0, 0.0, "files are being sent")
    >>> turnstile.inside["192.168.1.7"]
    0
    """

    def __init__(self, most: int, of_address: int, waiting: int, seconds: float, what: str) -> None:
        self.inside: Counter[str] = Counter()
        self._most, self._of_address = most, of_address
        self._most_waiting, self._seconds = waiting, seconds
        self._what = what
        self._waiting: list[tuple[str, asyncio.Future[bool]]] = []
        self._rota = Rota()

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Hold a request once it has its turn.

        Raises
        ------
        Refusal
            With status 503 when too many wait, or it has waited for too long.
        """
        await self._wait(address)
        try:
            yield
        finally:
            self._leave(address)

    async def _wait(self, address: str) -> None:
        """Wait for a turn."""
        if not self._waiting and self._fits(address):
            return self._enter(address)
        held = Counter(where for where, _ in self._waiting)
        full = len(self._waiting) >= 8 * max(self._most, self._most_waiting)
        if held[address] >= self._most_waiting or (full and not self._make_room(held, address)):
            self._raise(address)
        place: tuple[str, asyncio.Future[bool]] = (address, asyncio.get_running_loop().create_future())
        self._waiting.append(place)
        self._call_in()
        try:
            comes_in = await asyncio.wait_for(asyncio.shield(place[1]), self._seconds)
        except BaseException as error:
            if place in self._waiting:
                self._waiting.remove(place)
            elif place[1].result():  # its turn came while it gave up
                self._leave(address)
            if isinstance(error, TimeoutError):
                self._raise(address)
            raise
        if not comes_in:
            self._raise(address)
        return None

    def _make_room(self, held: Mapping[str, int], address: str) -> bool:
        """Whether one that waits gives way to one of an address: the newest of the address with clearly the most."""
        most = with_clearly_most(held, address)
        if most is None:
            return False
        place = next(one for one in reversed(self._waiting) if one[0] == most)
        self._waiting.remove(place)
        place[1].set_result(False)
        return True

    def _raise(self, address: str) -> None:
        """Refuse, and say whether it is for the address or for all."""
        whose = " from this address" if self.inside[address] >= self._of_address < self._most else ""
        raise Refusal(503, f"too many {self._what} at once{whose}", "try again in a few seconds") from None

    def _fits(self, address: str) -> bool:
        """Whether one more of an address may come in."""
        return self.inside.total() < self._most and self.inside[address] < self._of_address

    def _enter(self, address: str) -> None:
        """Come in."""
        self.inside[address] += 1
        self._rota.note(address)

    def _leave(self, address: str) -> None:
        """Go out, and let the next come in."""
        self.inside[address] -= 1
        self.inside += Counter()  # forgets those of whom nothing is held
        self._call_in()

    def _call_in(self) -> None:
        """Let those come in whose turn it is."""
        while fit := [place for place in self._waiting if self._fits(place[0])]:
            place = fit[self._rota.first([address for address, _ in fit])]
            self._waiting.remove(place)
            self._enter(place[0])
            place[1].set_result(True)
