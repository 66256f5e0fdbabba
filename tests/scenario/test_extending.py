"""docs/extending.md is true: its files, put where they say, with one line each, work and pass their tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.extended import copy_with, marked_blocks, run_python

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "extending.md"


def blocks() -> list[tuple[str, str, str]]:
    """What each marked block is, where it goes, its text."""
    return [block for block in marked_blocks(PAGE) if block[0] in ("file", "line", "test")]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with everything that the page adds."""
    return copy_with(tmp_path_factory.mktemp("extended"), blocks())


def test_each_addition_is_one_file_one_line_one_test():
    kinds = [kind for kind, _, _ in blocks()]
    assert kinds == ["file", "line", "test"] * 3
    assert all(text.count("\n") == 1 for kind, _, text in blocks() if kind == "line")


def test_the_tests_of_the_page_pass(extended):
    names = [where for kind, where, _ in blocks() if kind == "test"]
    found = run_python(extended, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", *names)
    assert found.returncode == 0, found.stdout + found.stderr
    for name in names:
        assert f"PASSED {name}::" in found.stdout, f"{name} holds no test that passed"


def test_a_new_policy_is_described_at_once(extended):
    found = run_python(extended, "-m", "sim", "describe", "extra_grant")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "More grant for anchors" in found.stdout and "share" in found.stdout


def test_the_scenario_that_shows_it_is_one_that_the_command_accepts(extended):
    shown = re.search(r"^<!-- scenario: (\S+) -->\n```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert not (ROOT / shown[1]).exists()
    (extended / "shown.yaml").write_text(shown[2], encoding="utf-8")
    found = run_python(extended, "-m", "sim", "check", "shown.yaml")
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_additions_are_clean_code(extended):
    paths = [where for kind, where, _ in blocks() if kind != "line"]
    ruff = shutil.which("ruff", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if ruff is None:
        pytest.skip("ruff is not installed")
    found = subprocess.run(
        [ruff, "check", "--config", str(ROOT / "pyproject.toml"), *paths], cwd=extended, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout
