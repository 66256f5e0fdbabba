"""Result folders: written whole or marked unfinished.

A folder holds

- ``manifest.json``: what was run, versions, seeds, timings, the accounting check, failures; written last;
- ``scenarios/<number>-<arm>.json``: each arm as resolved, every value with its origin; beside it ``.yaml``, the same as a
  scenario file that stands alone, from which the arm can be run again;
- ``series.parquet``: arm, seed, month, measure, value;
- ``flow_matrices.parquet``, ``balance_sheets.parquet``, ``pound_flows.parquet``, ``channel_totals.parquet``,
  ``distributions.parquet``, ``resilience.parquet``;
- ``summary.parquet`` and, for people, ``summary.csv``;
- ``accounts.csv``, ``warnings.csv``, ``timings.csv``.

While it is written its name ends in ``.unfinished``. One rename makes it a result, so a cut at any moment leaves either the
one or the other. All Parquet files are the same to the byte for the same runs, whoever ran them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.runs.stored.folder import CSV, MANIFEST, PARQUET, RESULTS, UNFINISHED, file_name, refuse_taken, refused, unwritable, yaml_of
from sim.runs.stored.result import Result

__all__ = [
    "claim",
    "csv_text",
    "free_name",
    "json_text",
    "publish",
    "publish_again",
    "release",
    "save_result",
    "write_new_file",
    "write_parquet",
    "write_text",
]


def save_result(result: Result, path: str | Path) -> Path:
    """Write a result into a new folder.

    Parameters
    ----------
    result : Result
        What to write.
    path : str or Path
        The folder; it must not exist.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        When the folder exists or an unfinished one of its name does.
    """
    return publish(result, claim(path))


def claim(path: str | Path) -> Path:
    """Make the unfinished folder of a result, so that no other run takes its name.

    Returns
    -------
    Path
        The folder ``<path>.unfinished``.

    Raises
    ------
    InputError
        When the name is empty or taken, or the folder can't be made.
    """
    target = Path(path)
    refuse_taken(target, path)
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        unfinished.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(target, "folder", error) from None
    try:
        unfinished.mkdir()
    except FileExistsError:
        remedy = f"if no run is writing it, delete {unfinished.as_posix()}; else choose another name with --out"
        raise refused(target, "an unfinished result of this name is there: a run is going on, or was cut", remedy) from None
    except OSError as error:
        raise unwritable(target, "folder", error) from None
    write_text(unfinished / "UNFINISHED.txt", "This run has not ended, or was cut before it could. It is no result. It may be deleted.\n")
    return unfinished


def publish(result: Result, unfinished: Path) -> Path:
    """Write everything into a claimed folder and make it a result by one rename."""
    _fill(result, unfinished)
    target = unfinished.with_name(unfinished.name.removesuffix(UNFINISHED))
    unfinished.rename(target)
    return target


def _fill(result: Result, unfinished: Path) -> None:
    """Write everything into a claimed folder."""
    _write_scenarios(result, unfinished)
    for name in PARQUET:
        write_parquet(result.tables[name], unfinished / f"{name}.parquet", name)
    write_text(unfinished / "summary.csv", csv_text(result.tables["summary"]))
    for name in CSV:
        write_text(unfinished / f"{name}.csv", csv_text(result.tables[name]))
    write_text(unfinished / MANIFEST, json_text(result.manifest))
    (unfinished / "UNFINISHED.txt").unlink(missing_ok=True)


def publish_again(result: Result, folder: Path, kept: str) -> Path:
    """Write a result that has grown into its folder: the old one goes once the new one is whole; a folder within it is kept."""
    unfinished = folder.with_name(folder.name + UNFINISHED)
    try:
        unfinished.mkdir()
    except FileExistsError:
        raise refused(folder, "another run is writing this result, or was cut", f"if none is, delete {unfinished.as_posix()}") from None
    _fill(result, unfinished)
    old = folder.with_name(folder.name + ".replaced")
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    unfinished.rename(folder)
    if (old / kept).is_dir():
        (old / kept).rename(folder / kept)
    shutil.rmtree(old, ignore_errors=True)
    return folder


def release(unfinished: Path) -> None:
    """Give up a claimed folder in which nothing was kept."""
    shutil.rmtree(unfinished, ignore_errors=True)


def free_name(stem: str, folder: str | Path = RESULTS, reused: Callable[[Path], bool] | None = None) -> Path:
    """The first name of a series ``stem``, ``stem-2``, ``stem-3`` that no result has yet.

    Parameters
    ----------
    stem : str
        Any text; what a file name can't hold becomes a hyphen.
    folder : str or Path
        Where results lie.
    reused : callable, optional
        Says of a folder that is there whether it may be taken all the same.

    Examples
    --------
    >>> free_name("preston/buy local", "no-such-folder").as_posix()
    'no-such-folder/preston-buy-local'
    """
    plain = file_name(stem)[:100] or "result"
    number = 1
    while True:
        path = Path(folder) / (plain if number == 1 else f"{plain}-{number}")
        writing = path.with_name(path.name + UNFINISHED).exists()
        if not writing and (not path.exists() or (reused is not None and reused(path))):
            return path
        number += 1


def write_new_file(path: Path, text: str) -> None:
    """Write text into a file that is not there yet.

    Raises
    ------
    InputError
        When it is there, or can't be made.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise refused(path, "there is something of this name already", "choose another name with --out") from None
    except OSError as error:
        raise unwritable(path, "file", error) from None


def _write_scenarios(result: Result, folder: Path) -> None:
    """Each arm as resolved: every value with its origin as JSON, and as a scenario file that stands alone."""
    (folder / "scenarios").mkdir(exist_ok=True)
    for arm in result.manifest["arms"]:
        write_text(folder / arm["file"], json_text(result.scenarios[arm["name"]]))
        write_text(yaml_of(folder / arm["file"]), result.scenario_files[arm["name"]])


def write_parquet(frame: pd.DataFrame, path: Path, name: str) -> None:
    """One table in a file that depends on its rows only."""
    arrays, fields = [], []
    for column in frame.columns:
        array = pa.Array.from_pandas(frame[column])
        if isinstance(frame[column].dtype, pd.CategoricalDtype):
            array = array.cast(pa.dictionary(pa.int32(), pa.string()))
        elif pa.types.is_null(array.type) or pa.types.is_large_string(array.type):
            array = array.cast(pa.string())
        arrays.append(array)
        fields.append(pa.field(str(column), array.type))
    split = ["value"] if name == "series" else []
    words = [field.name for field in fields if field.name not in split]
    table = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
    pq.write_table(table, path, compression="zstd", use_dictionary=words, column_encoding=dict.fromkeys(split, "BYTE_STREAM_SPLIT"))
    _flush(path)


def csv_text(frame: pd.DataFrame, float_format: str | None = None) -> str:
    """A table for people; text that a spreadsheet would take for a formula gets an apostrophe in front.

    Examples
    --------
    >>> csv_text(pd.DataFrame({"who": ["=1+1"], "part": [0.25]}), "%.1f")
    "who,part\\n'=1+1,0.2\\n"
    """
    shown = frame.copy()
    for column in shown.columns:
        if not (pd.api.types.is_numeric_dtype(shown[column]) or pd.api.types.is_bool_dtype(shown[column])):
            shown[column] = shown[column].astype("str").str.replace(r"^(?=[=+\-@\t\r\n])", "'", regex=True)
    return str(shown.to_csv(index=False, lineterminator="\n", float_format=float_format))


def json_text(value: Any) -> str:
    """Plain values as JSON; anything else as its text."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    """Mappings, numpy numbers and the rest as plain values."""
    if isinstance(value, Mapping):
        return dict(value)
    return value.item() if hasattr(value, "item") else str(value)


def write_text(path: Path, text: str) -> None:
    """Write text and see that it is on the disk; a file named by bytes that are no text may stand in it, as in the command to repeat."""
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    _flush(path)


def _flush(path: Path) -> None:
    """See that a written file is on the disk before the folder gets its name."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
