"""Locks of a folder that another process holds, loses or can't have."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from sim.errors import RunError
from sim.runs.sweep import locks


def refusing(*errors: OSError | None) -> object:
    """A taker of locks that fails in these ways, one after the other."""
    left = list(errors)

    def take(handle: int, *, alone: bool) -> None:
        if left and (error := left.pop(0)) is not None:
            raise error

    return take


def test_a_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_take", refusing(OSError(errno.ENOLCK, "No locks available")))
    words = r"files can't be locked there \(No locks available\); choose a folder on another file system with --out"
    with pytest.raises(RunError, match=words), locks.folder_lock(tmp_path):
        pass
    monkeypatch.setattr(locks, "_take", refusing(OSError(errno.ENOLCK, "No locks available")))
    with pytest.raises(RunError, match=words), locks.finishing_lock(tmp_path):
        pass


def test_who_finishes_waits_for_whoever_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(locks, "sleep", waited.append)
    held = OSError(errno.EAGAIN, "Resource temporarily unavailable")
    monkeypatch.setattr(locks, "_take", refusing(held, held, None))
    with locks.finishing_lock(tmp_path):
        assert waited == [locks.PAUSE] * 2
    assert not list(tmp_path.iterdir())


def test_a_lock_on_a_file_that_was_deleted_meanwhile_is_taken_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def take(handle: int, *, alone: bool) -> None:
        taken.append(handle)
        if len(taken) == 1:  # its holder ended, and took the file along
            (tmp_path / ".lock").unlink()

    monkeypatch.setattr(locks, "_take", take)
    with locks.folder_lock(tmp_path):
        assert len(taken) == 2 and (tmp_path / ".lock").exists()
