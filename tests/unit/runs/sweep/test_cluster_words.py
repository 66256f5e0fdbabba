"""What is said of a cluster that can't be used, without one."""

from __future__ import annotations

import builtins
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from sim.errors import InputError
from sim.runs.sweep import cluster
from sim.runs.sweep.cluster_executor import ClusterExecutor


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
