"""Work that waits for a worker: what a visitor sees first comes first, then everyone in turn."""

from __future__ import annotations

from asyncio import Future
from collections import Counter
from collections.abc import Callable, Container, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sim.page.serving.refusal import Refusal
from sim.page.serving.turns import Rota, with_clearly_most
from sim.page.serving.visitor import address_of
from sim.page.work.jobs import Job

__all__ = ["FIRST", "FULL", "FURTHER", "LOOK", "MOST_WAITING", "Asked", "Waiting"]

#: Ranks: the first pair of a comparison, a look at a web or a pound, further pairs.
FIRST, LOOK, FURTHER = range(3)
#: Jobs that may wait at once.
MOST_WAITING: Final = 600

#: What is said where no more may wait.
FULL: Final = Refusal(503, "too many runs are waiting on this machine", "wait a minute, then move the lever again")


@dataclass(eq=False)
class Asked:
    """A job that was asked for, by one visitor or by several who want the same.

    Parameters
    ----------
    job : Job
        What to do.
    key, opening : hashable
        Those of the job, found once.
    rank : int
        `FIRST`, `LOOK` or `FURTHER`.
    answer : asyncio.Future
        Where the result goes.
    visitors : list of str
        Who waits for it, each as often as they asked.
    tries : int
        How often it was given to a worker.
    number, since : int
        Its place in the order of arrival, and how many turns had been had when it came.
    leave : callable
        Has the worker that does it leave it; None while no worker does it.
    """

    job: Job
    key: Hashable
    opening: Hashable
    rank: int
    answer: Future[Any]
    visitors: list[str] = field(default_factory=list)
    tries: int = 0
    number: int = 0
    since: int = 0
    leave: Callable[[], None] | None = None


class Waiting:
    """The jobs that wait, and who is next.

    The lowest rank comes first: first pairs of comparisons before all else. Within a rank addresses take turns, and at each address its
    visitors: next is whose last turn is longest ago, and who had none waits from when they came. So however many ids one device makes up,
    another has every second turn. A turn is one job; of first pairs it is both arms, since one alone shows nothing. Of a visitor's further
    jobs one comes first whose town the worker has opened already, and one last whose town another worker has opened.

    Parameters
    ----------
    most : int
        Jobs that may wait; beyond them whoever has the most gives way, or the job is refused.
    """

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.most = most
        self._jobs: dict[int, Asked] = {}
        self._arrived = 0
        self._rota = Rota()
        self._other_arm: Asked | None = None

    def __len__(self) -> int:
        return len(self._jobs)

    def add(self, asked: Asked, visitor: str = "") -> Asked | None:
        """Let a job wait.

        Where no more may wait, one of whoever has the most gives way to one of whoever has fewer: the newest of the highest rank.

        Parameters
        ----------
        asked : Asked
            The job.
        visitor : str
            Who asks, where it is not among the visitors of the job yet.

        Returns
        -------
        Asked or None
            The job that gave way, which waits no longer and must be answered.

        Raises
        ------
        Refusal
            When too many wait already.
        """
        given = None
        if len(self._jobs) >= self.most:
            given = self._gives_way(visitor or asked.visitors[0])
            if given is None:
                raise Refusal(503, FULL.message, FULL.remedy)
            del self._jobs[given.number]
        self._arrived += 1
        asked.number, asked.since = self._arrived, self._rota.turns
        self._jobs[asked.number] = asked
        return given

    def _gives_way(self, visitor: str) -> Asked | None:
        """The job that gives way to one more of a visitor: of the address with the most, else of the visitor with the most at the same."""
        jobs, here = list(self._jobs.values()), address_of(visitor)
        at_home = [asked for asked in jobs if {address_of(one) for one in asked.visitors} == {here}]
        return _newest_of_most(jobs, here, address_of) or _newest_of_most(at_home, visitor, str)

    def again(self, asked: Asked) -> None:
        """Let a job that was lost wait again, in its old place; of first pairs it is next, as it had its turn."""
        self._other_arm = asked if asked.rank == FIRST else self._other_arm
        self._jobs[asked.number] = asked

    def drop(self, asked: Asked) -> bool:
        """Forget a job; whether it was still waiting."""
        return self._jobs.pop(asked.number, None) is not None

    def drop_all(self) -> list[Asked]:
        """Forget all jobs and return them."""
        dropped, self._jobs = list(self._jobs.values()), {}
        return dropped

    def take(self, held: Container[Hashable] = (), elsewhere: Container[Hashable] = ()) -> Asked | None:
        """The next job, which waits no longer; None when none waits.

        Parameters
        ----------
        held : container of openings
            Towns that the worker has opened.
        elsewhere : container of openings
            Towns that other workers have opened.
        """
        if not self._jobs:
            return None
        rank = min(asked.rank for asked in self._jobs.values())
        ranked = sorted((asked for asked in self._jobs.values() if asked.rank == rank), key=lambda asked: asked.number)
        chosen, self._other_arm = self._other_arm, None
        if rank != FIRST or chosen not in ranked:
            wanted = [(asked, visitor) for asked in ranked for visitor in asked.visitors[: None if rank == FIRST else 1]]
            visitor = min((self._turn_of(asked, visitor), visitor) for asked, visitor in wanted)[1]
            mine = [asked for asked, one in wanted if one == visitor]
            if rank == FIRST:
                chosen, self._other_arm = mine[0], mine[1] if len(mine) > 1 else None
            else:
                chosen = min(mine, key=lambda asked: (_distance(asked.opening, held, elsewhere), asked.number))
            self._rota.note(visitor, address_of(visitor))
        assert chosen is not None
        del self._jobs[chosen.number]
        return chosen

    def _turn_of(self, asked: Asked, visitor: str) -> tuple[int, int, int]:
        """The order of a visitor's job: the last turn of the address, that of the visitor, and when the job came."""
        unseen = asked.since - 1
        return self._rota.last(address_of(visitor), unseen), self._rota.last(visitor, unseen), asked.number


def _distance(opening: Hashable, held: Container[Hashable], elsewhere: Container[Hashable]) -> int:
    """How far a worker is from the town of a job: 0 has it, 1 nobody has it, 2 another has it."""
    if opening is None or opening in held:
        return 0
    return 2 if opening in elsewhere else 1


def _newest_of_most(jobs: Sequence[Asked], own: str, party_of: Callable[[str], str]) -> Asked | None:
    """The newest job of the highest rank of the party that has the most, where that is clearly more than a party's own."""
    waiting = {asked: {party_of(one) for one in asked.visitors} for asked in jobs}
    held = Counter(party for parties in waiting.values() for party in parties)
    most = with_clearly_most(held, own)
    theirs = [asked for asked, parties in waiting.items() if parties == {most}]
    return max(theirs, key=lambda asked: (asked.rank, asked.number), default=None)
