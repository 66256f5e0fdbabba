"""docs/extending.md is true: its files, put where they say, with one line each, work and pass their tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "extending.md"
BLOCK = re.compile(r"^<!-- (file|line|test): (\S+) -->\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[str, str, str]]:
    """What each marked block is, where it goes, its text."""
    return [match.groups() for match in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]  # type: ignore[misc]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder with the packages that lie there, warnings as errors."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONWARNINGS": "error"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with everything that the page adds."""
    folder = tmp_path_factory.mktemp("extended")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=ignored)
    if (ROOT / "scenarios").is_dir():
        shutil.copytree(ROOT / "scenarios", folder / "scenarios", ignore=ignored)
    for kind, where, text in blocks():
        path = folder / where
        if kind == "line":
            path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
            continue
        assert not path.exists(), f"{where} is there already: the page must add something new"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_each_addition_is_one_file_one_line_one_test():
    kinds = [kind for kind, _, _ in blocks()]
    assert kinds == ["file", "line", "test"] * 3
    assert all(text.count("\n") == 1 for kind, _, text in blocks() if kind == "line")


def test_the_tests_of_the_page_pass(extended):
    names = [where for kind, where, _ in blocks() if kind == "test"]
    found = run(extended, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider", *names)
    assert found.returncode == 0, found.stdout + found.stderr
    for name in names:
        assert f"PASSED {name}::" in found.stdout, f"{name} holds no test that passed"


def test_a_new_policy_is_described_at_once(extended):
    found = run(extended, "-m", "sim", "describe", "extra_grant")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "More grant for anchors" in found.stdout and "share" in found.stdout


def test_the_scenario_that_shows_it_is_one_that_the_command_accepts(extended):
    shown = re.search(r"^<!-- scenario: (\S+) -->\n```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown is not None
    assert not (ROOT / shown[1]).exists()
    (extended / "shown.yaml").write_text(shown[2], encoding="utf-8")
    found = run(extended, "-m", "sim", "check", "shown.yaml")
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
