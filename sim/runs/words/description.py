"""A description in words for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

__all__ = ["description_lines"]

AS_IN_A_FILE: Final = ("off", "options")
"""Parts whose names are options of a scenario file: written with their underscores, so that they can be copied."""


def description_lines(value: Mapping[str, Any], depth: int = 0, *, written: bool = False) -> list[str]:
    """A description as indented lines; what is empty is left out. Names of options stay as a file has them (`written`).

    Examples
    --------
    >>> description_lines({"name": "lots", "low": None, "options": [{"name": "largest_lot", "unit": "pounds"}]})
    ['name: lots', 'options:', '  largest_lot', '    unit: pounds']
    >>> description_lines({"where_tried": "Preston", "off": {"largest_lot": 0}})
    ['where tried: Preston', 'off:', '  largest_lot: 0']
    """
    lead = "  " * depth
    lines: list[str] = []
    for key, held in value.items():
        name = str(key) if written else str(key).replace("_", " ")
        if held is None or (isinstance(held, (str, list, tuple, dict)) and not held):
            continue
        if isinstance(held, Mapping):
            lines += [f"{lead}{name}:", *description_lines(held, depth + 1, written=written or key in AS_IN_A_FILE)]
        elif isinstance(held, (list, tuple)) and any(isinstance(one, Mapping) for one in held):
            lines.append(f"{lead}{name}:")
            for one in held:
                label = next(key for key in ("name", "use", *one) if key in one)
                lines.append(f"{lead}  {one[label]}")
                lines += description_lines({key: kept for key, kept in one.items() if key != label}, depth + 2)
        elif isinstance(held, (list, tuple)):
            lines.append(f"{lead}{name}: {', '.join(str(one) for one in held)}")
        else:
            lines.append(f"{lead}{name}: {_word(held)}")
    return lines


def _word(value: Any) -> str:
    """A single value as a person writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
