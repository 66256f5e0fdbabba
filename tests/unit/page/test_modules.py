"""The page's modules: what they work out, checked in the Chromium of the system; what none of its files may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from support.browser import SystemBrowser

import sim.page
from sim.spend.analysis.files import ENDINGS

STATIC = Path(sim.page.__file__).parent / "static"
CHECKS = Path(__file__).parent / "modules"
NAMES = sorted(path.stem for path in CHECKS.glob("*.js") if path.stem != "equal")
FILES = sorted(path for path in STATIC.rglob("*") if path.suffix in (".html", ".css", ".js", ".svg"))
RUN = """async (name) => {
  const { checks } = await import(`/checks/${name}.js`);
  const failed = [];
  for (const [words, check] of Object.entries(checks)) try { await check(); } catch (error) { failed.push(`${words}: ${error.message}`); }
  return { count: Object.keys(checks).length, failed };
}"""


class _Files(SimpleHTTPRequestHandler):
    """Serves the modules and their checks."""

    def translate_path(self, path: str) -> str:
        _, folder, name = path.partition("?")[0].split("/", 2)
        return str({"static": STATIC, "checks": CHECKS}.get(folder, CHECKS / "none") / name)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Address of a server of the modules and their checks."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.browser
def test_every_check_of_the_modules_holds(browser: SystemBrowser, served: str) -> None:
    page = browser.window().open(f"{served}/checks/blank.html")
    found = {name: page.evaluate(RUN, name) for name in NAMES}
    assert {name: told["failed"] for name, told in found.items() if told["failed"]} == {}
    assert all(told["count"] >= 3 for told in found.values()) and len(found) >= 6


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_short_and_names_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert re.findall(r"(?:https?:)?//[a-z]", text.replace("http://www.w3.org/2000/svg", "").replace("// ", "")) == []
    assert "@import" not in text and "url(" not in text


def test_the_page_has_no_script_or_style_of_its_own() -> None:
    text = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<style|style=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text) == []
    assert 'lang="en-GB"' in text
    offered = re.findall(r'accept="([^"]+)"', text)
    assert [set(one.split(",")) for one in offered] == [{".yaml", ".yml", ".zip", *ENDINGS}]
    assert all((STATIC / name.removeprefix("/static/")).is_file() for name in re.findall(r'(?:src|href)="(/static/[^"]+)"', text))


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_a_module_imports_what_is_there_and_writes_no_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for names, source in re.findall(r"import \{([^}]+)\} from '\./([^']+)'", text):
        there = (STATIC / source).read_text(encoding="utf-8")
        for name in names.split(","):
            assert re.search(rf"export (async )?(function|class|const) {name.strip()}\b", there), f"{name.strip()} of {source}"
            assert len(re.findall(rf"\b{re.escape(name.strip())}\b", text)) > 1, f"{name.strip()} is imported and not used"
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|setAttribute\('style'", text) == []
