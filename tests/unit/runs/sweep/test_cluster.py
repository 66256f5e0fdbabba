"""A sweep on a Dask cluster: a real one, of worker processes, some of which die."""

from __future__ import annotations

import builtins
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_experiments import Slow, small, swept, table_bytes
from support.dask_cluster import Cluster, dask_cluster

from sim.errors import InputError, RunError
from sim.runs.sweep.cluster import ClusterExecutor, ClusterLost, WorkerLost, cluster_executor
from sim.runs.sweep.cluster_work import OtherModel, run_here, worker_facts
from sim.runs.sweep.journal import journals_in
from sim.runs.sweep.merging import all_ended

PATIENCE = 60.0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers, for tests that kill none."""
    with dask_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as found:
        yield found


def words_of(address: str) -> str:
    """What is said of a cluster that can't be used."""
    with pytest.raises(InputError) as caught, cluster_executor(address):
        pass
    return str(caught.value)


def wait_for(executor: ClusterExecutor, workers: int) -> None:
    """Wait until so many workers are seen."""
    before = time.monotonic()
    while executor.workers < workers:
        assert time.monotonic() - before < PATIENCE
        time.sleep(0.05)


def ended_in(folder: Path) -> int:
    """Runs that the journal of a sweep holds."""
    try:
        return len(all_ended(journals_in(folder)))
    except RunError:  # it is being made
        return 0


def where(_: object) -> int:
    """The process in which it runs."""
    time.sleep(0.05)
    return os.getpid()


def dies_the_first_time(mark: str) -> str:
    """Kill its process, but only once."""
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return "done"


def overlaps(folder: str, number: int) -> bool:
    """Whether another piece of work was in this process at the same time."""
    mark = Path(folder) / f"{os.getpid()}"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return True
    time.sleep(0.05)
    mark.unlink()
    return False


def test_work_comes_back_from_processes_of_the_cluster_and_its_errors_too(cluster: Cluster) -> None:
    with cluster_executor(cluster.address) as executor:
        wait_for(executor, 1)
        shared = executor.share(list(range(1000)))
        futures = [executor.submit(where, shared) for _ in range(8)]
        found = {future.result(PATIENCE) for future in futures}
        assert found and os.getpid() not in found
        assert executor.submit(sum, shared).result(PATIENCE) == 499500
        with pytest.raises(ZeroDivisionError, match="by zero"):
            executor.submit(divmod, 1, 0).result(PATIENCE)
        assert executor.in_flight == 8


def test_work_that_was_called_off_is_forgotten(cluster: Cluster) -> None:
    with cluster_executor(cluster.address) as executor:
        futures = [executor.submit(time.sleep, 0.3) for _ in range(6)]
        assert futures[-1].cancel()
        assert [future.result(PATIENCE) for future in futures[:-1]] == [None] * 5
    with pytest.raises(RuntimeError, match="after the executor was shut down"):
        executor.submit(divmod, 7, 3)


def test_a_scheduler_file_does_as_an_address(cluster: Cluster) -> None:
    with cluster_executor(str(cluster.folder / "scheduler.json")) as executor:
        assert executor.submit(divmod, 7, 3).result(PATIENCE) == (2, 1)


def test_nobody_at_the_address_is_said_within_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.runs.sweep.cluster.PATIENCE", 1.0)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        before = time.monotonic()
        words = words_of(f"tcp://127.0.0.1:{silent.getsockname()[1]}")
    assert time.monotonic() - before < 10
    assert "cluster: no Dask scheduler answered within" in words
    assert "check the address, or start one: dask scheduler" in words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("a host", "this is no address: missing port number in address 'a host'"),
        ("smtp://host:25", "this is no address: unknown address scheme 'smtp'"),
        ("nowhere.json", "there is no scheduler file that can be read"),
    ],
)
def test_what_is_no_address_is_refused(address: str, words: str) -> None:
    assert words in words_of(address)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "distributed":
            raise ModuleNotFoundError("No module named 'distributed'", name="distributed")
        return real(name, *rest)

    monkeypatch.delitem(sys.modules, "distributed", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    words = words_of("tcp://host:8786")
    assert "a cluster needs the package distributed" in words
    assert "pip install 'localwealth[cluster]'" in words


def test_workers_with_another_model_are_refused(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    here = {**worker_facts(), "model": "0123456789abcdef", "numpy": "1.0"}
    monkeypatch.setattr("sim.runs.sweep.cluster._facts_here", lambda: here)
    words = words_of(cluster.address)
    assert "2 problems were found" in words
    assert f"of {cluster.address} have another version of the model" in words
    assert f"model {worker_facts()['model']}; here 0123456789abcdef" in words
    assert "have another version of numpy" in words
    assert "install the same there and here, and start the workers again" in words


def test_a_worker_with_another_model_that_comes_later_stops_the_sweep(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with cluster_executor(cluster.address) as executor:
        monkeypatch.setattr("sim.runs.sweep.cluster_executor.model_fingerprint", lambda: "0123456789abcdef")
        with pytest.raises(ClusterLost, match=r"has another version of the model.*What had come in is kept"):
            executor.submit(divmod, 7, 3).result(PATIENCE)
        with pytest.raises(ClusterLost, match="another version"):
            executor.submit(divmod, 7, 3)


def test_a_worker_without_the_work_stops_the_sweep(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only_here.py").write_text("def work():\n    return 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import only_here  # type: ignore[import-not-found]

    with cluster_executor(cluster.address) as executor, pytest.raises(ClusterLost, match=r"can't import what the work needs.*only_here"):
        executor.submit(only_here.work).result(PATIENCE)


def test_work_of_another_model_is_not_done_at_a_worker() -> None:
    with pytest.raises(OtherModel):
        run_here("0123456789abcdef", b"never opened", [])


def test_threads_of_one_process_take_turns(tmp_path: Path) -> None:
    import cloudpickle

    found: list[bool] = []
    work = cloudpickle.dumps((overlaps, (str(tmp_path), 1)))
    model = worker_facts()["model"]
    threads = [threading.Thread(target=lambda: found.append(run_here(model, work, []))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [False] * 4


def test_a_sweep_on_a_cluster_that_loses_a_worker_has_the_tables_of_one_on_this_machine(cluster: Cluster, tmp_path: Path) -> None:
    def kill_on_the_way() -> None:
        while not ended_in(tmp_path / "cluster"):
            time.sleep(0.02)
        cluster.kill_worker(0)
        killed.append(ended_in(tmp_path / "cluster"))

    killed: list[int] = []
    experiment = small(seeds=range(1, 9))
    local = swept(experiment, tmp_path / "local", factory=Slow)
    killer = threading.Thread(target=kill_on_the_way)
    killer.start()
    found = swept(experiment, tmp_path / "cluster", factory=Slow, cluster=cluster.address)
    killer.join()
    assert 0 < killed[0] < 64, "the worker was killed on the way"
    assert found.complete and found.failures.empty
    assert table_bytes(found.path) == table_bytes(local.path)


@pytest.mark.long
def test_work_of_killed_workers_is_done_by_others_and_work_that_kills_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with dask_cluster(tmp_path, workers=2) as cluster, cluster_executor(cluster.address) as executor:
        wait_for(executor, 2)
        futures = [executor.submit(time.sleep, 0.1) for _ in range(12)]
        cluster.kill_worker(0)
        assert [future.result(PATIENCE) for future in futures] == [None] * 12
        for _ in range(3):
            cluster.add_worker()
        with pytest.raises(WorkerLost, match="4 workers of the cluster died"):
            executor.submit(os._exit, 1).result(PATIENCE)
        before = time.monotonic()
        while "has no worker: runs wait until one comes" not in caplog.text:
            assert time.monotonic() - before < PATIENCE
            time.sleep(0.05)


@pytest.mark.long
def test_work_is_sent_again_where_the_cluster_itself_allows_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    with dask_cluster(tmp_path, workers=4) as cluster, cluster_executor(cluster.address) as executor:
        wait_for(executor, 4)
        assert executor.submit(dies_the_first_time, str(tmp_path / "mark")).result(PATIENCE) == "done"
        with pytest.raises(WorkerLost, match="3 workers of the cluster died"):
            executor.submit(os._exit, 1).result(PATIENCE)


@pytest.mark.long
def test_a_scheduler_that_dies_is_told_at_once(tmp_path: Path) -> None:
    with dask_cluster(tmp_path, workers=1) as cluster, cluster_executor(cluster.address) as executor:
        futures = [executor.submit(time.sleep, 0.2) for _ in range(6)]
        futures[0].result(PATIENCE)
        before = time.monotonic()
        cluster.kill_scheduler()
        with pytest.raises(ClusterLost, match=r"went away.*the same command goes on from there"):
            futures[-1].result(PATIENCE)
        with pytest.raises(ClusterLost):
            executor.submit(time.sleep, 0.2)
        assert time.monotonic() - before < 10


@pytest.mark.long
def test_a_scheduler_that_dies_stops_the_sweep_in_words_and_it_goes_on(tmp_path: Path) -> None:
    experiment = small(seeds=range(1, 9))
    out = tmp_path / "out"
    (tmp_path / "dask").mkdir()
    with dask_cluster(tmp_path / "dask", workers=2) as cluster:

        def kill_on_the_way() -> None:
            while not ended_in(out):
                time.sleep(0.02)
            cluster.kill_scheduler()

        killer = threading.Thread(target=kill_on_the_way)
        killer.start()
        with pytest.raises(RunError, match=r"went away. What had come in is kept: the same command goes on from there"):
            swept(experiment, out, factory=Slow, cluster=cluster.address)
        killer.join()
    assert 0 < ended_in(out) < 64
    assert table_bytes(swept(experiment, out, factory=Slow).path) == table_bytes(swept(experiment, tmp_path / "whole", factory=Slow).path)
