"""Dates as text, whatever their form; the order of day and month is settled once for a column.

Each distinct text is taken apart once. A date that could be read both ways follows the column: the dates of the column that can be
read in one way only decide. Where none does, the day comes first, as in Britain, and the reading says so.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

__all__ = ["DateOrder", "OrderFound", "Parts", "date_of", "order_of", "parts_of"]

DateOrder = Literal["day-first", "month-first", "year-first", "none"]

_MONTHS = {
    name: number
    for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1)
}
_TIME = re.compile(r"[T\s,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AP]\.?M\.?)?\s*(?:Z|UTC|GMT|BST|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})\s?[-/.\\ _]\s?(\d{1,2})\s?[-/.\\ _]\s?(\d{4}|\d{2})")
_DAY_NAME = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*(?:of )?([A-Za-z]{3,9})\.?[-/., ']*(\d{4}|\d{2})")
_NAME_FIRST = re.compile(r"([A-Za-z]{3,9})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})")
_YEAR_NAMED = re.compile(r"(\d{4})[-/. ]([A-Za-z]{3,9})[-/. ](\d{1,2})")
_MONTH_ONLY = re.compile(r"([A-Za-z]{3,9})\.?[-/., ']*(\d{4}|\d{2})|(\d{4})[-/. ]([A-Za-z]{3,9})")
_MONTH_NUMBER = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[-/](\d{4})")
_EIGHT = re.compile(r"\d{8}")
_YEAR_MONTH = re.compile(r"(20\d{2})(0[1-9]|1[0-2])")
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


class Parts(NamedTuple):
    """A date taken apart: the day and month as they stand, or the date itself where only one reading exists (`day` is then set)."""

    first: int = 0
    second: int = 0
    year: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True)
class OrderFound:
    """The order of day and month in a column, and what spoke for it.

    Parameters
    ----------
    order : str
        ``day-first``, ``month-first``, ``year-first`` (also month names and real dates) or ``none`` (no dates).
    sure : bool
        False where dates can be read both ways and none decides.
    contrary : tuple of str
        Texts that can only be read in the other order.
    """

    order: DateOrder
    sure: bool = True
    contrary: tuple[str, ...] = ()


def date_of(parts: Parts | None, order: DateOrder) -> date | None:
    """The date that parts mean in an order; the other order where only that one is possible.

    Examples
    --------
    >>> date_of(parts_of("03/04/2020"), "day-first"), date_of(parts_of("03/04/2020"), "month-first")
    (datetime.date(2020, 4, 3), datetime.date(2020, 3, 4))
    >>> date_of(parts_of("7/31/2020"), "day-first"), date_of(parts_of("soon"), "day-first") is None
    (datetime.date(2020, 7, 31), True)
    """
    if parts is None or parts.day is not None:
        return parts.day if parts else None
    day, month = (parts.second, parts.first) if order == "month-first" else (parts.first, parts.second)
    return _made(parts.year, month, day) or _made(parts.year, day, month)


@lru_cache(maxsize=100_000)
def parts_of(text: str) -> Parts | None:
    """A date taken apart, or None where the text is no date.

    Parameters
    ----------
    text : str
        The cell.

    Returns
    -------
    Parts or None
        A month without a day means its first day. Five digits are a day number of a spreadsheet. Years outside 1950 to 2100 are refused.

    Examples
    --------
    >>> parts_of("01.08.2019"), parts_of("1st August 2019").day, parts_of("43678").day, parts_of("2019-08-01T00:00:00").day
    (Parts(first=1, second=8, year=2019, day=None), datetime.date(2019, 8, 1), datetime.date(2019, 8, 1), datetime.date(2019, 8, 1))
    """
    if not text or len(text) > 50:
        return None
    bare = _TIME.sub("", " ".join(text.split()))
    numbers = _NUMBERS.fullmatch(bare)
    if numbers:
        first, second, year = int(numbers[1]), int(numbers[2]), _year(numbers[3])
        possible = _made(year, second, first) or _made(year, first, second)
        return Parts(first, second, year) if possible else None
    return _whole(_date_alone(bare))


def order_of(counts: Mapping[str, int]) -> OrderFound:
    """The order of day and month that a column of dates is written in.

    Parameters
    ----------
    counts : mapping of str to int
        How often each distinct text stands in the column.

    Returns
    -------
    OrderFound
        Settled by dates with a day above 12; by the greater number of them where they contradict each other; where there are none, by
        the order that keeps all dates within a month or two.

    Examples
    --------
    >>> order_of({"7/31/2020": 3, "7/1/2020": 2})
    OrderFound(order='month-first', sure=True, contrary=())
    >>> order_of({"03/04/2020": 1}).sure, order_of({"2020-04-03": 1}).order
    (False, 'year-first')
    >>> order_of({"8/1/2020": 1, "8/3/2020": 1, "8/5/2020": 1})  # one August, or three months
    OrderFound(order='month-first', sure=True, contrary=())
    """
    votes = {"day-first": 0, "month-first": 0}
    only: dict[str, list[str]] = {"day-first": [], "month-first": []}
    numbers, whole, open_ = 0, 0, 0
    for text, count in counts.items():
        parts = parts_of(text)
        if parts is None:
            continue
        if parts.day is not None:
            whole += count
            continue
        numbers += count
        order = _only_order(parts)
        if order is None:
            open_ += parts.first != parts.second
        else:
            votes[order] += count
            only[order].append(text)
    if not numbers:
        return OrderFound("year-first" if whole else "none")
    order_: DateOrder = "month-first" if votes["month-first"] > votes["day-first"] else "day-first"
    contrary = only["day-first" if order_ == "month-first" else "month-first"]
    if not sum(votes.values()) and open_:
        return _by_months([parts for text in counts if (parts := parts_of(text)) is not None and parts.day is None])
    return OrderFound(order_, True, tuple(contrary))


def _by_months(dates: Sequence[Parts]) -> OrderFound:
    """The order where every date can be read both ways: the one that keeps them within a month or two, as files are published."""
    months = {
        order: {(day.year, day.month) for parts in dates if (day := date_of(parts, order)) is not None}
        for order in ("day-first", "month-first")
    }
    few, many = sorted(months, key=lambda order: len(months[order]))
    if len(months[few]) <= 2 and len(months[many]) >= 3 * len(months[few]):
        return OrderFound("day-first" if few == "day-first" else "month-first")
    return OrderFound("day-first", sure=False)


def _only_order(parts: Parts) -> str | None:
    """The one order in which numbers make a date, or None where both do."""
    day_first = _made(parts.year, parts.second, parts.first)
    month_first = _made(parts.year, parts.first, parts.second)
    if day_first and month_first:
        return None
    return "day-first" if day_first else "month-first"


def _whole(day: date | None) -> Parts | None:
    """Parts of a date that has one reading."""
    return Parts(day=day) if day else None


def _date_alone(bare: str) -> date | None:
    """A date that can be read in one way."""
    found = _YEAR_FIRST.fullmatch(bare)
    if found:
        return _made(int(found[1]), int(found[2]), int(found[3]))
    if bare[:1].isdigit() and bare.replace(".", "").isdigit():
        return _digits(bare)
    return _with_name(_DAY_NAME.sub("", bare)) or _month_alone(bare)


def _digits(bare: str) -> date | None:
    """A date of digits alone: yyyymmdd, ddmmyyyy, yyyymm, or the day number of a spreadsheet."""
    if _EIGHT.fullmatch(bare):
        return _made(int(bare[:4]), int(bare[4:6]), int(bare[6:])) or _made(int(bare[4:]), int(bare[2:4]), int(bare[:2]))
    month = _YEAR_MONTH.fullmatch(bare)
    if month:
        return _made(int(month[1]), int(month[2]), 1)
    serial = _SERIAL.fullmatch(bare)
    return date(1899, 12, 30) + timedelta(days=int(serial[1])) if serial else None


def _with_name(bare: str) -> date | None:
    """A date with the name of a month."""
    for pattern, order in ((_NAMED, (3, 2, 1)), (_NAME_FIRST, (3, 1, 2)), (_YEAR_NAMED, (1, 2, 3))):
        found = pattern.fullmatch(bare)
        month = _month(found[order[1]]) if found else None
        if found and month:
            return _made(_year(found[order[0]]), month, int(found[order[2]]))
    return None


def _month_alone(bare: str) -> date | None:
    """The first day of a month given without a day."""
    found = _MONTH_ONLY.fullmatch(bare)
    if found:
        month = _month(found[1] or found[4])
        return _made(_year(found[2] or found[3]), month, 1) if month else None
    found = _MONTH_NUMBER.fullmatch(bare)
    return _made(int(found[1] or found[4]), int(found[2] or found[3]), 1) if found else None


def _month(name: str) -> int | None:
    """The number of a month by its name, of which at least three letters stand."""
    number = _MONTHS.get(name[:3].casefold())
    whole = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
    return number if number and (whole[number - 1].startswith(name.casefold()) or name.casefold() == "sept") else None


def _year(text: str) -> int:
    """A year of four digits, or of two: 00 to 69 is this century."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _made(year: int, month: int, day: int) -> date | None:
    """A date that exists, or None."""
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)
