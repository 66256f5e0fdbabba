"""A trail in words and lines for a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO, Final

from sim.runs.following.trail import Trail

__all__ = ["OF_WORDS", "heading", "path_sentence", "print_trail", "remarks"]

#: What was followed, in words.
OF_WORDS: Final = {"contracts": "contract spend", "pay": "pay, taxes on it included", "everything": "payments of every kind"}
#: Names of a line that are shown; the rest is added up.
SHOWN: Final = 4
WIDTH: Final = 100
#: How a firm is called; one that stands for a listed supplier is so called after its name.
FIRM: Final = re.compile(r"\(?(?:firm|branch|co-op|community)\b")


def heading(trail: Trail) -> str:
    """What was followed, when and where."""
    period = f"month {trail.month} ({trail.date})"
    period = f"the twelve months to {period}" if trail.months > 1 else period
    words = f"{trail.money(trail.total)} of {trail.anchor}: {OF_WORDS[trail.of]}"
    return f"{words}, {period}, {trail.scenario}, seed {trail.seed}"


def path_sentence(trail: Trail) -> str:
    """The likeliest path as one sentence; empty when nothing was paid in the place."""
    if not trail.path:
        return ""
    parts = []
    for number, step in enumerate(trail.path):
        amount = _small(trail, step.amount)
        who = step.payer if number == 0 else "which" if FIRM.search(step.payer) else "who"
        if step.channel == "kept here":
            parts.append(f"{who} kept {amount} of it")
            continue
        last = number == len(trail.path) - 1
        to = f"paid {amount} of it " + (f"out of the place ({step.payee})" if last else f"({step.channel}) to {_article(step.payee)}")
        parts.append(f"{who} {to}")
    return ", ".join(parts) + "."


def _article(name: str) -> str:
    """A name with its article, where it has none."""
    return f"a {name}" if FIRM.match(name) else name


def _small(trail: Trail, amount: float) -> str:
    """An amount, in pence and parts of a penny where it is small."""
    return trail.money(amount * trail.minor_units) if amount >= 0.1 else f"{amount * trail.minor_units:.2g}p"


def remarks(trail: Trail) -> list[str]:
    """What a reader must know."""
    listed = (
        [f"The largest suppliers that the place lists, paid in the period: {_list(trail, trail.suppliers)}."] if trail.suppliers else []
    )
    return [
        *listed,
        f"{trail.receipts:.2f} of local receipts for each pound, over all payments; a pound that is paid in the place at all passes "
        f"{trail.hands:.2f} local hands before it leaves.",
        f"With accounts pooled into groups, as the monthly measure has it, {trail.hands_by_groups:.2f} hands: a group passes on the "
        "average of all its members, this money reaches some of them more than others.",
        "Everyone passes on what they receive in the proportions of what they paid in the period; who paid nothing keeps it. Loans, "
        "repayments and purchases of firms and homes are left out. Money that comes to a government has left, also where some of it "
        "comes back.",
    ]


def print_trail(trail: Trail, stream: IO[str]) -> None:
    """Print a trail.

    Parameters
    ----------
    trail : Trail
        What to print.
    stream : text stream
        Where to.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, width=WIDTH, highlight=False, markup=False, emoji=False)
    console.print(Text(heading(trail), style="bold"))
    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, right in (
        ("After payment", False),
        ("Still here", True),
        ("Who holds it", False),
        ("Left with it", True),
        ("Where to", False),
    ):
        shown.add_column(name, justify="right" if right else "left", no_wrap=right, ratio=None if right else 3)
    for step in trail.steps:
        left = sum(step.left.values())
        cells = (str(step.number), trail.money(step.still_here), _list(trail, step.held), trail.money(left), _list(trail, step.left))
        shown.add_row(*(Text(cell) for cell in cells))
    console.print(shown)
    console.print(Text("In the end", style="bold"))
    ends = Table(box=None, pad_edge=False, show_header=False)
    ends.add_column(justify="right", no_wrap=True)
    ends.add_column()
    by_kind = trail.by_kind()
    for kind in sorted(by_kind, key=lambda one: -by_kind[one]):
        mine = {name.partition(": ")[2] or name: pence for name, pence in trail.ends.items() if trail.kinds[name] == kind}
        ends.add_row(Text(trail.money(by_kind[kind])), Text(kind if list(mine) == [kind] else f"{kind}: {_list(trail, mine)}"))
    ends.add_row(Text(trail.money(trail.total)), Text("all together"))
    console.print(ends)
    for line in filter(
        None, ("", path_sentence(trail) and f"The likeliest way through the place: {path_sentence(trail)}", *remarks(trail))
    ):
        console.print(Text(line))


def _list(trail: Trail, amounts: Mapping[str, int]) -> str:
    """Names with their amounts, the smaller ones added up."""
    named = list(amounts.items())
    words = [f"{name} {trail.money(pence)}" for name, pence in named[:SHOWN]]
    rest = sum(pence for _, pence in named[SHOWN:])
    return "; ".join([*words, f"others {trail.money(rest)}"] if rest else words) or "nothing"
