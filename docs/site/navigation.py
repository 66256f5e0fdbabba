"""The pages of the site in groups. A page that stands in none is a warning of Sphinx, which stops the build."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

#: The first page.
FRONT: Final = "docs/README"

#: What stands in the navigation: heading of a group, then pages in order, from the folder docs.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Begin": ("The project at a glance <../README>",),
    "Tutorials": ("tutorial-policy-team", "tutorial-spend", "tutorial-researcher", "tutorial-facilitator", "mesa"),
    "How to": (
        "own-place",
        "spend",
        "page",
        "sweeps",
        "clusters",
        "adding-a-lever",
        "extending",
        "cite",
    ),
    "Reading results": ("results", "explain", "answers", "sweep-report", "reading-sweeps"),
    "Reference": (
        "levers/README",
        "scenario-files",
        "experiment-files",
        "spend-files",
        "contract-files",
        "errors",
        "reference/commands",
        "reference/parameters",
        "reference/measures",
        "reference/policies",
        "reference/shocks",
        "reference/files",
        "reference/channels",
        "reference/columns",
        "reference/streams",
        "reference/errors",
    ),
    "Explanation": ("model", "equations", "equations-of-measures", "places", "page-internals"),
    "Trust": (
        "what-it-cannot-tell",
        "quality-assurance",
        "reference/assumptions",
        "quality",
        "validation",
        "../results/published/README",
    ),
    "The project": ("../CONTRIBUTING", "../CHANGELOG", "this-site"),
}

#: Pages that stand below another one.
BELOW: Final[dict[str, tuple[str, ...]]] = {
    "docs/tutorial-facilitator": ("facilitator/session", "facilitator/what-not-to-claim", "facilitator/pictures"),
    "docs/levers/README": ("*",),
    "results/published/README": ("experiments/README",),
}


def tree(pages: tuple[str, ...], caption: str = "") -> str:
    """A hidden list of pages as Sphinx takes it, a heading over it.

    Examples
    --------
    >>> tree(("model",), "Explanation").splitlines()[1:4]
    [':hidden:', ':caption: Explanation', '']
    """
    pattern = [":glob:"] if any("*" in page for page in pages) else []
    lines = ["```{toctree}", ":hidden:", *pattern, *([f":caption: {caption}"] if caption else []), "", *pages, "```"]
    return "\n".join(lines)


def add_trees(_app: Any, name: str, source: list[str]) -> None:
    """Put the lists below the pages that they belong to: the files themselves stay plain Markdown."""
    if name == FRONT:
        source[0] += "\n\n" + "\n\n".join(tree(pages, caption) for caption, pages in GROUPS.items()) + "\n"
    elif name in BELOW:
        source[0] += f"\n\n{tree(BELOW[name])}\n"


def lead_in(app: Any, problem: Exception | None) -> None:
    """Write the page at the top of the folder, which leads to the first one."""
    if problem is None and app.builder.format == "html":
        goal = f"{FRONT}.html"
        text = (
            '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>localwealth</title>'
            f'<meta http-equiv="refresh" content="0; url={goal}"></head><body><p><a href="{goal}">localwealth</a></p></body></html>\n'
        )
        (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def setup(app: Any) -> None:
    """Make it known to Sphinx."""
    app.connect("source-read", add_trees)
    app.connect("build-finished", lead_in)
