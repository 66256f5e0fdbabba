"""Result folders read back with everything in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.errors import InputError, nearest
from sim.runs.stored import tables as tables_module
from sim.runs.stored.folder import (
    CSV,
    FORMAT,
    FORMAT_VERSION,
    LATER,
    MANIFEST,
    MANIFEST_KEYS,
    PARQUET,
    RESULTS,
    UNFINISHED,
    files_of,
    first_line,
    problem_of,
    yaml_of,
)
from sim.runs.stored.result import Result

__all__ = ["load_result"]


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
    missing = [name for name in files_of(manifest) if not (folder / name).is_file()]
    if missing:
        raise InputError(
            [problem_of(folder / name, "this part of the result is missing", "copy the whole folder, or run again") for name in missing]
        )
    read = {name: _read(folder / f"{name}.parquet", name) for name in PARQUET} | {name: _read(folder / f"{name}.csv", name) for name in CSV}
    scenarios = {arm["name"]: _read_json(folder / arm["file"]) for arm in manifest["arms"]}
    files = {arm["name"]: yaml_of(folder / arm["file"]).read_text(encoding="utf-8") for arm in manifest["arms"]}
    return Result(manifest, scenarios, files, read, folder)


def _find(path: Path) -> Path:
    """The folder that a path or a name within the results means."""
    for folder in (path, Path(RESULTS) / path):
        if folder.name.endswith(UNFINISHED) and folder.is_dir():
            raise InputError([problem_of(folder, "this result is unfinished: its run is going on, or was cut", "run again")])
        if folder.is_dir():
            return folder
        if folder.with_name(folder.name + UNFINISHED).is_dir():
            raise InputError([problem_of(folder, "there is only an unfinished result: its run is going on, or was cut", "run again")])
        if folder.exists():
            raise InputError(
                [problem_of(folder, "this is a file, and a result is a folder", "give the folder that run or compare has written")]
            )
    beside = [
        entry.name
        for parent in (path.parent, Path(RESULTS))
        if parent.is_dir()
        for entry in parent.iterdir()
        if (entry / MANIFEST).is_file()
    ]
    remedy = "give the folder that run or compare has written"
    raise InputError([problem_of(path, "there is no such result", remedy, near=nearest(path.name, beside))])


def _read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a folder that is a result of ours."""
    if not (folder / MANIFEST).is_file():
        raise InputError(
            [problem_of(folder, "this folder is no result: it has no manifest.json", "give the folder that run or compare has written")]
        )
    manifest = _read_json(folder / MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(
            [problem_of(folder / MANIFEST, "this manifest is not that of a result", "give the folder that run or compare has written")]
        )
    version = manifest.get("format_version")
    lacking = [key for key in MANIFEST_KEYS if key not in manifest]
    if version == FORMAT_VERSION and lacking:
        raise InputError([problem_of(folder / MANIFEST, f"the manifest lacks {', '.join(lacking)}", "copy the folder again, or run again")])
    if version != FORMAT_VERSION:
        remedy = "read it with the version of localwealth that wrote it: " + str(manifest.get("versions", {}).get("localwealth", "unknown"))
        problem = problem_of(folder / MANIFEST, f"the result has format version {version}, and this program reads {FORMAT_VERSION}", remedy)
        raise InputError([problem])
    return manifest


def _read(path: Path, name: str) -> pd.DataFrame:
    """One table."""
    if name in LATER and not path.is_file():
        return tables_module.empty_table(name)
    try:
        if path.suffix == ".csv":
            text = {column: "str" for column in tables_module.COLUMNS[name] if column in ("arm", "warning")}
            shown = pd.read_csv(path, dtype=text, keep_default_na=False)
            plain = {column: shown[column].str.replace(r"^'(?=[=+\-@])", "", regex=True) for column in text}
            return tables_module.with_categories(shown.assign(**plain))
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError(
            [problem_of(path, f"this part of the result can't be read: {first_line(error)}", "copy the folder again, or run again")]
        ) from None
    return frame.astype({"pairs_needed": "Int64"}) if name == "summary" else frame


def _read_json(path: Path) -> Any:
    """A JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            [problem_of(path, f"this part of the result can't be read: {first_line(error)}", "copy the folder again, or run again")]
        ) from None
