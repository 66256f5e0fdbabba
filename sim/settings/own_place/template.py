"""The table to fill in: every key with its meaning, unit and bounds."""

from __future__ import annotations

import csv
import io

from sim.settings.own_place.keys import ALIASES, COLUMNS, WORDS, anchor_bounds, figure_bounds, figure_meaning
from sim.settings.place import ANCHOR_KINDS

__all__ = ["NEEDED", "template_text"]

NEEDED = ("residents", "jobs", "region_jobs")
"""Figures without which no place can be made, beside one anchor's kind, jobs and spending."""

_USUAL = ("median_weekly_pay", "house_price", "firms", "labour.employment_rate", "labour.commuter_share")


def template_text() -> str:
    """A table to fill in, as CSV: what is needed first, what is often known next, then every other figure.

    Examples
    --------
    >>> template_text().splitlines()[0]
    'key,value,year,source,address,mark,low,high,note,meaning'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")

    def line(key: str, meaning: str, value: str = "") -> None:
        writer.writerow([key, value, *[""] * (len(COLUMNS) - 3), meaning])

    def comment(text: str) -> None:
        writer.writerow([f"# {text}"])

    writer.writerow(COLUMNS)
    comment("Lines that begin with # and lines without a value are left out. year: of the figure; source: publisher and title.")
    comment("mark: A official or primary; B secondary; C worked out; assumption with low and high. Without a source it is an assumption.")
    for word in WORDS:
        line(word.name, word.meaning + (f": {', '.join(word.choices)}" if word.choices else ""), word.default or "")
    comment("Needed: jobs and region_jobs in all or for each of the eighteen sectors")
    for key in NEEDED:
        line(key, _described(key))
    comment("Needed: at least one anchor. Write another name for 'council' and repeat the lines for each.")
    line("anchor.council.title", "name for readers")
    line("anchor.council.kind", f"one of: {', '.join(ANCHOR_KINDS)}", "council")
    for name, bounds in anchor_bounds().items():
        line(f"anchor.council.{name}", f"{figure_meaning(f'anchor.{name}')} ({bounds.unit})")
    comment("Often known")
    for key in _USUAL:
        line(key, _described(key))
    comment("Everything else that a place file holds; what is left out is filled from national figures")
    for key in figure_bounds():
        if key not in (*NEEDED, *_USUAL):
            line(key, _described(key))
    return stream.getvalue()


def _described(key: str) -> str:
    """Meaning, unit and bounds of a figure."""
    bounds = figure_bounds()[key]
    return f"{figure_meaning(ALIASES.get(key, key))} ({bounds.unit}, {bounds.low:.12g} to {bounds.high:.12g})"
