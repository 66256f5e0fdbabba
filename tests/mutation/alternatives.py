"""What a part of a function may become: one change that a slip of the pen could make."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from typing import Final

Function = ast.FunctionDef | ast.AsyncFunctionDef

COMPARED: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
#: Names of functions and methods that are easily taken for each other.
PAIRS: Final = (("min", "max"), ("any", "all"), ("minimum", "maximum"), ("floor", "ceil"), ("zeros", "ones"), ("nanmin", "nanmax"),
                ("argmin", "argmax"), ("zeros_like", "ones_like"), ("sum", "mean"), ("nansum", "nanmean"), ("add", "subtract"))  # fmt: skip
#: Functions whose arguments may change places.
EITHER_WAY: Final = frozenset(
    {"add", "multiply", "maximum", "minimum", "fmax", "fmin", "min", "max", "logical_and", "logical_or", "broadcast"}
)
SWAPPED: Final = {**dict(PAIRS), **{second: first for first, second in PAIRS}}


def alternatives(node: ast.AST, parent: ast.AST, function: Function) -> Iterator[ast.AST]:
    """What a node may become.

    Parameters
    ----------
    node, parent : AST
        The node and what it hangs in.
    function : FunctionDef
        The outermost function.
    """
    for make in (_comparison, _arithmetic, _logic, _constant, _call, _condition, _slice):
        for new in make(node, parent):
            yield ast.copy_location(new, node)
    for new in _statement(node, function):
        yield ast.copy_location(new, node)


def _changed(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with other fields."""
    new = copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _comparison(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """The edge of a comparison moved, and its sense turned."""
    if isinstance(node, ast.Compare):
        for at, compared in enumerate(node.ops):
            for other in COMPARED[type(compared)]:
                yield _changed(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _arithmetic(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """Another operation; a sign or a turn of bits left out."""
    if isinstance(node, ast.BinOp) and type(node.op) in COMPUTED:
        yield _changed(node, op=COMPUTED[type(node.op)]())
    if isinstance(node, ast.AugAssign):
        if type(node.op) in COMPUTED:
            yield _changed(node, op=COMPUTED[type(node.op)]())
        yield ast.Assign(targets=[node.target], value=node.value)
    if isinstance(node, ast.UnaryOp):
        yield copy(node.operand)


def _logic(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """And for or, or for and."""
    if isinstance(node, ast.BoolOp):
        yield _changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _constant(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """True for false, one more, another text; of a text with values in it, the first piece."""
    if isinstance(node, ast.JoinedStr):
        pieces = [at for at, piece in enumerate(node.values) if isinstance(piece, ast.Constant)]
        for at in pieces[:1]:
            other = ast.Constant(_slipped(str(getattr(node.values[at], "value", ""))))
            yield _changed(node, values=[*node.values[:at], other, *node.values[at + 1 :]])
    if not isinstance(node, ast.Constant) or isinstance(parent, ast.JoinedStr):
        return
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(_slipped(value))


def _slipped(text: str) -> str:
    """Another text: with two letters in its midst, where a test that reads a part of it sees them."""
    middle = len(text) // 2
    return f"{text[:middle]}XX{text[middle:]}"


def _call(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """An argument left out, two that changed places, the function next to the one that was meant."""
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    plain = name not in EITHER_WAY and not any(isinstance(one, ast.Starred) for one in node.args)
    if len(node.args) + len(node.keywords) > 1 and name != "cast":
        for at in range(len(node.args)):
            yield _changed(node, args=[*node.args[:at], *node.args[at + 1 :]])
        for at in range(len(node.args) - 1 if plain else 0):
            first, second = node.args[at : at + 2]
            if ast.dump(first) != ast.dump(second):
                yield _changed(node, args=[*node.args[:at], second, first, *node.args[at + 2 :]])
    for at in range(len(node.keywords)):
        yield _changed(node, keywords=[*node.keywords[:at], *node.keywords[at + 1 :]])
    if isinstance(node.func, ast.Name) and node.func.id in SWAPPED:
        yield _changed(node, func=ast.copy_location(ast.Name(SWAPPED[node.func.id], ast.Load()), node.func))
    if isinstance(node.func, ast.Attribute) and node.func.attr in SWAPPED:
        yield _changed(node, func=_changed(node.func, attr=SWAPPED[node.func.attr]))


def _condition(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """A condition turned, where no comparison stands that is turned on its own."""
    asked = isinstance(parent, ast.If | ast.IfExp | ast.While) and node is parent.test
    asked = asked or (isinstance(parent, ast.comprehension) and node in parent.ifs)
    if asked and not isinstance(node, ast.Compare | ast.Constant) and not (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        yield ast.UnaryOp(ast.Not(), node)


def _slice(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    """An end of a slice left out."""
    if isinstance(node, ast.Slice):
        for end in ("lower", "upper", "step"):
            if getattr(node, end) is not None:
                yield _changed(node, **{end: None})


def _statement(node: ast.AST, function: Function) -> Iterator[ast.AST]:
    """A statement left out, or what it returns."""
    if isinstance(node, ast.Return) and node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))
    if isinstance(node, ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete | ast.Assert):
        yield ast.Pass()
    if isinstance(node, ast.Assign):
        names = [
            one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        ]
        if all(_set_before(name, node, function) for name in names):
            yield ast.Pass()


def _set_before(name: str, statement: ast.Assign, function: Function) -> bool:
    """Whether a name has a value when a statement sets it anew: an argument, or set on an earlier line."""
    for node in ast.walk(function):
        if isinstance(node, ast.arg) and node.arg == name:
            return True
        stored = isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store)
        if stored and node.lineno < statement.lineno:
            return True
    return False
