"""YAML text to a tree of nodes with lines. The syntax is read by ruamel.yaml; meaning, bounds and double keys are ours.

Only what a settings file needs is allowed: mappings with plain keys, lists, and scalars of the YAML 1.2 core schema. Tags are
refused. Depth and aliases are bounded while the events come in, before anything is built on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from sim.errors import HALF_CHARACTER, Problem
from sim.settings.reading.files import SourceFile, read_text, unprintable
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.renamed import with_new_names
from sim.settings.reading.scalars import scalar_value
from sim.settings.reading.tree import Entry, Items, Keys, Node, Scalar
from sim.settings.reading.yaml_events import yaml_events

__all__ = ["MOST_ALIASES", "MOST_CHARACTERS", "MOST_DEPTH", "MOST_VALUES", "read_tree", "tree_of_text"]

MOST_CHARACTERS = 500_000
"""Characters of the longest YAML that is read: it is read letter by letter, and twice as many would take seconds."""

MOST_DEPTH = 12
"""How deep mappings and lists may nest; a place file needs six."""

MOST_ALIASES = 100
"""How often a file may refer to a value written elsewhere in it."""

MOST_VALUES = 20_000
"""How many values a file may hold, also once every reference is followed; a shipped place has about 3,000, 2,000 suppliers as many again
for each of their keys."""

MOST_KEPT = 16
"""How many trees of files without a problem are kept."""


class _Stop(Exception):
    """Reading can't go on; the finding is already kept."""


class _Told(Exception):
    """The text has problems, which name no file yet; the tree is what could be read."""

    def __init__(self, tree: Keys | None, problems: list[Problem]) -> None:
        super().__init__()
        self.tree, self.problems = tree, problems


@dataclass(slots=True)
class _Builder:
    """Builds nodes from the events of one file."""

    source: SourceFile
    findings: Findings
    anchors: dict[str, Node] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    unfinished: set[str] = field(default_factory=set)
    aliases: int = 0
    values: int = 0

    def found(self, kind: Kind, line: int, path: tuple[str | int, ...], message: str, **said: Any) -> None:
        """Keep a problem of this file."""
        self.findings.add(kind, self.source.shown, line, path, message, **said)

    def node(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...]) -> Node:
        """The node that begins with an event."""
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent):
            return self.alias(str(event.anchor), line, path)
        self.refuse_tag(event, line, path)
        if not isinstance(event, ScalarEvent) and len(path) >= MOST_DEPTH:
            remedy = "write it flatter"
            self.found(
                Kind.TOO_DEEP,
                line,
                path[:3],
                "the file nests too deep",
                given=f"more than {MOST_DEPTH} levels",
                allowed=f"at most {MOST_DEPTH} levels",
                remedy=remedy,
            )
            raise _Stop
        name = str(event.anchor) if event.anchor else None
        if name:
            self.unfinished.add(name)
        node = self.built(event, events, path, line)
        if name:
            self.anchors[name] = node
            self.unfinished.discard(name)
        return node

    def built(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...], line: int) -> Node:
        """A scalar, a mapping or a list."""
        node: Node
        if isinstance(event, ScalarEvent):
            value = scalar_value(event.value) if event.style in (None, "") else event.value
            node = Scalar(value, event.value, line)
            strange = unprintable(event.value)
            if strange is not None:
                given = f"character U+{ord(strange):04X}"
                message = "a control character stands in the text"
                self.found(Kind.NOT_TEXT, line, path, message, given=given, allowed="printable text", remedy="delete it")
        elif isinstance(event, MappingStartEvent):
            node = self.mapping(events, path, line)
        else:
            node = self.sequence(events, path, line)
        self.measure(node, line, path)
        return node

    def mapping(self, events: Iterator[Any], path: tuple[str | int, ...], line: int) -> Keys:
        """A mapping; of a key that stands twice the first is kept and both lines are named."""
        entries: dict[str, Entry] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            key_line = event.start_mark.line + 1
            key = self.key(event, events, path, key_line)
            value = self.node(next(events), events, (*path, key))
            if isinstance(value, Scalar) and not value.text:
                value = replace(value, line=key_line)
            first = entries.get(key)
            if first is None:
                entries[key] = Entry(key, key_line, value)
            elif key != "?":
                same = first.line == key_line
                message = f"{key!r} is set twice" + (f" in line {key_line}" if same else f": in line {first.line} and in line {key_line}")
                remedy = "delete one of the two" if same else f"delete line {first.line} or line {key_line}"
                self.found(Kind.DUPLICATE_KEY, key_line, (*path, key), message, given=key, allowed="each key once", remedy=remedy)
        return Keys(tuple(entries.values()), line)

    def key(self, event: Any, events: Iterator[Any], path: tuple[str | int, ...], line: int) -> str:
        """What stands before a colon; "?" where that is no plain word or holds half of a character, which no file can hold."""
        given = ""
        if isinstance(event, ScalarEvent):
            self.refuse_tag(event, line, path)
            given = str(event.value)
            if given.isascii() or not HALF_CHARACTER.search(given):
                return given
        else:
            self.node(event, events, (*path, "?"))
        message = "a key that holds half of a character" if given else "a key that is no plain word"
        self.found(
            Kind.KEY_NOT_TEXT, line, path, message, given=given, allowed="a plain word", remedy="write a plain word before the colon"
        )
        return "?"

    def sequence(self, events: Iterator[Any], path: tuple[str | int, ...], line: int) -> Items:
        """A list."""
        items: list[Node] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self.node(event, events, (*path, len(items))))
        return Items(tuple(items), line)

    def alias(self, name: str, line: int, path: tuple[str | int, ...]) -> Node:
        """The node that a reference means."""
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            remedy = "write the values out"
            self.found(
                Kind.TOO_MANY_ALIASES,
                line,
                path,
                "too many references",
                given=f"more than {MOST_ALIASES} references",
                allowed=f"at most {MOST_ALIASES}",
                remedy=remedy,
            )
            raise _Stop
        node = self.anchors.get(name)
        if node is None or name in self.unfinished:
            message = f"*{name} refers to itself" if name in self.unfinished else f"*{name} refers to a value that is not there"
            names = [f"*{known}" for known in self.anchors if known not in self.unfinished]
            remedy = f"write &{name} before a value further up, or write the value here"
            self.found(Kind.ALIAS, line, path, message, given=f"*{name}", allowed=", ".join(names) or "a value", names=names, remedy=remedy)
            raise _Stop
        return node

    def refuse_tag(self, event: Any, line: int, path: tuple[str | int, ...]) -> None:
        """Tags could name types of a programming language: none is allowed."""
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in ("None", "!"):
            self.found(
                Kind.TAG,
                line,
                path,
                "a tag is not allowed here",
                given=str(tag)[:60],
                allowed="a value without a tag",
                remedy="delete the tag",
            )

    def measure(self, node: Node, line: int, path: tuple[str | int, ...]) -> None:
        """Count the values so far, and those below a node with every reference followed; stop when there are too many."""
        below = () if isinstance(node, Scalar) else node.items if isinstance(node, Items) else tuple(entry.node for entry in node)
        size = 1 + sum(self.sizes.get(id(child), 1) for child in below)
        self.sizes[id(node)] = size
        self.values += 1
        if max(size, self.values) > MOST_VALUES:
            given, allowed = f"more than {MOST_VALUES:,} values", f"at most {MOST_VALUES:,}"
            remedy = "write fewer values; keep bulk data in other files"
            self.found(Kind.TOO_MANY_VALUES, line, path, "too many values", given=given, allowed=allowed, remedy=remedy)
            raise _Stop


def read_tree(source: SourceFile, findings: Findings, kind: str = "") -> Keys | None:
    """The tree of a file, or None after a finding.

    Parameters
    ----------
    source : SourceFile
        The file.
    findings : Findings
        Where problems go: the file as a whole, syntax, double keys, tags, bounds.
    kind : str
        "scenario", "place" or "experiment": keys that were renamed are read under their old names, see `sim.settings.reading.renamed`.

    Returns
    -------
    Keys or None
        The mapping at the top of the file. None when the file can't be read as one at all.
    """
    text = read_text(source, findings)
    tree = None if text is None else tree_of_text(text, source, findings)
    return with_new_names(tree, kind, source, findings) if tree is not None and kind else tree


def tree_of_text(text: str, source: SourceFile, findings: Findings) -> Keys | None:
    """The tree of a text that was read before, see :func:`read_tree`.

    Parameters
    ----------
    text : str
        YAML.
    source : SourceFile
        What problems call it.
    findings : Findings
        Where problems go.
    """
    if len(text) > MOST_CHARACTERS:
        given, allowed, remedy = f"{len(text):,} characters", f"at most {MOST_CHARACTERS:,} characters", "keep bulk data in other files"
        findings.add(Kind.TOO_LARGE, source.shown, None, (), "the file is too large", given=given, allowed=allowed, remedy=remedy)
        return None
    try:
        return _kept(text)
    except _Told as told:
        findings.problems.extend(replace(problem, file=source.shown) for problem in told.problems)
        return told.tree


@lru_cache(maxsize=MOST_KEPT)
def _kept(text: str) -> Keys:
    """The tree of a text without a problem; those last asked for are kept, since every scenario of a place reads the file of that place.

    A pure function of the text with a frozen result, so threads may share it. What raises is not kept: problems name a file.
    """
    findings = Findings()
    tree = _parsed(text, _Builder(SourceFile(Path(), ""), findings))
    if tree is None or findings.problems:
        raise _Told(tree, findings.problems)
    return tree


def _parsed(text: str, builder: _Builder) -> Keys | None:
    """The tree of a text; what stops the reading is a finding."""
    source, findings = builder.source, builder.findings
    try:
        return _document(yaml_events(text), builder)
    except _Stop:
        return None
    except MarkedYAMLError as error:
        _syntax(error, source, findings)
    except AssertionError:  # what the library says of a version such as 1.0
        line, given = next(
            ((number, words[:80]) for number, words in enumerate(text.splitlines(), 1) if words.startswith("%YAML")), (None, "")
        )
        remedy = "delete the line that begins with %YAML"
        findings.add(
            Kind.SYNTAX, source.shown, line, (), "this version of YAML is not read", given=given, allowed="YAML 1.1, 1.2", remedy=remedy
        )
    except (YAMLError, RecursionError, ValueError) as error:
        findings.add(
            Kind.SYNTAX,
            source.shown,
            None,
            (),
            "this is no YAML",
            given=str(error).splitlines()[0][:80],
            allowed="YAML",
            remedy="compare it with a shipped file",
        )
    return None


def _document(events: Iterator[Any], builder: _Builder) -> Keys | None:
    """The one document of a file; none, several, or one that is no mapping is a finding."""
    top: Node | None = None
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                line = event.start_mark.line + 1
                builder.found(
                    Kind.SEVERAL_DOCUMENTS,
                    line,
                    (),
                    "a second document begins here",
                    given="---",
                    allowed="one document",
                    remedy="put it into a file of its own",
                )
                return None
        elif isinstance(event, (AliasEvent, ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            top = builder.node(event, events, ())
    if isinstance(top, Keys):
        return top
    _no_mapping(top, builder)
    return None


def _no_mapping(top: Node | None, builder: _Builder) -> None:
    """A finding for a file that holds nothing, a list, or a single value."""
    if top is None or (isinstance(top, Scalar) and top.value is None):
        allowed, remedy = "a mapping of keys to values", "start from: localwealth new scenario, new experiment or new place"
        builder.findings.add(Kind.EMPTY_FILE, builder.source.shown, None, (), "the file is empty", allowed=allowed, remedy=remedy)
        return
    given = f"the text {top.text[:40]!r}" if isinstance(top, Scalar) else "a list"
    allowed, remedy = "keys with values, such as 'months: 120'", "write a key and a colon before each value"
    builder.found(Kind.NOT_A_MAPPING, top.line, (), "the top of the file is no mapping", given=given, allowed=allowed, remedy=remedy)


def _syntax(error: MarkedYAMLError, source: SourceFile, findings: Findings) -> None:
    """A syntax error in words, with its line."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark is not None else None
    given = " ".join(part for part in (error.context, error.problem) if part)
    remedy = "check indentation, brackets, quotes and the space after each colon"
    findings.add(Kind.SYNTAX, source.shown, line, (), "the file is no valid YAML here", given=given[:160], allowed="YAML", remedy=remedy)
