"""Tables of payments with anything in their cells, written as text, web page or workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from random import Random
from typing import Final
from xml.sax.saxutils import escape

from support.spend_files import HEADINGS, ODS_HEAD, ODS_TYPE, SUPPLIERS

from .nasty import DATES, NAMES, TEXTS
from .workbooks import odd_parts

__all__ = ["as_bytes", "changed_rows", "made_rows"]

AMOUNTS: Final = (
    "12.50", "-12.50", "(12.50)", "12.50-", "1,200.00", "1.200,00", "£5", "£ 1,200.5", "12.505", "0", "0.00", "-0", "1e5", "1E+400",
    "NaN", "inf",
    "9" * 18, "9" * 30, "92233720368547758.07", "92233720368547758.08", "-92233720368547758.09", "999999999999.99", "1 200,00",
    "1'200.00", "12.50 CR",
    "#REF!", "#####", "=1+1", "=SUM(A1:A9)", "12.5.0", "--5", "+5", "½", "\u0661\u0662", "€12", "$12", "12p", "12%", "TRUE", "", " ",
    "1" * 400,
    "0.001", "1,2,3", "1,20", "12,345,6.78", "-£12", "£-12", "(£12)", "12 DR", "12.", ".5", "1_000", "0x10", "1e-9",
)  # fmt: skip
DAYS: Final = (
    "01/08/2019", "13/08/2019", "08/13/2019", "2019-08-01", "1-Aug-19", "1 August 2019", "43678", "43678.5", "0", "-1", "2958466",
    "99999999",
    "01.08.19", "20190801", "2019-08-01T00:00:00", "31/02/2019", "29/02/2019", "00/00/0000", "01/08/0001", "01/08/9999", "01/08/99999",
    "1/1/1",
    "Aug-19", "2019", "08/2019", "1st August 2019", "00:00:00", "01/08/2019 25:61", "1e9", "", "01/08/1899", "01/01/70", "Monday",
)  # fmt: skip
HEADS: Final = (
    *(name for names in HEADINGS.values() for name in names),
    "VAT",
    "Gross Amount",
    "Total",
    "Debit",
    "Credit",
    "",
    "Date ",
    "#",
    "1",
)
ENCODINGS: Final = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "latin-1",
    "mac-roman",
    "utf-32",
    "utf-7",
)
XLSX_TYPES: Final = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
XLSX_RELATIONS: Final = f'{_RELATIONS}<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
BOOK_RELATIONS: Final = f'{_RELATIONS}<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK: Final = (
    f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
    '<sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>'
)
CELL_KINDS: Final = ("n", "b", "e", "d", "s", "str", "inlineStr", "z", "")

Rows = list[list[str]]


def made_rows(random: Random) -> Rows:
    """A header and a few payments, mostly fit."""
    fields = [
        "supplier",
        "date",
        "amount",
        *random.sample(("body", "category", "description", "reference", "postcode"), random.randint(0, 2)),
    ]
    random.shuffle(fields)
    rows = [[random.choice(HEADINGS[name]) for name in fields]]
    rows += [[_fit(name, random) for name in fields] for _ in range(random.choice((1, 1, 2, 3)))]
    if random.random() < 0.1:
        rows.append(["Total", *[""] * (len(fields) - 2), "12.50"])
    if random.random() < 0.15:
        rows.insert(0, [random.choice(("Anytown Council", "Payments over £500", ""))])
    return rows


def _fit(name: str, random: Random) -> str:
    if name == "amount":
        return random.choice(AMOUNTS[:8])
    return (
        random.choice(DAYS[:2])
        if name == "date"
        else random.choice(SUPPLIERS)
        if name == "supplier"
        else random.choice(("x", "", "PR1 2HE"))
    )


def changed_rows(rows: Rows, random: Random) -> Rows:
    """The rows with one to four changes."""
    for _ in range(random.choice((1, 1, 2, 4))):
        row = random.choice(rows)
        at = random.randrange(len(row)) if row else 0
        which = random.randrange(12)
        if which < 6 and row:
            row[at] = random.choice(random.choice((AMOUNTS, AMOUNTS, AMOUNTS, DAYS, DAYS, HEADS, TEXTS, NAMES, DATES)))
        elif which == 6 and row:
            del row[at]
        elif which == 7:
            row.insert(at, random.choice((*AMOUNTS[:5], *TEXTS)))
        elif which == 8:
            rows.append(list(row) * random.choice((1, 1, 2, 60)))
        elif which == 9 and len(rows) > 1:
            rows.remove(row)
        elif which == 10:
            rows.insert(
                random.randrange(len(rows) + 1),
                random.choice(([], [""], ["", ""], ["Total", "", "1"], ["note"], ["a" * 3000], list(rows[0]))),
            )
        elif row:
            row[at] = random.choice((row[at].upper(), row[at] * 2, f'"{row[at]}"', f"{row[at]}\n", f" {row[at]}\u00a0", row[at][:-1]))
    return rows


def as_bytes(rows: Rows, random: Random) -> bytes:
    """The rows as a file of some kind; nine in ten are text."""
    which = random.random()
    if which < 0.9:
        return _text(rows, random)
    if which < 0.94:
        return _page(rows, random)
    return _workbook(rows, random) if which < 0.98 else _spreadsheet(rows, random)


def _text(rows: Rows, random: Random) -> bytes:
    delimiter, end = random.choice(",,,,;\t|~"), random.choice(("\n", "\n", "\r\n", "\r"))
    always = random.random() < 0.2
    lines = (delimiter.join(_quoted(cell, delimiter, always) for cell in row) for row in rows)
    return (end.join(lines) + end).encode(random.choice(ENCODINGS), "replace")


def _quoted(cell: str, delimiter: str, always: bool) -> str:
    needed = always or delimiter in cell or '"' in cell or "\n" in cell
    return '"' + cell.replace('"', '""') + '"' if needed else cell


def _page(rows: Rows, random: Random) -> bytes:
    tag = random.choice(("td", "th", "TD", "td colspan=3", "td rowspan='9999'", "td colspan=-1", "td colspan=99999999"))
    body = "".join(f"<tr>{''.join(f'<{tag}>{escape(cell)}' for cell in row)}" for row in rows)
    return f"<html><table>{body}{random.choice(('</table>', '', '</html>', '<table><tr><td>', '<!--'))}".encode("utf-8", "replace")


def _packed(parts: Sequence[tuple[str, str]], random: Random) -> bytes:
    """Parts in a ZIP, now and then with one missing, misnamed, twice, or with a wrong size."""
    stream = io.BytesIO()
    kept = odd_parts(list(parts), random) if random.random() < 0.5 else list(parts)
    if random.random() < 0.15:
        at = random.randrange(len(kept))
        wrong = (kept[at][0].upper(), "../" + kept[at][0], "xl/x.xml", kept[at][0].replace("/", "\\"))
        kept[at : at + 1] = random.choice(([], [kept[at]] * 2, [(random.choice(wrong), kept[at][1])], [(kept[at][0], kept[at][1][:-9])]))
    with zipfile.ZipFile(stream, "w", random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as packed:
        for name, text in kept:
            packed.writestr(name, text.encode("utf-8", "replace"))
    content = stream.getvalue()
    if random.random() < 0.1:
        at = random.randrange(len(content))
        content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
    return content


def _workbook(rows: Rows, random: Random) -> bytes:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(_cell(cell, f"{chr(65 + at % 26)}{number}", random) for at, cell in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    parts = [("[Content_Types].xml", XLSX_TYPES), ("_rels/.rels", XLSX_RELATIONS), ("xl/workbook.xml", BOOK)]
    return _packed([*parts, ("xl/_rels/workbook.xml.rels", BOOK_RELATIONS), ("xl/worksheets/sheet1.xml", sheet)], random)


def _cell(cell: str, at: str, random: Random) -> str:
    """One cell: a text in its place, a number, a formula, or something unfit."""
    text = escape(cell.replace("\x00", ""))
    which = random.random()
    if which < 0.75:
        number = cell.replace(".", "", 1).isdigit() and cell.isascii() and len(cell) < 20
        return f'<c r="{at}"><v>{cell}</v></c>' if number else f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
    if which < 0.85:
        return f'<c r="{at}"><f>SUM({text})</f><v>{text}</v></c>'
    place = random.choice((at, at, "A1", "XFD1048576", "A0", "", "ZZZZ9", "A99999999999"))
    style = random.choice(("", ' s="9"'))
    return f'<c r="{place}" t="{random.choice(CELL_KINDS)}"{style}><v>{text}</v></c>'


def _spreadsheet(rows: Rows, random: Random) -> bytes:
    lines = []
    for row in rows:
        cells = []
        for cell in row:
            kind = random.choice(("string", "string", "float", "date", "currency", "boolean", "percentage", "time", "x"))
            text = escape(cell.replace("\x00", ""), {'"': "&quot;"})
            value = "" if kind == "string" else f' office:{"date-value" if kind == "date" else "value"}="{text}"'
            times = random.choice(("",) * 12 + (' table:number-columns-repeated="9999"', ' table:number-columns-repeated="-1"'))
            cells.append(f'<table:table-cell office:value-type="{kind}"{value}{times}><text:p>{text}</text:p></table:table-cell>')
        again = random.choice(("",) * 12 + (' table:number-rows-repeated="1048576"', ' table:number-rows-repeated="x"'))
        lines.append(f"<table:table-row{again}>{''.join(cells)}</table:table-row>")
    content = (
        f'{ODS_HEAD}<table:table table:name="A">{"".join(lines)}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return _packed([("mimetype", ODS_TYPE), ("content.xml", content), ("META-INF/manifest.xml", "<x/>")], random)
