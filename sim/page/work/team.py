"""The workers of the page: every visitor is served in turn, nobody waits for another's load longer than a run takes."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Protocol

from sim.page.serving.guard import log_fault
from sim.page.serving.refusal import Refusal
from sim.page.view.page_view import POLICY, REFERENCE, Pair, page_view
from sim.page.work.jobs import ArmJob, FollowJob, Job, WebJob
from sim.page.work.kept import MOST_BYTES, Kept
from sim.page.work.openings import MOST_OPENINGS
from sim.page.work.together import all_of, cancelled, look_at
from sim.page.work.waiting import FIRST, FULL, FURTHER, LOOK, MOST_WAITING, Asked, Waiting
from sim.page.work.worker import Left, Lost, Stuck, Worker

if TYPE_CHECKING:
    from sim.settings.scenario import Scenario

__all__ = ["MOST_SECONDS", "Chosen", "Team"]

#: A job that takes longer is ended.
MOST_SECONDS: Final = 180.0
#: How often a job is given to a worker, when a worker dies with it.
MOST_TRIES: Final = 2
#: Wait before another process is begun, after one that could not be.
SECONDS_BEFORE_ANOTHER: Final = 1.0
#: What a browser is given to draw the first pair before work on further pairs begins.
SECONDS_TO_DRAW: Final = 0.05

CLOSING: Final = ("the page is being closed", "open it again")
DIED: Final = ("the process that worked on this run ended twice before it was done", "choose fewer residents or fewer months")


class Chosen(Protocol):
    """What a visitor chose, ready to be run."""

    @property
    def key(self) -> str:
        """What its numbers depend on."""
        ...

    @property
    def scenario(self) -> Scenario:
        """The policy arm."""
        ...

    @property
    def reference(self) -> Scenario:
        """The same place with business as usual."""
        ...


class Team:
    """Worker processes, the jobs that wait for them and the results that were made before.

    Made and used within one event loop; nothing of it is shared with another team.

    Parameters
    ----------
    workers : int
        Processes.
    warm : sequence of (Scenario, int)
        Scenarios and seeds whose towns every worker opens while it has nothing else to do.
    most_seconds : float
        Longest time of a job.
    most_waiting : int
        Jobs that may wait; more are refused.
    most_bytes : int
        Bytes of results that are kept.
    most_openings : int
        Towns that each worker keeps at their opening.
    begin : callable
        Begins a worker, told how many towns it keeps and which it opens first; a process of its own unless something else is given.

    Examples
    --------
    >>> import asyncio
    >>> async def lines(state):
    ...     async with Team(workers=2) as team:
    ...         return [line async for line in team.compare(state, 8, "visitor")]
    >>> asyncio.run(lines(state))[-1]  # doctest: +SKIP
    {'kind': 'end'}
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        warm: Sequence[tuple[Scenario, int]] = (),
        most_seconds: float = MOST_SECONDS,
        most_waiting: int = MOST_WAITING,
        most_bytes: int = MOST_BYTES,
        most_openings: int = MOST_OPENINGS,
        begin: Callable[[int, Sequence[tuple[Scenario, int]]], Worker] = Worker,
    ) -> None:
        self._number, self._begin_worker = workers, begin
        self._warm, self._most_seconds, self._most_openings = tuple(warm), most_seconds, most_openings
        self._waiting, self._kept = Waiting(most_waiting), Kept(most_bytes)
        self._open: dict[Hashable, Asked] = {}
        self._visits: dict[str, tuple[asyncio.Event, tuple[asyncio.Task[Any], ...]]] = {}
        self._workers: dict[int, Worker] = {}
        self._held: dict[int, dict[Hashable, None]] = {}
        self._servers: list[asyncio.Task[None]] = []
        self._something = asyncio.Event()
        self._threads: ThreadPoolExecutor | None = None
        self._closing = False

    async def start(self) -> None:
        """Begin the worker processes."""
        # Two more threads, for what is worked out of runs.
        self._threads = ThreadPoolExecutor(self._number + 2, thread_name_prefix="page")
        self._servers = [asyncio.create_task(self._serve(number)) for number in range(self._number)]

    async def close(self) -> None:
        """End everything: no process is left, and who still waits is told."""
        self._closing = True
        self._something.set()
        for over, _ in self._visits.values():
            over.set()
        for asked in [*self._waiting.drop_all(), *self._open.values()]:
            self._answer(asked, Refusal(503, *CLOSING))
        for worker in list(self._workers.values()):
            await asyncio.to_thread(worker.end)
        await asyncio.gather(*self._servers, return_exceptions=True)
        if self._threads is not None:
            self._threads.shutdown(wait=True)

    async def __aenter__(self) -> Team:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def status(self) -> dict[str, int]:
        """How much there is to do, and what is kept."""
        running = len(self._open) - len(self._waiting)
        return {"workers": len(self._workers), "waiting": len(self._waiting), "running": running, "kept_bytes": self._kept.size}

    async def compare(self, state: Chosen, seeds: int, visitor: str) -> AsyncIterator[dict[str, Any]]:
        """Run both arms with the seeds 1 to n; a view as each pair ends, that of the first seed first.

        A visitor has one comparison: a new one ends the one before, whose jobs that have not begun are dropped.

        Parameters
        ----------
        state : Chosen
            Both arms.
        seeds : int
            How many pairs.
        visitor : str
            Who asks.

        Yields
        ------
        dict
            Of kind "view" (see `page_view`), and last "end", or "superseded" by a newer comparison of the visitor.

        Raises
        ------
        Refusal
            When too many wait, or a run could not be done.
        """
        shown = asyncio.Event()
        tasks = {asyncio.create_task(self._pair(state, seed, visitor, shown)): seed for seed in range(1, seeds + 1)}
        over = self._take_over(visitor, tasks)
        ended = asyncio.create_task(over.wait())
        try:
            pairs: dict[int, Pair] = {}
            pending = set(tasks)
            while pending:
                await asyncio.wait({*pending, ended}, return_when=asyncio.FIRST_COMPLETED)
                if self._closing:
                    raise Refusal(503, *CLOSING)
                if over.is_set():
                    yield {"kind": "superseded"}
                    return
                finished = {task for task in pending if task.done()}
                pending -= finished
                pairs |= {seed: task.result() for task, seed in tasks.items() if task in finished}
                if 1 in pairs:
                    view = await self._view(state, pairs, seeds)
                    shown.set()
                    yield view
            yield {"kind": "end"}
        finally:
            if visitor in self._visits and self._visits[visitor][0] is over:
                del self._visits[visitor]
            await cancelled([*tasks, ended])

    async def web(self, state: Chosen, arm: str, visitor: str) -> list[dict[str, Any]]:
        """The supply web of one arm ("reference" or "policy") with seed 1, as `sim.page.view.web.web_months`.

        Raises
        ------
        Refusal
            When it can't be made.
        """
        scenario = state.reference if arm == REFERENCE else state.scenario
        found: list[dict[str, Any]] = await self.ask(WebJob(scenario, 1), LOOK, visitor)
        return found

    async def follow(self, state: Chosen, anchor: str, month: int, pounds: float, visitor: str) -> dict[str, Any]:
        """Where some money of an anchor goes in both arms with seed 1, as `sim.page.view.pound.pound_view`.

        Raises
        ------
        sim.errors.InputError
            For an anchor, a month or an amount that can't be used.
        Refusal
            When it can't be made.
        """
        arms = {REFERENCE: state.reference, POLICY: state.scenario}
        jobs = (FollowJob(scenario, 1, anchor, month, pounds) for scenario in arms.values())
        found = await all_of([self.ask(job, LOOK, visitor) for job in jobs])
        return dict(zip(arms, found, strict=True))

    def _take_over(self, visitor: str, tasks: Iterable[asyncio.Task[Any]]) -> asyncio.Event:
        """End the visitor's comparison before, also one whose lines nobody reads, and note the new one."""
        self._end_visit(visitor)
        self._visits[visitor] = asyncio.Event(), tuple(tasks)
        return self._visits[visitor][0]

    def _end_visit(self, visitor: str) -> None:
        """End a visitor's comparison, if there is one: what waits for it is dropped at once."""
        if visitor in self._visits:
            over, tasks = self._visits.pop(visitor)
            over.set()
            for task in tasks:
                task.cancel()

    async def _pair(self, state: Chosen, seed: int, visitor: str, shown: asyncio.Event) -> Pair:
        """Both runs of a seed; further ones are asked for once the first pair is shown, so that they take nothing from it."""
        if seed > 1:
            await shown.wait()
            await asyncio.sleep(SECONDS_TO_DRAW)
        rank = FIRST if seed == 1 else FURTHER
        found = await all_of([self.ask(ArmJob(scenario, seed), rank, visitor) for scenario in (state.reference, state.scenario)])
        return found[0], found[1]

    async def _view(self, state: Chosen, pairs: dict[int, Pair], of: int) -> dict[str, Any]:
        """The view of some pairs, made in a thread; kept, since several visitors may look at the same."""
        arms = (state.reference, state.scenario)
        key = ("view", state.key, *(arm.title for arm in arms), tuple(sorted(pairs)), of)
        found = self._kept.get(key)
        if found is None:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._threads, _view_of, *arms, dict(pairs), of)
            self._kept.put(key, found)
        view: dict[str, Any] = pickle.loads(found)
        return view

    async def ask(self, job: Job, rank: int, visitor: str) -> Any:
        """The result of a job: kept, or made by a worker, together with whoever else wants the same.

        Raises
        ------
        sim.errors.LocalWealthError
            As the job raised.
        Refusal
            When too many wait, a worker died twice with the job, it took too long, or the team closes.
        """
        key = job.key
        if (found := self._kept.get(key)) is not None:
            return pickle.loads(found)
        if self._closing:
            raise Refusal(503, *CLOSING)
        asked = self._open.get(key)
        if asked is None:
            asked = Asked(job, key, job.opening, rank, asyncio.get_running_loop().create_future())
            given = self._waiting.add(asked, visitor)
            self._open[key] = asked
            if given is not None:
                self._answer(given, Refusal(503, FULL.message, FULL.remedy))
            asked.answer.add_done_callback(look_at)
            self._something.set()
        asked.rank = min(asked.rank, rank)
        asked.visitors.append(visitor)
        try:
            return await asyncio.shield(asked.answer)
        finally:
            asked.visitors.remove(visitor)
            if not asked.visitors and self._waiting.drop(asked):
                del self._open[key]
                asked.answer.cancel()
            elif not asked.visitors and asked.leave is not None and rank != LOOK:
                asked.leave()  # whoever chose something else waits for the worker

    async def _serve(self, number: int) -> None:
        """Keep one worker busy until the team closes."""
        while not self._closing:
            if number not in self._workers:
                await self._begin(number)
                continue
            asked = self._waiting.take(self._held[number], self._elsewhere(number))
            if asked is not None:
                await self._do(number, asked)
            elif not self._closing:
                self._something.clear()
                await self._something.wait()

    async def _begin(self, number: int) -> None:
        """Begin a worker process."""
        loop = asyncio.get_running_loop()
        try:
            worker = await loop.run_in_executor(self._threads, self._begin_worker, self._most_openings, self._warm)
        except (Lost, OSError) as error:
            log_fault(error)
            await asyncio.sleep(SECONDS_BEFORE_ANOTHER)
            return
        self._workers[number] = worker
        self._held[number] = dict.fromkeys(ArmJob(*town).opening for town in self._warm)
        if self._closing:
            await asyncio.to_thread(worker.end)

    async def _do(self, number: int, asked: Asked) -> None:
        """Have a worker do a job; a worker that was lost is replaced, and its job given to a worker once more."""
        self._hold(number, asked.opening)
        try:
            found, answer = await self._done_by(self._workers[number], asked)
        except Left:
            if asked.visitors and not self._closing:  # somebody asked for it again meanwhile
                self._waiting.again(asked)
            else:
                self._answer(asked, Refusal(503, *CLOSING))
        except Lost:
            await self._replace(number)
            asked.tries += 1
            if asked.tries < MOST_TRIES and asked.visitors and not self._closing:
                self._waiting.again(asked)
            else:
                self._answer(asked, Refusal(503, *DIED))
        except Stuck:
            await self._replace(number)
            words = f"this run took longer than {self._most_seconds:g} seconds and was ended"
            self._answer(asked, Refusal(503, words, DIED[1]))
        except Exception as error:  # the job's own words, or ours: it must be answered
            self._answer(asked, error)
        else:
            self._kept.put(asked.key, answer)
            self._answer(asked, found)

    async def _done_by(self, worker: Worker, asked: Asked) -> tuple[Any, bytes]:
        """What a worker makes of a job; it can be told to leave it until then."""
        asked.leave = worker.leave
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, worker.do, asked.job, self._most_seconds)
        finally:
            asked.leave = None

    async def _replace(self, number: int) -> None:
        """Forget a worker that has gone; the next job begins another."""
        worker = self._workers.pop(number, None)
        self._held.pop(number, None)
        if worker is not None:
            await asyncio.to_thread(worker.end)

    def _hold(self, number: int, opening: Hashable) -> None:
        """Note which town a worker has opened last; it keeps so many."""
        held = self._held[number]
        if opening is not None:
            held.pop(opening, None)
            held[opening] = None
            while len(held) > self._most_openings:
                del held[next(iter(held))]

    def _elsewhere(self, number: int) -> set[Hashable]:
        """Towns that other workers have opened."""
        return {opening for other, held in self._held.items() if other != number for opening in held}

    def _answer(self, asked: Asked, found: Any) -> None:
        """Tell whoever waits for a job."""
        if self._open.get(asked.key) is asked:
            del self._open[asked.key]
        if asked.answer.done():
            return
        if isinstance(found, Exception):
            asked.answer.set_exception(found)
        else:
            asked.answer.set_result(found)


def _view_of(reference: Scenario, policy: Scenario, pairs: dict[int, Pair], of: int) -> bytes:
    """A view as it is kept."""
    return pickle.dumps(page_view(reference, policy, pairs, of), protocol=pickle.HIGHEST_PROTOCOL)
