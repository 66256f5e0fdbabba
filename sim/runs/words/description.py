"""A description in words for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["description_lines"]


def description_lines(value: Mapping[str, Any], depth: int = 0) -> list[str]:
    """A description as indented lines; what is empty is left out.

    Examples
    --------
    >>> description_lines({"name": "lots", "low": None, "options": [{"name": "largest_lot", "unit": "pounds"}]})
    ['name: lots', 'options:', '  largest_lot', '    unit: pounds']
    """
    lead = "  " * depth
    lines: list[str] = []
    for key, held in value.items():
        name = str(key).replace("_", " ")
        if held is None or (isinstance(held, (str, list, tuple, dict)) and not held):
            continue
        if isinstance(held, Mapping):
            lines += [f"{lead}{name}:", *description_lines(held, depth + 1)]
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
