"""The printed cards of the facilitator's kit: a card for each lever, saying what the declarations say, nothing cut off."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader
from support.browser import SystemBrowser

from sim.core.registry import PILLARS, POLICIES, SHOCKS

ROOT = Path(__file__).resolve().parents[3]

AGAIN = "run: python docs/make_cards.py"


def make_cards() -> ModuleType:
    """docs/make_cards.py."""
    spec = spec_from_file_location("make_cards", ROOT / "docs" / "make_cards.py")
    assert spec is not None and spec.loader is not None
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


MAKER = make_cards()
NAMES = {*POLICIES.names(), *SHOCKS.names()}


def bare(text: str) -> str:
    """Letters without the spaces and line ends that printing moves."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def stored() -> Any:
    """The file as it lies in the project."""
    return PdfReader(MAKER.FILE)


@pytest.fixture(scope="module")
def sheets(stored: Any) -> list[str]:
    """The text of each page."""
    return [bare(page.extract_text()) for page in stored.pages]


def test_every_lever_has_one_thing_to_ask_and_nothing_else_has() -> None:
    asks = MAKER.asks()
    assert set(asks) == NAMES
    assert [ask for ask in asks.values() if not ask.endswith("?") or len(ask) > 100] == []
    assert set(MAKER.SIGNS) == set(PILLARS)


def test_the_file_says_what_the_declarations_say_card_by_card(sheets: list[str]) -> None:
    cards = MAKER.cards()
    assert len(sheets) == -(-len(cards) // MAKER.EACH), AGAIN
    for place, card in enumerate(cards):
        for text in (card.question, card.kind, *(f"{head}: {words}" for head, words in card.parts)):
            assert bare(text) in sheets[place // MAKER.EACH], f"{text!r} is not on page {place // MAKER.EACH + 1}; {AGAIN}"


def test_the_file_says_nothing_else(sheets: list[str]) -> None:
    said = [text for card in MAKER.cards() for text in (card.question, card.kind, *(f"{head}:{words}" for head, words in card.parts))]
    assert sum(map(len, sheets)) == sum(len(bare(text)) for text in said), AGAIN


def test_the_file_can_be_read_aloud(stored: Any) -> None:
    catalogue = stored.trailer["/Root"]
    assert stored.metadata.title == MAKER.TITLE
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert all(tuple(map(float, page.mediabox[2:])) == pytest.approx((595.3, 841.9), abs=1.0) for page in stored.pages)


def test_a_long_description_is_shortened_to_whole_sentences() -> None:
    for item in MAKER.levers():
        kept = MAKER.beginning(item.meaning)
        assert item.meaning.startswith(kept) and kept.endswith(".")
        assert len(kept) <= MAKER.MOST


@pytest.mark.browser
def test_two_makings_give_the_same_bytes_and_what_does_not_fit_is_told(browser: SystemBrowser) -> None:
    page = browser.window().show(MAKER.markup())
    assert MAKER.printed(page) == MAKER.printed(page)
    page.evaluate("document.querySelector('.card p.said').textContent = 'Long words. '.repeat(300)")
    with pytest.raises(ValueError, match=f"too long for a card: {MAKER.TITLE}"):
        MAKER.printed(page)
