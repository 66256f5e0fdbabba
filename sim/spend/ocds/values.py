"""Amounts and dates of notices: whole pence and calendar days, with what is odd about them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

__all__ = ["MOST_POUNDS", "day_of", "moment_of", "pence_of", "shares_of"]

#: No contract of a public body comes near it; what is larger is a fault of the file.
MOST_POUNDS: Final = 10**13
_DAY: Final = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?!\d)")
_AMOUNT: Final = re.compile(r"\s*£?\s*(-?\d[\d,]*(?:\.\d+)?)\s*")


def pence_of(amount: Any) -> tuple[int | None, str]:
    """An amount in pounds as whole pence, and what is odd about it.

    Parameters
    ----------
    amount : object
        Whatever stands in the notice.

    Returns
    -------
    tuple of int or None and str
        Pence, or None where there is no amount; and one of "", "text", "rounded", "unreadable".

    Raises
    ------
    OverflowError
        Above :data:`MOST_POUNDS`.

    Examples
    --------
    >>> pence_of(Decimal("3380.86")), pence_of("93,007"), pence_of(Decimal("0.005")), pence_of("tba"), pence_of(None)
    ((338086, ''), (9300700, 'text'), (0, 'rounded'), (None, 'unreadable'), (None, ''))
    """
    if amount is None:
        return None, ""
    found = _AMOUNT.fullmatch(amount[:60]) if isinstance(amount, str) else None
    if isinstance(amount, bool) or not (found or isinstance(amount, (int, Decimal))):
        return None, "unreadable"
    pounds = Decimal(found[1].replace(",", "")) if found else Decimal(amount)
    if abs(pounds) > MOST_POUNDS:
        raise OverflowError(str(amount)[:40])
    pence = (pounds * 100).quantize(Decimal(1), ROUND_HALF_EVEN)
    return int(pence), "text" if found else "rounded" if pence != pounds * 100 else ""


def shares_of(pence: int, among: int) -> list[int]:
    """An amount shared equally in whole pence; the first shares have the odd pence, and the sum is the amount.

    Examples
    --------
    >>> shares_of(338086, 3), sum(shares_of(338086, 3))
    ([112696, 112695, 112695], 338086)
    """
    share, odd = divmod(pence, among)
    return [share + (place < odd) for place in range(among)]


def day_of(value: Any) -> date | None:
    """The calendar day of a date as it was written, in the zone it was written in.

    Examples
    --------
    >>> day_of("2025-03-31T23:59:59+01:00"), day_of("2025-02-30"), day_of(None)
    (datetime.date(2025, 3, 31), None, None)
    """
    found = _DAY.match(value[:40]) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def moment_of(value: Any) -> datetime | None:
    """The moment of a date in universal time, so that dates of several zones compare; without a zone it is taken as universal.

    Examples
    --------
    >>> moment_of("2025-04-01T00:30:00+01:00") < moment_of("2025-03-31T23:45:00Z")
    True
    """
    if day_of(value) is None:
        return None
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        found = datetime.combine(day_of(value) or date.min, datetime.min.time())
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return found.replace(tzinfo=UTC)


def day_after(start: date | None, days: Any) -> date | None:
    """The last day of a period that is given by its length.

    Examples
    --------
    >>> day_after(date(2025, 1, 1), 31)
    datetime.date(2025, 1, 31)
    """
    if start is None or isinstance(days, bool) or not isinstance(days, (int, Decimal)) or not 1 <= days <= 36_525:
        return None
    try:
        return start + timedelta(days=int(days) - 1)
    except OverflowError:
        return None
