"""Plain values as lines of YAML: text always in quotes, what is short on one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

__all__ = ["block_lines", "flow", "scalar"]

_SHORT: Final = 100


def block_lines(value: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A mapping as lines of YAML; what is short stands on one line."""
    for key, below in value.items():
        name = json.dumps(key, ensure_ascii=False)
        flat = flow(below)
        if len(flat) <= _SHORT or not isinstance(below, (dict, list)) or not below:
            yield f"{indent}{name}: {flat}"
        elif isinstance(below, dict):
            yield f"{indent}{name}:"
            yield from block_lines(below, indent + "  ")
        else:
            yield f"{indent}{name}:"
            yield from _items(below, indent + "  ")


def _items(items: list[Any], indent: str) -> Iterator[str]:
    """A list as lines of YAML."""
    for item in items:
        if isinstance(item, dict) and item:
            lines = list(block_lines(item, indent + "  "))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{indent}- {flow(item)}"


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def scalar(value: object) -> str:
    """A single value; text always in quotes, so that it stays text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
