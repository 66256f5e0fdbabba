"""The register: each kind of problem must have a case that triggers it and reads what it says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from sim.settings.reading.problems import Kind

HERE = Path(__file__).parent
BESIDE_THE_TABLES = {Kind.NOT_A_FILE, Kind.NO_SUCH_FILE}
"""Kinds that a content can't trigger; ``test_folder`` and ``test_path_that_is_not_there`` do."""


def table(name: str) -> ModuleType:
    """A module with a table of cases, whatever way the tests are imported."""
    spec = importlib.util.spec_from_file_location(f"table_of_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_kind_of_problem_has_a_case() -> None:
    scenarios = table("test_wrong_scenarios")
    tested = {Kind(scenarios.expected(path)["kind"]) for path in scenarios.CASES}
    tested |= {case.kind for name in ("test_wrong_places", "test_wrong_files") for case in table(name).CASES}
    assert tested | BESIDE_THE_TABLES == set(Kind), f"without a test: {sorted(set(Kind) - tested - BESIDE_THE_TABLES)}"


def test_the_tables_are_large_enough() -> None:
    count = len(table("test_wrong_scenarios").CASES) + len(table("test_wrong_places").CASES) + len(table("test_wrong_files").CASES)
    assert count >= 140
