"""What all tests share: helpers on the path, one folder of openings, the examples of random tests, when rubbish is collected."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

# So that tests, and processes they start, read `support.places` and its like.
FOLDER = str(Path(__file__).parent)
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from support.browser import need_browser, no_running_loop, running_browser  # noqa: E402

if TYPE_CHECKING:
    from support.browser import SystemBrowser

# Modules and tests are read once and stay: looking through them for rubbish again and again takes a fifth of the reading.
gc.disable()

# The same examples each time; `--hypothesis-profile=thousand` runs as many as the promise says.
SETTINGS = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("few", max_examples=15, **SETTINGS)
settings.register_profile("hundred", max_examples=100, **SETTINGS)
settings.register_profile("thousand", max_examples=1000, **SETTINGS)
settings.load_profile("few")

# One folder of openings for all processes of a run of the tests, made by the first of them: never that of the user.
CACHE = None if "LOCALWEALTH_CACHE" in os.environ else tempfile.mkdtemp(prefix="localwealth-tests-")
if CACHE is not None:
    os.environ["LOCALWEALTH_CACHE"] = CACHE
os.environ.setdefault("LOCALWEALTH_CACHE_SECONDS", "0")


def pytest_unconfigure() -> None:
    """The folder of openings goes with the process that made it."""
    if CACHE is not None:
        shutil.rmtree(CACHE, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What a longer run may ask for."""
    parser.addoption("--laboratory-seeds", type=int, default=4, help="how many seeds each arm of a lever's tests has (4)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured, in a line each."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "measured":
                terminalreporter.write_line(f"measured: {value}")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """From here on rubbish is collected again, among what is new."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """A test marked ``browser`` needs one; any other has no loop of playwright's about it."""
    marked = item.get_closest_marker("browser") is not None
    if marked:
        need_browser()
    with nullcontext() if marked else no_running_loop():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """As while it was set up."""
    with no_running_loop() if item.get_closest_marker("browser") is None else nullcontext():
        return (yield)


@pytest.fixture(scope="session")
def running_chromium() -> Iterator[SystemBrowser]:
    """The Chromium of the system, started once in each process of the tests."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def browser(request: pytest.FixtureRequest, running_chromium: SystemBrowser) -> Iterator[SystemBrowser]:
    """The Chromium of the system; its windows are closed after the test, which fails when one of them asked for an outside address."""
    assert request.node.get_closest_marker("browser"), "mark what uses a browser with pytest.mark.browser"
    yield running_chromium
    running_chromium.close_windows()
