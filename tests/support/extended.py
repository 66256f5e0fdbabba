"""A copy of the project with what a page adds: files, a line in a list, tests."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^<!-- (file|line|test|scenario|command): (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def marked_blocks(page: Path) -> list[tuple[str, str, str]]:
    """What each marked block of a page is, where it goes or what it is called, its text."""
    return [match.groups() for match in BLOCK.finditer(page.read_text(encoding="utf-8"))]  # type: ignore[misc]


def copy_with(folder: Path, blocks: Iterable[tuple[str, str, str]]) -> Path:
    """Copy the package and its scenarios into a folder, and add blocks where they say."""
    for part in ("sim", "scenarios"):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for kind, where, text in blocks:
        path = folder / where
        if kind == "line":
            path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
            continue
        assert not path.exists(), f"{where} is there already: the page must add something new"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def run_python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder with the packages that lie there, warnings as errors."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONWARNINGS": "error"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
