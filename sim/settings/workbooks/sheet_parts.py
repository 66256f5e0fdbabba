"""Which parts of an XLSX workbook its sheets are."""

from __future__ import annotations

from collections.abc import Iterator

from sim.settings.workbooks.xml_walk import walk_xml

__all__ = ["sheet_ids", "targets"]


def sheet_ids(pieces: Iterator[bytes]) -> list[str]:
    """The relationship of each sheet that a workbook lists, from ``xl/workbook.xml``.

    Examples
    --------
    >>> sheet_ids(iter([b"<workbook><sheets><sheet name='A' r:id='rId1'/><sheet name='B' r:id='rId1'/></sheets></workbook>"]))
    ['rId1', 'rId1']
    """
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rsplit(":", 1)[-1] == "sheet":
            found.extend(value for key, value in attributes.items() if key.endswith(":id"))

    walk_xml(pieces, start)
    return found


def targets(pieces: Iterator[bytes]) -> dict[str, str]:
    """The part of each relationship, from ``xl/_rels/workbook.xml.rels``, written in one way.

    Examples
    --------
    >>> targets(iter([b"<Relationships><Relationship Id='rId1' Target='/xl/worksheets/Sheet1.xml'/></Relationships>"]))
    {'rId1': 'worksheets/sheet1.xml'}
    """
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rsplit(":", 1)[-1] == "Relationship":
            part = attributes.get("Target", "").replace("\\", "/").casefold().lstrip("/").removeprefix("xl/")
            found[attributes.get("Id", "")] = part

    walk_xml(pieces, start)
    return found
