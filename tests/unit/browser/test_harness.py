"""The browser of the tests: what it refuses, what it says of a bad page, what happens where there is none."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.browser import INSIDE, OUTSIDE, SystemBrowser, chromium_path, need_browser

GOOD = """<!DOCTYPE html><html lang="en-GB"><head><title>A page</title></head>
<body><main><h1>A page</h1><p>Words.</p></main></body></html>"""


@pytest.mark.parametrize(
    "address", ["file:///a/b.html", "data:image/png;base64,AA", "blob:null/1", "http://127.0.0.1:8000/x", "ws://localhost/"]
)
def test_what_is_inside_may_be_asked_for(address: str) -> None:
    assert INSIDE.match(address) and not OUTSIDE.search(address)


@pytest.mark.parametrize(
    "address", ["https://example.org/", "http://127.0.0.1.example.org/", "http://localhost.example.org/", "ftp://127.0.0.1/"]
)
def test_what_is_outside_may_not(address: str) -> None:
    assert OUTSIDE.search(address) and not INSIDE.match(address)


@pytest.mark.browser
def test_a_good_page_has_no_violation(browser: SystemBrowser) -> None:
    window = browser.window()
    window.show(GOOD)
    assert window.violations() == []
    assert window.errors == []


@pytest.mark.browser
def test_a_bad_page_is_told_in_words(browser: SystemBrowser) -> None:
    window = browser.window()
    window.show(GOOD.replace("<p>Words.</p>", '<p style="color: #bbb">Pale.</p><img src="data:,"><button style="width: 9px"></button>'))
    said = window.violations()
    assert {line.split(" ")[0] for line in said} >= {"color-contrast", "image-alt", "button-name"}
    assert all("serious" in line or "critical" in line for line in said)
    assert window.violations("h1") == []


@pytest.mark.browser
def test_an_outside_address_is_refused_and_told(browser: SystemBrowser) -> None:
    window = browser.window()
    page = window.show(GOOD.replace("<p>", '<img alt="" src="https://example.org/one.png?secret=1"><p>'))
    assert page.evaluate("fetch('http://example.org/two').then(() => 'answered', () => 'refused')") == "refused"
    assert window.refused == ["https://example.org/one.png", "http://example.org/two"]
    with pytest.raises(AssertionError, match=r"outside this machine.*example\.org/one\.png"):
        browser.close_windows()


@pytest.mark.browser
def test_errors_of_scripts_are_kept(browser: SystemBrowser) -> None:
    window = browser.window()
    page = window.show(GOOD)
    page.evaluate("setTimeout(() => { throw new Error('lost in the town') })")
    page.wait_for_timeout(50)
    assert len(window.errors) == 1 and "lost in the town" in window.errors[0]


@pytest.mark.browser
def test_windows_have_sizes_and_profiles_of_their_own(browser: SystemBrowser) -> None:
    sizes = [browser.window(width, 600).show(GOOD).evaluate("[innerWidth, innerHeight]") for width in (1280, 390)]
    assert sizes == [[1280, 600], [390, 600]]
    assert browser.windows[0].context != browser.windows[1].context


@pytest.mark.browser
def test_a_page_is_printed_and_pictured(browser: SystemBrowser, tmp_path: Path) -> None:
    window = browser.window(320, 200)
    window.show(GOOD)
    assert window.pdf(tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")
    assert window.picture(tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")


def test_other_tests_may_run_loops_of_their_own() -> None:
    assert asyncio.run(asyncio.sleep(0, "done")) == "done"


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine without a browser, where nothing is said of browser tests."""
    monkeypatch.setenv("LOCALWEALTH_CHROMIUM", "no-such-browser")
    monkeypatch.delenv("LOCALWEALTH_BROWSER", raising=False)
    return monkeypatch


def test_without_a_browser_its_tests_are_skipped_with_the_reason(nowhere: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.skip.Exception, match=r"^no Chromium was found: no-such-browser$"):
        need_browser()


def test_without_a_browser_that_is_required_they_fail(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setenv("LOCALWEALTH_BROWSER", "required")
    with pytest.raises(pytest.fail.Exception, match=r"^no Chromium was found: no-such-browser$"):
        need_browser()


def test_they_may_be_left_out(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setenv("LOCALWEALTH_BROWSER", "off")
    with pytest.raises(pytest.skip.Exception, match="browser tests were left out"):
        need_browser()


def test_another_wish_is_refused(nowhere: pytest.MonkeyPatch) -> None:
    nowhere.setenv("LOCALWEALTH_BROWSER", "perhaps")
    with pytest.raises(pytest.exit.Exception, match="LOCALWEALTH_BROWSER is 'perhaps'"):
        need_browser()


def test_a_browser_is_found_by_name_or_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LOCALWEALTH_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium_path() is None
    for name in ("google-chrome", "chromium"):
        (tmp_path / name).touch(mode=0o755)
        assert chromium_path() == str(tmp_path / name)
    monkeypatch.setenv("LOCALWEALTH_CHROMIUM", str(tmp_path / "google-chrome"))
    assert chromium_path() == str(tmp_path / "google-chrome")
