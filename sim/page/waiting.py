"""Work that waits for a worker: what a visitor sees first comes first, then everyone in turn."""

from __future__ import annotations

from asyncio import Future
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable
from dataclasses import dataclass, field
from typing import Any, Final

from sim.page.jobs import Job
from sim.page.refusal import Refusal

__all__ = ["FIRST", "FURTHER", "LOOK", "MOST_WAITING", "Asked", "Waiting"]

#: Ranks: the first pair of a comparison, a look at a web or a pound, further pairs.
FIRST, LOOK, FURTHER = range(3)
#: Jobs that may wait at once.
MOST_WAITING: Final = 600
#: Visitors whose last turn is remembered.
MOST_VISITORS: Final = 1024


@dataclass(eq=False)
class Asked:
    """A job that was asked for, by one visitor or by several who want the same.

    Parameters
    ----------
    job : Job
        What to do.
    key, opening : hashable
        Those of the job, found once.
    visitor : str
        Who asked first.
    rank : int
        `FIRST`, `LOOK` or `FURTHER`.
    answer : asyncio.Future
        Where the result goes.
    askers : int
        How many still wait for it.
    tries : int
        How often it was given to a worker.
    number : int
        Its place in the order of arrival.
    leave : callable
        Has the worker that does it leave it; None while no worker does it.
    """

    job: Job
    key: Hashable
    opening: Hashable
    visitor: str
    rank: int
    answer: Future[Any]
    askers: int = 0
    tries: int = 0
    number: int = field(default=0)
    leave: Callable[[], None] | None = None


class Waiting:
    """The jobs that wait, and who is next.

    The first pairs of comparisons come before all else, in order of arrival: a visitor has one comparison at a time. Of the rest the
    lowest rank comes first, and within it the visitor whose last turn is longest ago; of a visitor's jobs one whose town the worker
    has opened already, and one whose town another worker has opened last.

    Parameters
    ----------
    most : int
        Jobs that may wait; more are refused.
    """

    def __init__(self, most: int = MOST_WAITING) -> None:
        self.most = most
        self._jobs: dict[int, Asked] = {}
        self._arrived = 0
        self._turns = 0
        self._last_turn: OrderedDict[str, int] = OrderedDict()

    def __len__(self) -> int:
        return len(self._jobs)

    def add(self, asked: Asked) -> None:
        """Let a job wait.

        Raises
        ------
        Refusal
            When too many wait already.
        """
        if len(self._jobs) >= self.most:
            raise Refusal(503, "too many runs are waiting on this machine", "wait a minute, then move the lever again")
        self._arrived += 1
        asked.number = self._arrived
        self._jobs[asked.number] = asked

    def again(self, asked: Asked) -> None:
        """Let a job that was lost wait again, in its old place."""
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
        ranked = [asked for asked in self._jobs.values() if asked.rank == rank]
        if rank == FIRST:
            chosen = min(ranked, key=lambda asked: asked.number)
        else:
            visitor = min(ranked, key=lambda asked: (self._last_turn.get(asked.visitor, -1), asked.number)).visitor
            mine = [asked for asked in ranked if asked.visitor == visitor]
            chosen = min(mine, key=lambda asked: (_distance(asked.opening, held, elsewhere), asked.number))
        self._note_turn(chosen.visitor)
        del self._jobs[chosen.number]
        return chosen

    def _note_turn(self, visitor: str) -> None:
        """Remember that a visitor had a turn."""
        self._turns += 1
        self._last_turn[visitor] = self._turns
        self._last_turn.move_to_end(visitor)
        if len(self._last_turn) > MOST_VISITORS:
            self._last_turn.popitem(last=False)


def _distance(opening: Hashable, held: Container[Hashable], elsewhere: Container[Hashable]) -> int:
    """How far a worker is from the town of a job: 0 has it, 1 nobody has it, 2 another has it."""
    if opening is None or opening in held:
        return 0
    return 2 if opening in elsewhere else 1
