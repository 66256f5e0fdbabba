"""Files of the page, served from the package: those that are there when the page begins, and no other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

__all__ = ["TYPES", "Asset", "read_assets"]

#: What is served, by the ending of its name.
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file.

    Parameters
    ----------
    content : bytes
        What it holds.
    media : str
        Its type.
    tag : str
        Changes with its content, for a browser that has it already.
    """

    content: bytes
    media: str
    tag: str


def read_assets() -> dict[str, Asset]:
    """Every file of the page by its path below ``static``, such as ``index.html``.

    Examples
    --------
    >>> all(asset.media for asset in read_assets().values())
    True
    """
    found: dict[str, Asset] = {}
    folder = resources.files("sim.page").joinpath("static")
    if folder.is_dir():
        _collect(folder, "", found)
    return found


def _collect(folder: Traversable, above: str, found: dict[str, Asset]) -> None:
    """Add the files of a folder and of those in it."""
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        ending = item.name[item.name.rfind(".") :] if "." in item.name else ""
        if item.is_dir():
            _collect(item, f"{above}{item.name}/", found)
        elif ending in TYPES and not item.name.startswith("."):
            content = item.read_bytes()
            found[above + item.name] = Asset(content, TYPES[ending], f'"{hashlib.sha256(content).hexdigest()[:32]}"')
