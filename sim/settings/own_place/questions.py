"""What is asked of somebody who has no table: a handful of questions, each answer checked at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.settings.own_place.handful import problems_of
from sim.settings.own_place.keys import ALIASES, AREAS, COUNTRIES, anchor_bounds, figure_bounds, figure_meaning
from sim.settings.own_place.rows import Row
from sim.settings.place import ANCHOR_KINDS

__all__ = ["Ask", "Say", "ask_for_place"]

Ask = Callable[[str, str], str]
"""Asks one question, with what counts when nothing is answered, and gives the answer."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Question:
    """One question; `skip` when no answer is one too, `default` when it has a usual answer."""

    key: str
    text: str
    default: str = ""
    skip: bool = False
    figure: bool = False


def _asked(name: str) -> tuple[_Question, ...]:
    """The questions about a place."""
    return (
        _Question("title", "Name of the place for readers", name.replace("-", " ").capitalize()),
        _Question("country", f"Country ({' or '.join(COUNTRIES)})", "uk"),
        _Question("year", "Year whose prices the money is in", "2024"),
        _Question("region", "The wider region that holds the place"),
        _Question("residents", _text("residents"), figure=True),
        _Question("jobs", _text("jobs"), figure=True),
        _Question("region_jobs", _text("region_jobs"), figure=True),
        _Question("mix", f"Area whose mix of jobs is the nearest ({', '.join(AREAS)})", "Great Britain"),
        _Question("median_weekly_pay", _text("median_weekly_pay"), skip=True, figure=True),
        _Question("house_price", _text("house_price"), skip=True, figure=True),
    )


def _asked_of_anchor(name: str) -> tuple[_Question, ...]:
    """The questions about an anchor."""
    lead = f"anchor.{name}."
    return (
        _Question(f"{lead}kind", f"  What it is ({', '.join(ANCHOR_KINDS)})", "council"),
        *(
            _Question(f"{lead}{item}", f"  {figure_meaning(f'anchor.{item}').capitalize()} ({anchor_bounds()[item].unit})", figure=True)
            for item in ("jobs", "annual_spend")
        ),
        _Question(f"{lead}share_in_place", f"  {figure_meaning('anchor.share_in_place').capitalize()}", skip=True, figure=True),
    )


def ask_for_place(name: str, country: str | None, ask: Ask, say: Say) -> list[Row]:
    """Ask for a handful of figures.

    Parameters
    ----------
    name : str
        Short name of the place.
    country : str or None
        Where national figures hold; asked when left out.
    ask, say : callable
        How to ask and to speak.

    Returns
    -------
    list of Row
        The answers, each fit by itself.
    """
    rows = [Row(0, "name", name)]
    if country is not None:
        rows.append(Row(0, "country", country))
    for question in _asked(name):
        if question.key != "country" or country is None:
            rows += _answer(question, ask, say)
    say("Anchors: large institutions that will not move away. Name at least one; an empty name ends the list.")
    number = 0
    while True:
        title = ask("Name of an anchor" if not number else "Name of another anchor (Enter: no more)", "").strip()
        if not title and number:
            return rows
        slug = "-".join("".join(sign if sign.isascii() and sign.isalnum() else " " for sign in title.lower()).split())
        if not slug or any(row.key == f"anchor.{slug}.title" for row in rows):
            say("An anchor needs a name of its own, such as City council.")
            continue
        rows.append(Row(0, f"anchor.{slug}.title", title))
        for question in _asked_of_anchor(slug):
            rows += _answer(question, ask, say)
        number += 1


def _answer(question: _Question, ask: Ask, say: Say) -> list[Row]:
    """One answer as a line, or none when it is skipped; asked again until it is fit."""
    text = f"{question.text} (Enter: from national figures)" if question.skip else question.text
    while True:
        value = ask(text, question.default).strip()
        if not value and question.skip:
            return []
        row = Row(0, question.key, value)
        wrong = problems_of(row)
        if value and not wrong:
            break
        say("\n".join(wrong) or "This is needed.")
    if not question.figure:
        return [row]
    source = ask("  Publisher and title of its source (Enter: an assumption)", "").strip()
    return [Row(0, question.key, value, source=source)]


def _text(key: str) -> str:
    """A figure's meaning and unit."""
    return f"{figure_meaning(ALIASES.get(key, key)).capitalize()} ({figure_bounds()[key].unit})"
