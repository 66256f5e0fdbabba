"""Colours that readers with any colour vision can tell apart (Okabe and Ito, 2008), each with a line and a mark of its own.

Two of their colours are too pale for a line on white (3 to 1); they are darkened for lines, and have an outline where they fill.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = ["ARM_STYLES", "GREY", "INK", "REFERENCE", "ArmStyle", "arm_style", "owner_colour"]

INK: Final = "#1a1a1a"
#: Of references, notes and dots.
GREY: Final = "#6b6b6b"


@dataclass(frozen=True)
class ArmStyle:
    """How one arm is drawn.

    Parameters
    ----------
    line : str
        Colour of lines and areas, at least 3 to 1 on white.
    words : str
        A darker shade for text, at least 4.5 to 1 on white.
    dash : str or tuple
        Line style.
    mark : str
        Marker.
    """

    line: str
    words: str
    dash: str | tuple[float, tuple[float, ...]]
    mark: str


REFERENCE: Final = ArmStyle(GREY, "#4d4d4d", (0, (4.0, 1.5)), "s")
ARM_STYLES: Final = (
    ArmStyle("#0072B2", "#00598c", "solid", "o"),
    ArmStyle("#D55E00", "#a34700", "solid", "D"),
    ArmStyle("#009E73", "#00694d", "solid", "^"),
    ArmStyle("#CC79A7", "#94406f", "solid", "v"),
    ArmStyle("#2E93CC", "#1b6c9c", (0, (6.0, 1.0, 1.0, 1.0)), "P"),
    ArmStyle("#BD7B00", "#8a5f00", (0, (6.0, 1.0, 1.0, 1.0)), "X"),
)
#: Owners and sellers, from nearest to furthest.
OWNER_COLOURS: Final = MappingProxyType(
    {
        "Firms owned here": "#0072B2",
        "Co-operatives": "#009E73",
        "Community and council firms": "#56B4E9",
        "Branches of outside firms": "#E69F00",
        "Suppliers next door": "#CC79A7",
        "Suppliers further away": "#BBBBBB",
        "Local owners": "#0072B2",
        "Workers": "#009E73",
        "Community and council": "#56B4E9",
        "Outside owners": "#E69F00",
    }
)


def owner_colour(name: str) -> str:
    """Colour of an owner or seller; pale for one without a colour of its own.

    Examples
    --------
    >>> owner_colour("Workers"), owner_colour("Someone else")
    ('#009E73', '#F0E442')
    """
    return OWNER_COLOURS.get(name, "#F0E442")


def arm_style(place: int) -> ArmStyle:
    """Style of the arm at a place among all arms; 0 is the reference.

    Examples
    --------
    >>> arm_style(1).line
    '#0072B2'
    """
    return REFERENCE if place == 0 else ARM_STYLES[(place - 1) % len(ARM_STYLES)]
