"""A handful of figures, checked: from the lines of a table, or from answers, to what a place is filled from."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.settings.own_place.keys import ALIASES, ANCHOR_FIELDS, MIXES, WORDS, WordKey, anchor_bounds, figure_bounds
from sim.settings.own_place.rows import Row
from sim.settings.place import ANCHOR_KINDS
from sim.settings.places.figure import Bounds
from sim.settings.places.sections import ANCHOR_SECTORS
from sim.settings.reading.problems import Findings, Kind
from sim.settings.sectors import SECTORS

__all__ = ["GivenAnchor", "GivenFigure", "Handful", "handful", "problems_of"]

#: Range of a figure without source and range, as a share of its value.
UNSOURCED_SPREAD = 0.25
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"[-+]?[£€$]?\d[\d,_ ]*(\.\d+)?|[-+]?[£€$]?\.\d+|[-+]?\d+(\.\d+)?[eE][-+]?\d+")


@dataclass(frozen=True, slots=True)
class GivenFigure:
    """A figure that somebody gave; `year` 0 stands for the year of the place, `source` is a title."""

    value: float
    line: int | None
    year: int = 0
    source: str = ""
    address: str = ""
    mark: str = "assumption"
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(slots=True)
class GivenAnchor:
    """An anchor that somebody named: words and figures by field."""

    name: str
    line: int | None
    words: dict[str, str] = field(default_factory=dict)
    figures: dict[str, GivenFigure] = field(default_factory=dict)


@dataclass(slots=True)
class Handful:
    """What is known: words by key, figures by path in the place file (and ``jobs``, ``region_jobs``, ``firms``), anchors by name."""

    words: dict[str, str] = field(default_factory=dict)
    figures: dict[str, GivenFigure] = field(default_factory=dict)
    anchors: dict[str, GivenAnchor] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """Year whose prices the money is in."""
        return int(self.words["year"])


class _Reader:
    """Takes lines one by one and keeps every problem."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file, self.findings, self.found, self.first = file, findings, Handful(), dict[str, int]()

    def problem(self, kind: Kind, row: Row, message: str, **more: object) -> None:
        """Keep a problem of one line."""
        self.findings.add(kind, self.file, row.line or None, (row.key,), message, **more)  # type: ignore[arg-type]

    def take(self, row: Row) -> None:
        """Sort one line into the handful; a key without a value counts as left out."""
        if not row.value and row.key:
            return
        if row.key in self.first:
            message = f"{row.key!r} stands twice: in line {self.first[row.key]} and in line {row.line}"
            self.problem(Kind.DUPLICATE_KEY, row, message, given=row.key, allowed="each key once", remedy="delete one of the two")
            return
        self.first[row.key] = row.line
        word = next((item for item in WORDS if item.name == row.key), None)
        if word is not None:
            self._word(row, word)
        elif row.key.startswith("anchor."):
            self._anchor(row)
        elif row.key in figure_bounds() or row.key in ALIASES.values():
            short = next((key for key, path in ALIASES.items() if path == row.key), row.key)
            figure = self._figure(row, figure_bounds()[short])
            if figure is not None:
                self.found.figures[ALIASES.get(row.key, row.key)] = figure
        else:
            names = [*(item.name for item in WORDS), *figure_bounds(), "anchor.NAME.FIELD"]
            allowed = "a key of the template: localwealth new place --template"
            self.problem(Kind.UNKNOWN_KEY, row, "an unknown key", given=row.key, names=names, allowed=allowed)

    def _word(self, row: Row, word: WordKey) -> None:
        """A word or text."""
        fits = {
            "slug": bool(_SLUG.fullmatch(row.value)),
            "code": bool(re.fullmatch(r"[A-Z]{3}", row.value)),
            "codes": all(re.fullmatch(r"[A-Z]\d{8}", code) for code in row.value.split()),
            "year": row.value.isdigit() and 1900 <= int(row.value) <= 2100,
        }.get(word.form, True)
        if word.choices and row.value not in word.choices:
            self.problem(Kind.NOT_A_CHOICE, row, f"no such {word.name}", given=row.value, names=word.choices)
        elif not fits:
            self.problem(
                Kind.WRONG_FORM, row, word.meaning, given=row.value, allowed=f"such as {word.example}", remedy=f"write {word.example}"
            )
        else:
            self.found.words[row.key] = row.value

    def _anchor(self, row: Row) -> None:
        """One field of an anchor."""
        parts = row.key.split(".")
        if len(parts) != 3 or not _SLUG.fullmatch(parts[1]):
            allowed = "anchor.NAME.FIELD, the name in lower-case words joined by hyphens"
            self.problem(
                Kind.WRONG_FORM, row, "this names no anchor", given=row.key, allowed=allowed, remedy="write anchor.city-council.jobs"
            )
            return
        _, name, item = parts
        anchor = self.found.anchors.setdefault(name, GivenAnchor(name, row.line or None))
        if item in anchor_bounds():
            figure = self._figure(row, anchor_bounds()[item])
            if figure is not None:
                anchor.figures[item] = figure
        elif item not in ANCHOR_FIELDS:
            self.problem(Kind.UNKNOWN_KEY, row, "an anchor has no such field", given=item, names=ANCHOR_FIELDS)
        else:
            choices = {"kind": ANCHOR_KINDS, "mix": MIXES}.get(item, ())
            if choices and row.value not in choices:
                self.problem(Kind.NOT_A_CHOICE, row, f"no such {item} of anchor", given=row.value, names=choices)
            else:
                anchor.words[item] = row.value

    def _number(self, row: Row, text: str, column: str) -> float | None:
        """A number as people write it, or None after a finding."""
        share = text.endswith("%")
        plain = text.removesuffix("%").strip()
        if not _NUMBER.fullmatch(plain):
            allowed = "a number, such as 140202 or 0.5 or 50%"
            self.problem(Kind.WRONG_TYPE, row, f"the {column} is no number", given=text, allowed=allowed, remedy="write a number")
            return None
        number = float(re.sub(r"[£€$,_ ]", "", plain))
        return number / 100.0 if share else number

    def _figure(self, row: Row, bounds: Bounds) -> GivenFigure | None:
        """A figure with mark and range, or None after a finding."""
        value = self._number(row, row.value, "value")
        low, high = (self._number(row, text, column) if text else None for text, column in ((row.low, "low"), (row.high, "high")))
        if value is None:
            return None
        if not bounds.holds(value):
            allowed, remedy = f"{bounds.low:.12g} to {bounds.high:.12g} ({bounds.unit})", "correct the figure or its unit"
            self.problem(Kind.OUT_OF_BOUNDS, row, "the value is outside its bounds", given=row.value, allowed=allowed, remedy=remedy)
            return None
        mark = row.mark or ("B" if row.source else "assumption")
        if mark not in ("A", "B", "C", "assumption"):
            self.problem(Kind.NOT_A_CHOICE, row, "no such mark", given=row.mark, names=("A", "B", "C", "assumption"))
        if mark in ("A", "B", "C") and not row.source:
            message = f"mark {mark} says that it was published, and no source is named"
            self.problem(
                Kind.NO_SOURCE, row, message, allowed="a source for marks A, B and C", remedy="name the source, or leave the mark out"
            )
        if mark == "assumption" and (low is None or high is None):
            low = max(bounds.low, value * (1 - UNSOURCED_SPREAD)) if low is None else low
            high = min(bounds.high, value * (1 + UNSOURCED_SPREAD)) if high is None else high
        if (low is not None and low > value) or (high is not None and high < value):
            given = f"{value:.12g} in {row.low or 'no low'} to {row.high or 'no high'}"
            remedy = "correct the range or the value"
            self.problem(Kind.RANGE_MISSES_VALUE, row, "the range does not hold the value", given=given, remedy=remedy)
        return GivenFigure(value, row.line or None, self._year(row), row.source, row.address, mark, low, high, row.note)

    def _year(self, row: Row) -> int:
        """Year of a figure; nought when it is left out."""
        if not row.year:
            return 0
        if not (row.year.isdigit() and 1900 <= int(row.year) <= 2100):
            self.problem(
                Kind.WRONG_FORM, row, "the year is no year", given=row.year, allowed="1900 to 2100", remedy="write a year such as 2023"
            )
            return 0
        return int(row.year)


def handful(rows: Iterable[Row], file: str, findings: Findings) -> Handful:
    """Check the lines of a table.

    Parameters
    ----------
    rows : iterable of Row
        Lines, or answers with line nought.
    file : str
        What messages call the table.
    findings : Findings
        Where problems go, all of them.

    Returns
    -------
    Handful
        What could be read; fit to fill a place only when nothing was found.

    Examples
    --------
    >>> found = handful([Row(2, "title", "Smallton"), Row(3, "residents", "6,000")], "my.csv", Findings())
    >>> found.figures["population.residents"].value, found.figures["population.residents"].high
    (6000.0, 7500.0)
    """
    reader = _Reader(file, findings)
    for row in rows:
        reader.take(row)
    found = reader.found
    for word in WORDS:
        if word.default is None and word.name not in reader.first:
            _missing(file, word.name, word.example, findings)
        found.words.setdefault(word.name, word.default or "")
    if not found.words["name"] and found.words["title"]:
        found.words["name"] = "-".join(re.findall(r"[a-z0-9]+", found.words["title"].lower()))[:80] or "my-place"
    _check_needed(found, file, reader.first, findings)
    if not findings.problems:
        _check_sums(found, file, findings)
    return found


def problems_of(row: Row) -> list[str]:
    """What is wrong with one line by itself, in words.

    Examples
    --------
    >>> problems_of(Row(0, "residents", "many"))[0].splitlines()[0]
    'residents: the value is no number'
    """
    findings = Findings()
    _Reader("", findings).take(row)
    return [str(problem) for problem in findings.problems]


def _missing(file: str, key: str, example: str, findings: Findings) -> None:
    """A key without which no place can be made."""
    remedy = f"add a line: {key},{example}"
    findings.add(Kind.MISSING_KEY, file, None, (key,), f"{key!r} is needed", allowed="a value", remedy=remedy)


def _check_needed(found: Handful, file: str, seen: dict[str, int], findings: Findings) -> None:
    """Residents, jobs here and in the region, and at least one anchor with kind, jobs and spending."""
    if "population.residents" not in found.figures and not {"residents", "population.residents"} & set(seen):
        _missing(file, "residents", "25000", findings)
    for total in ("jobs", "region_jobs"):
        whole = all(f"{total}.{sector}" in seen for sector in SECTORS)
        if total not in found.figures and not whole and total not in seen:
            _missing(file, total, "12000" if total == "jobs" else "250000", findings)
    if not found.anchors:
        _missing(file, "anchor.council.kind", "council", findings)
    for anchor in found.anchors.values():
        for item, example in (("kind", "council"), ("jobs", "500"), ("annual_spend", "20000000")):
            if item not in anchor.words and item not in anchor.figures and f"anchor.{anchor.name}.{item}" not in seen:
                _missing(file, f"anchor.{anchor.name}.{item}", example, findings)


def _check_sums(found: Handful, file: str, findings: Findings) -> None:
    """Parts are not larger than their wholes."""

    def at_most(part: float, whole: float, figure: GivenFigure, key: str, message: str) -> None:
        if part > whole * (1 + 1e-9):
            given, allowed = f"{part:.10g}", f"at most {whole:.10g}"
            findings.add(
                Kind.PART_ABOVE_WHOLE, file, figure.line, (key,), message, given=given, allowed=allowed, remedy="correct one of the two"
            )

    sums = {}
    for total in ("jobs", "region_jobs"):
        parts = [found.figures[f"{total}.{sector}"] for sector in SECTORS if f"{total}.{sector}" in found.figures]
        sums[total] = math.fsum(part.value for part in parts)
        if total in found.figures:
            if parts:
                at_most(sums[total], found.figures[total].value, found.figures[total], total, "its sectors have more jobs than the whole")
            sums[total] = found.figures[total].value
    here = found.figures.get("jobs") or found.figures[f"jobs.{SECTORS[0]}"]
    at_most(sums["jobs"], sums["region_jobs"], here, "jobs", "the place has more jobs than the region that holds it")
    last = list(found.anchors.values())[-1]
    jobs = math.fsum(anchor.figures["jobs"].value for anchor in found.anchors.values())
    at_most(jobs, sums["jobs"], last.figures["jobs"], f"anchor.{last.name}.jobs", "the anchors have more jobs than the place")
    for sector in dict.fromkeys(ANCHOR_SECTORS.values()):
        theirs = [one for one in found.anchors.values() if ANCHOR_SECTORS[one.words["kind"]] == sector]
        given = found.figures.get(f"jobs.{sector}")
        if theirs and given:
            message = f"the anchors whose jobs count as {sector} have more of them than the sector"
            jobs = math.fsum(one.figures["jobs"].value for one in theirs)
            at_most(jobs, given.value, theirs[-1].figures["jobs"], f"anchor.{theirs[-1].name}.jobs", message)
    for anchor in found.anchors.values():
        kept = [anchor.figures[item] for item in ("share_in_place", "share_in_region") if item in anchor.figures]
        if kept:
            message = "share_in_place and share_in_region are more than the whole"
            at_most(math.fsum(one.value for one in kept), 1.0, kept[-1], f"anchor.{anchor.name}.share_in_region", message)
