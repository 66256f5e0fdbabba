"""A mutant put into the running process: the code of its function, wherever the function has got to by now."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from types import CodeType, FunctionType

from .changes import Mutant, Mutants

Key = tuple[str, int, int]


def live_functions(files: set[str]) -> dict[str, list[FunctionType]]:
    """Every function of some files that exists in this process, by file: decorated, registered or within another."""
    found: dict[str, list[FunctionType]] = {file: [] for file in files}
    gc.unfreeze()
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename in found:
            found[thing.__code__.co_filename].append(thing)
    return found


def put_in(mutants: Mutants, mutant: Mutant, live: list[FunctionType]) -> bool:
    """Put a mutant in the place of what it changes; False when nothing in this process is that function."""
    if mutant.default:
        return _put_default(mutant, live)
    before, after = dict(_codes(mutants.code())), dict(_codes(mutants.code(mutant)))
    put = False
    for function in live:
        code = function.__code__
        if code.co_qualname != mutant.function and not code.co_qualname.startswith(f"{mutant.function}.<locals>"):
            continue
        key = next((one for one, old in before.items() if one[:2] == (code.co_qualname, code.co_firstlineno) and old == code), None)
        if key in after and len(after[key].co_freevars) == len(code.co_freevars):
            function.__code__ = after[key]
            put = True
    return put


def _put_default(mutant: Mutant, live: list[FunctionType]) -> bool:
    """Change the default of an argument."""
    function = next((one for one in live if one.__code__.co_qualname == mutant.function), None)
    arguments = mutant.arguments
    if function is None:
        return False
    old = mutant.place.put(ast.fix_missing_locations(mutant.node))
    named = [one.arg for one in (arguments.posonlyargs + arguments.args)[-len(arguments.defaults) or len(arguments.args) :]]
    if mutant.default in named:
        function.__defaults__ = tuple(_evaluated(one, function) for one in arguments.defaults)
    else:
        at = [one.arg for one in arguments.kwonlyargs].index(mutant.default)
        function.__kwdefaults__ = {**(function.__kwdefaults__ or {}), mutant.default: _evaluated(arguments.kw_defaults[at], function)}
    mutant.place.put(old)
    return True


def _evaluated(node: ast.expr | None, function: FunctionType) -> object:
    """The value of a default."""
    assert node is not None
    return eval(compile(ast.Expression(node), "default", "eval"), function.__globals__)  # our own source


def _codes(code: CodeType) -> Iterator[tuple[Key, CodeType]]:
    """All code of a module: by qualified name, first line and, for several on one line, their order."""
    met: dict[tuple[str, int], int] = {}
    waiting = [code]
    while waiting:
        one = waiting.pop(0)
        place = (one.co_qualname, one.co_firstlineno)
        met[place] = met.get(place, 0) + 1
        yield (*place, met[place]), one
        waiting += [part for part in one.co_consts if isinstance(part, CodeType)]
