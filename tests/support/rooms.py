"""The rooms of the package, from the contract of imports and what each says of itself."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rooms() -> list[list[str]]:
    """Layers from the top down; rooms of one layer know nothing of each other."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip() for name in layer.strip("()").split("|")] for layer in layers]


def purpose(room: str) -> str:
    """What a room says of itself in the first paragraph of its docstring."""
    path = ROOT / room.replace(".", "/")
    tree = ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").partition("\n\n")[0].replace("\n", " ").replace("``", "`")


def table() -> str:
    """The table of the contributor guide."""
    rows = [f"| {' and '.join(f'`{room}`' for room in layer)} | {' '.join(purpose(room) for room in layer)} |" for layer in rooms()]
    return "\n".join(["| Room | What it is for |", "| --- | --- |", *rows])


def folders() -> str:
    """The table of folders within rooms, from the outermost room down, by name."""
    order = [room for layer in rooms() for room in layer]
    there = sorted((ROOT / "sim").glob("*/**/__init__.py"), key=lambda path: (order.index(f"sim.{path.relative_to(ROOT).parts[1]}"), path))
    inner = [path.parent.relative_to(ROOT).as_posix() for path in there if len(path.relative_to(ROOT).parts) > 3]
    rows = [f"| `{name}` | {purpose(name.replace('/', '.'))} |" for name in inner]
    return "\n".join(["| Folder | What it is for |", "| --- | --- |", *rows])
