"""What a file holds, by its first bytes and not by its name."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from sim.errors import InputError
from sim.settings.workbooks.refusals import locked, refused
from sim.spend.limits import Limits

__all__ = ["kind_of"]

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: First bytes of files that are no tables, and what they are.
_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"RIFF", "a picture, sound or film"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"7z\xbc\xaf", "a packed file (7-Zip)"),
    (b"Rar!", "a packed file (RAR)"),
    (b"BZh", "a packed file (bzip2)"),
    (b"\xfd7zXZ", "a packed file (xz)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x09\x08\x08\x00", "a workbook older than Excel 97"),
    (b"\x09\x04\x06\x00", "a workbook older than Excel 97"),
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|title|script)\b", re.IGNORECASE)


def kind_of(path: Path, shown: str, limits: Limits) -> str:
    """The kind of a file that may hold spending.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        The file as errors call it.
    limits : Limits
        How large it may be.

    Returns
    -------
    str
        ``text``, ``html``, ``xls``, ``xlsx`` (also macro-enabled) or ``ods``.

    Raises
    ------
    sim.errors.InputError
        When there is no such file, it can't be read, is empty, too large, protected by a password, or no table at all.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "spend.xls")
    ...     _ = path.write_bytes(b"Supplier,Date,Amount")
    ...     kind_of(path, "spend.xls", Limits())
    'text'
    """
    head, size = _head(path, shown)
    if not size:
        raise refused(shown, "empty-file", "the file is empty", remedy="download it again")
    if size > limits.file_bytes:
        allowed = f"at most {limits.file_bytes:,} bytes"
        raise refused(shown, "too-large", "the file is too large", f"{size:,} bytes", allowed, "split it, or give Limits(file_bytes=...)")
    if head.startswith(b"PK"):
        return _kind_of_zip(path, shown)
    if head.startswith(_OLE):
        return _kind_of_ole(path, shown)
    for first, name in _STRANGERS:
        if head.startswith(first):
            raise _stranger(shown, name)
    return _kind_of_text(head, shown)


def _stranger(shown: str, name: str) -> InputError:
    """The error for a file that is no table."""
    remedy = "ask the publisher for the table itself, or export it as CSV or XLSX"
    return refused(shown, "not-a-table", f"this is {name}, not a table of payments", name, "CSV or other text, XLS, XLSX, ODS", remedy)


def _head(path: Path, shown: str) -> tuple[bytes, int]:
    """The first bytes and the size of a file."""
    try:
        if path.exists() and not path.is_file():
            raise refused(shown, "not-a-file", "it can't be read as a file", "a folder or a device", "a file", "give a file")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        return head, path.stat().st_size
    except FileNotFoundError:
        raise refused(shown, "no-such-file", "there is no such file", remedy="check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused(shown, "not-a-file", "it can't be read as a file", reason, "a readable file", "check the file") from None


def _kind_of_zip(path: Path, shown: str) -> str:
    """A workbook or something else in a ZIP."""
    try:
        with zipfile.ZipFile(path) as parts:
            names = set(parts.namelist())
            mime = parts.open("mimetype").read(200).decode("ascii", "replace").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, KeyError, ValueError, EOFError):
        raise refused(
            shown, "damaged", "the workbook is damaged", "a ZIP that can't be opened", "a whole file", "download it again"
        ) from None
    if mime.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    lower = {name.casefold().replace("\\", "/") for name in names}
    if "xl/workbook.bin" in lower:
        raise _stranger(shown, "a binary workbook (XLSB)")
    if any(name.startswith("xl/workbook.") for name in lower):
        return "xlsx"
    if any(name.startswith("word/") for name in lower) or "opendocument.text" in mime:
        raise _stranger(shown, "a text document (Word or OpenDocument)")
    if any(name.startswith("ppt/") for name in lower):
        raise _stranger(shown, "a presentation")
    inside = ", ".join(sorted(names)[:3]) or "nothing"
    raise refused(
        shown, "not-a-table", f"this is a packed file (ZIP) with {inside} in it", "a ZIP", "a table", "unpack it, then give the files"
    )


def _kind_of_ole(path: Path, shown: str) -> str:
    """An old workbook, or a protected one, or something else in that container."""
    with path.open("rb") as stream:
        raw = stream.read(64_000_000)
    if "EncryptedPackage".encode("utf-16-le") in raw:
        raise locked(shown)
    if "Workbook".encode("utf-16-le") in raw or "Book".encode("utf-16-le") in raw:
        return "xls"
    if "WordDocument".encode("utf-16-le") in raw:
        raise _stranger(shown, "a text document (Word)")
    if "PowerPoint Document".encode("utf-16-le") in raw:
        raise _stranger(shown, "a presentation")
    raise _stranger(shown, "an Office file without a workbook")


def _kind_of_text(head: bytes, shown: str) -> str:
    """Text, HTML, or text of another kind."""
    bare = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    bare = bare.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _HTML.match(bare) or (bare[:5] == b"<?xml" and _HTML.search(bare)) or (bare[:4] == b"<!--" and _HTML.search(bare)):
        return "html"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in bare:
        raise refused(shown, "not-a-table", "this is a workbook as XML of 2003", "XML", "XLSX or CSV", "open it and save it as XLSX")
    if bare[:1] == b"<":
        raise _stranger(shown, "XML")
    if bare[:1] in (b"{", b"[") and re.match(rb'[{\[]\s*["{\[\]}]', bare):
        remedy = "contracts (OCDS) are read by sim.spend.read_contracts"
        raise refused(shown, "not-a-table", "this is JSON, not a table of payments", "JSON", "CSV or other text, XLS, XLSX, ODS", remedy)
    return "text"
