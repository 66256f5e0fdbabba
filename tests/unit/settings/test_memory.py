"""What counts as memory: the machine's, the groups' around the process in both versions, and the process's own limit."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from sim.start import memory


def groups(root: Path, lines: str, **limits: str) -> list[int]:
    """Limits in a made system; `limits` by path with __ for /."""
    for path, text in {"proc__self__cgroup": lines, **limits}.items():
        file = root / path.replace("__", "/").replace("memory_max", "memory.max").replace("limit_in", "memory.limit_in")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return sorted(memory.limits_of_groups(root))


def test_a_group_and_those_around_it_are_read(tmp_path: Path) -> None:
    found = groups(
        tmp_path, "0::/box/inner\n", sys__fs__cgroup__box__inner__memory_max="max\n", sys__fs__cgroup__box__memory_max="2000000000\n"
    )
    assert found == [2_000_000_000]


def test_the_older_kind_of_groups_is_read(tmp_path: Path) -> None:
    lines = "12:cpu,cpuacct:/box\n11:memory:/box\n1:name=systemd:/box\n"
    top = {
        "sys__fs__cgroup__memory__limit_in_bytes": "9223372036854771712\n",
        "sys__fs__cgroup__memory__box__limit_in_bytes": "512000000\n",
    }
    assert groups(tmp_path, lines, **top) == [512_000_000, 9_223_372_036_854_771_712]


@pytest.mark.parametrize("lines", ["", "nonsense\n", "0::/\n", "5:cpu:/\n"])
def test_a_system_without_such_groups_has_no_limits(tmp_path: Path, lines: str) -> None:
    assert groups(tmp_path, lines) == memory.limits_of_groups(tmp_path / "nothing") == []


def test_the_limit_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda which: (4_000_000_000, resource.RLIM_INFINITY))
    assert memory.limit_of_process() == [4_000_000_000]
    monkeypatch.setattr(resource, "getrlimit", lambda which: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert memory.limit_of_process() == []


@pytest.mark.parametrize(
    ("machine", "group", "process", "least"), [([9], [5], [7], 5), ([9], [], [7], 7), ([9], [99], [], 9), ([], [], [], None)]
)
def test_the_least_counts(
    monkeypatch: pytest.MonkeyPatch, machine: list[int], group: list[int], process: list[int], least: int | None
) -> None:
    monkeypatch.setattr(memory, "memory_of_machine", lambda: machine)
    monkeypatch.setattr(memory, "limits_of_groups", lambda root: group)
    monkeypatch.setattr(memory, "limit_of_process", lambda: process)
    assert memory.memory_here() == least


def test_numbers_that_differ_look_different() -> None:
    assert memory.gigabytes_apart(24_400_000_000, 24_000_000_000) == ("24.4", "24.0")
    assert memory.gigabytes_apart(1001, 1000) == ("0.000001001", "0.000001000")


def test_a_system_that_does_not_say_has_no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(memory.os, "sysconf")
    assert memory.memory_of_machine() == []
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    assert memory.limit_of_process() == []
