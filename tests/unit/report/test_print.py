"""What can be said of print and of readers' eyes without a browser: colours, the style, the running title."""

from __future__ import annotations

import re
from importlib import resources

import pytest
from fixtures.made_up_place import HOSTILE

from sim.report.markup import Markup
from sim.report.page import HEAD, document
from sim.report.palette import ARM_STYLES, GREY, INK, OWNER_COLOURS, REFERENCE, ArmStyle

STYLE = resources.files("sim.report").joinpath("style.css").read_text(encoding="utf-8")


def light(colour: str) -> float:
    """Relative luminance of a colour, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str = "#ffffff") -> float:
    """Contrast of two colours, from 1 to 21."""
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_defined() -> None:
    assert contrast("#000000") == pytest.approx(21.0)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("style", [REFERENCE, *ARM_STYLES])
def test_lines_and_words_of_an_arm_stand_out_from_white(style: ArmStyle) -> None:
    assert contrast(style.line) >= 3.0
    assert contrast(style.words) >= 4.5


def test_arms_differ_in_more_than_colour() -> None:
    styles = (REFERENCE, *ARM_STYLES)
    assert len({(style.mark, str(style.dash)) for style in styles}) == len(styles)


def test_pale_fills_stand_out_by_their_outline() -> None:
    assert contrast(INK) >= 4.5 and contrast(GREY) >= 4.5
    for colour in OWNER_COLOURS.values():
        assert max(contrast("#000000", colour), contrast("#ffffff", colour)) >= 4.5, f"words on {colour}"


def test_the_style_fetches_nothing_and_prints_on_a4() -> None:
    assert not re.search(r"url\(|@import|expression", STYLE)
    assert "size: A4" in STYLE and "counter(page)" in STYLE
    for colour in re.findall(r"--(?:ink|soft|accent): (#[0-9a-f]{6})", STYLE):
        assert contrast(colour) >= 4.5


def test_a_title_at_the_head_of_pages_can_not_break_the_style() -> None:
    title = f'{HOSTILE} "}} </style><script>alert(1)</script> \\ \n{"long " * 60}'
    page = document(title, [Markup("<main></main>")], ("Go on", "#top"))
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    words = re.search(r'@top-left \{ content: "([^"]*)"; \}', style[len(STYLE) :])
    assert words and page.count("</style>") == 1
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )+", words[1])
    read = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), words[1])
    assert len(read) <= HEAD and read.endswith("…")
