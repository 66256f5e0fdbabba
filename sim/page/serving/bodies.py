"""Bodies of requests: bounded in size and in time, and JSON that is strict about its numbers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Collection, Mapping
from typing import Any, Final, NoReturn

from starlette.requests import ClientDisconnect, Request

from sim.errors import InputError, Problem, nearest
from sim.page.serving.limits import PageLimits, size_words
from sim.page.serving.refusal import Refusal

__all__ = [
    "RAW",
    "check_type",
    "choice",
    "json_object",
    "known_keys",
    "number",
    "parse_json",
    "raise_problems",
    "read_body",
    "short_text",
    "whole_number",
]

#: Types of bodies that are taken as they are.
RAW: Final = frozenset(
    {
        "application/octet-stream",
        "application/json",
        "application/vnd.ms-excel",
        "application/vnd.ms-excel.sheet.macroenabled.12",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/x-yaml",
        "application/yaml",
        "text/csv",
        "text/plain",
        "text/tab-separated-values",
        "text/x-yaml",
        "text/yaml",
    }
)
MOST_DIGITS: Final = 30


def check_type(request: Request, allowed: Collection[str]) -> None:
    """Refuse a body of another type."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in allowed:
        wanted = "application/json" if allowed == {"application/json"} else "application/octet-stream"
        raise Refusal(415, "the body is of a type that is not read here", f"send it with the header Content-Type: {wanted}")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise Refusal(415, "the body is packed", "send it as it is, without a Content-Encoding")


async def read_body(request: Request, most: int, seconds: float, idle: float) -> bytes:
    """The body of a request.

    Parameters
    ----------
    request : Request
        The request.
    most : int
        Bytes it may have.
    seconds, idle : float
        How long it may take in all, and how long it may pause.

    Raises
    ------
    Refusal
        When it is too large (413), too slow (408) or cut (400).
    """
    stated = request.headers.get("content-length", "0")
    too_large = Refusal(413, f"the body is larger than {size_words(most)}", f"send at most {size_words(most)}")
    if not stated.isascii() or not stated.isdigit():
        raise Refusal(400, "the length of the body is no number", "leave the header Content-Length to the browser")
    parts: list[bytes] = []
    size = 0
    stream = request.stream()
    until = time.monotonic() + seconds
    try:
        # A body somewhat too large is read to its end, so that the browser hears the answer.
        while (part := await asyncio.wait_for(_next(stream), min(idle, until - time.monotonic()))) is not None and size <= 2 * most:
            size += len(part)
            if size <= most:
                parts.append(part)
            elif len(stated) > 12 or int(stated) > 2 * most:
                break
    except TimeoutError:
        raise Refusal(408, "the body came too slowly", "send it again") from None
    except ClientDisconnect:
        raise Refusal(400, "the body was cut", "send it again") from None
    if size > most or int(stated[:12]) > most:
        raise too_large
    return b"".join(parts)


async def _next(stream: AsyncIterator[bytes]) -> bytes | None:
    """The next part of a body, or None at its end."""
    return await anext(stream, None)


async def json_object(request: Request, limits: PageLimits, keys: Collection[str], optional: Collection[str] = ()) -> dict[str, Any]:
    """The object of JSON that is the body of a request, with exactly the keys that are known."""
    check_type(request, {"application/json"})
    body = await read_body(request, limits.json_bytes, limits.body_seconds, limits.idle_seconds)
    value = parse_json(body, limits.json_depth)
    if not isinstance(value, dict):
        raise Refusal(400, "the body is no object", 'send an object such as {"state": {...}}')
    known_keys(value, keys, optional)
    return value


def known_keys(value: Mapping[str, Any], keys: Collection[str], optional: Collection[str] = ()) -> None:
    """Refuse keys that are not known, and the lack of one."""
    known = [*keys, *optional]
    allowed = ", ".join(known)
    problems = [
        problem(key[:60], key[:60], allowed, f"there is no key {key[:60]!r} here", "leave it out", nearest(key, known))
        for key in value
        if key not in known
    ]
    problems += [problem(key, "nothing", "a value", f"the key {key!r} is missing", "give it") for key in keys if key not in value]
    raise_problems(problems)


def parse_json(body: bytes, depth: int) -> Any:
    """The value of a text that must be JSON.

    Raises
    ------
    Refusal
        When it is none, names a key twice, is nested too deeply, or holds numbers that are none or have too many digits.

    Examples
    --------
    >>> parse_json(b'{"share": 0.2}', 4)
    {'share': 0.2}
    """
    try:
        text = body.decode("utf-8")
        if _deepest(text) > depth:
            raise Refusal(400, f"lists and objects are nested more than {depth} deep", "write them flatter")
        value = json.loads(text, parse_constant=_no_constant, parse_int=_whole, parse_float=_real, object_pairs_hook=_object)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a half of a pair of surrogates is no character
    except UnicodeError:
        raise Refusal(400, "the body is no text in UTF-8", "send text in UTF-8") from None
    except (json.JSONDecodeError, RecursionError):
        raise Refusal(400, "the body is no JSON", "send JSON") from None
    return value


def _deepest(text: str) -> int:
    """How deep brackets are nested, those in quotes included."""
    level = most = 0
    for sign in text:
        if sign in "[{":
            level += 1
            most = max(most, level)
        elif sign in "]}":
            level -= 1
    return most


def _no_constant(text: str) -> NoReturn:
    raise Refusal(400, f"{text} is no number", "send a finite number")


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise Refusal(400, f"a number has more than {MOST_DIGITS} digits", "send a smaller number")
    return int(text)


def _real(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Refusal(400, "a number is too large", "send a finite number")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refusal(400, "a key stands twice in one object", "send each key once")
    return found


def problem(key: str, given: object, allowed: str, message: str, remedy: str, near: str | None = None) -> Problem:
    """A problem of a request, with what was given cut to a readable length."""
    shown = repr(given) if not isinstance(given, str) else given
    return Problem("", None, key, shown[:80], allowed, near, remedy, message, "request")


def raise_problems(problems: list[Problem]) -> None:
    """Raise all problems together, if there are any."""
    if problems:
        raise InputError(problems)


def whole_number(value: object, key: str, bounds: tuple[int, int]) -> list[Problem]:
    """The problem of what must be a whole number within bounds; none when it is one.

    Examples
    --------
    >>> whole_number(8, "seeds", (1, 12)), len(whole_number(True, "seeds", (1, 12)))
    ([], 1)
    """
    low, high = bounds
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return []
    return [problem(key, value, f"a whole number from {low} to {high}", "this can't be used", f"give a whole number from {low} to {high}")]


def choice(value: object, key: str, allowed: Collection[str]) -> list[Problem]:
    """The problem of what must be one of some words; none when it is one."""
    if isinstance(value, str) and value in allowed:
        return []
    words = ", ".join(allowed)
    near = nearest(value[:60], allowed) if isinstance(value, str) else None
    return [problem(key, value, words, "this can't be used", f"give one of: {words}", near)]


def number(value: object, key: str, high: float = 1e9) -> list[Problem]:
    """The problem of what must be a number from 1; none when it is one.

    Examples
    --------
    >>> number(100, "pounds"), len(number(float("nan"), "pounds"))
    ([], 1)
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 1 <= value <= high:
        return []
    return [problem(key, value, f"a number from 1 to {high:,.0f}", "this can't be used", "give 100")]


def short_text(value: object, key: str) -> list[Problem]:
    """The problem of what must be a short text; none when it is one."""
    if isinstance(value, str) and 0 < len(value) <= 120 and value.isprintable():
        return []
    return [problem(key, value, "a text of 1 to 120 letters", "this can't be used", "give a name")]
