"""The small faults: for each function of a file, every change of one comparison, sum, condition, number, argument or statement.

What is changed is the body of a function and the defaults of its arguments. Type hints, docstrings, decorators and what a module or a class
does when it is imported stay.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Final

from .alternatives import alternatives

#: A change is told with as much around it as makes so many letters, within its statement.
TOLD: Final = 24

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """Where a node of a tree hangs: its parent, the name of the field and the position in it, None for a field that holds one node."""

    parent: ast.AST
    field: str
    at: int | None

    def put(self, node: ast.AST) -> ast.AST:
        """Hang another node there and return the one that hung there."""
        if self.at is None:
            old = getattr(self.parent, self.field)
            setattr(self.parent, self.field, node)
        else:
            old = getattr(self.parent, self.field)[self.at]
            getattr(self.parent, self.field)[self.at] = node
        return old


@dataclass(frozen=True)
class Mutant:
    """One change.

    Parameters
    ----------
    file, function : str
        The file, from the root of the project, and the outermost function or method.
    was, became : str
        The part that changes, before and after; where one function has several alike, the later ones end with a number.
    lines : range
        Lines of the statement that changes, or of the whole function when it is a default.
    default : str
        The argument whose default changes; empty for a change of the body.
    arguments : ast.arguments
        Those of the function.
    place, node
        Where the change hangs in the tree of the file, and what is put there.
    """

    file: str
    function: str
    was: str
    became: str
    lines: range
    default: str
    arguments: ast.arguments
    place: Place
    node: ast.AST

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What tells it from every other mutant, and stays when lines move."""
        return self.file, self.function, self.was, self.became


class Mutants:
    """All mutants of one file.

    Parameters
    ----------
    root : Path
        Root of the project.
    file : str
        The file, from the root.
    """

    def __init__(self, root: Path, file: str) -> None:
        self.path = root / file
        self.tree = ast.parse(self.path.read_text(encoding="utf-8"))
        self.functions = dict(functions(self.tree))
        met: Counter[tuple[str, str, str]] = Counter()
        self.all: list[Mutant] = []
        for name, function in self.functions.items():
            for place, above in places(function):
                for new in alternatives(_at(place), place.parent, function):
                    self.all.append(self._mutant(file, name, function, place, above, new, met))

    def _mutant(
        self, file: str, name: str, function: Function, place: Place, above: list[Place], new: ast.AST, met: Counter[tuple[str, str, str]]
    ) -> Mutant:
        """One mutant, told as a reader would."""
        statement = next((one for one in (place, *above) if isinstance(_at(one), ast.stmt)), None)
        told = [place, *above[: above.index(statement) + 1]] if statement in above else [place]
        shown = next((one for one in told if len(_text(_at(one))) >= TOLD or one is statement), place)
        default = "" if statement else _argument(function, place, above)
        head = f"{default}=" if default else ""
        was = head + _text(_at(shown))
        old = place.put(new)
        became = head + _text(_at(shown))
        place.put(old)
        met[name, was, became] += 1
        if (count := met[name, was, became]) > 1:
            became += f"  # {count}"
        lines = range(function.lineno, (function.end_lineno or function.lineno) + 1) if statement is None else _lines(_at(statement))
        return Mutant(file, name, was, became, lines, default, function.args, place, new)

    def code(self, mutant: Mutant | None = None) -> CodeType:
        """The module compiled; with a change, or as it is."""
        if mutant is None:
            return compile(self.tree, str(self.path), "exec", dont_inherit=True)
        old = mutant.place.put(ast.fix_missing_locations(mutant.node))
        try:
            return compile(self.tree, str(self.path), "exec", dont_inherit=True)
        finally:
            mutant.place.put(old)


def functions(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, Function]]:
    """The outermost functions and methods by qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function):
            yield inside + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from functions(node, f"{inside}{node.name}.")


def places(node: ast.AST, above: tuple[Place, ...] = ()) -> Iterator[tuple[Place, list[Place]]]:
    """Every place below a node that may change, with the places above it, the nearest first."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_comment", "format_spec", "ctx", "type_params"):
            continue
        for at, child in enumerate(value if isinstance(value, list) else [value]):
            docstring = isinstance(node, Function | ast.ClassDef) and field == "body" and at == 0 and _is_text(child)
            if not isinstance(child, ast.AST) or docstring:
                continue
            place = Place(node, field, at if isinstance(value, list) else None)
            yield place, list(above)
            yield from places(child, (place, *above))


def _is_text(node: ast.AST) -> bool:
    """Whether a statement is nothing but a text."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _at(place: Place) -> ast.AST:
    """The node that hangs at a place."""
    value = getattr(place.parent, place.field)
    node: ast.AST = value if place.at is None else value[place.at]
    return node


def _text(node: ast.AST) -> str:
    """A node as source: of a compound statement its first line."""
    text = ast.unparse(ast.fix_missing_locations(node))
    return text.split("\n", 1)[0] if isinstance(node, ast.stmt) else text


def _lines(statement: ast.AST) -> range:
    """Lines of a statement; of a compound one those of its head."""
    assert isinstance(statement, ast.stmt)
    body = getattr(statement, "body", None)
    last = max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, last + 1)


def _argument(function: Function, place: Place, above: list[Place]) -> str:
    """The argument whose default holds a place."""
    top = next(one for one in (place, *above) if one.parent is function.args)
    given = function.args.posonlyargs + function.args.args
    named = function.args.kwonlyargs if top.field == "kw_defaults" else given[len(given) - len(function.args.defaults) :]
    return named[top.at or 0].arg
