"""Every kind of page in a real browser: for any reader, on any screen, on paper, with nothing from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.browser import SystemBrowser
from support.layout import crossed_words, cut, open_details, pale_words, stray, thin_tables
from support.printed import MARGIN, PrintedPage, printed_pages

pytestmark = pytest.mark.browser

KINDS = ("report", "report of three", "experiment", "spend", "followed pound")
PageOf = Callable[[str], Path]
#: Size of the body's text on paper, in points; subheadings are larger.
BODY = 9.7
#: Letters of a page that is not nearly empty.
FULL = 400


def misprinted(pages: list[PrintedPage]) -> list[str]:
    """What is wrong with printed pages."""
    found = []
    for number, page in enumerate(pages, start=1):
        if (round(page.width), round(page.height)) != (595, 842):
            found.append(f"page {number} is no A4 page")
        if not page.body or (number < len(pages) and sum(piece.glyphs for piece in page.body) < FULL):
            found.append(f"page {number} is nearly empty")
        if number < len(pages) and page.body and page.last_size > BODY:
            found.append(f"page {number} ends with a heading")
        if any(piece.left < MARGIN - 1 or piece.right > page.width - MARGIN + 1 for piece in page.pieces):
            found.append(f"page {number} has words in its margin")
    return found


#: Wide tables that may be slid and do not say so; a caption may not be wider than the window.
UNTOLD = """() => {
  const says = (it) => getComputedStyle(it, "::before").content.includes("slide") && it.querySelector("caption").offsetWidth <= innerWidth;
  const wide = [...document.querySelectorAll(".scroll:has(> table.wide)")].filter((it) => it.scrollWidth > it.clientWidth);
  return wide.filter((it) => !says(it)).map((it) => it.textContent.slice(0, 50));
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_for_every_reader(browser: SystemBrowser, page_of: PageOf, kind: str) -> None:
    window = browser.window(1280, 720)
    page = window.open(page_of(kind))
    open_details(page)
    assert pale_words(page) == []
    for width in (1280, 640, 390):  # the second is the first at twice the size
        page.set_viewport_size({"width": width, "height": 720})
        assert (width, stray(page) + cut(page) + crossed_words(page)) == (width, [])
    assert page.evaluate(UNTOLD) == [], "a wide table says on a phone that there is more to the right"
    page.set_viewport_size({"width": 1280, "height": 720})
    thin_tables(page)
    assert window.violations() == []
    assert window.errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_prints_on_whole_pages(browser: SystemBrowser, page_of: PageOf, kind: str, tmp_path: Path) -> None:
    window = browser.window()
    window.open(page_of(kind))
    pages = printed_pages(window.pdf(tmp_path / "page.pdf"))
    assert misprinted(pages) == []
    assert 1 <= len(pages) <= 40
    heads = [[piece for piece in page.pieces if piece.down < 45] for page in pages]
    assert heads[0] == [] and all(heads[1:]), "the title stands at the head of every page but the first"
    assert all(any(piece.down > page.height - 46 and piece.right > 500 for piece in page.pieces) for page in pages), "a number on each page"


def test_a_bad_page_is_found_out(browser: SystemBrowser, tmp_path: Path) -> None:
    chart = """<svg class="chart" width="300" height="100"><title id="bad">Bad</title><rect y="40" width="100" height="60" fill="#0072B2"/>
    <text x="10" y="20">One word</text><text x="14" y="22">Another</text><text x="10" y="80" fill="#333">On blue</text>
    <text x="250" y="60">A long way out</text><text x="20" y="95" fill="#fff">Fine</text></svg>"""
    hidden = '<div style="width: 50px; overflow: hidden; white-space: nowrap">Hidden words.</div><p style="width: 2000px">Wide.</p>'
    window = browser.window()
    page = window.show(f"<!DOCTYPE html><html lang='en'><body>{chart}{hidden}</body></html>")
    assert crossed_words(page) == ["bad: “One word” lies over “Another”", "bad: “A long way out” sticks out"]
    assert [line.split(" has ")[0] for line in pale_words(page)] == ["bad: “On blue”"]
    assert [line.split(":")[0] for line in cut(page)] == ["div. hides a part of"]
    assert stray(page)[0] == "the page is 2008 wide in 1280"
    page.set_content(
        "<style>@page { size: A4; margin: 15mm }</style>"
        + "<p>A few words.</p><h2 style='font-size: 14pt'>Alone</h2><hr style='break-after: page'>" * 2
    )
    found = misprinted(printed_pages(window.pdf(tmp_path / "bad.pdf")))
    assert found[0] == "page 1 is nearly empty"
    words = "<p>" + "Words that fill the page. " * 40 + "</p><h2>Alone</h2><p style='break-before: page'>More.</p>"
    page.set_content(f"<style>@page {{ size: A5; margin: 12mm }}</style>{words}")
    assert misprinted(printed_pages(window.pdf(tmp_path / "small.pdf"))) == [
        "page 1 is no A4 page",
        "page 1 ends with a heading",
        "page 1 has words in its margin",
        "page 2 is no A4 page",
        "page 2 has words in its margin",
    ]


def focused(page: Any) -> tuple[str, bool]:
    """What has the focus, and whether that can be seen."""
    name, outline, left = page.evaluate(
        "() => { const it = document.activeElement, style = getComputedStyle(it); "
        "return [`${it.localName}.${it.className}`, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, "
        "it.getBoundingClientRect().left] }"
    )
    return name, outline and left >= 0


def test_a_report_is_read_with_the_keyboard_alone(browser: SystemBrowser, page_of: PageOf) -> None:
    page = browser.window(390, 720).open(page_of("report of three"))
    page.keyboard.press("Tab")
    assert focused(page) == ("a.skip", True)
    page.keyboard.press("Enter")
    assert page.url.endswith("#headline")
    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        name, seen = focused(page)
        assert seen, f"{name} has the focus and does not show it"
        reached.add(name.split(" ")[0])
        if name.startswith("div.scroll") and page.evaluate("() => document.activeElement.scrollWidth > document.activeElement.clientWidth"):
            for _ in range(3):
                page.keyboard.press("ArrowRight")
            page.wait_for_function("() => document.activeElement.scrollLeft > 0")
        if name.startswith("summary"):
            page.keyboard.press("Enter")
            assert page.evaluate("() => document.activeElement.parentElement.open")
    assert {"div.scroll", "summary."} <= reached


def test_what_the_system_asks_for_is_kept(browser: SystemBrowser, page_of: PageOf) -> None:
    style = "(name, where) => getComputedStyle(document.querySelector(where))[name]"
    asked = f"() => [({style})('scrollBehavior', 'html'), ({style})('backgroundColor', 'svg.chart')]"
    page = browser.window(reduced_motion="reduce", forced_colors="active").open(page_of("report of three"))
    assert page.evaluate(asked) == ["auto", "rgb(255, 255, 255)"]
    assert browser.window().open(page_of("report of three")).evaluate(asked) == ["smooth", "rgba(0, 0, 0, 0)"]
