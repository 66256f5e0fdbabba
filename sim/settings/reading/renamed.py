"""Keys of files that had another name before: the old name is read for a time, and said in words.

To rename a key, give it the new name everywhere and add one line to `RENAMED`. The line goes with the version that it names.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from sim.errors import RenamedKeyWarning
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Entry, Items, Keys, Node, Scalar

__all__ = ["RENAMED", "Renamed", "names_now", "with_new_names"]


@dataclass(frozen=True)
class Renamed:
    """One key with another name.

    Parameters
    ----------
    kind : str
        Kind of file: "scenario", "place" or "experiment".
    path : tuple of str
        Keys from the top of the file down to the old name; "*" stands for any key, or any item of a list.
    new : str
        The name now.
    since, until : str
        The version that renamed it, and the version that no longer reads the old name.
    use : str
        For an option: the policy or shock whose option it is; "" for any.
    """

    kind: str
    path: tuple[str, ...]
    new: str
    since: str
    until: str
    use: str = ""


#: Every key that is still read under its old name.
RENAMED: Final[tuple[Renamed, ...]] = ()


def with_new_names(tree: Keys, kind: str, source: SourceFile, findings: Findings, renamed: Sequence[Renamed] | None = None) -> Keys:
    """A file with the names of now.

    Parameters
    ----------
    tree : Keys
        The file as it was written.
    kind : str
        Its kind, see `Renamed`. A scenario may hold a place under ``place``, so the names of a place are looked for there too.
    source : SourceFile
        What words call it.
    findings : Findings
        Where it goes when a file has a key under both names.
    renamed : sequence of Renamed, optional
        What to look for; `RENAMED` when left out.

    Returns
    -------
    Keys
        The same lines; each old name that was found is told as a `RenamedKeyWarning`.

    Examples
    --------
    >>> from pathlib import Path
    >>> tree = Keys((Entry("months", 1, Scalar(12, "12", 1)),), 1)
    >>> with_new_names(tree, "scenario", SourceFile(Path("a.yaml"), "a.yaml"), Findings()) is tree
    True
    """
    for one in RENAMED if renamed is None else renamed:
        steps = one.path if one.kind == kind else ("place", *one.path) if (kind, one.kind) == ("scenario", "place") else ()
        if steps:
            found = _below(tree, steps, one, source, findings)
            tree = found if isinstance(found, Keys) else tree
    return tree


def names_now(kind: str, renamed: Sequence[Renamed] | None = None) -> dict[str, str]:
    """The new name of each key at the top of a file that has an old one; for what only looks at the top.

    Examples
    --------
    >>> names_now("scenario", [Renamed("scenario", ("length",), "months", "0.2.0", "0.4.0")])
    {'length': 'months'}
    """
    return {one.path[0]: one.new for one in (RENAMED if renamed is None else renamed) if one.kind == kind and len(one.path) == 1}


def _below(node: Node, steps: tuple[str, ...], one: Renamed, source: SourceFile, findings: Findings) -> Node:
    """A node with the new name wherever the rest of the path leads."""
    if isinstance(node, Keys) and len(steps) == 1:
        return _in_mapping(node, one, source, findings)
    if isinstance(node, Keys):
        return replace(
            node,
            entries=tuple(
                replace(entry, node=_below(entry.node, steps[1:], one, source, findings)) if steps[0] in ("*", entry.key) else entry
                for entry in node
            ),
        )
    if isinstance(node, Items) and steps[0] == "*" and len(steps) > 1:
        return replace(node, items=tuple(_below(item, steps[1:], one, source, findings) for item in node.items))
    return node


def _in_mapping(node: Keys, one: Renamed, source: SourceFile, findings: Findings) -> Keys:
    """A mapping with the new name in place of the old one."""
    old, use = node.entry(one.path[-1]), node.entry("use")
    named = use.node.value if use is not None and isinstance(use.node, Scalar) else None
    if old is None or (one.use and named != one.use):
        return node
    both = node.entry(one.new)
    if both is not None:
        message = f"{old.key!r} is the old name of {one.new!r}, which stands in line {both.line}"
        findings.add(
            Kind.DUPLICATE_KEY,
            source.shown,
            old.line,
            (old.key,),
            message,
            given=old.key,
            allowed=one.new,
            remedy=f"delete line {old.line}",
        )
        return replace(node, entries=tuple(entry for entry in node if entry is not old))
    where = f"{source.shown}, line {old.line}" if source.shown else f"line {old.line}"
    words = f"{where}: {old.key!r} has been called {one.new!r} since version {one.since}"
    warnings.warn(f"{words}; write {one.new!r}: version {one.until} no longer reads {old.key!r}", RenamedKeyWarning, stacklevel=2)
    return replace(node, entries=tuple(Entry(one.new, entry.line, entry.node) if entry is old else entry for entry in node))
