"""The Chromium of the system as tests drive it: windows of a given size, nothing from outside, axe in readable words, PDF, pictures.

A test that uses it is marked ``browser`` and takes the fixture ``browser``. No browser is ever downloaded. What `LOCALWEALTH_BROWSER` says:
nothing: such tests are skipped, with the reason, where there is no Chromium; ``required``: they fail there; ``off``: they are left out.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--no-proxy-server",
    "--no-first-run",
    "--no-pings",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
    "--font-render-hinting=none",
)
#: All that needs no host, and the loopback of this machine.
INSIDE = re.compile(r"(file|data|blob|about):|(https?|wss?)://(localhost|127\.0\.0\.1|\[::1\])([:/?#]|$)")
OUTSIDE = re.compile(rf"^(?!{INSIDE.pattern})")
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def chromium_path() -> str | None:
    """Path of the Chromium of this machine: `LOCALWEALTH_CHROMIUM`, else the first of the usual names that is found; None without one."""
    given = os.environ.get("LOCALWEALTH_CHROMIUM")
    return shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)


def wanted() -> str:
    """What is asked of browser tests: ``""``, ``required`` or ``off``."""
    given = os.environ.get("LOCALWEALTH_BROWSER", "")
    if given not in ("", "required", "off"):
        pytest.exit(f"LOCALWEALTH_BROWSER is {given!r}: leave it out, or give 'required' or 'off'", returncode=4)
    return given


def need_browser() -> None:
    """Skip or fail the test that is about to run when there is no browser for it."""
    asked = wanted()
    if asked == "off":
        pytest.skip("browser tests were left out (LOCALWEALTH_BROWSER=off)")
    if chromium_path() is None:
        named = os.environ.get("LOCALWEALTH_CHROMIUM")
        reason = f"no Chromium was found: {named or ', '.join(NAMES)}"
        pytest.fail(reason, pytrace=False) if asked == "required" else pytest.skip(reason)


@contextmanager
def no_running_loop() -> Iterator[None]:
    """Playwright's loop stays the running one of the thread between calls; put it aside, so that others may use ``asyncio.run``."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)


@dataclass
class Window:
    """One window with a profile of its own.

    `page` and `context` are those of playwright. `refused` holds outside addresses that were asked for, `errors` what scripts raised and
    what the console calls an error.
    """

    page: Any
    context: Any
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, target: Path | str) -> Any:
        """Open a file or an address, and wait until it is loaded; the playwright page."""
        self.page.goto(target.resolve().as_uri() if isinstance(target, Path) else target, wait_until="load")
        return self.page

    def show(self, markup: str) -> Any:
        """Open a page given as text; the playwright page."""
        self.page.set_content(markup, wait_until="load")
        return self.page

    def violations(self, part: str | None = None) -> list[str]:
        """What axe finds against WCAG 2.2 A and AA and its best practices, in the page or the part that a selector names; a line each."""
        from axe_playwright_python.sync_playwright import Axe

        options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(AXE_TAGS)}}
        return violation_lines(Axe().run(self.page, context=part, options=options).response["violations"])

    def pdf(self, path: Path) -> Path:
        """The page printed, in the size its style asks for."""
        self.page.pdf(path=path, prefer_css_page_size=True, print_background=False, outline=True, tagged=True)
        return path

    def picture(self, path: Path, whole: bool = False) -> Path:
        """What the window shows, or the whole page, as a PNG."""
        self.page.screenshot(path=path, full_page=whole, animations="disabled")
        return path

    def close(self) -> None:
        """Close the window; asking an outside address is an error."""
        self.context.close()
        assert not self.refused, f"the page asked for what is outside this machine: {sorted(set(self.refused))}"


@dataclass
class SystemBrowser:
    """A running Chromium."""

    chromium: Any
    windows: list[Window] = field(default_factory=list)

    def window(self, width: int = 1280, height: int = 720, **options: Any) -> Window:
        """A new window with a profile of its own, closed at the end of the test.

        `options` are those of playwright's ``new_context``: ``reduced_motion="reduce"``, ``forced_colors="active"``, ``has_touch=True``,
        ``device_scale_factor=2``, ``accept_downloads=True`` and so on.
        """
        context = self.chromium.new_context(viewport={"width": width, "height": height}, **{"locale": "en-GB", **options})
        window = Window(None, context)
        context.on("request", lambda request: INSIDE.match(request.url) or window.refused.append(shortened(request.url)))
        context.route(OUTSIDE, lambda route: route.abort("blockedbyclient"))
        context.on("weberror", lambda error: window.errors.append(str(error.error)))
        context.on("console", lambda message: message.type == "error" and window.errors.append(message.text))
        context.on("page", lambda page: page.on("websocket", lambda it: INSIDE.match(it.url) or window.refused.append(shortened(it.url))))
        window.page = context.new_page()
        self.windows.append(window)
        return window

    def close_windows(self) -> None:
        """Close what is open, each window even when another has something to say."""
        problems = []
        while self.windows:
            try:
                self.windows.pop().close()
            except AssertionError as problem:
                problems.append(str(problem))
        assert not problems, "\n".join(problems)


def shortened(address: str) -> str:
    """Scheme, host and the beginning of the path."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path[:60]}"


def violation_lines(violations: list[dict[str, Any]]) -> list[str]:
    """Each broken rule with the elements that break it and what axe says of them."""
    lines = []
    for rule in violations:
        for node in rule["nodes"]:
            said = "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
            target = " ".join(str(step) for step in node["target"])
            lines.append(f"{rule['id']} ({rule['impact']}): {rule['help']}: {target}: {said}: {node['html'][:160]}")
    return lines


@contextmanager
def running_browser() -> Iterator[SystemBrowser]:
    """A Chromium that runs for as long as the block."""
    from playwright.sync_api import sync_playwright

    driver = sync_playwright().start()
    try:
        chromium = driver.chromium.launch(executable_path=chromium_path(), args=list(ARGUMENTS), headless=True)
        try:
            yield SystemBrowser(chromium)
        finally:
            chromium.close()
    finally:
        driver.stop()
