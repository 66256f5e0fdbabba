"""The folder of a sweep: what lies in it, and files that are there whole or not at all.

A folder holds

- ``experiment.json``: what is run, as resolved, with versions and how far it has come; the first file and the last to change;
- ``experiment.yaml`` and ``scenarios/*.yaml``: the same as files from which it can be run again;
- ``points.parquet``: the values of every point;
- ``runs.sqlite``, or one file for each shard: runs that have ended, while the sweep is going on;
- ``runs.parquet``, ``summary.parquet``, ``failures.csv``, ``timings.csv``: once every run has ended.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, Problem
from sim.runs.stored.folder import refused, unwritable
from sim.runs.stored.store import json_text

__all__ = [
    "COMPLETE",
    "FORMAT",
    "MANIFEST",
    "TABLES",
    "clean",
    "made_folder",
    "read_manifest",
    "whole_file",
    "write_manifest",
    "write_whole",
]

FORMAT: Final = "localwealth-sweep"
FORMAT_VERSION: Final = 1
MANIFEST: Final = "experiment.json"
COMPLETE: Final = "complete"
TABLES: Final = ("runs.parquet", "summary.parquet", "failures.csv", "timings.csv")
_PART: Final = ".part"


def made_folder(path: Path) -> Path:
    """The folder, made when it is not there.

    Raises
    ------
    sim.errors.InputError
        When it can't be made, or holds something that is no sweep.
    """
    if path.name in ("", ".."):
        raise refused(path, "this can't become the folder of a sweep", "give a name with --out, such as results/mine", "a name of its own")
    try:
        path.mkdir(parents=True, exist_ok=True)
        strange = [] if (path / MANIFEST).exists() else [item.name for item in path.iterdir() if not item.name.startswith(".")]
    except OSError as error:
        raise unwritable(path, "folder", error) from None
    if strange:
        message = f"something else lies in this folder ({', '.join(sorted(strange)[:3])})"
        raise refused(path, message, "choose another name with --out", "a new folder, or that of this sweep")
    return path


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What the folder says of itself; None when it says nothing.

    Raises
    ------
    sim.errors.InputError
        When it is not the manifest of a sweep.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        raise _no_sweep(path, f"it can't be read ({(str(error).splitlines() or [''])[0]})") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _no_sweep(path, "it is not the manifest of a sweep")
    if manifest.get("format_version") != FORMAT_VERSION:
        raise _no_sweep(path, f"it has version {manifest.get('format_version')} of the format, and this program reads {FORMAT_VERSION}")
    return manifest


def _no_sweep(path: Path, message: str) -> InputError:
    """The error for a folder that holds no sweep."""
    remedy = "give the folder that localwealth sweep wrote"
    return InputError([Problem(path.as_posix(), None, "", "", "the folder of a sweep", None, remedy, message, "no-result")])


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write what the folder says of itself."""
    write_whole(folder / MANIFEST, json_text({"format": FORMAT, "format_version": FORMAT_VERSION, **manifest}))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file that takes its name once it is whole and on the disk."""
    with whole_file(path) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A name to write under; the file takes its own name when the block ends well, and is gone when it does not.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with whole_file(Path(folder) / "a.txt") as part:
    ...         _ = part.write_text("whole")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a.txt']
    """
    path.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(_PART, f".{path.name}.", path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """See that names in a folder are on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems do not know this
            os.fsync(handle)
    finally:
        os.close(handle)


def clean(folder: Path) -> None:
    """Delete what a sweep that was cut left half written."""
    for path in [*folder.glob(f".*{_PART}"), *folder.glob(f"*/.*{_PART}"), *folder.glob(".work-*")]:
        with suppress(OSError):
            path.unlink()
