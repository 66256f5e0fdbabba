"""The folder of stored openings: where it lies, who may be trusted with it, and how large it may become."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Final

from sim.runs.opening.file import file_of, read_file
from sim.runs.opening.state import Arrays, StateError

__all__ = ["LEAST_SECONDS", "LEAST_VARIABLE", "LIMIT", "VARIABLE", "OpeningFolder", "usual_folder"]

#: Moves the cache, or switches it off when it says "off" or nothing.
VARIABLE: Final = "LOCALWEALTH_CACHE"
#: Stores what took at least so many seconds of the processor to build; for tests.
LEAST_VARIABLE: Final = "LOCALWEALTH_CACHE_SECONDS"
#: Bytes that all stored openings may take together: some sixty of the largest place.
LIMIT: Final = 4 * 2**30
#: Reading a stored opening takes some tenths of a second, and its file some megabytes: not worth it for less.
LEAST_SECONDS: Final = 3.0
#: Of the free space of a disk, at most so much is taken by one file.
OF_FREE: Final = 0.1
#: What a writer that was killed left behind is removed after so many seconds.
ABANDONED: Final = 3600.0
SUFFIX: Final = ".town"
KEY: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class OpeningFolder:
    """A folder of stored openings.

    Parameters
    ----------
    path : Path
        The folder. It is used when it belongs to the user and nobody else may look into it; it is made so when it isn't there.
    limit : int
        Bytes that all files may take together; those used longest ago go first.
    least_seconds : float
        What took less of the processor to build is not stored.
    """

    path: Path
    limit: int = LIMIT
    least_seconds: float = LEAST_SECONDS

    def read(self, key: str) -> tuple[dict[str, object], Arrays] | None:
        """What is stored under a key; None when nothing is, or nothing that can be trusted."""
        # Whatever is wrong with a file in a cache, the answer is the same: as if it were not there.
        with suppress(OSError, StateError, ValueError, LookupError, TypeError, MemoryError, RecursionError):
            if self._trusted():
                return read_file(key, self._contents(self._file(key)))
        return None

    def write(self, key: str, state: dict[str, object], arrays: Arrays) -> None:
        """Store an opening if there is room; never an error."""
        with suppress(OSError, MemoryError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.mkdir(mode=0o700, exist_ok=True)
            if not self._trusted():
                return
            parts = list(file_of(key, state, arrays))
            size = sum(map(len, parts))
            if size > self.limit or size > OF_FREE * shutil.disk_usage(self.path).free:
                return
            self._write(self._file(key), parts)
            self._trim()

    def _file(self, key: str) -> Path:
        """The file of a key."""
        if not KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no key")
        return self.path / (key + SUFFIX)

    def _trusted(self) -> bool:
        """Whether the folder is a folder, the user's own, and closed to all others."""
        found = self.path.lstat()
        return stat.S_ISDIR(found.st_mode) and _ours(found) and not (os.name == "posix" and found.st_mode & 0o077)

    def _contents(self, path: Path) -> bytes:
        """All of a file, which must be the user's own; it counts as used now."""
        # Without following a link, and without waiting for a pipe that somebody put there.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode) or not _ours(found) or found.st_size > self.limit:
                raise StateError("a file of another")
            contents = file.read()
        with suppress(OSError):
            os.utime(path)
        return contents

    def _write(self, path: Path, parts: list[bytes]) -> None:
        """Write beside the file and rename, so that a reader finds a whole file or none."""
        handle, beside = tempfile.mkstemp(dir=self.path, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(parts)
            Path(beside).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink()
            raise

    def _trim(self) -> None:
        """Remove what was used longest ago until the limit is kept, and what killed writers left."""
        stored = []
        for path, found in self._entries():
            if path.suffix == ".part" and time() - found.st_mtime > ABANDONED:
                with suppress(OSError):
                    path.unlink()
            elif path.suffix == SUFFIX:
                stored.append((found.st_mtime, found.st_size, path))
        total = sum(size for _, size, _ in stored)
        for _, size, path in sorted(stored):
            if total <= self.limit:
                return
            with suppress(OSError):
                path.unlink()
            total -= size

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Files in the folder; another process may remove one meanwhile."""
        for path in self.path.iterdir():
            with suppress(OSError):
                yield path, path.lstat()


def usual_folder(environment: Mapping[str, str] | None = None, system: str = sys.platform) -> OpeningFolder | None:
    """The folder for stored openings on this machine; None when it is switched off or there is no home.

    Parameters
    ----------
    environment : mapping of str to str, optional
        Of this process when left out.
    system : str
        As `sys.platform`.

    Examples
    --------
    >>> usual_folder({"XDG_CACHE_HOME": "/somewhere"}, "linux").path.as_posix()
    '/somewhere/localwealth/openings'
    >>> usual_folder({"LOCALWEALTH_CACHE": "off"}) is None
    True
    """
    given = os.environ if environment is None else environment
    base = _base(given, system)
    if base is None:
        return None
    try:
        least = float(given.get(LEAST_VARIABLE, LEAST_SECONDS))
    except ValueError:
        least = LEAST_SECONDS
    return OpeningFolder(base / "openings", least_seconds=least)


def _base(given: Mapping[str, str], system: str) -> Path | None:
    """The folder of all that this program may forget."""
    if VARIABLE in given:
        moved = given[VARIABLE].strip()
        return None if moved.lower() in ("", "off", "no", "0") else Path(moved).expanduser().absolute()
    if system == "win32":
        local = given.get("LOCALAPPDATA", "")
        return Path(local) / "localwealth" / "Cache" if local else None
    # A relative path there is to be ignored, as the XDG Base Directory Specification says.
    home = given.get("XDG_CACHE_HOME", "")
    if Path(home).is_absolute():
        return Path(home) / "localwealth"
    with suppress(RuntimeError):
        own = Path("~").expanduser()
        return own / ("Library/Caches" if system == "darwin" else ".cache") / "localwealth" if own.is_absolute() else None
    return None


def _ours(found: os.stat_result) -> bool:
    """Whether something belongs to the user; where there are no such users the folder lies among the user's own."""
    return not hasattr(os, "getuid") or found.st_uid == os.getuid()
