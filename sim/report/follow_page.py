"""One page about one trail: a picture of the first payments, every payment as a table, where all of it ends, and a CSV beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.report.charts.flow_chart import Flow, flow_chart
from sim.report.findings.pound_path import INSIDE, node_of
from sim.report.findings.pound_path import NODES as GROUPS
from sim.report.markup import Markup, element
from sim.report.numbers import Amount, Cell, level, month_name, text
from sim.report.page import document
from sim.report.palette import INK
from sim.report.section import bullets, chart_block
from sim.report.table import Column, Table, render_table
from sim.runs.following.trail import Trail
from sim.runs.following.words import OF_WORDS, path_sentence, remarks
from sim.runs.stored.store import csv_text

__all__ = ["follow_page", "refuse_what_is_there", "write_follow"]

Floats = NDArray[np.float64]

#: Nodes of the picture, those in the place first.
NODES: Final = (*GROUPS, "Owners outside", "Kept here")
OUTSIDE: Final = {
    kind: INSIDE + at for at, kind in enumerate(("next door", "further away", "government", "banks", "owners outside", "kept here"))
}
#: Payments that are drawn; more do not fit.
DRAWN: Final = 3
FILES: Final = ("follow.html", "follow.csv", "payments.csv")


def refuse_what_is_there(folder: Path) -> None:
    """Refuse a folder that something lies in; asked before the run, so that no run is lost for it.

    Raises
    ------
    sim.errors.InputError
        When something that is no empty folder lies there.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "there is something already, and nothing is ever overwritten"
        raise InputError(
            [Problem("", None, "out", folder.as_posix(), "a folder that is not there yet", None, "name another", message, "taken")]
        )


def write_follow(trail: Trail, folder: Path) -> list[Path]:
    """Write a trail into a new folder: the page, the table of the page, and every payment between groups.

    Raises
    ------
    sim.errors.InputError
        When something that is no empty folder lies there.
    """
    refuse_what_is_there(folder)
    folder.mkdir(parents=True, exist_ok=True)
    page, table, payments = (folder / name for name in FILES)
    page.write_text(follow_page(trail), encoding="utf-8", newline="\n")
    table.write_text(csv_text(trail.table()), encoding="utf-8", newline="\n")
    payments.write_text(csv_text(trail.moves, "%.12g"), encoding="utf-8", newline="\n")
    return [page, table, payments]


def follow_page(trail: Trail) -> str:
    """The whole page."""
    title = f"{trail.place}: where {trail.money(trail.total)} of {trail.anchor} went"
    period = f"{month_name(trail.date)} (month {trail.month})"
    period = f"the twelve months to {period}" if trail.months > 1 else period
    lead = f"{OF_WORDS[trail.of].capitalize()} in {period}, scenario {trail.scenario}, seed {trail.seed}. {_ends_words(trail)}"
    header = element("header", element("p", "localwealth follow", class_="kind"), element("h1", title), element("p", lead, class_="lead"))
    sections = (
        ("picture", "The first payments", _picture(trail)),
        ("payments", "Payment by payment", render_table(_steps_table(trail))),
        ("ends", "Where all of it ends", render_table(_ends_table(trail))),
        ("path", "One way through the place", element("p", path_sentence(trail) or "Nothing was paid in the place.")),
        ("read", "How to read it", bullets(remarks(trail))),
    )
    parts = [
        element("section", element("h2", f"{at}. {name}", id=f"{key}-title"), body, id=key, aria_labelledby=f"{key}-title")
        for at, (key, name, body) in enumerate(sections, start=1)
    ]
    return document(title, [header, element("main", *parts)], skip=("Go to the picture", "#picture"))


def _ends_words(trail: Trail) -> str:
    """What is still here and where it ends, in one sentence."""
    first, last = trail.steps[0], trail.steps[-1]
    kinds = trail.by_kind()
    named = ", ".join(f"{trail.money(pence)} {kind}" for kind, pence in sorted(kinds.items(), key=lambda one: -one[1]))
    return (
        f"After the first payment {trail.money(first.still_here)} is in the place, after {last.number} payments "
        f"{trail.money(last.still_here)}. In the end: {named}."
    )


def _node(trail: Trail, name: str) -> int:
    """The drawn node of a group or an end point."""
    if name in trail.kinds:
        return OUTSIDE[trail.kinds[name]]
    if name == "residents who let homes":
        return 2
    return 3 if name in ("anchors", "funds of the place") else node_of(name)


def _links(trail: Trail) -> Floats:
    """Parts of the money between drawn nodes in the first payments."""
    links = np.zeros((min(DRAWN, len(trail.steps)), len(NODES), len(NODES)))
    for move in trail.moves[trail.moves["payment"] <= len(links)].itertuples():
        links[move.payment - 1, _node(trail, str(move.payer)), _node(trail, str(move.payee))] += move.share
    return links


def _picture(trail: Trail) -> Markup:
    """The drawing with its numbers."""
    links = _links(trail)
    words = _ends_words(trail)
    start = trail.anchor if len(trail.anchor) < 24 else "The anchor"
    chart = flow_chart("follow", NODES, INSIDE, [Flow("", INK, links)], start, f"Where it goes. {words}")
    rows: list[list[Cell]] = []
    for hop, payer, payee in zip(*np.nonzero(links > 0), strict=True):
        who = trail.anchor if hop == 0 else NODES[payer]
        rows.append(
            [text(f"Payment {hop + 1}"), text(who), text(NODES[payee]), level(float(links[hop, payer, payee]) * 100, Amount("ratio"), 10.0)]
        )
    columns = [
        Column("Payment", numeric=False),
        Column("From", numeric=False, width=28),
        Column("To", numeric=False, width=28),
        Column("Per cent of the money"),
    ]
    note = "Money in the place (bold, above) is paid on; money that has left (grey, below) stops. p is pence of each pound followed."
    return chart_block(chart, words, Table("Picture", "The bands of the picture", columns, rows), note)


def _pounds(trail: Trail, pence: int) -> Cell:
    """Pence as money."""
    return Cell(trail.money(pence), pence / trail.minor_units)


def _steps_table(trail: Trail) -> Table:
    """Who holds it and where it left to, payment by payment."""
    rows = []
    for step in trail.steps:
        rows += [[text(f"Payment {step.number}"), text("held here"), text(who), _pounds(trail, pence)] for who, pence in step.held.items()]
        rows += [[text(f"Payment {step.number}"), text("left"), text(who), _pounds(trail, pence)] for who, pence in step.left.items()]
    columns = [
        Column("Payment", numeric=False),
        Column("Here or gone", numeric=False),
        Column("Who, or where to", numeric=False),
        Column("Amount"),
    ]
    caption = f"Who holds what of {trail.money(trail.total)} after each payment, and what left with it"
    return Table("Payments", caption, columns, rows, "What has left so far and what is held here add up to the whole after every payment.")


def _ends_table(trail: Trail) -> Table:
    """Where all of it ends."""
    rows = [[text(who), _pounds(trail, pence), Cell(f"{trail.shares[who]:.2%}", trail.shares[who])] for who, pence in trail.ends.items()]
    rows.append([text("all together"), _pounds(trail, trail.total), Cell("100.00%", 1.0)])
    columns = [Column("End point", numeric=False), Column("Amount"), Column("Share")]
    return Table("Ends", f"Where {trail.money(trail.total)} ends, over all payments", columns, rows)
