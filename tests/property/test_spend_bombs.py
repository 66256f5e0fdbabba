"""Files made to take all memory or never to end are read or refused within bounds, in a process with its memory bounded.

The cheapest of each kind here; ``python tests/property/spend_bombs.py`` runs them all.
"""

from __future__ import annotations

from pathlib import Path

from property.spend_bombs import came_of

REFUSED = {
    "a part that unpacks to 30 MB, said to have 100 bytes": "the workbook is damaged",
    "a cell at XFD1048576, size not stated so": "a sheet is too large",
    "far cells in single quotes": "a sheet is too large",
    "far cells without a place": "a sheet is too large",
    "far cells behind a sign": "a sheet is too large",
    "a sheet with another name": "a sheet is too large",
    "a workbook that calls itself another kind": "a sheet is too large",
    "one long text used by 5,000 cells": "characters in its cells",
    "a filled cell repeated 16,384 times in a million rows": "a sheet is too large",
    "a filled cell repeated two thousand million times": "a sheet is too large",
    "a million columns": "a line is too long",
    "noughts in a file": "this is no text",
    "random bytes called a workbook": "the workbook is damaged",
    "ten million brackets": "nested too deeply (column 66)",
}
READ = ("a stated size of XFD1048576", "a million empty rows repeated")


def test_bombs_are_refused_or_read_in_bounded_memory(tmp_path: Path) -> None:
    names = [*REFUSED, *READ]
    for name, came in zip(names, came_of(names, tmp_path), strict=True):
        assert came.good, (name, came)
        if name in READ:
            assert came.said == "1 rows of 1250", name
        else:
            assert (came.how, REFUSED[name] in came.said) == ("refused", True), (name, came.said)
