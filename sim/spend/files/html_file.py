"""Tables of a web page, which some systems save under the name of a workbook."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from sim.settings.workbooks.refusals import refused
from sim.spend.files.layout import Record
from sim.spend.files.text_file import encoding_of
from sim.spend.limits import Limits

__all__ = ["html_records"]

_MOST_BYTES = 50_000_000


class _Rows(HTMLParser):
    """Collects the rows of every table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Record] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.span = 1
        self.line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row or a cell begins."""
        if tag == "tr":
            self.end_row()
            self.row, self.line = [], self.getpos()[0]
        elif tag in ("td", "th") and self.row is not None:
            self.end_cell()
            span = dict(attrs).get("colspan") or "1"
            self.cell, self.span = [], min(int(span), 50) if span.isdecimal() and len(span) < 10 else 1

    def handle_endtag(self, tag: str) -> None:
        """A row, a cell or a table ends."""
        if tag in ("td", "th"):
            self.end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        """Text within a cell."""
        if self.cell is not None:
            self.cell.append(data)

    def end_cell(self) -> None:
        """Put a cell into its row; one that spans several columns leaves the others blank."""
        if self.cell is not None and self.row is not None:
            self.row += [" ".join("".join(self.cell).split()), *[""] * (self.span - 1)]
        self.cell = None

    def end_row(self) -> None:
        """Put a row into the table."""
        self.end_cell()
        if self.row is not None:
            self.rows.append((self.line, self.row))
        self.row = None


def html_records(path: Path, shown: str, limits: Limits) -> tuple[str, list[Record]]:
    """Rows of the tables of a page, with their lines.

    Parameters
    ----------
    path : Path
        The page.
    shown : str
        The file as errors call it.
    limits : Limits
        How large it may be; pages are held in memory, so no more than 50 million bytes.

    Returns
    -------
    str
        The encoding.
    list of Record
        Rows of every table, one after the other. Rows that begin on one line get numbers that follow each other.

    Raises
    ------
    sim.errors.InputError
        When the page holds no table.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = Path(folder, "spend.xls")
    ...     _ = page.write_text("<table>\\n<tr><th>Supplier<th>Amount</tr>\\n<tr><td>A &amp; B</td><td>5.00</td></tr></table>")
    ...     html_records(page, "spend.xls", Limits())[1]
    [(2, ['Supplier', 'Amount']), (3, ['A & B', '5.00'])]
    """
    most = min(limits.file_bytes, _MOST_BYTES)
    if path.stat().st_size > most:
        raise refused(
            shown, "too-large", "the page is too large", f"{path.stat().st_size:,} bytes", f"at most {most:,} bytes", "save it as CSV"
        )
    encoding = encoding_of(path).name
    parser = _Rows()
    parser.feed(path.read_text(encoding=encoding, errors="replace"))
    parser.close()
    parser.end_row()
    if not parser.rows:
        remedy = "the publisher's site may have sent an error page: download the file again"
        raise refused(shown, "not-a-table", "this is a web page without a table", "HTML", "CSV or other text, XLS, XLSX, ODS", remedy)
    rows, last = [], 0
    for line, cells in parser.rows:
        last = max(line, last + 1)
        rows.append((last, cells))
    return encoding, rows
