"""Trees of keys and values that may be wrong in ways no dictionary can: equal keys, text as it stands. And how they are written down."""

from __future__ import annotations

import json
import math
import re
from random import Random
from typing import Any

__all__ = ["Pairs", "Raw", "copied", "flow_text", "json_text", "put", "slots", "tree_of", "trimmed", "value_at", "yaml_text"]

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_/.-]*")


class Pairs(list[list[Any]]):
    """A mapping as a list of [key, value]: a key may stand twice."""


class Raw(str):
    """Text that is written down as it stands, not as a value in quotes."""

    __slots__ = ()


def tree_of(value: Any) -> Any:
    """Plain values as a tree."""
    if isinstance(value, dict):
        return Pairs([key, tree_of(below)] for key, below in value.items())
    if isinstance(value, (list, tuple)):
        return [tree_of(below) for below in value]
    return value


def copied(node: Any) -> Any:
    """The tree once more, so that it can be changed."""
    if type(node) is Pairs:
        return Pairs([[key, copied(below)] for key, below in node])
    return [copied(below) for below in node] if type(node) is list else node


def trimmed(node: Any, random: Random, most: int) -> Any:
    """A copy with at most so many entries in each mapping and list, taken at random."""
    if type(node) not in (Pairs, list):
        return node
    kept = node if len(node) <= most else [node[at] for at in sorted(random.sample(range(len(node)), most))]
    if type(node) is Pairs:
        return Pairs([[key, trimmed(below, random, most)] for key, below in kept])
    return [trimmed(below, random, most) for below in kept]


def slots(node: Any, found: list[tuple[Any, int]] | None = None) -> list[tuple[Any, int]]:
    """Every place of a tree: a mapping or list, and the position in it."""
    found = [] if found is None else found
    if type(node) in (Pairs, list):
        for at, below in enumerate(node):
            found.append((node, at))
            slots(below[1] if type(node) is Pairs else below, found)
    return found


def value_at(holder: Any, at: int) -> Any:
    """The value at a place, without its key."""
    return holder[at][1] if type(holder) is Pairs else holder[at]


def put(holder: Any, at: int, value: Any) -> None:
    """Put another value at a place; its key stays."""
    holder[at] = [holder[at][0], value] if type(holder) is Pairs else value


def json_text(node: Any) -> str:
    """A tree as JSON."""
    if type(node) is Pairs:
        return "{" + ",".join(f"{_json(key)}:{json_text(below)}" for key, below in node) + "}"
    if type(node) is list:
        return "[" + ",".join(map(json_text, node)) + "]"
    return _json(node)


def _json(value: Any) -> str:
    return value if type(value) is Raw else json.dumps(value, ensure_ascii=False)


def yaml_text(node: Any, random: Random) -> str:
    """A tree as YAML, mostly one line for each value."""
    if type(node) not in (Pairs, list) or not node or random.random() < 0.05:
        return f"{flow_text(node)}\n"
    lines: list[str] = []
    _block(node, "", lines, random)
    return "\n".join(lines) + "\n"


def _block(node: Any, indent: str, lines: list[str], random: Random) -> None:
    """The lines of a mapping or list that is not empty."""
    for entry in node:
        head, below = (f"{_scalar(entry[0])}:", entry[1]) if type(node) is Pairs else ("-", entry)
        if type(below) not in (Pairs, list) or not below or len(indent) > 40 or random.random() < 0.1:
            lines.append(f"{indent}{head} {flow_text(below)}")
        elif type(node) is Pairs:
            lines.append(f"{indent}{head}")
            _block(below, f"{indent}  ", lines, random)
        else:
            begin = len(lines)
            _block(below, f"{indent}  ", lines, random)
            lines[begin] = f"{indent}- {lines[begin][len(indent) + 2 :]}"


def flow_text(node: Any) -> str:
    """A tree as YAML in one line."""
    if type(node) is Pairs:
        return "{" + ", ".join(f"{_scalar(key)}: {flow_text(below)}" for key, below in node) + "}"
    return f"[{', '.join(map(flow_text, node))}]" if type(node) is list else _scalar(node)


def _scalar(value: Any) -> str:
    if type(value) is Raw or (type(value) is str and _PLAIN.fullmatch(value)):
        return value
    if type(value) is float and not (abs(value) < 1e300):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    return json.dumps(value, ensure_ascii=False)
