"""The events of a YAML text. The rules are those of ruamel.yaml; what it does for every letter is done here for runs of letters.

Its reader takes one letter at a time and its parser asks ten times what comes next; of a place file that is most of the time. Only what
is usual is done otherwise, and comes to the same events; all else is left to the classes of ruamel.yaml that these are made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner, ScannerError
from ruamel.yaml.tokens import AliasToken, ScalarToken

__all__ = ["yaml_events"]

_ENDS = "\0\n\r\x85\u2028\u2029"
_BREAKS = "\r\n\x85\u2028\u2029"
#: Letters that can only begin a plain value, and what else begins one thing only.
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_BEGINS = {
    "[": "fetch_flow_sequence_start", "]": "fetch_flow_sequence_end", "{": "fetch_flow_mapping_start", "}": "fetch_flow_mapping_end",
    ",": "fetch_flow_entry", '"': "fetch_double", "'": "fetch_single", "*": "fetch_alias", "&": "fetch_anchor",
    ":": "fetch_value",
}  # fmt: skip
_SPACES, _BLANKS, _COMMENT = re.compile(" *"), re.compile("[ \t]*"), re.compile(f"[^{_ENDS}]*")
_IN_BLOCK = re.compile(f"(?:[^: \t{_ENDS}]|:(?![ \t{_ENDS}]))*")
_IN_FLOW = re.compile(f"(?:[^:,\\[\\]{{}} \t{_ENDS}]|:(?![ \t{_ENDS}]))*")


def _run(letters: re.Pattern[str], text: str, start: int) -> int:
    """How many letters of a kind follow; none is fit too."""
    found = letters.match(text, start)
    return found.end() - start if found else 0


def yaml_events(text: str) -> Iterator[Any]:
    """The events of a YAML text, as ruamel.yaml has them for YAML 1.2, without comments.

    Parameters
    ----------
    text : str
        YAML.

    Raises
    ------
    ruamel.yaml.error.YAMLError
        While events are asked for, where the text is no YAML.

    Examples
    --------
    >>> [event.value for event in yaml_events("months: 120") if hasattr(event, "value")]
    ['months', '120']
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = _Reader, _Scanner, _Parser
    events: Iterator[Any] = yaml.parse(text)
    return events


class _Mark(StringMark):
    """A place in the text; made for every token, so made in one step."""

    __slots__ = ()

    def __init__(self, name: Any, index: int, line: int, column: int, buffer: Any, pointer: int) -> None:
        self.name, self.index, self.line, self.column, self.buffer, self.pointer = name, index, line, column, buffer, pointer


class _Reader(Reader):
    """The letters of a text."""

    def get_mark(self) -> Any:
        return _Mark(self.name, self.index, self.line, self.column, self.buffer, self.pointer)

    def forward(self, length: int = 1) -> None:
        pointer = self.pointer
        end = pointer + length
        passed = self.buffer[pointer:end]
        if end >= len(self.buffer) or "\n" in passed or "\r" in passed or "\ufeff" in passed:
            super().forward(length)
        else:
            self.pointer = end
            self.index += length
            self.column += length


class _Scanner(Scanner):
    """The tokens of a text."""

    @cached_property
    def reader(self) -> Any:
        return self.loader.reader

    def reset_scanner(self) -> None:
        #: Whether the next token is known for certain: asked again and again, it is worked out once.
        self.ready = False
        super().reset_scanner()

    def ready_token(self) -> None:
        """Read on until the next token is certain."""
        while not self.tokens or self.possible_simple_keys:
            if not self.need_more_tokens():
                break
            self.fetch_more_tokens()
        self.ready = True

    def check_token(self, *choices: Any) -> bool:
        if not self.ready:
            self.ready_token()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def peek_token(self) -> Any:
        if not self.ready:
            self.ready_token()
        return self.tokens[0] if self.tokens else None

    def get_token(self) -> Any:
        if not self.ready:
            self.ready_token()
        self.ready = False
        self.tokens_taken += 1
        return self.tokens.pop(0)

    def fetch_more_tokens(self) -> Any:
        self.scan_to_next_token()
        reader = self.reader
        letter = reader.buffer[reader.pointer]
        fetch = "fetch_plain" if letter in _PLAIN else _BEGINS.get(letter)
        if fetch is None or (letter == ":" and not self.check_value()):
            return super().fetch_more_tokens()
        if self.possible_simple_keys:
            self.stale_possible_simple_keys()
        if self.indent > reader.column and not self.flow_context:
            self.unwind_indent(reader.column)
        return getattr(self, fetch)()

    def scan_to_next_token(self) -> Any:
        reader = self.reader
        if reader.index == 0 and reader.peek() == "\ufeff":
            reader.forward()
        blank, blanks = (" \t", _BLANKS) if self.flow_context else (" ", _SPACES)
        while True:
            letter = reader.buffer[reader.pointer]
            if letter in blank:
                reader.forward(_run(blanks, reader.buffer, reader.pointer))
                letter = reader.buffer[reader.pointer]
            if letter == "#":
                reader.forward(_run(_COMMENT, reader.buffer, reader.pointer))
                letter = reader.buffer[reader.pointer]
            if letter not in _BREAKS:
                return
            self.scan_line_break()
            if not self.flow_context:
                self.allow_simple_key = True

    def scan_plain(self) -> Any:
        if self.yaml_version is not None:
            return super().scan_plain()
        reader, flow = self.reader, bool(self.flow_context)
        run = _IN_FLOW if flow else _IN_BLOCK
        start = end = reader.get_mark()
        indent = self.indent + 1
        chunks: list[str] = []
        spaces: list[str] = []
        while reader.buffer[reader.pointer] != "#":
            length = _run(run, reader.buffer, reader.pointer)
            if length == 0:
                break
            self.allow_simple_key = False
            chunks += [*spaces, reader.buffer[reader.pointer : reader.pointer + length]]
            reader.forward(length)
            end = reader.get_mark()
            spaces = self.scan_plain_spaces(indent, start)
            if not spaces or (not flow and reader.column < indent):
                break
        return ScalarToken("".join(chunks), True, start, end)

    def scan_plain_spaces(self, indent: Any, start_mark: Any) -> Any:
        reader = self.reader
        if reader.buffer[reader.pointer] in ":,]}":
            return []
        length = _run(_SPACES, reader.buffer, reader.pointer)
        if reader.buffer[reader.pointer + length] in _BREAKS:
            return super().scan_plain_spaces(indent, start_mark)
        reader.forward(length)
        return [" " * length] if length else []

    def scan_flow_scalar_non_spaces(self, double: Any, start_mark: Any) -> Any:
        try:
            return super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError):  # the library asks Python for a character that there is not
            raise self.beyond("while scanning a text in quotes", start_mark, r"an escape beyond the last character, \U0010FFFF") from None

    def scan_yaml_directive_number(self, start_mark: Any) -> Any:
        try:
            return super().scan_yaml_directive_number(start_mark)
        except ValueError:  # more digits than Python reads as a number
            raise self.beyond("while scanning a directive", start_mark, "a version of thousands of digits") from None

    def beyond(self, context: str, start: Any, found: str) -> ScannerError:
        """What the library would end with an error of Python, told like all else that is no YAML."""
        return ScannerError(context, start, f"found {found}", self.reader.get_mark())


class _Parser(Parser):
    """The events of a text."""

    @cached_property
    def scanner(self) -> Any:
        return self.loader.scanner

    @cached_property
    def resolver(self) -> Any:
        return self.loader.resolver

    def parse_node(self, block: bool = False, indentless_sequence: bool = False) -> Any:
        scanner = self.scanner
        token = scanner.peek_token()
        kind = type(token)
        if kind is ScalarToken:
            scanner.get_token()
            self.state = self.states.pop()
            implicit = (True, False) if token.plain else (False, True)
            return ScalarEvent(None, None, implicit, token.value, token.start_mark, token.end_mark, style=token.style)
        if kind is AliasToken:
            scanner.get_token()
            self.state = self.states.pop()
            return AliasEvent(token.value, token.start_mark, token.end_mark)
        return super().parse_node(block, indentless_sequence)
