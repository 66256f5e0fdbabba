"""Rules of the source that no checker of imports can state: what is loaded, what is drawn, how long a part may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import sim

SOURCE = Path(sim.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
NAMES = [path.relative_to(SOURCE).as_posix() for path in FILES]
ROOT = Path(__file__).parents[2]
#: Where else people write: tests, what makes pages and runs experiments, and the page as a browser gets it.
WRITTEN_ELSEWHERE = ("tests/**/*.py", "docs/**/*.py", "experiments/**/*.py", "sim/**/*.js", "sim/**/*.css", "sim/**/*.html")
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40

#: Names of generators of luck, and the only files that may use them.
LUCK = {"default_rng", "RandomState", "Philox", "PCG64", "MT19937", "SeedSequence", "Generator", "secrets", "shuffle"}
LUCKY_FILES = {"core/sequence.py", "core/any_set.py", "core/handles.py", "core/mesa_bridge.py"}
#: Draws points of a design of runs, by a seed of its own; no luck of an economy.
LUCKY_FILES |= {"runs/validation/draws.py"}
#: Ids of results on the workshop page that nobody can guess; no luck of an economy.
LUCKY_FILES |= {"page/job_queue.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def loaded_by(statement: str) -> set[str]:
    """Top names of the modules that a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint('\\n'.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.split())


def parsed(name: str) -> ast.Module:
    return ast.parse((SOURCE / name).read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function, without decorators and docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def used_names(tree: ast.AST) -> set[str]:
    """Every name, attribute and imported name in a file."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.ImportFrom):
            found.update({(node.module or "").split(".")[0], *(alias.name for alias in node.names)})
        elif isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
    return found


def calls_of_attribute(tree: ast.AST, name: str) -> list[int]:
    """Lines that call an attribute of this name."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    ]


def test_importing_the_package_loads_nothing_heavy():
    assert not loaded_by("import sim") & {"numpy", "mesa", "pandas", "scipy", "pydantic", "matplotlib", "networkx"}


@pytest.mark.parametrize("module", ["sim.errors", "sim.core.registry", "sim.core.calendar"])
def test_what_the_command_line_lists_needs_no_arrays(module):
    assert not loaded_by(f"import {module}") & {"numpy", "mesa", "matplotlib"}


def test_every_public_name_is_there():
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    assert set(dir(sim)) == set(sim.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Econmy'; it has Anchor"):
        _ = sim.Econmy


@pytest.mark.parametrize("name", NAMES)
def test_files_and_functions_are_short(name):
    lines = (SOURCE / name).read_text(encoding="utf-8").count("\n")
    assert lines < MOST_LINES, f"sim/{name} has {lines} lines; split it"
    long = {function.name: length(function) for function in functions(parsed(name)) if length(function) >= MOST_LINES_OF_A_FUNCTION}
    assert not long, f"sim/{name} has long functions: {long}; split them"


def test_all_that_people_write_is_short():
    found = {pattern: sorted(ROOT.glob(pattern)) for pattern in WRITTEN_ELSEWHERE}
    assert all(found.values()), found
    lines = {path: path.read_text(encoding="utf-8").count("\n") for paths in found.values() for path in paths}
    long = {path.relative_to(ROOT).as_posix(): count for path, count in lines.items() if count >= MOST_LINES}
    assert not long, f"split these: {long}"


@pytest.mark.parametrize("name", NAMES)
def test_every_module_says_what_it_is(name):
    assert ast.get_docstring(parsed(name)), f"sim/{name} has no docstring"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in LUCKY_FILES])
def test_luck_comes_from_streams_only(name):
    used = used_names(parsed(name)) & (LUCK | {"random"})
    assert not used, f"sim/{name} uses {sorted(used)}; draw from a stream of sim.core.streams"


@pytest.mark.parametrize("name", NAMES)
def test_no_relative_imports(name):
    """They hide which layer is meant."""
    relative = [node.lineno for node in ast.walk(parsed(name)) if isinstance(node, ast.ImportFrom) and node.level]
    assert not relative, f"sim/{name}: relative imports in lines {relative}"


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith(("policies/", "measures/"))])
def test_policies_and_measures_write_no_money_and_no_rows(name):
    tree = parsed(name)
    written = {
        verb: calls_of_attribute(tree, verb) for verb in ("book", "endow", "drop", "create_agents") if calls_of_attribute(tree, verb)
    }
    assert not written, f"sim/{name} writes: {written}"


def test_the_rules_can_fail():
    long = ast.parse("def f():\n" + "    x = 1\n" * 40)
    assert [length(function) for function in functions(long)] == [41]
    assert length(next(functions(ast.parse("def f():\n    '''one\n    two'''\n    return 1")))) == 2
    assert used_names(ast.parse("import random\nnp.random.default_rng(1)")) >= {"random", "default_rng"}
    assert used_names(ast.parse("from numpy.random import Philox")) >= {"numpy", "Philox"}
    assert calls_of_attribute(ast.parse("ledger.book('x', 1, 2, 3)"), "book") == [1]
