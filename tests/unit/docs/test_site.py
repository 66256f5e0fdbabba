"""The site of the pages is built without a warning, and opens from its folder without asking anything of another machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from support.pages import DOCS, ROOT, pages, shown

BUILD = DOCS / "build.py"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site, built anew."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = subprocess.run([sys.executable, str(BUILD), "--out", str(folder)], capture_output=True, text=True, timeout=1800, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def pages_of_navigation() -> list[Path]:
    """Every page that the navigation leads to; the first page leads it."""
    spec = spec_from_file_location("docs_site_navigation", DOCS / "site" / "navigation.py")
    assert spec is not None and spec.loader is not None
    navigation = module_from_spec(spec)
    spec.loader.exec_module(navigation)
    found = [ROOT / f"{navigation.FRONT}.md"]
    for below, names in [(navigation.FRONT, names) for names in navigation.GROUPS.values()] + list(navigation.BELOW.items()):
        folder = (ROOT / below).parent
        for name in names:
            path = name.rpartition("<")[2].rstrip(">")
            listed = sorted(folder.glob(f"{path}.md")) if "*" in path else [folder / f"{path}.md"]
            found.extend(Path(os.path.normpath(page)) for page in listed if page.stem != "README" or "*" not in path)
    return found


def test_every_page_has_one_place_in_the_navigation() -> None:
    counted = Counter(pages_of_navigation())
    assert [shown(page) for page, times in counted.items() if times > 1 or not page.is_file()] == []
    missing = [shown(page) for page in pages() if page not in counted]
    assert missing == [], "give them a place in docs/site/navigation.py"


@pytest.mark.long
def test_every_page_is_in_the_site(site: Path) -> None:
    missing = [shown(page) for page in pages() if not (site / page.relative_to(ROOT)).with_suffix(".html").is_file()]
    assert missing == []
    assert (site / "searchindex.js").stat().st_size > 100_000


@pytest.mark.long
def test_no_page_asks_for_another_host(site: Path) -> None:
    """Whatever a browser fetches of itself: scripts, styles, pictures, fonts. Links that a reader may follow are no such thing."""
    for page in site.rglob("*.html"):
        for line in page.read_text(encoding="utf-8").splitlines():
            assert not any(f'{kind}="{scheme}' in line for kind in ("src", "srcset") for scheme in ("http", "//")), f"{page}: {line[:200]}"
            assert not (line.lstrip().startswith("<link") and 'href="http' in line), f"{page}: {line[:200]}"
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "url(http" not in text and "url(//" not in text and "@import" not in text, style


@pytest.mark.long
@pytest.mark.browser
def test_pages_open_from_the_folder(site: Path, browser) -> None:
    window = browser.window(1280, 900)
    page = window.open(site / "index.html")
    page.wait_for_url("**/docs/README.html")
    assert page.title() == "localwealth"
    assert window.errors == []  # axe reads style sheets in a way that a browser refuses for files, so the console is looked at before
    assert window.violations() == []
    page.get_by_role("link", name="equations", exact=True).first.click()
    page.wait_for_load_state("load")
    assert page.locator(".equation math").count() > 10
    box = page.locator(".equation math").first.bounding_box()
    assert box is not None and box["height"] > 10 and box["width"] > 40
    page = window.open(Path(f"{site}/search.html"))
    page.goto(page.url + "?q=retention")
    page.locator("#search-results li").first.wait_for()
    assert page.locator("#search-results a[href*='measures.html']").count() > 0
