"""HTML that can't be broken from within: whatever is not markup of ours is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.report.numbers import plain

if TYPE_CHECKING:
    from sim.report.drawing import Drawing

__all__ = ["Markup", "element", "join", "linked"]

VOID = frozenset({"br", "col", "hr", "meta"})


class Markup(str):
    """Text that is HTML already and must not be escaped again.

    Parameters
    ----------
    text : str
        The HTML.
    drawings : tuple of Drawing
        The charts within it, in order: `join` and `element` hand on those of their parts.
    """

    __slots__ = ("drawings",)
    drawings: tuple[Drawing, ...]

    def __new__(cls, text: object = "", drawings: tuple[Drawing, ...] = ()) -> Markup:
        made = super().__new__(cls, text)
        made.drawings = drawings
        return made


def escaped(part: object) -> Markup:
    """A part of a page: markup as it is, anything else escaped.

    Examples
    --------
    >>> str(escaped("<script>")), str(escaped(Markup("<b>")))
    ('&lt;script&gt;', '<b>')
    """
    return part if isinstance(part, Markup) else Markup(html.escape(plain(part)))


def join(parts: Iterable[object]) -> Markup:
    """Parts one after the other."""
    pieces = [escaped(part) for part in parts]
    return Markup("".join(pieces), tuple(drawing for piece in pieces for drawing in piece.drawings))


def element(name: str, /, *parts: object, **attributes: str | bool | None) -> Markup:
    """An element with its attributes and parts.

    Parameters
    ----------
    name : str
        Name of the element.
    *parts
        What stands in it; text is escaped.
    **attributes
        Values are escaped; ``class_`` means class, an underscore a hyphen. None and False leave one out, True has no value.

    Examples
    --------
    >>> str(element("p", "5 < 6", class_="note"))
    '<p class="note">5 &lt; 6</p>'
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Markup(f"<{name}{given}>")
    inside = join(parts)
    return Markup(f"<{name}{given}>{inside}</{name}>", inside.drawings)


def linked(address: str) -> Markup:
    """An address that can be followed when it is one of the web, else as text.

    Examples
    --------
    >>> str(linked("javascript:alert(1)"))
    'javascript:alert(1)'
    """
    if address.startswith(("https://", "http://")) and not any(letter.isspace() for letter in address):
        return element("a", address, href=address, rel="noreferrer")
    return escaped(address)


def _attribute(key: str, value: str | bool | None) -> str:
    """One attribute with the space before it."""
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{html.escape(plain(value))}"'
