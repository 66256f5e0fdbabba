"""What would change the decision, and where the policy fails: tables, words, and boxes drawn as ranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.report.charts.range_chart import Range, range_chart
from sim.report.markup import element, join
from sim.report.numbers import Amount, Cell, count, english_list, level, text
from sim.report.section import Section, chart_block
from sim.report.sweep.hangs import missing, number_of, sentence
from sim.report.sweep.headline import first_rows
from sim.report.sweep.view import Input, SweepView
from sim.report.table import Column, Table, render_table
from sim.runs.sweep.answers.decision import NO, OPEN, YES

__all__ = ["decision_section", "failing_section"]

#: Boxes that are drawn, and rows of the decision table on the page.
BOXES: Final = 5
ROWS: Final = 24
#: Further columns of boxes: title, how to write them, whether the page shows them.
MORE: Final = {
    "failures": ("Of them fail", "count", True),
    "base_rate": ("Density of all settings", "share", False),
    "lift": ("Times that of all", "ratio", False),
    "held_out_density": ("Density on settings held out", "share", True),
    "chance": ("Chance that the limit means nothing", "ratio", True),
    "p_value": ("Chance of such boxes at random", "ratio", False),
}
HOLDS: Final = {YES: "Stands", NO: "Does not stand"}


def decision_section(view: SweepView) -> Section:
    """The section on what would change the decision."""
    title = "What would change the decision"
    frame = view.tables.get("decision")
    if frame is None or frame.empty:
        words = (
            "The experiment names no decision, so nothing can be said about what would change it. Name one under answers in the "
            "experiment file, for example “decision: {above: 0}”."
        )
        if view.plan.get("above") is not None or view.plan.get("below") is not None:
            words = "What would change the decision could not be worked out from this design."
        return Section("decision", title, missing(view, "decision", words))
    table = _decision_table(view, frame)
    return Section(
        "decision", title, join([element("p", _decision_words(view, frame)), render_table(first_rows(table, ROWS), "groups")]), [table]
    )


def _decision_words(view: SweepView, frame: pd.DataFrame) -> str:
    """What turns the decision, in words."""
    if view.said("decision"):
        return view.said("decision")
    turns = frame[np.isfinite(number_of(frame, "switches_at"))]
    if turns.empty:
        return "Nothing that varied changes the decision within the range that was tried: no visible change."
    found = []
    for _, row in turns.iterrows():
        item = view.input(str(row["input"]))
        found.append(f"{item.label} at {item.words(float(row['switches_at']))}")
    return f"The decision turns with {english_list(found[:6])}{' and others' if len(found) > 6 else ''}."


def _decision_table(view: SweepView, frame: pd.DataFrame) -> Table:
    """Whether the decision stands at the ends and as usual, and where it turns."""
    columns = [Column("What varies", numeric=False, width=44), Column("Unit", numeric=False, width=22, on_page=False)]
    columns += [Column(f"At its {end} value", numeric=False, width=20) for end in ("low", "usual", "high")]
    columns += [Column("Turns at"), Column("95% interval, from"), Column("to"), Column("In words", numeric=False, width=60)]
    rows = []
    for _, row in frame.iterrows():
        item = view.input(str(row["input"]))
        holds = [text(_holds(row.get(f"holds_at_{end}"))) for end in ("low", "usual", "high")]
        turns = [_where(item, row, name) for name in ("switches_at", "low", "high")]
        rows.append([text(item.label, item.unit), text(item.unit), *holds, *turns, text(_text(row.get("words")))])
    return Table("Decision", f"Whether the decision stands: {view.what}", columns, rows)


def _holds(value: Any) -> str:
    """Whether the decision stands, in words."""
    words = _text(value)
    return HOLDS.get(words, words[:1].upper() + words[1:])


def _text(value: Any) -> str:
    """Words of a cell; none for one that is not there."""
    return value if isinstance(value, str) else ""


def _where(item: Input, row: Mapping[str, Any] | pd.Series[Any], name: str) -> Cell:
    """A value at which the decision turns; a word where it never does."""
    value = float(row.get(name, np.nan)) if row.get(name) is not None else np.nan
    if np.isfinite(value):
        return item.cell(value)
    return text("never") if name == "switches_at" else text("")


def failing_section(view: SweepView) -> Section:
    """The section on where the policy fails."""
    title = "Where the policy fails"
    frame = view.tables.get("discovery")
    counts = _counts_tables(view)
    counted = [render_table(table, "groups") for table in counts]
    if frame is None or frame.empty:
        words = (
            "Where the policy fails was not looked for: that takes a question about a decision, many settings, and some in which it fails."
        )
        return Section("failing", title, join([missing(view, "discovery", words), *counted]), counts)
    table = _boxes_table(view, frame)
    titles = _box_titles(frame)
    drawn = [(titles[box], _ranges(view, frame[frame["box"] == box])) for box in list(titles)[:BOXES]]
    drawn = [(name, ranges) for name, ranges in drawn if ranges]
    parts: list[object] = [sentence(view, "discovery"), *counted, element("p", _how_to_read(frame))]
    if drawn:
        finding = f"{drawn[0][0]}: {_box_words(view, frame[frame['box'] == next(iter(titles))])}."
        chart = range_chart("boxes", drawn, f"Where the policy fails. {finding}")
        parts.append(chart_block(chart, finding, None, "Grey: all that was tried. Colour: the box."))
    parts.append(render_table(first_rows(table, ROWS), "groups"))
    return Section("failing", title, join(parts), [*counts, table])


def _counts_tables(view: SweepView) -> list[Table]:
    """At how many settings the policy surely fails, surely does not, or can't be told to; no table where no failure is named."""
    frame = view.tables.get("failing")
    if frame is None or frame.empty:
        return []
    one_seed = not (frame["fails"] == OPEN).any()
    words = {
        YES: "Fails" if one_seed else "Surely fails",
        NO: "Does not fail" if one_seed else "Surely does not fail",
        OPEN: "Can't be told from luck",
    }
    columns = [Column("At these settings the policy", numeric=False, width=34), Column("Settings", width=10), Column("Share of all")]
    rows = [
        [text(words.get(str(row["fails"]), str(row["fails"]))), count(int(row["points"])), level(float(row["share"]), Amount("share"))]
        for _, row in frame.iterrows()
    ]
    note = (
        "There is one seed, so how far luck moves this is not known."
        if one_seed
        else "Sure: the 95% interval of the setting, over seeds, lies on one side."
    )
    return [Table("How often it fails", "At how many settings the policy fails", columns, rows, note)]


def _how_to_read(frame: pd.DataFrame) -> str:
    """What coverage and density are, and what a box by chance would have."""
    words = "Coverage is the part of all failing settings that lies in the box; density is the part of the settings in the box that fails."
    base = number_of(frame, "base_rate")
    if len(base) and np.isfinite(base[0]):
        words += f" Of all settings, {level(float(base[0]), Amount('share')).shown} fail: a box drawn at random would have that density."
    return words


def _box_titles(frame: pd.DataFrame) -> dict[Any, str]:
    """Title of each box with its coverage and density."""
    titles = {}
    for box, rows in frame.groupby("box", sort=False):
        shares = [level(float(number_of(rows, name)[0]), Amount("share")).shown for name in ("density", "coverage")]
        titles[box] = f"Box {box}: {shares[0]} of its settings fail; it holds {shares[1]} of all that fail"
    return titles


def _box_words(view: SweepView, rows: pd.DataFrame) -> str:
    """The ranges of a box in words."""
    found = []
    for _, row in rows.iterrows():
        item = view.input(str(row["input"]))
        if not np.isfinite(item.low):
            continue
        low, high = _ends(item, row)
        if low > item.low and high < item.high:
            found.append(f"{item.label} between {item.words(low)} and {item.words(high)}")
        elif low > item.low:
            found.append(f"{item.label} above {item.words(low)}")
        elif high < item.high:
            found.append(f"{item.label} below {item.words(high)}")
    return english_list(found) if found else "everywhere"


def _ends(item: Input, row: Mapping[str, Any] | pd.Series[Any]) -> tuple[float, float]:
    """Ends of a box within what was tried; an end that is open is that of what was tried."""
    low, high = float(row["low"]), float(row["high"])
    return max(low, item.low) if np.isfinite(low) else item.low, min(high, item.high) if np.isfinite(high) else item.high


def _ranges(view: SweepView, rows: pd.DataFrame) -> list[Range]:
    """The ranges of a box as parts of what was tried."""
    ranges = []
    for _, row in rows.iterrows():
        item = view.input(str(row["input"]))
        whole = item.high - item.low
        if not np.isfinite(whole) or whole <= 0:
            continue
        low, high = _ends(item, row)
        least, most = item.cell(item.low).shown, item.cell(item.high).shown
        written = (least, item.cell(low).shown, item.cell(high).shown, most)
        ranges.append(Range(item.label, (low - item.low) / whole, (high - item.low) / whole, written))
    return ranges


def _boxes_table(view: SweepView, frame: pd.DataFrame) -> Table:
    """The boxes, a row for each thing that bounds one."""
    columns = [
        Column("What bounds the box", numeric=False, width=44),
        Column("Box", width=8),
        Column("From"),
        Column("To"),
        Column("In words", numeric=False, width=44),
        Column("Settings", width=10),
        Column("Coverage"),
        Column("Density"),
    ]
    more = [name for name in MORE if name in frame]
    columns += [Column(MORE[name][0], on_page=MORE[name][2]) for name in more]
    rows = []
    for _, row in frame.iterrows():
        item = view.input(str(row["input"]))
        low, high = _ends(item, row)
        cases = row.get("cases")
        share = Amount("share")
        cells = [item.cell(low), item.cell(high), text(_box_words(view, pd.DataFrame([row])))]
        cells += [text("") if cases is None or cases != cases else count(float(cases))]  # noqa: PLR0124
        cells += [level(float(row[name]), share) for name in ("coverage", "density")]
        cells += [level(float(row[name]), Amount(MORE[name][1])) for name in more]
        rows.append([text(item.label, item.unit), text(row["box"]), *cells])
    return Table("Where it fails", "Boxes of settings in which the policy fails", columns, rows)
