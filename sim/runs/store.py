"""Result folders: written whole or marked unfinished, and read back with everything in them.

A folder holds

- ``manifest.json``: what was run, versions, seeds, timings, the accounting check, failures; written last;
- ``scenarios/<number>-<arm>.json``: each arm as resolved, every value with its origin; beside it ``.yaml``, the same as a
  scenario file that stands alone, from which the arm can be run again;
- ``series.parquet``: arm, seed, month, measure, value;
- ``flow_matrices.parquet``, ``balance_sheets.parquet``, ``pound_flows.parquet``, ``distributions.parquet``;
- ``summary.parquet`` and, for people, ``summary.csv``;
- ``accounts.csv``, ``warnings.csv``, ``timings.csv``.

While it is written its name ends in ``.unfinished``. One rename makes it a result, so a cut at any moment leaves either the
one or the other. All Parquet files are the same to the byte for the same runs, whoever ran them.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import InputError, Problem, nearest
from sim.runs import tables as tables_module
from sim.runs.result import Result

__all__ = [
    "FORMAT",
    "FORMAT_VERSION",
    "RESULTS",
    "UNFINISHED",
    "claim",
    "free_name",
    "load_result",
    "publish",
    "release",
    "save_result",
    "write_new_file",
]

FORMAT: Final = "localwealth-result"
FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
MANIFEST_KEYS: Final = ("arms", "seeds", "months", "start", "status", "failures", "measures", "headlines")
UNFINISHED: Final = ".unfinished"
#: Where results lie unless told otherwise, from the working folder.
RESULTS: Final = "results"

PARQUET: Final = ("series", "flow_matrices", "balance_sheets", "pound_flows", "distributions", "summary")
CSV: Final = ("accounts", "warnings", "timings")


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
    if target.name in ("", ".."):
        remedy = "give a name with --out, such as results/mine"
        raise _refused(target, "this can't become a result folder", remedy, "a name of its own", path)
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        taken = target.exists() or target.is_symlink()
        unfinished.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(target, "folder", error) from None
    if taken:
        raise _refused(target, "there is something of this name already", "choose another name with --out, or move the old result away")
    try:
        unfinished.mkdir()
    except FileExistsError:
        remedy = f"if no run is writing it, delete {_shown(unfinished)}; else choose another name with --out"
        raise _refused(target, "an unfinished result of this name is there: a run is going on, or was cut", remedy) from None
    except OSError as error:
        raise _unwritable(target, "folder", error) from None
    _write_text(unfinished / "UNFINISHED.txt", "This run has not ended, or was cut before it could. It is no result. It may be deleted.\n")
    return unfinished


def publish(result: Result, unfinished: Path) -> Path:
    """Write everything into a claimed folder and make it a result by one rename."""
    _write_scenarios(result, unfinished)
    for name in PARQUET:
        _write_parquet(result.tables[name], unfinished / f"{name}.parquet", name)
    _write_text(unfinished / "summary.csv", _csv(result.tables["summary"]))
    for name in CSV:
        _write_text(unfinished / f"{name}.csv", _csv(result.tables[name]))
    _write_text(unfinished / MANIFEST, _json(result.manifest))
    (unfinished / "UNFINISHED.txt").unlink(missing_ok=True)
    target = unfinished.with_name(unfinished.name.removesuffix(UNFINISHED))
    unfinished.rename(target)
    return target


def release(unfinished: Path) -> None:
    """Give up a claimed folder in which nothing was kept."""
    shutil.rmtree(unfinished, ignore_errors=True)


def free_name(stem: str, folder: str | Path = RESULTS) -> Path:
    """The first name of a series ``stem``, ``stem-2``, ``stem-3`` that no result has yet.

    Parameters
    ----------
    stem : str
        Any text; what a file name can't hold becomes a hyphen.
    folder : str or Path
        Where results lie.

    Examples
    --------
    >>> free_name("preston/buy local", "no-such-folder").as_posix()
    'no-such-folder/preston-buy-local'
    """
    plain = _slug(stem)[:100] or "result"
    number = 1
    while True:
        path = Path(folder) / (plain if number == 1 else f"{plain}-{number}")
        if not path.exists() and not path.with_name(path.name + UNFINISHED).exists():
            return path
        number += 1


def load_result(path: str | Path) -> Result:
    """Read a result folder with everything in it.

    Parameters
    ----------
    path : str or Path
        The folder, or its name within ``results``.

    Raises
    ------
    InputError
        When there is no such folder, when it is unfinished, when it is none of ours or of a later version, when parts of it are missing.

    Examples
    --------
    >>> load_result("results/no-such-result")
    Traceback (most recent call last):
    ...
    sim.errors.InputError: 1 problem was found.
    results/no-such-result: there is no such result
        allowed: a result folder
        remedy:  give the folder that run or compare has written
    """
    folder = _find(Path(path))
    manifest = _read_manifest(folder)
    missing = [name for name in _files(manifest) if not (folder / name).is_file()]
    if missing:
        raise InputError(
            [_problem(folder / name, "this part of the result is missing", "copy the whole folder, or run again") for name in missing]
        )
    read = {name: _read(folder / f"{name}.parquet", name) for name in PARQUET} | {name: _read(folder / f"{name}.csv", name) for name in CSV}
    scenarios = {arm["name"]: _read_json(folder / arm["file"]) for arm in manifest["arms"]}
    files = {arm["name"]: _yaml_of(folder / arm["file"]).read_text(encoding="utf-8") for arm in manifest["arms"]}
    return Result(manifest, scenarios, files, read, folder)


def _find(path: Path) -> Path:
    """The folder that a path or a name within the results means."""
    for folder in (path, Path(RESULTS) / path):
        if folder.name.endswith(UNFINISHED) and folder.is_dir():
            raise InputError([_problem(folder, "this result is unfinished: its run is going on, or was cut", "run again")])
        if folder.is_dir():
            return folder
        if folder.with_name(folder.name + UNFINISHED).is_dir():
            raise InputError([_problem(folder, "there is only an unfinished result: its run is going on, or was cut", "run again")])
        if folder.exists():
            raise InputError(
                [_problem(folder, "this is a file, and a result is a folder", "give the folder that run or compare has written")]
            )
    beside = [
        entry.name
        for parent in (path.parent, Path(RESULTS))
        if parent.is_dir()
        for entry in parent.iterdir()
        if (entry / MANIFEST).is_file()
    ]
    remedy = "give the folder that run or compare has written"
    raise InputError([_problem(path, "there is no such result", remedy, near=nearest(path.name, beside))])


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder that is a result of ours."""
    if not (folder / MANIFEST).is_file():
        raise InputError(
            [_problem(folder, "this folder is no result: it has no manifest.json", "give the folder that run or compare has written")]
        )
    manifest = _read_json(folder / MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(
            [_problem(folder / MANIFEST, "this manifest is not that of a result", "give the folder that run or compare has written")]
        )
    version = manifest.get("format_version")
    lacking = [key for key in MANIFEST_KEYS if key not in manifest]
    if version == FORMAT_VERSION and lacking:
        raise InputError([_problem(folder / MANIFEST, f"the manifest lacks {', '.join(lacking)}", "copy the folder again, or run again")])
    if version != FORMAT_VERSION:
        remedy = "read it with the version of localwealth that wrote it: " + str(manifest.get("versions", {}).get("localwealth", "unknown"))
        problem = _problem(folder / MANIFEST, f"the result has format version {version}, and this program reads {FORMAT_VERSION}", remedy)
        raise InputError([problem])
    return manifest


def _files(manifest: Mapping[str, Any]) -> list[str]:
    """Every file that a result must have."""
    scenarios = [name for arm in manifest["arms"] for name in (arm["file"], _yaml_of(Path(arm["file"])).as_posix())]
    return [*(f"{name}.parquet" for name in PARQUET), *(f"{name}.csv" for name in CSV), *scenarios]


def _read(path: Path, name: str) -> pd.DataFrame:
    """One table."""
    try:
        if path.suffix == ".csv":
            text = {column: "str" for column in tables_module.COLUMNS[name] if column in ("arm", "warning")}
            shown = pd.read_csv(path, dtype=text, keep_default_na=False)
            plain = {column: shown[column].str.replace(r"^'(?=[=+\-@])", "", regex=True) for column in text}
            return tables_module.with_categories(shown.assign(**plain))
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(
            [_problem(path, f"this part of the result can't be read: {_first_line(error)}", "copy the folder again, or run again")]
        ) from None
    return frame.astype({"pairs_needed": "Int64"}) if name == "summary" else frame


def _write_scenarios(result: Result, folder: Path) -> None:
    """Each arm as resolved: every value with its origin as JSON, and as a scenario file that stands alone."""
    (folder / "scenarios").mkdir(exist_ok=True)
    for arm in result.manifest["arms"]:
        _write_text(folder / arm["file"], _json(result.scenarios[arm["name"]]))
        _write_text(_yaml_of(folder / arm["file"]), result.scenario_files[arm["name"]])


def _yaml_of(path: Path) -> Path:
    """The scenario file beside the JSON of an arm."""
    return path.with_name(path.name.removesuffix(".json") + ".yaml")


def scenario_file(number: int, arm: str) -> str:
    """Where the resolved scenario of an arm lies in its folder.

    Examples
    --------
    >>> scenario_file(0, "preston/buy-local")
    'scenarios/0-preston-buy-local.json'
    """
    return f"scenarios/{number}-{_slug(arm)[:80]}.json"


def _write_parquet(frame: pd.DataFrame, path: Path, name: str) -> None:
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


def _csv(frame: pd.DataFrame) -> str:
    """A table for people; text that a spreadsheet would take for a formula gets an apostrophe in front."""
    shown = frame.copy()
    for column in shown.columns:
        if not (pd.api.types.is_numeric_dtype(shown[column]) or pd.api.types.is_bool_dtype(shown[column])):
            shown[column] = shown[column].astype("str").str.replace(r"^(?=[=+\-@])", "'", regex=True)
    return str(shown.to_csv(index=False, lineterminator="\n"))


def _json(value: Any) -> str:
    """Plain values as JSON; anything else as its text."""
    return json.dumps(value, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    """Mappings, numpy numbers and the rest as plain values."""
    if isinstance(value, Mapping):
        return dict(value)
    return value.item() if hasattr(value, "item") else str(value)


def _read_json(path: Path) -> Any:
    """A JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            [_problem(path, f"this part of the result can't be read: {_first_line(error)}", "copy the folder again, or run again")]
        ) from None


def _write_text(path: Path, text: str) -> None:
    """Write text and see that it is on the disk."""
    path.write_text(text, encoding="utf-8", newline="\n")
    _flush(path)


def _flush(path: Path) -> None:
    """See that a written file is on the disk before the folder gets its name."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _slug(text: str) -> str:
    """A text that any file system takes as a name."""
    return re.sub(r"[^A-Za-z0-9_+.]+", "-", text).strip("-.")


def _shown(path: Path) -> str:
    """A path as the user sees it."""
    return path.as_posix()


def _first_line(error: Exception) -> str:
    """The first line of an error."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _refused(target: Path, message: str, remedy: str, allowed: str = "a name that is free", given: str | Path | None = None) -> InputError:
    """The error for a name that can't be taken."""
    shown = str(target if given is None else given)
    return InputError([Problem(_shown(target), None, "", repr(shown), allowed, None, remedy, message, "no-such-folder")])


def _unwritable(target: Path, what: str, error: OSError) -> InputError:
    """The error for a folder or file that can't be made where it should be."""
    message, remedy = f"the {what} can't be made: {error.strerror}", "choose a folder that is there and that you may write to, with --out"
    return _refused(target, message, remedy, "a folder you may write to")


def _problem(path: Path, message: str, remedy: str, near: str | None = None) -> Problem:
    """A problem of a result folder or one of its files."""
    return Problem(_shown(path), None, "", "", "a result folder", near, remedy, message, "no-result")


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
        raise _refused(path, "there is something of this name already", "choose another name with --out") from None
    except OSError as error:
        raise _unwritable(path, "file", error) from None
