"""What is said of a cluster that can't be used, without one."""

from __future__ import annotations

import asyncio
import builtins
from concurrent.futures import Future
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sim.errors import InputError
from sim.runs.sweep import cluster
from sim.runs.sweep.cluster_executor import ClusterExecutor, ClusterLost, WorkerLost


def test_work_for_a_cluster_takes_arguments_by_place() -> None:
    nobody: Any = None
    with pytest.raises(TypeError, match="work for a cluster takes arguments by place"):
        ClusterExecutor.submit(nobody, print, end="")


def test_workers_without_the_package_are_named() -> None:
    client = SimpleNamespace(run=lambda function, on_error: {"tcp://one:1": ModuleNotFoundError("No module named 'sim'")})
    with pytest.raises(InputError, match="have no localwealth, or one that is older") as caught:
        cluster._check_workers(client, "tcp://here:8786")
    assert "ModuleNotFoundError: No module named 'sim'" in str(caught.value)
    assert "install this version of localwealth" in str(caught.value)


class Client:
    """A client of a cluster that runs nothing."""

    status = "running"
    loop = SimpleNamespace(add_callback=lambda *_: None)

    def nthreads(self) -> dict[str, int]:
        return {"tcp://one:1": 2}


async def ended_by(error: BaseException) -> None:
    """Work that ends with an error."""
    raise error


async def came_back() -> str:
    """Work that ends well."""
    return "done"


def settled(*sent: Any) -> tuple[ClusterExecutor, Future[Any]]:
    """An executor whose piece of work comes to each of these ends in turn, as often as it is sent again."""
    executor, outer, again = ClusterExecutor(Client(), "tcp://here:8786"), Future[Any](), iter(sent)
    executor._waiting.add(outer)
    asyncio.run(executor._settle(next(again), outer, lambda: next(again)))
    return executor, outer


def killed(times: int) -> BaseException:
    """What the scheduler says of work under which workers died so often."""
    scheduler = pytest.importorskip("distributed.scheduler")
    found: BaseException = scheduler.KilledWorker("key", None, times - 1)
    return found


def test_work_under_which_workers_died_is_sent_again_up_to_three_deaths() -> None:
    executor, outer = settled(ended_by(killed(1)), came_back())
    assert outer.result() == "done" and not executor._waiting
    executor, outer = settled(ended_by(killed(2)), ended_by(killed(2)))
    with pytest.raises(WorkerLost, match="4 workers of the cluster died while they ran this; there may be too little memory"):
        outer.result()
    executor._refuse_when_lost()


def test_a_scheduler_that_went_away_ends_all_that_waits() -> None:
    pytest.importorskip("distributed")
    executor, outer = settled(ended_by(asyncio.CancelledError()))
    lost = "the scheduler at tcp://here:8786 went away. What had come in is kept"
    with pytest.raises(ClusterLost, match=lost):
        outer.result()
    with pytest.raises(ClusterLost, match=lost):
        executor.submit(print, "later")
    client = Client()
    gone = ClusterExecutor(client, "tcp://here:8786")
    client.status = "closed"
    with pytest.raises(ClusterLost, match=lost):
        gone.share("a value")


def test_work_that_was_called_off_has_no_end_any_more() -> None:
    executor, outer = ClusterExecutor(Client(), "tcp://here:8786"), Future[Any]()
    outer.cancel()
    executor._end(outer, value="too late")
    assert outer.cancelled()


def test_shut_down_it_calls_off_what_waits_if_asked_to() -> None:
    executor, outer = ClusterExecutor(Client(), "tcp://here:8786"), Future[Any]()
    executor._waiting.add(outer)
    executor.shutdown()
    assert not outer.cancelled()
    executor.shutdown(cancel_futures=True)
    assert outer.cancelled()
    with pytest.raises(RuntimeError, match="work can't be sent after the executor was shut down"):
        executor.submit(print, "later")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ImportError("cannot unpack"), "install one version"),
        (OSError("timed out"), "no Dask scheduler answered within"),
    ],
)
def test_a_client_that_can_not_begin_is_told(error: Exception, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    package: Any = SimpleNamespace(versions=SimpleNamespace(VersionMismatchWarning=UserWarning), Client=fails)
    monkeypatch.setattr(cluster, "_asked", lambda at: None)
    with pytest.raises(InputError, match=words):
        cluster._connected(package, "tcp://here:8786")


def test_a_fault_that_is_neither_address_nor_version_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_asked", lambda at: ZeroDivisionError("a fault of ours"))
    with pytest.raises(ZeroDivisionError):
        cluster._connected(ModuleType("distributed"), "tcp://here:8786")


def test_a_package_that_the_cluster_lacks_itself_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **more: Any) -> Any:
        if name == "distributed":
            raise ModuleNotFoundError("No module named 'tornado'", name="tornado")
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ModuleNotFoundError, match="tornado"):
        cluster._distributed("tcp://here:8786")
