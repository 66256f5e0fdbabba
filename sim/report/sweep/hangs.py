"""What the answer hangs on: a tornado of answers at both ends of everything varied, and indices of how much each counts."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sim.report.charts.ladder_chart import Bars, End, index_chart, tornado_chart
from sim.report.comparison_table import bare
from sim.report.markup import Markup, element, join
from sim.report.numbers import Amount, Cell, count, level, text
from sim.report.section import Section, chart_block
from sim.report.sweep.view import SweepView
from sim.report.table import Column, Table
from sim.report.words import lower_first
from sim.runs.sweep.answers.verdicts import FALLS, FEW_BLOCKS, FEW_SEEDS, MATTERS, RISES

__all__ = ["hangs_section", "missing", "number_of", "sentence"]

#: Rows of a chart; the tables hold all.
DRAWN: Final = 20
#: Kinds of index: words, what it is, whether it is a share of the variance of the answer.
KINDS: Final = {
    "total": ("with all that goes with it", "total index: the part of the variance that would be left if all else stood still", True),
    "first": ("by itself", "first order index: the part of the variance that would go if this alone stood still", True),
    "rbd_first": ("by itself", "first order index by random balance designs", True),
    "delta": ("on the whole distribution", "delta: how far the distribution of the answer moves", True),
    "mu_star": ("mean size of its effects", "mu*: mean size of the change of the answer along its whole range", False),
    "mu": ("mean effect", "mu: mean change of the answer along its whole range", False),
    "sigma": ("spread of its effects", "sigma: spread of these changes: bends, and work with other things", False),
    "second": ("a pair beyond each of them", "second order index: what two things do only together", True),
}
#: Verdicts that claim something.
TOLD: Final = (RISES, FALLS, MATTERS)
ORDER: Final = ("total", "mu_star", "first", "rbd_first", "delta")


def hangs_section(view: SweepView) -> Section:
    """The section on what the answer hangs on."""
    tables: list[Table] = []
    parts = [_tornado(view, tables), _sensitivity(view, tables)]
    return Section("hangs", "What the answer hangs on", join(parts), tables)


def missing(view: SweepView, name: str, words: str) -> Markup:
    """What is said where a table was not worked out: the reason where it is known."""
    return element("p", view.said(name) or words)


def sentence(view: SweepView, name: str) -> Markup:
    """What is said of a table; nothing at all when nothing is said."""
    return element("p", view.said(name)) if view.said(name) else Markup("")


def number_of(frame: pd.DataFrame, column: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A column as numbers; not numbers where it is not there."""
    if column not in frame:
        return np.full(len(frame), np.nan)
    return np.asarray(pd.to_numeric(frame[column], errors="coerce"), dtype=np.float64)


def _tornado(view: SweepView, tables: list[Table]) -> Markup:
    """The tornado chart with its table."""
    heading = element("h3", "From one end to the other")
    frame = view.tables.get("tornado")
    if frame is None or frame.empty:
        words = "The answer at the low and at the high end of each thing could not be worked out from this design."
        return join([heading, missing(view, "tornado", words)])
    frame = frame.iloc[np.argsort(-np.abs(np.nan_to_num(number_of(frame, "swing"))), kind="stable")]
    table = _tornado_table(view, frame)
    tables.append(table)
    drawn = frame.head(DRAWN)
    finding = _tornado_words(view, frame)
    inputs = [view.input(str(name)) for name in drawn["input"]]
    first, second = (
        End(
            f"at its {end} value",
            number_of(drawn, f"at_{end}"),
            number_of(drawn, f"at_{end}_low"),
            number_of(drawn, f"at_{end}_high"),
            [item.cell(float(value)).shown for item, value in zip(inputs, number_of(drawn, f"{end}_value"), strict=True)],
        )
        for end in ("low", "high")
    )
    usual = number_of(frame, "at_usual")
    chart = tornado_chart(
        "tornado",
        [item.label for item in inputs],
        (first, second),
        view.axis,
        f"{view.label(view.measure)}, {view.unit(view.measure)}",
        f"{view.what}: answers when one thing goes from its low to its high value. {finding}",
        usual=float(usual[0]) if len(usual) and np.isfinite(usual).all() else float("nan"),
        marked=_marked(view, drawn),
    )
    note = "Below each name: the values it goes between. Lines are 95% intervals."
    if len(drawn) < len(frame):
        note += f" The widest {len(drawn)} of {count(len(frame)).shown} are drawn; the table holds all."
    return join([heading, sentence(view, "tornado"), chart_block(chart, finding, table, note)])


def _marked(view: SweepView, drawn: pd.DataFrame) -> list[float]:
    """Nought and where the decision turns, where they lie among what is drawn."""
    wanted = [0.0] if view.is_difference else []
    wanted += [float(view.plan[key]) for key in ("above", "below") if view.plan.get(key) is not None]
    return [value for value in dict.fromkeys(wanted) if _spans(drawn, value)]


def _spans(drawn: pd.DataFrame, value: float) -> bool:
    """Whether a value lies among what is drawn, or close by."""
    parts = np.concatenate([number_of(drawn, f"at_{end}{part}") for end in ("low", "high") for part in ("", "_low", "_high")])
    finite = parts[np.isfinite(parts)]
    if not len(finite):
        return False
    room = 0.5 * float(np.ptp(finite))
    return bool(finite.min() - room <= value <= finite.max() + room)


def _tornado_words(view: SweepView, frame: pd.DataFrame) -> str:
    """What moves the answer most, and whether any of it can be told from luck."""
    swing = np.abs(number_of(frame, "swing"))
    if not np.isfinite(swing).any():
        return "No swing could be worked out."
    if np.nanmax(swing) == 0:
        return "No visible change: the answer is the same at both ends of everything that varied."
    row = frame.iloc[0]
    item = view.input(str(row["input"]))
    beside = float(np.nanmax(np.abs(np.array([row["at_low"], row["at_high"]], dtype=float))))
    numbers = {
        name: float(number_of(frame, name)[0]) for end in ("low", "high") for name in (f"at_{end}", f"at_{end}_low", f"at_{end}_high")
    }
    low, high = (view.sure([numbers[f"at_{end}{part}"] for part in ("", "_low", "_high")], beside) for end in ("low", "high"))
    words = f"{item.label} moves it most: {low} at {item.words(float(row['low_value']))}, {high} at {item.words(float(row['high_value']))}."
    told = _apart(frame)
    if not np.isfinite(number_of(frame, "at_low_low")).any():
        return f"{words} There are no intervals: none of it can be told from luck."
    if not told.any() and "verdict" in frame and (frame["verdict"] == FEW_SEEDS).any():
        return f"{words} But so few seeds, which agree exactly, can't tell it from luck."
    if not told.any():
        return f"{words} But for none of the things varied can the two ends be told apart: no visible change."
    return f"{words} For {count(int(told.sum())).shown} of {count(len(frame)).shown} things the two ends can be told apart."


def _apart(frame: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where the swing can be told from luck: by the verdict, or where the intervals of the two ends do not meet."""
    if "verdict" in frame:
        return np.asarray(frame["verdict"].isin(TOLD), dtype=bool)
    low, high = ((number_of(frame, f"at_{end}_low"), number_of(frame, f"at_{end}_high")) for end in ("low", "high"))
    return np.asarray((low[1] < high[0]) | (high[1] < low[0]), dtype=bool)


def _tornado_table(view: SweepView, frame: pd.DataFrame) -> Table:
    """The numbers of the tornado."""
    columns = [
        Column("What varies", numeric=False, width=44),
        Column("Unit", numeric=False, width=22, on_page=False),
        Column("Low value"),
        Column("High value"),
        Column("Answer at the low value", width=16),
        Column("95% interval, from"),
        Column("to"),
        Column("Answer at the high value", width=16),
        Column("95% interval, from"),
        Column("to"),
        Column("Swing"),
        Column("Can it be told from luck?", numeric=False, width=20),
    ]
    apart = _apart(frame)
    rows = []
    names = [f"at_{end}{part}" for end in ("low", "high") for part in ("", "_low", "_high")] + ["swing"]
    for place, (_, row) in enumerate(frame.iterrows()):
        item = view.input(str(row["input"]))
        values = [float(row.get(name, np.nan)) for name in names]
        beside = float(np.nanmax(np.abs(values), initial=0.0))
        cells = [bare(view.cell(value, beside)) for value in values]
        told = text(_told_words(row.get("verdict"), apart=bool(apart[place])))
        head = [text(item.label, item.unit), text(item.unit)]
        rows.append([*head, item.cell(float(row["low_value"])), item.cell(float(row["high_value"])), *cells, told])
    caption = f"{view.what}, when one thing goes from its low to its high value; in {view.unit(view.measure)}"
    return Table("Tornado", caption, columns, rows)


def _told_words(verdict: object, *, apart: bool) -> str:
    """Whether a swing can be told from luck."""
    if not apart:
        return f"No: {verdict}" if verdict == FEW_SEEDS else "No visible change"
    return f"Yes: {verdict}" if isinstance(verdict, str) else "Yes"


def _sensitivity(view: SweepView, tables: list[Table]) -> Markup:
    """The indices with their chart and table."""
    heading = element("h3", "How much each thing counts")
    frame = view.tables.get("sensitivity")
    if frame is None or frame.empty:
        words = (
            "Sensitivity indices need a design that varies things together (Latin hypercube, Sobol or Morris); none were worked out here."
        )
        return join([heading, missing(view, "sensitivity", words)])
    table = _sensitivity_table(view, frame)
    tables.append(table)
    chart = _indices(view, frame, table)
    return join([heading, sentence(view, "sensitivity"), chart])


def _indices(view: SweepView, frame: pd.DataFrame, table: Table) -> Markup:
    """Bars of the indices of the answer's measure."""
    mine = frame[frame["measure"] == view.measure] if "measure" in frame else frame
    mine = frame if mine.empty else mine
    kinds = [kind for kind in ORDER if (mine["index"] == kind).any()]
    if not kinds:
        return join([element("p", "None of the indices can be drawn; the table holds them."), chart_block(Markup(""), "", table)])
    lead = kinds[0]
    shown = [kind for kind in ("first", "total") if kind in kinds] if lead == "total" else [lead]
    by_input = {kind: mine[mine["index"] == kind].drop_duplicates("input").set_index("input") for kind in shown}
    order = by_input[lead]["value"].astype(float).sort_values(ascending=False, kind="stable").index
    drawn = order[:DRAWN]
    at = {kind: table_of.reindex(drawn) for kind, table_of in by_input.items()}
    share = KINDS[lead][2]
    amount = Amount("share") if share else view.axis
    bars = [Bars(KINDS[kind][0], *(number_of(part, name) for name in ("value", "low", "high"))) for kind, part in at.items()]
    finding = _index_words(view, by_input[lead].reindex(order), share=share)
    unit = "share of the variance of the answer" if share else f"{view.label(view.measure)}, {view.unit(view.measure)}"
    chart = index_chart(
        "indices",
        [view.input(str(name)).label for name in drawn],
        bars,
        amount,
        unit,
        f"How much each thing counts for {lower_first(view.label(view.measure))}. {finding}",
        yardsticks=number_of(at[lead], "luck"),
    )
    note = "Thin lines are 95% intervals."
    if len(drawn) < len(order):
        note += f" The first {len(drawn)} of {count(len(order)).shown} are drawn; the table holds all."
    return chart_block(chart, finding, table, note)


def _index_words(view: SweepView, rows: pd.DataFrame, *, share: bool) -> str:
    """What counts most, and what can't be told from luck."""
    value, low, luck = (number_of(rows, name) for name in ("value", "low", "luck"))
    floor = np.where(np.isfinite(luck), luck, 0.0)
    known = np.isfinite(low)
    told = np.asarray(rows["verdict"].isin(TOLD), dtype=bool) if "verdict" in rows else known & (low > floor)
    if not np.isfinite(value).any() or np.nanmax(value) <= 0:
        return "No visible change: nothing that varied counts."
    if "verdict" in rows and (rows["verdict"] == FEW_BLOCKS).any():
        return "There are too few blocks of settings to say what counts."
    if "verdict" in rows and not told.any() and (rows["verdict"] == FEW_SEEDS).any():
        return "Seeds that agree exactly are too few to say what counts."
    if known.any() and not told.any():
        return "No visible change: for nothing that varied can its part be told from luck."
    place = int(np.argmax(told)) if told.any() else 0
    name = view.input(str(rows.index[place])).label
    shown = _index_cell(view, float(value[place]), share=share).shown
    if known[place]:
        ends = [_index_cell(view, float(number_of(rows, end)[place]), share=share).shown for end in ("low", "high")]
        shown += f", 95% interval {ends[0]} to {ends[1]}"
    words = f"{name} counts most{' of those that can be told from luck' * (place > 0)} ({shown}{'; of the variance' if share else ''})."
    unseen = int((~told).sum())
    if not known.any():
        return f"{words} There are no intervals, so how sure this is is not known."
    return f"{words} {count(unseen).shown} of {count(len(rows)).shown} can't be told from luck." if unseen else words


def _index_cell(view: SweepView, value: float, *, share: bool) -> Cell:
    """An index: a share of the variance, or a change of the answer."""
    return level(value, Amount("share")) if share else bare(view.cell(value))


def _sensitivity_table(view: SweepView, frame: pd.DataFrame) -> Table:
    """All indices of all measures."""
    has_chance = "chance" in frame
    columns = [
        Column("What varies", numeric=False, width=44),
        Column("Measure", numeric=False, width=34),
        Column("Index", numeric=False, width=12),
        Column("Value"),
        Column("95% interval, from"),
        Column("to"),
        Column("What luck alone gives", width=14),
        Column("Chance of so much without influence", width=18, on_page=has_chance),
        Column("Can it be told from luck?", numeric=False, width=22, on_page="verdict" in frame),
    ]
    rows = []
    numbers = {name: number_of(frame, name) for name in ("value", "low", "high", "luck", "chance")}
    for place, (_, row) in enumerate(frame.iterrows()):
        kind, measure = str(row["index"]), str(row.get("measure", view.measure))
        share = KINDS.get(kind, ("", "", True))[2]
        names = " with ".join(view.input(part).label for part in str(row["input"]).split(" with "))
        cells = [_plain_index(float(numbers[name][place]), share=share) for name in ("value", "low", "high", "luck")]
        rows.append(
            [
                text(names),
                text(view.label(measure)),
                text(kind),
                *cells,
                level(float(numbers["chance"][place]), Amount("ratio")),
                text(_words(row.get("verdict"))),
            ]
        )
    kinds = [f"{KINDS[kind][1]}" for kind in dict.fromkeys(frame["index"]) if kind in KINDS]
    return Table(
        "Sensitivity", "How much each thing varied counts", columns, rows, "; ".join(kinds)[:1].upper() + "; ".join(kinds)[1:] + "."
    )


def _words(value: object) -> str:
    """Words of a cell; none for one that is not there."""
    return value if isinstance(value, str) else ""


def _plain_index(value: float, *, share: bool) -> Cell:
    """An index as it stands in the table: shares as parts of 1."""
    return Cell(f"{value:.3f}", value, "0.000") if share and np.isfinite(value) else level(value, Amount("ratio"))
