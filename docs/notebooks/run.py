"""Runs the notebooks of this folder and stores what their cells show: ``python docs/notebooks/run.py``.

A cell shows what it prints and the value of its last line, as in Jupyter; nothing of the machine is stored.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def shown_by(source: str, names: dict[str, Any]) -> str:
    """Run the code of a cell in a namespace; what it prints, then the value of its last line if that is an expression.

    Examples
    --------
    >>> names = {}
    >>> shown_by("a = 2", names), shown_by("print(a)\\na + 1", names)
    ('', '2\\n3\\n')
    """
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(tree, "cell", "exec"), names)
        value = None if last is None else eval(compile(last, "cell", "eval"), names)
        if value is not None:
            print(repr(value))  # noqa: T201
    return said.getvalue()


def run_notebook(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each code cell, in order and in one namespace, with what it shows."""
    names: dict[str, Any] = {"__name__": "__main__"}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            yield cell, shown_by("".join(cell["source"]), names)


def store(path: Path) -> None:
    """Run a notebook in an empty folder and write what its cells show into it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    back = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for number, (cell, text) in enumerate(run_notebook(notebook), start=1):
                cell["execution_count"] = number
                cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": text.splitlines(keepends=True)}] if text else []
        finally:
            os.chdir(back)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for found in sorted(FOLDER.glob("*.ipynb")):
        store(found)
        sys.stdout.write(f"{found.name}\n")
