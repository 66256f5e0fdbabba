"""Tables of a sweep open in one line in what researchers use, with the same numbers everywhere; the lines are those of the docs."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_experiments import small, swept

from sim.runs.sweep.stored import Sweep

PAGE = Path(__file__).parents[4] / "docs" / "reading-sweeps.md"
TABLES = ("points", "runs", "summary")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """A small sweep in which a seed failed, in results/spare-capacity of a folder."""
    return swept(small(effects=(0.0, 2.0), fails_at=2), tmp_path_factory.mktemp("work") / "results" / "spare-capacity")


def lines_of(name: str) -> str:
    """The lines that the docs show for a program."""
    match = re.search(rf"<!-- read: {name} -->\n```[a-z]+\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None, f"docs/reading-sweeps.md shows nothing for {name}"
    return match.group(1)


def in_python(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is there after the lines of the docs have run beside the results."""
    monkeypatch.chdir(folder.parents[1])
    names: dict[str, Any] = {}
    exec(lines_of(name), names)
    return names


def check(columns: dict[str, dict[str, list[Any]]], found: Sweep) -> None:
    """Every table has the numbers of the sweep."""
    runs = columns["runs"]
    assert list(runs) == ["point", "seed", "arm", "measure", "month", "value"]
    assert set(runs["arm"]) == set(found.arms) and set(runs["measure"]) == set(found.measures)
    place = next(
        row
        for row in range(len(runs["value"]))
        if (runs["point"][row], runs["seed"][row], runs["arm"][row], runs["measure"][row], runs["month"][row])
        == (3, 1, "town/changed", "level", 0)
    )
    assert runs["value"][place] == found.values("level", "town/changed").loc[3, 1]
    assert columns["points"]["stand_in.effect"] == found.points["stand_in.effect"].tolist()
    assert np.allclose(np.array(columns["summary"]["mean"], float), found.summary["mean"], rtol=0, atol=0, equal_nan=True)


def test_pandas(found: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    names = in_python("pandas", found.path, monkeypatch)
    check({table: names[table].astype(object).to_dict("list") for table in TABLES}, found)


def test_polars(found: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    names = in_python("polars", found.path, monkeypatch)
    check({table: names[table].to_dict(as_series=False) for table in TABLES}, found)


def test_duckdb(found: Sweep, monkeypatch: pytest.MonkeyPatch) -> None:
    names = in_python("duckdb", found.path, monkeypatch)
    columns = {}
    for table in TABLES:
        relation = names[table]
        rows = relation.fetchall()
        columns[table] = {name: [row[place] for row in rows] for place, name in enumerate(relation.columns)}
    check(columns, found)


@pytest.mark.parametrize("package", ["arrow", "nanoparquet"])
def test_r(package: str, found: Sweep) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("Rscript is not installed")
    if subprocess.run([program, "-e", f"library({package})"], capture_output=True, check=False).returncode:
        pytest.skip(f"the R package {package} is not installed")
    shown = lines_of(package) + 'cat(nrow(runs), nrow(points), nrow(summary), sum(runs$value, na.rm = TRUE), sep = "\\n")'
    told = subprocess.run([program, "-e", shown], capture_output=True, check=True, text=True, cwd=found.path.parents[1]).stdout.split()
    assert [int(number) for number in told[:3]] == [int(found.manifest["runs"]["good"]) * 2 * 3 * 3, 4, len(found.summary)]
