"""The charts of a report as files beside it: an SVG and a PNG of each, and a list of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import pandas as pd

from sim.report.drawing import Drawing
from sim.report.markup import element, join
from sim.report.numbers import text
from sim.report.section import Section
from sim.report.table import Column, Table, render_details
from sim.runs.stored.store import csv_text
from sim.runs.sweep.storage import write_whole

__all__ = ["CHARTS", "charts_section", "drawings_of", "write_charts"]

#: Folder of the charts beside a report, and the list of its files.
CHARTS: Final = "charts"
LIST: Final = "charts.csv"
OURS: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.(svg|png)")


def drawings_of(sections: Sequence[Section]) -> list[Drawing]:
    """The charts of some sections in their order."""
    return [drawing for section in sections for drawing in section.body.drawings]


def charts_section(drawings: Sequence[Drawing]) -> Section | None:
    """The section that names the files; none without charts."""
    if not drawings:
        return None
    columns = [Column("Chart", numeric=False, width=60), Column("Files", numeric=False, width=60), Column("What it shows", False, 80)]
    rows = [[text(item.heading), text(f"{CHARTS}/{item.name}.png, .svg"), text(item.finding)] for item in drawings]
    caption = f"The {len(rows)} charts of this report as files"
    table = Table("Charts", caption, columns, rows)
    lead = element(
        "p",
        f"Beside this page lies a folder “{CHARTS}” with each chart as PNG (200 dots to the inch, for documents and slides) and as SVG "
        f"(sharp at any size), with its heading, what it shows and where it is from. {LIST} in it lists them. The numbers behind each "
        "chart, and all other tables, are in report.xlsx, one named sheet each.",
    )
    return Section("files", "Charts and tables as files", join([lead, render_details(table, f"All {len(rows)} charts by name")]), [table])


def write_charts(folder: Path, drawings: Sequence[Drawing], source: str) -> Path:
    """Write the charts beside a report; those of an earlier report that are no longer among them are taken away.

    Parameters
    ----------
    folder : Path
        The folder of the report.
    drawings : sequence of Drawing
        The charts.
    source : str
        Where they are from, written below each.

    Returns
    -------
    Path
        The folder of the charts.

    Raises
    ------
    OSError
        When they can't be written there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     [path.name for path in write_charts(Path(place), [], "Anytown").iterdir()]
    ['charts.csv']
    """
    target = folder / CHARTS
    target.mkdir(exist_ok=True)
    before = _listed(target)
    rows = []
    for item in drawings:
        for name, content in item.files(source).items():
            write_whole(target / name, content)
            rows.append({"file": name, "chart": item.heading, "finding": item.finding, "source": source})
    write_whole(target / LIST, csv_text(pd.DataFrame(rows, columns=["file", "chart", "finding", "source"])))
    for name in before - {row["file"] for row in rows}:
        with suppress(OSError):
            (target / name).unlink()
    return target


def _listed(target: Path) -> set[str]:
    """Files of the charts of an earlier report: those in its list that have such names as ours have."""
    try:
        names = pd.read_csv(target / LIST, dtype=str, usecols=["file"])["file"]
    except (OSError, ValueError):
        return set()
    return {str(name) for name in names if OURS.fullmatch(str(name))}
