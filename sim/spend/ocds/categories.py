"""Codes of the Common Procurement Vocabulary as notices write them."""

from __future__ import annotations

import re
from typing import Any, Final

from sim.spend.ocds.wording import plain_text

__all__ = ["cpv_code"]

_CODE: Final = re.compile(r"(\d{8})(?:-\d|\.0)?")


def cpv_code(value: Any) -> str:
    """A code as its eight digits, without the check digit; "" when it is none.

    Examples
    --------
    >>> cpv_code("45233162-2"), cpv_code("45233130.0"), cpv_code(3000000), cpv_code("services")
    ('45233162', '45233130', '03000000', '')
    """
    text = plain_text(value)
    found = _CODE.fullmatch(text.zfill(8) if text.isdigit() else text)
    return found[1] if found else ""
