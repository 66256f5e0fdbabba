"""A YAML file as a tree of nodes that remember their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Entry", "Items", "Keys", "Node", "PlainValue", "Scalar", "find", "key_line", "plain"]

PlainValue = str | int | float | bool | None | list["PlainValue"] | dict[str, "PlainValue"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: text, number, true or false, or nothing."""

    value: str | int | float | bool | None
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: str
    line: int
    node: Node


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping; every key stands once."""

    entries: tuple[Entry, ...]
    line: int

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The keys, in the order of the file."""
        return tuple(entry.key for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    line: int


Node = Scalar | Keys | Items


def plain(node: Node) -> PlainValue:
    """A node as plain Python values.

    Examples
    --------
    >>> plain(Keys((Entry("months", 1, Scalar(120, "120", 1)),), 1))
    {'months': 120}
    """
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.node) for entry in node}


def find(node: Node, path: Sequence[str | int]) -> Node | None:
    """The node at a path of keys and list positions, or None."""
    for step in path:
        if isinstance(node, Keys) and isinstance(step, str):
            entry = node.entry(step)
            if entry is None:
                return None
            node = entry.node
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def key_line(node: Node, path: Sequence[str | int]) -> int:
    """Line of the key at a path; of the deepest part that exists when the whole path does not."""
    line = node.line
    for step in path:
        if isinstance(node, Keys) and isinstance(step, str):
            entry = node.entry(step)
            if entry is None:
                return line
            line, node = entry.line, entry.node
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            line = node.line
        else:
            return line
    return line
