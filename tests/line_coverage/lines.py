"""The lines of a file that can run: where they stand, what they say, and whether they ran."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Line", "block", "lines_of"]

MODULE = "<module>"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can run.

    Parameters
    ----------
    file : str
        The file, from the folder of the project.
    function : str
        The function it stands in, with its class: ``Worker.do``; ``<module>`` outside of all.
    number : int
        Its number in the file.
    text : str
        What it says, with its indentation.
    ran : bool
        Whether it ran.
    """

    file: str
    function: str
    number: int
    text: str
    ran: bool

    @property
    def depth(self) -> int:
        """Spaces before it."""
        return len(self.text) - len(self.text.lstrip())


def lines_of(file: str, source: str, statements: Collection[int], missing: Collection[int]) -> list[Line]:
    """The lines of a file that can run, in their order.

    Parameters
    ----------
    file : str
        Its name.
    source : str
        Its text.
    statements, missing : collection of int
        Numbers of the lines that can run, and of those that did not.

    Returns
    -------
    list of Line

    Examples
    --------
    >>> [(line.function, line.ran) for line in lines_of("a.py", "def f():\\n    return 1\\n", [1, 2], [2])]
    [('<module>', True), ('f', False)]
    """
    texts = source.splitlines()
    owners = {number: name for name, first, last in _functions(ast.parse(source)) for number in range(first, last + 1)}
    return [Line(file, owners.get(at, MODULE), at, texts[at - 1], at not in missing) for at in sorted(statements)]


def block(lines: Sequence[Line], place: int) -> list[Line]:
    """A line with those below it that stand deeper: what an ``if`` or an ``except`` leads to.

    Parameters
    ----------
    lines : sequence of Line
        Lines of one file, in their order.
    place : int
        Which of them.

    Returns
    -------
    list of Line

    Examples
    --------
    >>> found = lines_of("a.py", "if x:\\n    y = 1\\nz = 2\\n", [1, 2, 3], [2])
    >>> [line.number for line in block(found, 0)]
    [1, 2]
    """
    first, found = lines[place], [lines[place]]
    for line in lines[place + 1 :]:
        if line.depth <= first.depth:
            break
        found.append(line)
    return found


def _functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, int, int]]:
    """Names of functions with the first and last line of their bodies, outer ones first."""
    for node in ast.iter_child_nodes(tree):
        inner = prefix
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = f"{prefix}{node.name}"
            inner = f"{name}."
            if not isinstance(node, ast.ClassDef):
                yield name, node.body[0].lineno, node.end_lineno or node.lineno
        yield from _functions(node, inner)
