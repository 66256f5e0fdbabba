"""Numbers as people in the United Kingdom write them: £1,234.5m, 18.2%, 3 April 2013; each also as a number for a spreadsheet."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = [
    "Amount",
    "Cell",
    "change",
    "count",
    "decimals_for",
    "english_list",
    "level",
    "money",
    "month_name",
    "plain",
    "text",
]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
UNKNOWN = "not known"


@dataclass(frozen=True)
class Amount:
    """How to write the values of one measure.

    Parameters
    ----------
    kind : str
        A kind of measure: share, money, count, ratio, months, index, rate; or "points", a share of which 1 means one point.
    symbol : str
        Sign of the currency.
    """

    kind: str
    symbol: str = "£"


@dataclass(frozen=True)
class Cell:
    """One value of a table: what is read, what is stored, and how a spreadsheet shows it.

    Parameters
    ----------
    shown : str
        Text for people.
    value : float, int, str or None
        The value itself; None where there is none.
    form : str
        Number format of a spreadsheet; empty for text.
    under : str
        A smaller line below, for the page alone.
    """

    shown: str
    value: float | int | str | None
    form: str = ""
    under: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number."""
        return isinstance(self.value, (int, float)) and not isinstance(self.value, bool)


def plain(words: object, longest: int = 20_000) -> str:
    """Text without control characters, which neither a page nor a spreadsheet may hold.

    Examples
    --------
    >>> plain("a\\x00b")
    'a b'
    """
    cleaned = "".join(letter if letter.isprintable() or letter in "\n\t" else " " for letter in str(words))
    return cleaned if len(cleaned) <= longest else cleaned[: longest - 1] + "…"


def text(words: object, under: object = "") -> Cell:
    """A cell of text; nothing in it is ever a formula."""
    shown = plain(words)
    return Cell(shown, shown, under=plain(under))


def decimals_for(largest: float, digits: int = 3, most: int = 4) -> int:
    """Decimals that show the largest of some values with so many digits.

    Examples
    --------
    >>> decimals_for(12.34), decimals_for(0.0123), decimals_for(4567.0)
    (1, 4, 0)
    """
    if not math.isfinite(largest) or largest == 0:
        return 1
    return min(max(digits - 1 - math.floor(math.log10(abs(largest))), 0), most)


def level(value: float | None, amount: Amount, beside: float | None = None) -> Cell:
    """A value as it stands.

    Parameters
    ----------
    value : float or None
        The value; not a number where there is none.
    amount : Amount
        How to write it.
    beside : float, optional
        The largest value of the same row, which sets the decimals.

    Examples
    --------
    >>> level(0.1816, Amount("share")).shown, level(1_234_500_000, Amount("money")).shown, level(1975.4, Amount("count")).shown
    ('18.2%', '£1,234.5m', '1,975')
    """
    return _cell(value, amount, beside, signed=False)


def change(value: float | None, amount: Amount, beside: float | None = None) -> Cell:
    """A difference, with its sign; that of a share is in points.

    Examples
    --------
    >>> change(0.0696, Amount("share")).shown, change(-149_438.3, Amount("money")).shown, change(0.0, Amount("count")).shown
    ('+7.0 points', '-£149,438', '0')
    """
    return _cell(value, amount, beside, signed=True)


def money(value: float | None, symbol: str) -> Cell:
    """An amount of money."""
    return level(value, Amount("money", symbol))


def count(value: float) -> Cell:
    """A whole number.

    Examples
    --------
    >>> count(15998939).shown
    '15,998,939'
    """
    return Cell(f"{value:,.0f}", value, "#,##0")


def _cell(value: float | None, amount: Amount, beside: float | None, *, signed: bool) -> Cell:
    """A value of any kind as a cell."""
    if value is None or not math.isfinite(value):
        return Cell(UNKNOWN, None)
    largest = max(abs(value), abs(beside) if beside is not None and math.isfinite(beside) else 0.0)
    if amount.kind == "money":
        return Cell(_money(value, largest, amount.symbol, signed), value, _money_form(amount.symbol, largest, signed))
    if amount.kind == "share":
        return _share(value, largest, signed)
    decimals = _decimals(amount.kind, largest, signed)
    unit = " points" if amount.kind == "points" else ""
    shown = _number(value, decimals, signed)
    return Cell(shown + unit, value, _form(decimals, signed, unit))


def _share(value: float, largest: float, signed: bool) -> Cell:
    """A share as a percentage, the change of one as points."""
    if signed:
        decimals = min(max(decimals_for(largest * 100, 2), 1), 3)
        return Cell(_number(value * 100, decimals, signed) + " points", value * 100, _form(decimals, signed, " points"))
    decimals = 2 if 0 < largest < 0.01 else 1
    # In per cent, not in parts of one: a row has the difference in points beside its levels, and both have one scale.
    return Cell(f"{_number(value * 100, decimals, signed)}%", value * 100, _form(decimals, signed, "%"))


def _decimals(kind: str, largest: float, signed: bool) -> int:
    """Decimals of a kind of value that is no money and no share."""
    if kind == "count":
        if largest >= 1000:
            return 0
        if not signed:
            return 0 if float(largest).is_integer() else 1
        return min(max(decimals_for(largest, 2), 1), 3)
    if kind == "index":
        return 4 if signed else 3
    return min(max(decimals_for(largest, 3), 0), 3)


def _number(value: float, decimals: int, signed: bool) -> str:
    """A number with commas; a sign in front of one that is not nought."""
    if round(value, decimals) == 0:
        return "0"
    return f"{value:{'+' if signed else ''},.{decimals}f}"


def _money(value: float, largest: float, symbol: str, signed: bool) -> str:
    """An amount of money; millions as m."""
    divisor, letter, decimals = _money_scale(largest)
    body = f"{abs(value) / divisor:,.{decimals}f}"
    if float(body.replace(",", "")) == 0:
        return f"{symbol}0"
    sign = "-" if value < 0 else "+" if signed else ""
    return f"{sign}{symbol}{body}{letter}"


def _money_scale(largest: float) -> tuple[float, str, int]:
    """What money of a size is divided by, the letter for it, and decimals."""
    if largest >= 1e6:
        return 1e6, "m", 1 if largest >= 1e8 else 2
    return 1.0, "", 0 if largest >= 100 else 2


def _money_form(symbol: str, largest: float, signed: bool) -> str:
    """Number format of money: whole amounts, so that a spreadsheet can add them up."""
    digits = "#,##0" if largest >= 100 else "#,##0.00"
    quoted = '"' + symbol.replace('"', "") + '"'
    body = quoted + digits
    return f"{'+' if signed else ''}{body};-{body};{body}"


def _form(decimals: int, signed: bool, unit: str) -> str:
    """Number format of a plain number."""
    body = "#,##0" + ("." + "0" * decimals if decimals else "") + (f'"{unit}"' if unit else "")
    return f"+{body};-{body};{body}" if signed else body


def month_name(date: str) -> str:
    """A month in words.

    Examples
    --------
    >>> month_name("2013-04")
    'April 2013'
    """
    year, _, month = date.partition("-")
    return f"{MONTHS[int(month) - 1]} {int(year)}"


def english_list(words: list[str]) -> str:
    """Words as a list in a sentence.

    Examples
    --------
    >>> english_list(["a", "b", "c"])
    'a, b and c'
    """
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""
