"""Print the cards of the facilitator's kit, docs/facilitator/cards.pdf: one card a lever, four to an A4 page, from the declarations.

Run it as ``python docs/make_cards.py``; it needs the extra ``test`` and the Chromium of the system, which prints tagged PDF with title and
language. The one thing to ask of each lever is in docs/facilitator/asks.yaml, all else in the code. A test fails while the file says
anything else. With the same browser and fonts the file has the same bytes at each making.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path
from typing import Any, Final, NamedTuple

from ruamel.yaml import YAML

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import PILLAR_TITLES, POLICIES, SHOCKS, Intervention

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "facilitator"
FILE: Final = FOLDER / "cards.pdf"
ASKS: Final = FOLDER / "asks.yaml"
STYLE: Final = FOLDER / "cards.css"
TITLE: Final = "Cards for the levers of the workshop page"
EACH: Final = 4
#: Most characters of what a lever does, in whole sentences; the first sentence is always there.
MOST: Final = 420
#: Cards with more characters than these are set smaller.
LONG: Final = 780
#: Where the figures behind a lever come from, as a room may read it.
MARKS: Final = {
    "A": "A, from a first source, such as official statistics or a study itself.",
    "B": "B, from a second source, which reports on others.",
    "C": "C, worked out from published figures.",
    "assumption": "an assumption: no published figure says how much it does.",
}
#: Colour of each pillar, and what tells it in black and white: a shape, and the lines of its band (height, width, dashes).
SIGNS: Final = {
    "procurement": ("#0b5c8f", '<circle cx="8" cy="8" r="7"/>', ((8, 16, ""),)),
    "ownership": ("#7a3b00", '<path d="M1 1H15V15H1Z"/>', ((8, 16, "5 5"),)),
    "employment": ("#00654b", '<path d="M8 0L16 15H0Z"/>', ((2.5, 5, ""), (13, 5, ""))),
    "money": ("#6a2a7a", '<path d="M8 0L16 8L8 16L0 8Z"/>', ((3, 6, "6 6"), (13, 6, "6 6"))),
    "land": ("#4d5200", '<path d="M8 0L16 7H13V16H3V7H0Z"/>', ((8, 16, "24 8"),)),
    "alternative": (
        "#444444",
        '<path d="M3 0L8 5L13 0L16 3L11 8L16 13L13 16L8 11L3 16L0 13L5 8L0 3Z"/>',
        ((2, 2, ""), (8, 2, ""), (14, 2, "")),
    ),
    "shock": ("#a01818", '<path d="M10 0L2 9H7L5 16L14 6H9Z"/>', ((8, 16, "2 7"),)),
}


class Card(NamedTuple):
    """What one card says.

    `parts` are its paragraphs, a heading and a text each; `pillar` is empty for cards that are no lever.
    """

    pillar: str
    question: str
    kind: str
    parts: tuple[tuple[str, str], ...]


def asks() -> dict[str, str]:
    """One thing to ask, by name of the lever."""
    return dict(YAML(typ="safe").load(ASKS.read_text(encoding="utf-8")))


def levers() -> list[type[Intervention]]:
    """Policies by pillar, then shocks."""
    return sorted([*POLICIES, *SHOCKS], key=lambda item: (list(PILLAR_TITLES).index(item.pillar), item.title))


def beginning(text: str, most: int = MOST) -> str:
    """The first sentences of a text that together have no more characters than asked for; at least one.

    Examples
    --------
    >>> beginning("A firm hears. It bids. It may win.", 22)
    'A firm hears. It bids.'
    """
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", text)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + 1 + len(sentence) > most:
            break
        kept = f"{kept} {sentence}"
    return kept


def page_of(item: type[Intervention]) -> str:
    """The page of a lever in the docs."""
    return f"docs/levers/{item.name.replace('_', '-')}.md"


def card_of(item: type[Intervention], ask: str) -> Card:
    """The card of a lever."""
    does, tried = ("What happens", "Where it happened") if item.pillar == "shock" else ("What it does", "Where it was tried")
    parts = (
        (does, beginning(item.meaning)),
        ("What it costs", item.costs),
        (tried, item.where_tried),
        ("Evidence", f"{MARKS[item.mark]} More: {page_of(item)}"),
        ("Ask your table", ask),
    )
    return Card(item.pillar, item.question, f"{PILLAR_TITLES[item.pillar]}: {item.title}", parts)


def cards() -> list[Card]:
    """All cards: how to read them, the levers, one to write on."""
    found = asks()
    first = Card(
        "",
        TITLE,
        "How to read them",
        (
            (
                "One card, one lever",
                "The question on top is the one on the workshop page. Shape and pattern tell the family of a lever without colour.",
            ),
            ("Anchor", "A large body that stays here and buys much: the council, the hospital, the college."),
            ("Ramp", "The months in which a lever grows to its full strength."),
            (
                "Evidence",
                "The letter says where the figures come from. It does not say that a lever works: many were never compared with "
                "a place that went without. An assumption is no reason to leave a lever out, and no reason to believe its size.",
            ),
            ("What the cards leave out", "What is known of a lever and what can go wrong with it. That is on the page named on its card."),
            (
                "No number on the cards",
                "How much a lever does hangs on the place and on how strong you make it. The workshop page shows that, with its range.",
            ),
        ),
    )
    last = Card("", "Our own idea", "What is missing here?", tuple((head, "") for head, _ in card_of(levers()[0], "").parts[:2]))
    return [first, *(card_of(item, found[item.name]) for item in levers()), last]


def sign(pillar: str) -> str:
    """The band and the shape of a pillar."""
    if not pillar:
        return ""
    colour, shape, lines = SIGNS[pillar]
    band = "".join(f'<line x2="100%" y1="{y}" y2="{y}" stroke-width="{width}" stroke-dasharray="{dashes}"/>' for y, width, dashes in lines)
    return (
        f'<svg class="band" aria-hidden="true" stroke="{colour}">{band}</svg>'
        f'<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" fill="{colour}">{shape}</svg>'
    )


def card_markup(card: Card) -> str:
    """A card in HTML."""
    parts = "".join(f'<p class="{"said" if text else "blank"}"><b>{escape(head)}:</b> {escape(text)}</p>' for head, text in card.parts)
    level = "h1" if card.question == TITLE else "h2"
    size = "card long" if sum(len(head) + len(text) for head, text in card.parts) > LONG else "card"
    head = f'{sign(card.pillar)}<{level}>{escape(card.question)}</{level}><p class="kind">{escape(card.kind)}</p>'
    return f'<article class="{size}">{head}{parts}</article>'


def markup() -> str:
    """All pages in HTML, with nothing from outside."""
    found = [card_markup(card) for card in cards()]
    sheets = ["".join(found[at : at + EACH]) for at in range(0, len(found), EACH)]
    body = "".join(f'<section class="sheet">{sheet}</section>' for sheet in sheets)
    style = STYLE.read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><title>{escape(TITLE)}</title><style>{style}</style>'
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'


def without_time(content: bytes) -> bytes:
    """A PDF whose dates say nothing, at the same length.

    Examples
    --------
    >>> without_time(b"/CreationDate (D:20260102030405+00'00')")
    b"/CreationDate (D:20000101000000+00'00')"
    """
    return re.sub(rb"\(D:\d{14}", b"(D:20000101000000", content)


def cut_off(page: Any) -> list[str]:
    """Questions of the cards whose text does not fit; `page` is a page of playwright."""
    script = (
        "cards => cards.filter(card => card.scrollHeight > card.clientHeight + 1).map(card => card.querySelector('h1, h2').textContent)"
    )
    return list(page.eval_on_selector_all(".card", script))


def printed(page: Any) -> bytes:
    """The PDF of a window of playwright that shows the cards.

    Raises
    ------
    ValueError
        If a text does not fit its card.
    """
    page.emulate_media(media="print")
    if long := cut_off(page):
        raise ValueError(f"too long for a card: {'; '.join(long)}")
    return without_time(page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True))


def main() -> None:
    """Print and write."""
    sys.path.insert(0, str(ROOT / "tests"))
    from support.browser import running_browser

    with running_browser() as browser:
        FILE.write_bytes(printed(browser.window().show(markup())))
        browser.close_windows()
    sys.stdout.write(f"written: {FILE.relative_to(ROOT).as_posix()}\n")


if __name__ == "__main__":
    main()
