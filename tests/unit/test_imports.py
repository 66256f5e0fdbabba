"""Rules of the source that no checker of imports can state: what is loaded, what is drawn, how long a part may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
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
LUCKY_FILES |= {"page/work/job_queue.py"}

#: What writes money or rows.
WRITERS = {"book", "endow", "drop", "create_agents"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def loaded_by(statement: str) -> set[str]:
    """Top names of the modules that a fresh interpreter has loaded after a statement."""
    code = f"{statement}\nimport sys\nprint('\\n'.join({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.split())


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


def calls_of_attributes(tree: ast.AST, names: set[str]) -> list[str]:
    """Names among these that are called as attributes, each with its line."""
    return [
        f"{node.func.attr} in line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names
    ]


@dataclass(frozen=True)
class Read:
    """What the rules ask of one file."""

    said: bool
    long: dict[str, int]
    lucky: set[str]
    relative: list[int]
    written: list[str]


@cache
def source() -> dict[str, Read]:
    """Every file of the package, read once for all rules; no tree is kept."""
    return {name: read(ast.parse((SOURCE / name).read_text(encoding="utf-8"))) for name in NAMES}


def read(tree: ast.Module) -> Read:
    return Read(
        said=ast.get_docstring(tree) is not None,
        long={function.name: length(function) for function in functions(tree) if length(function) >= MOST_LINES_OF_A_FUNCTION},
        lucky=used_names(tree) & (LUCK | {"random"}),
        relative=[node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level],
        written=calls_of_attributes(tree, WRITERS),
    )


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


def lines_of(paths: Iterable[Path]) -> dict[str, int]:
    """Lines of each file that has too many."""
    lines = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in paths}
    return {name: count for name, count in lines.items() if count >= MOST_LINES}


def test_files_and_functions_are_short():
    assert len(FILES) > 500
    assert not lines_of(FILES), "split these"
    assert not {name: found.long for name, found in source().items() if found.long}, "split these"


def test_all_that_people_write_is_short():
    found = {pattern: sorted(ROOT.glob(pattern)) for pattern in WRITTEN_ELSEWHERE}
    assert all(found.values()), found
    assert not lines_of(path for paths in found.values() for path in paths), "split these"


def test_every_module_says_what_it_is():
    assert not [name for name, found in source().items() if not found.said], "these have no docstring"


def test_luck_comes_from_streams_only():
    lucky = {name: sorted(found.lucky) for name, found in source().items() if found.lucky}
    assert set(lucky) <= LUCKY_FILES, f"draw from a stream of sim.core.streams: {lucky}"


def test_no_relative_imports():
    """They hide which layer is meant."""
    assert not {name: found.relative for name, found in source().items() if found.relative}


def test_policies_and_measures_write_no_money_and_no_rows():
    written = {name: found.written for name, found in source().items() if name.startswith(("policies/", "measures/"))}
    assert len(written) > 50
    assert not {name: calls for name, calls in written.items() if calls}, "these write"


def test_the_rules_can_fail():
    long = read(ast.parse("def f():\n" + "    x = 1\n" * 40))
    assert (long.said, long.long) == (False, {"f": 41})
    assert length(next(functions(ast.parse("def f():\n    '''one\n    two'''\n    return 1")))) == 2
    assert used_names(ast.parse("import random\nnp.random.default_rng(1)")) >= {"random", "default_rng"}
    assert used_names(ast.parse("from numpy.random import Philox")) >= {"numpy", "Philox"}
    found = read(ast.parse("'''Says.'''\nfrom . import x\nledger.book('x', 1, 2, 3)\nimport random"))
    assert found == Read(True, {}, {"random"}, [2], ["book in line 3"])
