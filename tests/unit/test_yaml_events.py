"""Events of YAML are those of ruamel.yaml to the sign and the column, for files that are fit and for such as are not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fuzz.scraps import broken
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from sim.settings.names import shipped_folder
from sim.settings.reading.yaml_events import yaml_events

ODD = (
    "", "a", "a: 1", "a:\n- b\n-   c : d\n", "a: [b, c d, {e: f, g}, ? h : i]", "a: b:c ?d e", "- - a\n  - b # c\n- 'd''e'\n",
    "? a\n: b\n", "a: |\n  b\n   c\n\n d: 1", "a: >-\n  b\n  c\n\n  d\n", "a: b\n  c\n\n  d # e\nf: g", "&a b: *a\nc: *a \nd: &e\n",
    "!!str a: !b c\n", "%YAML 1.1\n---\na: b?c\n", "%YAML 1.2\n---\na: b\n...\n---\nc\n", "a: b\r\nc: d\r", "a: b\u2028c\nd: \u0085e",
    "\ufeffa: \ufeffb", "\ta: b", "a:\tb", "a: [\tb,\n\tc]", "a: 'b\n  c'\n", '"a\\u0041\\\n  b": c', "a: b: c", "a\nb: c", "a: [b",
    "a: }", "---a: b", "--- a\n", "a: - b", ": a", "a: :b", "{a: b:c, 'd':e, f:, :g}", "a: @b", "[a]: b", "x" * 1100 + ": a",
    "- a:\n    b\n- \n-", "a: #b\n  c", "a: b#c #d", "a: -1\nb: -\nc: ?d", "{a: b, }", "[a, , b]", "a: *b c", "&a &b c", "\x00",
    "a: \x07", "{\n# a\n}", "[a\n#b\n, c]", "a: b\n---\n",
)  # fmt: skip


def written(events: Iterator[Any]) -> list[Any]:
    """Everything of the events but comments; where the text is wrong, the words."""
    found: list[Any] = []
    try:
        for event in events:
            said = [getattr(event, name, None) for name in ("value", "style", "implicit", "flow_style", "explicit", "version")]
            names = [str(getattr(event, name, None)) for name in ("anchor", "tag")]
            marks = [(mark.index, mark.line, mark.column) for mark in (event.start_mark, event.end_mark)]
            found.append((type(event).__name__, said, names, marks))
    except (YAMLError, ValueError) as error:
        found.append((type(error).__name__, str(error)))
    return found


def of_the_library(text: str) -> list[Any]:
    return written(YAML(typ="safe", pure=True).parse(text))


@pytest.mark.parametrize("number", range(len(ODD)))
def test_odd_texts(number: int) -> None:
    assert written(yaml_events(ODD[number])) == of_the_library(ODD[number])


@pytest.mark.parametrize("name", ["anytown/business-as-usual.yaml", "preston/buy-local.yaml"])
def test_a_shipped_file_and_what_becomes_of_it_when_it_is_broken(name: str) -> None:
    content, random = Path(shipped_folder(), name).read_bytes(), Random(1)
    for number in range(30):
        text = (broken(content, random, content[::-1]) if number else content).decode("utf-8", "replace")
        assert written(yaml_events(text)) == of_the_library(text)


def test_a_place_whose_every_line_is_read() -> None:
    text = Path(shipped_folder(), "places", "anytown.yaml").read_text(encoding="utf-8")
    assert written(yaml_events(text)) == of_the_library(text)
