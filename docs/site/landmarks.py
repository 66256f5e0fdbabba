"""What the theme leaves out, put into the pages once they are written: names and levels for screen readers, places to break long names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

#: Markup of the theme, and what stands in its place: levels of the headings of groups, names of both sides, tables for the keyboard.
MENDED: Final = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="On this page">',
    '<div class="table-wrapper ': '<div tabindex="0" class="table-wrapper ',
}


#: A name of code that has no place for a break yet.
NAME: Final = re.compile(r'(?<=<span class="pre">)[^<]*[._/][^<]*(?=</span>)')


def mended(text: str) -> str:
    """A page with what was left out; a page that has it stays as it is.

    Examples
    --------
    >>> mended(mended('<aside class="sidebar-drawer">'))
    '<aside class="sidebar-drawer" aria-label="All pages">'
    >>> mended(mended('<span class="pre">firms.wear_rate</span>'))
    '<span class="pre">firms.<wbr>wear_<wbr>rate</span>'
    """
    for given, put in MENDED.items():
        text = text.replace(given, put)
    return NAME.sub(lambda found: re.sub(r"(?<=[a-z])([._/])(?=[a-z])", r"\1<wbr>", found[0]), text)


def mend(app: Any, problem: Exception | None) -> None:
    """Mend every page that was written."""
    if problem is None and app.builder.format == "html":
        for page in Path(app.outdir).rglob("*.html"):
            given = page.read_text(encoding="utf-8")
            if (text := mended(given)) != given:
                page.write_text(text, encoding="utf-8")


def setup(app: Any) -> None:
    """Make it known to Sphinx."""
    app.connect("build-finished", mend)
