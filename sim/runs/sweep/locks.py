"""One process at a time writes the folder of a sweep: locks that the system frees when their holder is gone, however it went."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Final

from sim.errors import RunError

__all__ = ["finishing_lock", "folder_lock"]

#: Who makes the tables of a sweep, in words, and how long to wait for it at a time, in seconds.
HELD: Final = "the part that makes the tables"
PAUSE: Final = 0.2
_HELD: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def folder_lock(folder: Path, shard: tuple[int, int] | None = None) -> Iterator[None]:
    """Hold the folder, or one shard of it, while the block runs.

    Parameters
    ----------
    folder : Path
        The folder of a sweep, which must be there.
    shard : (int, int), optional
        The part that is run. Parts hold the folder together; the whole holds it alone.

    Raises
    ------
    sim.errors.RunError
        When another process holds it, or the file system has no locks.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name, folder_lock(Path(name)):
    ...     with folder_lock(Path(name)):
    ...         pass
    Traceback (most recent call last):
    sim.errors.RunError: ...: another sweep is at work in this folder; wait for it, stop it, or choose another folder with --out
    """
    if shard is None:
        with _locked(folder / ".lock", folder, "another sweep", alone=True):
            yield
        return
    number = f"{shard[0]}-of-{shard[1]}"
    with (
        _locked(folder / ".lock", folder, "a sweep without --shard", alone=False),
        _locked(folder / f".lock-{number}", folder, f"another sweep of shard {shard[0]}/{shard[1]}", alone=True),
    ):
        yield


@contextmanager
def finishing_lock(folder: Path) -> Iterator[None]:
    """Wait until no other part of a sweep makes its tables, and hold that while the block runs.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as name, finishing_lock(Path(name)):
    ...     sorted(path.name for path in Path(name).iterdir())
    ['.lock-tables']
    """
    held = None
    while held is None:
        held = _opened_unless_held(folder / ".lock-tables", folder)
        if held is None:
            sleep(PAUSE)
    try:
        yield
    finally:
        with suppress(OSError):
            (folder / ".lock-tables").unlink()
        os.close(held)


def _opened_unless_held(path: Path, folder: Path) -> int | None:
    """A locked handle, or None while another process holds it."""
    try:
        return _opened(path, folder, HELD, alone=True)
    except RunError as error:
        if HELD in str(error):
            return None
        raise


@contextmanager
def _locked(path: Path, folder: Path, who: str, *, alone: bool) -> Iterator[None]:
    """Hold a lock file. Who holds it alone deletes it at the end."""
    handle = _opened(path, folder, who, alone=alone)
    try:
        yield
    finally:
        if alone:
            with suppress(OSError):  # some systems do not delete a file that is open
                path.unlink()
        os.close(handle)


def _opened(path: Path, folder: Path, who: str, *, alone: bool) -> int:
    """A locked handle of the file that has the name now: a lock on one that was deleted meanwhile would lock nothing."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _take(handle, alone=alone)
            if _is_there(handle, path):
                return handle
        except OSError as error:
            os.close(handle)
            if error.errno in _HELD:
                remedy = "wait for it, stop it, or choose another folder with --out"
                raise RunError(f"{folder.as_posix()}: {who} is at work in this folder; {remedy}") from None
            remedy = "choose a folder on another file system with --out"
            raise RunError(f"{folder.as_posix()}: files can't be locked there ({error.strerror}); {remedy}") from None
        os.close(handle)


def _is_there(handle: int, path: Path) -> bool:
    """Whether an open file still has its name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int, *, alone: bool) -> None:
        """Take a lock, or raise OSError; parts of a sweep do not hold the folder together here."""
        if alone:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int, *, alone: bool) -> None:
        """Take a lock, or raise OSError."""
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
