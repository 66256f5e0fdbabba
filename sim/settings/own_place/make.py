"""From a table or answers to the text of a place file that opens without a problem."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sim.settings.own_place.fill import fill
from sim.settings.own_place.handful import handful
from sim.settings.own_place.rows import Row, read_rows
from sim.settings.own_place.text import own_place_text
from sim.settings.places.reader import read_place
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings

__all__ = ["place_text", "place_text_from_table"]

#: Why rows may be given instead of a table.
ANSWERS = "your answers"


def place_text_from_table(path: Path, said: Mapping[str, str]) -> str:
    """The text of a place file from a table.

    Parameters
    ----------
    path : Path
        A table that ends in ``.csv`` or ``.xlsx``, see :func:`sim.settings.own_place.rows.read_rows`.
    said : mapping
        Words that win over those of the table, such as ``name``.

    Returns
    -------
    str

    Raises
    ------
    sim.errors.InputError
        With every problem of the table.
    """
    findings = Findings()
    source, rows = read_rows(path, findings)
    findings.raise_if_any()
    return place_text([*(row for row in rows if row.key not in said), *_said(said)], source.shown, findings)


def place_text(rows: Iterable[Row], shown: str = ANSWERS, findings: Findings | None = None) -> str:
    """The text of a place file from lines or answers.

    Parameters
    ----------
    rows : iterable of Row
        The lines.
    shown : str
        What messages call them.
    findings : Findings, optional
        Where problems go.

    Raises
    ------
    sim.errors.InputError
        With every problem.

    Examples
    --------
    >>> asked = {"title": "Smallton", "region": "Bigshire", "residents": "6000", "jobs": "2400", "region_jobs": "50000"}
    >>> anchor = {"anchor.council.kind": "council", "anchor.council.jobs": "120", "anchor.council.annual_spend": "5 000 000"}
    >>> text = place_text([Row(0, key, value) for key, value in (asked | anchor).items()])
    >>> text.splitlines()[0]
    '# Smallton: made from a handful of figures; national figures fill the rest.'
    """
    problems = findings or Findings()
    known = handful(rows, shown, problems)
    problems.raise_if_any()
    text = own_place_text(fill(known))
    _check(text, shown, problems)
    problems.raise_if_any()
    return text


def _said(said: Mapping[str, str]) -> list[Row]:
    """Words of the command as lines."""
    return [Row(0, key, value) for key, value in said.items()]


def _check(text: str, shown: str, findings: Findings) -> None:
    """Read the file as any place file is read; a problem is one of figures that can't all be true."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "place.yaml"
        path.write_text(text, encoding="utf-8")
        found = Findings()
        read_place(SourceFile(path, shown), found)
    # Lines are those of a file that nobody has seen.
    findings.problems += [replace(problem, line=None) for problem in found.problems]
