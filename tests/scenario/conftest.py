"""What the tests of levers share, and those of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from support.browser import SystemBrowser
from support.laboratory import Laboratory
from support.page_server import PageServer, running_page
from support.page_window import PageWindow, visitor
from support.places import shipped

#: What Chromium writes of a refusal that the page itself puts in words.
REFUSED = "Failed to load resource: the server responded with a status of 4"


@pytest.fixture(scope="session")
def laboratory(pytestconfig: pytest.Config) -> Laboratory:
    """The invented town under business as usual; openings and reference arms are made once."""
    return Laboratory(shipped("anytown/business-as-usual"), seeds=range(1, 1 + pytestconfig.getoption("laboratory_seeds")))


@pytest.fixture(scope="session")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageServer]:
    """The page, served by the command for all tests of a process."""
    with running_page(tmp_path_factory.mktemp("page"), "--workers", "2") as server:
        yield server


@pytest.fixture
def visit(browser: SystemBrowser, page_server: PageServer) -> Iterator[Callable[..., PageWindow]]:
    """Makes a window for a visitor of the page, of two pairs of runs; no script may fail, and nothing may be called an error, on any."""
    visitors: list[PageWindow] = []

    def begin(width: int = 1280, height: int = 720, pairs: int = 2, **options: object) -> PageWindow:
        visitors.append(visitor(browser, page_server.address, width, height, pairs, **options))
        return visitors[-1]

    yield begin
    errors = [error for found in visitors for error in found.window.errors if not error.startswith(REFUSED)]
    assert errors == []
    assert [address for found in visitors for address in found.window.refused] == []
