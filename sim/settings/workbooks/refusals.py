"""Errors for files that are refused as a whole."""

from __future__ import annotations

from sim.errors import InputError, Problem

__all__ = ["locked", "refused"]


def refused(
    shown: str, kind: str, message: str, given: str = "", allowed: str = "", remedy: str = "", line: int | None = None, key: str = ""
) -> InputError:
    """One problem of a file, as an error to raise."""
    return InputError([Problem(shown, line, key, given, allowed, None, remedy, message, kind)])


def locked(shown: str) -> InputError:
    """The error for a workbook that needs a password."""
    remedy = "open it in a spreadsheet program and save it without a password"
    return refused(shown, "locked", "the workbook is protected by a password", "an encrypted workbook", "an open workbook", remedy)
