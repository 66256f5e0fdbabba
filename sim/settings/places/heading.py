"""Title and notes of a place file, for lists: reading stops once both are met, since a whole place takes a hundred times as long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.settings.reading.files import SourceFile, read_text
from sim.settings.reading.problems import Findings
from sim.settings.reading.renamed import names_now
from sim.settings.reading.yaml_events import yaml_events

__all__ = ["read_place_heading"]


def read_place_heading(source: SourceFile, findings: Findings) -> tuple[str, str]:
    """Title and notes of a place file, "" for what is not there. What follows them is neither read nor checked.

    Parameters
    ----------
    source : SourceFile
        The file.
    findings : Findings
        Where problems of the file as a whole go: no such file, no text. Wrong YAML is left to those who read the place.
    """
    text = read_text(source, findings)
    found = {"title": "", "notes": ""}
    if text is not None:
        missing, now = set(found), names_now("place")
        for written, value in _first_values(text):
            key = now.get(written, written)
            if key in missing:
                found[key] = value
                missing.remove(key)
            if not missing:
                break
    return found["title"], found["notes"]


def _first_values(text: str) -> Iterator[tuple[str, str]]:
    """Each key at the top that has a single value, with its value as text, in order; ends where the text is no YAML."""
    depth, key = 0, None
    try:
        for event in yaml_events(text):
            depth, key, value = _next(event, depth, key)
            if value is not None:
                yield value
    except YAMLError:
        return


def _next(event: Any, depth: int, key: str | None) -> tuple[int, str | None, tuple[str, str] | None]:
    """Depth and the key that waits for its value after an event; and a key with its value, when that has just come."""
    if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
        return depth + 1, key, None
    if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
        return depth - 1, None if depth == 2 else key, None
    if not isinstance(event, ScalarEvent) or depth != 1:
        return depth, key, None
    return (depth, str(event.value), None) if key is None else (depth, None, (key, str(event.value)))
