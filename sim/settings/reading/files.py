"""A file on disk as text, within bounds."""

from __future__ import annotations

import errno
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sim.errors import printable
from sim.settings.reading.problems import Findings, Kind

__all__ = ["MOST_BYTES", "SourceFile", "read_text", "text_of", "unprintable"]

MOST_BYTES = 1_000_000
"""No place or scenario file may be larger; a shipped place has about 50,000 bytes."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file, and how it is shown to the user.

    Parameters
    ----------
    path : Path
        Where it is.
    shown : str
        What messages and results call it: the path as the user gave it, what can't be printed written out, or ``scenarios/...`` for a
        shipped file.
    """

    path: Path
    shown: str

    def __post_init__(self) -> None:
        if not self.shown.isprintable():
            object.__setattr__(self, "shown", printable(self.shown))


def read_text(source: SourceFile, findings: Findings) -> str | None:
    """The text of a file, or None after a finding.

    Parameters
    ----------
    source : SourceFile
        The file. At most :data:`MOST_BYTES` are read.
    findings : Findings
        Where problems go.

    Returns
    -------
    str or None
        Text in UTF-8, without a byte order mark.
    """
    try:
        if source.path.exists() and not source.path.is_file():
            raise OSError(errno.EINVAL, "a folder or a device")
        with source.path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        findings.add(Kind.NO_SUCH_FILE, source.shown, None, (), "there is no such file", remedy="check the path")
        return None
    except (OSError, ValueError) as error:
        message = "it can't be read as a file"
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        findings.add(Kind.NOT_A_FILE, source.shown, None, (), message, given=reason, allowed="a readable file", remedy="give a file")
        return None
    if len(raw) > MOST_BYTES:
        given, allowed, remedy = f"more than {MOST_BYTES:,} bytes", f"at most {MOST_BYTES:,} bytes", "keep bulk data in other files"
        findings.add(Kind.TOO_LARGE, source.shown, None, (), "the file is too large", given=given, allowed=allowed, remedy=remedy)
        return None
    return text_of(raw, source, findings)


def unprintable(text: str) -> str | None:
    """The first character that can't be printed, other than spaces and ends of lines; None when there is none.

    Examples
    --------
    >>> unprintable("a b\\n"), unprintable("a\\x07b")
    (None, '\\x07')
    """
    if text.isprintable():
        return None
    return next((sign for sign in text if not (sign.isprintable() or sign in "\t\r\n" or unicodedata.category(sign) == "Zs")), None)


def text_of(raw: bytes, source: SourceFile, findings: Findings) -> str | None:
    """Bytes as text; bytes that are no text are a finding with their line."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        given = f"byte 0x{raw[error.start]:02x}"
        findings.add(
            Kind.NOT_TEXT,
            source.shown,
            line,
            (),
            "this is no text in UTF-8",
            given=given,
            allowed="text in UTF-8",
            remedy="save the file as UTF-8 text",
        )
        return None
    for number, line_text in enumerate(text.split("\n"), start=1):
        strange = unprintable(line_text)
        if strange is not None:
            given = f"character U+{ord(strange):04X}"
            remedy = "delete it, or save the file as plain text again"
            findings.add(
                Kind.NOT_TEXT,
                source.shown,
                number,
                (),
                "a control character stands in the text",
                given=given,
                allowed="printable text",
                remedy=remedy,
            )
            return None
    return text
