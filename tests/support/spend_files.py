"""Spend files made up as publishers make them, with the right rows and the right sum known: rows of cells first, bytes after."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from xml.sax.saxutils import escape

#: Headings as found in published files; the first of each is the most common.
HEADINGS: Final = {
    "body": ("Body Name", "Entity", "Organisation Name", "Publishing Body"),
    "supplier": ("Supplier Name", "Supplier", "Vendor Name", "Beneficiary", "Merchant Name", "Payee", "SUPPLIER_NAME", "Creditor Name"),
    "date": ("Payment Date", "Date", "Date Paid", "Invoice Payment Date", "Date of Payment", "Posting Date", "PAYMENT DATE"),
    "amount": (
        "Amount",
        "Net Amount",
        "Amount (£)",
        "amount",
        "Invoice Nett Amount",
        "Value",
        "Amount in GBP",
        "Total Amount",
        "NET_AMOUNT",
    ),
    "category": ("Expense Type", "Expenses Type", "Subjective Description", "Account Description", "Expenditure Category"),
    "area": ("Service Area", "Expense Area", "Directorate", "Department", "Cost Centre Description"),
    "description": ("Description", "Narrative", "Purpose of Spend"),
    "reference": ("Transaction Number", "Transaction No", "Invoice Number", "Internal Reference Number", "Voucher No"),
    "supplier_number": ("Supplier ID", "Supplier Number", "Vendor No"),
    "postcode": ("Supplier Postcode", "Postcode"),
}
SUPPLIERS: Final = (
    "Water Plus Limited", "TOTAL GAS & POWER LTD", "A. C Entertainment Technologies Ltd", "REDACTED", "Redacted Personal Information",
    "INDIVIDUAL CARE SERVICES", "3663", "1st Call Cleaning", "Smith, Jones & Co", "St Hilda's CE Primary School", "Café Olé Ltd",
    'The "Old" Bakery', "Balance Ltd", "Date Palm Imports", "Amount of Care CIC", "Net Solutions; Gross Results", "Catch22", "MARCH FOODS",
    "Foundation66", "Büro Müller GmbH", "L4A Lettings", "Tab\u00a0Works", "Credit Union of Anytown", "Paid in Full Ltd", "O'Neill & Sons",
)  # fmt: skip
WORDS: Final = (
    "Water Service Charges - Metered", "Rents", "Professional fees", "Agency staff", "RESIDENTIAL CARE PRIVATE SPOT", "Grants, other",
    "Training and Development", "Bed & Breakfast", "Repairs 50% share", "Equipment", "Hired & contracted services",
)  # fmt: skip
AREAS: Final = ("Adult Social Care", "Children and Families", "Corporate Services", "Highways", "PRIMARY CARE IT", "Estates")
TITLES: Final = (
    "Anytown Council", "Payments over £500", "Monthly Expenditure over £500 - December 2010", "Report Date: 02/07/2012 16:59:18",
    "Invoice Approval Date From: 01-JUN-2012", "Invoice Threshold Nett Amt: 500", "Parameters:", "",
    "Published under the Open Government Licence",
)  # fmt: skip
NOTES: Final = (
    "Some names are withheld to protect privacy.",
    "End of report",
    "*** continued overleaf ***",
    "Source: finance system",
    "Page 1 of 3",
)
MONEY: Final = ("plain", "commas", "pound", "pound space", "whole", "brackets", "minus first", "minus last")
DATES: Final = ("%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d-%b-%y", "%d %B %Y", "%d/%m/%y", "%Y-%m-%d 00:00:00", "%Y%m%d", "%d-%m-%Y")


@dataclass
class Line:
    """One payment: what it says, and its pence."""

    cells: dict[str, str]
    day: date
    pence: int


@dataclass
class Grid:
    """A sheet as rows of cells; which of them are payments, and their pence."""

    rows: list[list[Any]] = field(default_factory=list)
    pence: list[int | None] = field(default_factory=list)
    mutations: list[str] = field(default_factory=list)

    def add(self, cells: Sequence[Any], pence: int | None = None) -> None:
        """One more row."""
        self.rows.append(list(cells))
        self.pence.append(pence)

    @property
    def paid(self) -> list[int]:
        """Pence of the payments, in order."""
        return [pence for pence in self.pence if pence is not None]


def made_lines(random: Random, most: int = 30) -> list[Line]:
    """A few payments."""
    first = date(2019, 8, 1)
    lines = []
    for _ in range(random.randint(3, most)):
        pence = random.choice((random.randint(50_000, 300_000), random.randint(1, 90_000_000), random.randint(500, 9000) * 100))
        cells = {
            "body": "Anytown Council",
            "supplier": random.choice(SUPPLIERS),
            "category": random.choice(WORDS),
            "area": random.choice(AREAS),
            "description": random.choice(("", "", "Top up for PO 628001349", "MAY 2020, 3 of 12", "https://example.org/a?b=1")),
            "reference": str(random.randint(10**6, 10**9)) if random.random() < 0.8 else f"PT{random.randint(1, 9**6)},1",
            "supplier_number": f"C{random.randint(100, 99999)}",
            "postcode": random.choice(("", "PR1 2HE", "M60 2LA", "IG117RS")),
        }
        lines.append(Line(cells, first + timedelta(days=random.randint(0, 30)), -pence if random.random() < 0.1 else pence))
    return lines


def money(pence: int, form: str) -> str:
    """An amount as printed."""
    pounds, rest = divmod(abs(pence), 100)
    plain = f"{pounds}.{rest:02d}"
    commas = f"{pounds:,}.{rest:02d}"
    if form == "brackets":
        return f"({commas})" if pence < 0 else commas
    if form == "minus last":
        return f"{commas}-" if pence < 0 else commas
    if form == "whole" and rest == 0:
        return f"{'-' if pence < 0 else ''}{pounds}"
    sign = "" if form in ("plain", "whole", "commas") else "£ " if form == "pound space" else "£"
    shown = sign + (plain if form in ("plain", "whole") else commas)
    if form == "pound" and pence < 0:
        return f"£-{commas}"
    return f"-{shown}" if pence < 0 else shown


def made_grid(random: Random, lines: Sequence[Line], typed: bool) -> Grid:
    """Payments laid out in columns in some order, under headings of some publisher; `typed` keeps numbers and dates as such."""
    fields = ["supplier", "date", "amount"] + [
        name for name in HEADINGS if name not in ("supplier", "date", "amount") and random.random() < 0.6
    ]
    random.shuffle(fields)
    with_vat = random.random() < 0.1
    heads = [_heading(random, name) for name in fields] + (["VAT", "Gross Amount"] if with_vat else [])
    if with_vat:
        heads[fields.index("amount")] = "Net Amount"
    forms = random.sample(MONEY, 3) if random.random() < 0.3 else [random.choice(MONEY)]
    dates = random.sample(DATES[:1] + DATES[2:5], 2) if random.random() < 0.2 else [random.choice(DATES)]
    grid = Grid(mutations=["mixed forms"] * (len(forms) + len(dates) > 2) + ["vat columns"] * with_vat)
    grid.add(heads)
    for line in lines:
        cells: list[Any] = []
        form = random.choice(forms)
        for name in fields:
            if name == "amount":
                cells.append(line.pence / 100 if typed else money(line.pence, form))
            elif name == "date":
                cells.append(datetime(line.day.year, line.day.month, line.day.day) if typed else line.day.strftime(random.choice(dates)))
            else:
                cells.append(line.cells.get(name, ""))
        if with_vat:
            vat = abs(line.pence) // 5 * (1 if line.pence > 0 else -1)
            cells += [vat / 100, (line.pence + vat) / 100] if typed else [money(vat, form), money(line.pence + vat, form)]
        grid.add(cells, line.pence)
    return grid


def _heading(random: Random, name: str) -> str:
    """A heading, with the carelessness of publishers."""
    head = random.choice(HEADINGS[name])
    return random.choice((head, head, head, f" {head}", f"{head} ", head.upper(), head.lower()))


def as_text(grid: Grid, delimiter: str = ",", line_end: str = "\r\n", quote_all: bool = False) -> str:
    """Rows as delimited text."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    writer.writerows([_cell(cell) for cell in row] for row in grid.rows)
    return stream.getvalue()


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else str(cell)


def as_xlsx(sheets: Sequence[tuple[str, Grid]], shared: bool = False) -> bytes:
    """Sheets as a workbook, as one writer or another makes it: texts in their cells, or all in one shared list."""
    return _with_shared_texts(sheets) if shared else _with_own_texts(sheets)


def _with_own_texts(sheets: Sequence[tuple[str, Grid]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, grid in sheets:
        sheet = book.create_sheet(title)
        for row in grid.rows:
            sheet.append([None if cell == "" else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_shared_texts(sheets: Sequence[tuple[str, Grid]]) -> bytes:
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        for title, grid in sheets:
            sheet = book.add_worksheet(title)
            for at, row in enumerate(grid.rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, column, cell, days)
                    elif cell != "":
                        sheet.write(at, column, cell)
    return stream.getvalue()


ODS_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'office:version="1.2"><office:body><office:spreadsheet>'
)
ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def as_ods(sheets: Sequence[tuple[str, Grid]]) -> bytes:
    """Sheets as an OpenDocument spreadsheet."""
    parts = [ODS_HEAD]
    for title, grid in sheets:
        parts.append(f'<table:table table:name="{escape(title)}">')
        parts += ["<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in grid.rows]
        parts.append("</table:table>")
    return ods_of("".join(parts) + "</office:spreadsheet></office:body></office:document-content>")


def ods_of(content: str) -> bytes:
    """A spreadsheet around its content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(zipfile.ZipInfo("mimetype"), ODS_TYPE)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", ODS_MANIFEST)
    return stream.getvalue()


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, datetime):
        shown = f"<text:p>{cell:%d/%m/%y}</text:p>"
        return f'<table:table-cell office:value-type="date" office:date-value="{cell:%Y-%m-%d}">{shown}</table:table-cell>'
    if isinstance(cell, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
