"""A state in the address of the page: JSON without defaults, in letters that an address may hold; the page's script does the same."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from sim.errors import InputError, Problem
from sim.settings.reading.problems import Kind, shown
from sim.settings.scenarios.keys import NEIGHBOURS

__all__ = ["MOST_LETTERS", "decoded", "encoded"]

MOST_LETTERS: Final = 32_000
"""Letters of the longest link that is read."""

_LETTERS: Final = re.compile(r"[A-Za-z0-9_-]*")
#: What a link leaves out; a link never holds what only the place could say, so it means the same on every machine.
_DEFAULTS: Final[Mapping[str, Any]] = {"policies": [], "shocks": [], "parameters": {}, "neighbours": NEIGHBOURS[0]}


def encoded(state: Mapping[str, Any]) -> str:
    """A state as the letters that follow ``#s=`` in a link.

    Parameters
    ----------
    state : mapping
        A state as `PageState.as_dict` gives it.

    Examples
    --------
    >>> encoded({"place": "anytown", "policies": []})
    'eyJwbGFjZSI6ImFueXRvd24ifQ'
    """
    kept = {name: value for name, value in state.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decoded(letters: str) -> Any:
    """What a link holds, as plain values; it is not checked yet, see `StateReader.read_state`.

    Parameters
    ----------
    letters : str
        What follows ``#s=``.

    Raises
    ------
    sim.errors.InputError
        When they are too many, or hold no JSON.

    Examples
    --------
    >>> decoded("eyJwbGFjZSI6ImFueXRvd24ifQ")
    {'place': 'anytown'}
    """
    if len(letters) > MOST_LETTERS:
        raise _broken(f"{len(letters):,} letters", f"at most {MOST_LETTERS:,} letters", "the link is too long")
    try:
        if not _LETTERS.fullmatch(letters):
            raise ValueError(letters)
        return json.loads(urlsafe_b64decode(letters + "=" * (-len(letters) % 4)).decode())
    except (ValueError, RecursionError):
        raise _broken(shown(letters), "a link as the page writes it", "the link can't be read") from None


def _broken(given: str, allowed: str, message: str) -> InputError:
    """The error for a link that can't be read."""
    remedy = "copy the whole link again, or start without one"
    return InputError([Problem("", None, "link", given, allowed, None, remedy, message, Kind.WRONG_FORM)])
