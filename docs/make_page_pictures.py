"""Make the pictures of the workshop page and of a report from real runs, so that nothing in them is drawn by hand.

Run it as ``python docs/make_page_pictures.py``; it takes minutes and needs the extra ``test`` and the Chromium of the system. It serves the
page on this machine, opens it in windows of three sizes with both sizes of type, and writes docs/pictures/page-*.png. With ``--report
FOLDER`` it makes the pictures of the report of a stored comparison instead, docs/pictures/report-*.png.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from PIL import Image

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "pictures"
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import SystemBrowser, running_browser  # noqa: E402  the browser of the tests

#: Width and height of each window.
SIZES: Final = {"1280": (1280, 720), "1920": (1920, 1080), "phone": (390, 844)}
#: What every window shows: a preset, with one lever moved.
PRESET: Final = "anytown/buy-local"
MOVED: Final = ("local_spend_target", "share", 0.5)
MONTHS: Final = 36
PAIRS: Final = 8
WAIT: Final = 900_000  # milliseconds, for a machine that does other work
#: Colours of a picture: enough that none is seen to differ, the small marks of the web included.
COLOURS: Final = 128
#: Pictures of the report: name, the heading they begin with, the size of the window.
REPORT: Final = (
    ("headline", None, (1280, 900)),
    ("charts", "paths", (1280, 900)),
    ("pound", "pound", (1280, 900)),
    ("phone", None, (390, 844)),
)


def serve(folder: Path) -> None:
    """Serve a page as the command does, but with all the time that a machine needs which does other work."""
    from sim.page.parts import Parts
    from sim.page.serving.app import create_app
    from sim.page.serving.server import address_of, hosts_of, listen
    from sim.page.serving.server import serve as serve_page
    from sim.page.state.page_state import StateReader
    from sim.page.work.team import Team

    host = "127.0.0.1"
    parts = Parts(StateReader(), Team(1, most_seconds=WAIT / 1000), folder, hosts=hosts_of(host), addresses=False)
    found, _ = listen(host, None)

    def ready() -> None:
        sys.stdout.write(f"{address_of(found, host)}\n")
        sys.stdout.flush()

    serve_page(create_app(parts), found, parts.limits, ready)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a page that is served for as long as the block."""
    with subprocess.Popen([sys.executable, __file__, "--serve", str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.terminate()
            server.wait(30)


def link_of(address: str) -> str:
    """The address of the page with what is chosen: the preset, one lever moved, fewer months."""
    with urlopen(f"{address}api/start") as answer:
        presets = json.load(answer)["presets"]
    state = next(preset["state"] for preset in presets if preset["name"] == PRESET) | {"months": MONTHS}
    use, option, value = MOVED
    state["policies"] = [{**one, option: value} if one["use"] == use else one for one in state["policies"]]
    return f"{address}#s={base64.urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip('=')}"


def settle(page: Any) -> None:
    """Wait until all pairs of runs are shown.

    Raises
    ------
    RuntimeError
        With the page's own words, when it gives up.
    """
    page.wait_for_selector(f"html[data-state=settled][data-pairs='{PAIRS}'], html[data-state=error]", timeout=WAIT)
    if page.get_attribute("html", "data-state") == "error":
        raise RuntimeError(page.inner_text("[data-test=error]"))


def open_page(page: Any, link: str, large: bool) -> None:
    """The page with what is chosen, in one size of type."""
    page.goto(link)
    settle(page)
    if large:
        page.click("[data-test=large-type]")
    page.wait_for_timeout(500)


def to_section(page: Any, name: str) -> None:
    """Bring a section to the top of the window."""
    page.evaluate("name => document.getElementById(name).scrollIntoView({ behavior: 'instant' })", name)


def show_web(page: Any) -> None:
    """The supply web, once its numbers are there."""
    to_section(page, "web")
    page.wait_for_selector("[data-test=web-policy] [data-test=node]", timeout=WAIT)
    page.wait_for_timeout(500)
    to_section(page, "web")


def show_pound(page: Any) -> None:
    """A hundred pounds of the first anchor after its second payment."""
    to_section(page, "pound")
    page.click("[data-test=follow]")
    page.wait_for_selector("[data-test=hop]", timeout=WAIT)
    page.click("[data-test=follow-next]")
    page.wait_for_timeout(300)
    to_section(page, "pound")


SCENES: Final = (("answer", lambda page: page.evaluate("scrollTo(0, 0)")), ("web", show_web), ("pound", show_pound))


def small(png: bytes) -> bytes:
    """A picture in few colours."""
    given = Image.open(io.BytesIO(png)).convert("RGB")
    written = io.BytesIO()
    given.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(written, "png", optimize=True)
    return written.getvalue()


def keep(page: Any, name: str) -> None:
    """Write what the window shows."""
    path = FOLDER / f"{name}.png"
    path.write_bytes(small(page.screenshot(animations="disabled")))
    sys.stdout.write(f"written: {path.relative_to(ROOT).as_posix()}, {path.stat().st_size:,} bytes\n")


def page_pictures(browser: SystemBrowser, link: str, only: str | None) -> None:
    """Every scene in every size, in normal and in large type."""
    for size, (width, height) in SIZES.items():
        for kind in ("normal", "large"):
            if only not in (None, size):
                continue
            page = browser.window(width, height, reduced_motion="reduce").page
            open_page(page, link, kind == "large")
            for scene, show in SCENES:
                show(page)
                keep(page, f"page-{scene}-{size}-{kind}")
            browser.close_windows()


def report_pictures(browser: SystemBrowser, folder: Path) -> None:
    """The beginning of a report, its charts, and its beginning on a phone."""
    for name, part, (width, height) in REPORT:
        window = browser.window(width, height)
        page = window.open(folder / "report.html")
        if part:
            to_section(page, part)
            page.wait_for_timeout(300)
        keep(page, f"report-{name}")
        browser.close_windows()


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve, drive, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--report", type=Path, help="a stored comparison: makes the pictures of its report alone")
    parser.add_argument("--only", choices=SIZES, help="one size of window")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.serve:
        serve(given.serve)
        return
    FOLDER.mkdir(exist_ok=True)
    with running_browser() as browser:
        if given.report:
            report_pictures(browser, given.report)
            return
        with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as address:
            page_pictures(browser, link_of(address), given.only)


if __name__ == "__main__":
    main()
