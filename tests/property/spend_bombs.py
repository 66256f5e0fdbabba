"""Files made to take all memory or never to end, each read in a process of its own with its memory bounded.

``python tests/property/spend_bombs.py`` runs every one and prints what came of it, its peak memory and its seconds;
``python tests/property/spend_bombs.py read PATH`` reads a file so.
"""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, Final

FOLDER = str(Path(__file__).parents[1])
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from support.spend_files import ODS_HEAD, ODS_TYPE, Grid, as_xlsx, ods_of  # noqa: E402

ROOT: Final = Path(__file__).parents[2]
#: Address space of the process that reads, in bytes: that of the libraries is about 1.5 GB, of which most is never touched.
MOST_ADDRESSES: Final = 4_000_000_000
#: Memory in use, in MiB, and seconds.
MOST_MEMORY: Final = 700.0
MOST_SECONDS: Final = 60.0
HEADS: Final = ["Supplier Name", "Payment Date", "Amount"]
PAYMENT: Final = ["Water Plus Limited", "01/08/2019", "12.50"]
ROWS: Final = (HEADS, PAYMENT)
CSV_HEAD: Final = "Supplier Name,Payment Date,Amount\r\n"
CSV_ROW: Final = "A Ltd,01/08/2019,1.00\r\n"
ODS_END: Final = "</office:spreadsheet></office:body></office:document-content>"


@dataclass(frozen=True)
class Came:
    """What came of reading one file.

    Parameters
    ----------
    how : str
        "read", "refused", or what went wrong.
    said : str
        Rows and pence, or the words of the refusal.
    memory : float
        Most memory in use, MiB.
    seconds : float
    """

    how: str
    said: str
    memory: float
    seconds: float

    @property
    def good(self) -> bool:
        """Whether it was read or refused within the bounds."""
        return self.how in ("read", "refused") and self.memory < MOST_MEMORY and self.seconds < MOST_SECONDS


def workbook(rows: str = "", dimension: str = "A1:C2", shared: str = "") -> bytes:
    """A workbook with a header, one payment, and these rows in its sheet."""
    plain = as_xlsx([("Sheet 1", Grid([HEADS, PAYMENT], [None, 1250]))], shared=bool(shared))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"</sheetData>", rows.encode() + b"</sheetData>").replace(b'ref="A1:C2"', f'ref="{dimension}"'.encode())
            if name == "xl/sharedStrings.xml" and shared:
                text = text.replace(b"</sst>", shared.encode() + b"</sst>")
            new.writestr(name, text)
    return stream.getvalue()


def lying(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose part is said to have a hundred bytes once unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = packed.getinfo(name).file_size.to_bytes(4, "little")
    return content.replace(size, (100).to_bytes(4, "little"))


def ods(rows: str) -> bytes:
    """A spreadsheet with a header, a payment and these rows."""
    texts = [[f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row] for row in ROWS]
    body = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in texts)
    return ods_of(f'{ODS_HEAD}<table:table table:name="A">{body}{rows}</table:table>{ODS_END}')


def cell(at: str, value: str = "1") -> str:
    """A row of a sheet with one number."""
    number = "".join(sign for sign in at if sign.isdigit())
    return f'<row r="{number}"><c r="{at}"><v>{value}</v></c></row>'


def release(amount: str = "1", more: str = "") -> str:
    """A release with one award."""
    return f'{{"ocid": "o", "date": "2025-01-01", "awards": [{{"id": "a", "value": {{"amount": {amount}}}}}]{more}}}'


def nested_zip() -> bytes:
    """A workbook in a workbook in a workbook."""
    content = workbook()
    for _ in range(3):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", content)
        content = stream.getvalue()
    return content


def renamed(content: bytes) -> bytes:
    """A workbook whose sheet stands under another name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).replace(b"worksheets/sheet1.xml", b"elsewhere/one.bin")
            new.writestr(name.replace("worksheets/sheet1.xml", "elsewhere/one.bin"), text)
    return stream.getvalue()


def strange(count: int = 300_000) -> bytes:
    """Bytes that mean nothing."""
    return bytes((n * n * 7 + n // 3) % 256 for n in range(count))


def row(number: int, cells: str) -> str:
    """A row of a sheet."""
    return f'<row r="{number}">{cells}</row>'


def late_payment() -> str:
    """A payment below a million empty rows."""
    texts = "".join(f'<c r="{at}1000003" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in (("A", "A Ltd"), ("B", "02/08/2019")))
    empty = "".join(f'<row r="{number}"/>' for number in range(3, 1_000_003))
    return empty + row(1_000_003, f'{texts}<c r="C1000003"><v>7.5</v></c>')


def long_texts() -> bytes:
    """One text of 900,000 letters that don't pack well, used by 5,000 cells."""
    text = Random(1).randbytes(450_000).hex()
    uses = "".join(row(number, f'<c r="A{number}" t="s"><v>6</v></c>') for number in range(3, 5_003))
    return workbook(uses, shared=f"<si><t>{text}</t></si>")


def no_place() -> str:
    """Cells that say nothing of their place: one row is as wide as can be, one as far down."""
    return f"<row>{'<c><v>1</v></c>' * 16_384}</row>" + row(1_048_576, "<c><v>1</v></c>")


def behind_sign() -> str:
    """Cells whose place stands behind a sign that seems to end the tag."""
    return row(9, '<c s=">" r="XFD9"><v>1</v></c>') + row(1_048_576, '<c s=">" r="A1048576"><v>1</v></c>')


def two_kinds() -> bytes:
    """A workbook that calls itself an OpenDocument spreadsheet."""
    stream = io.BytesIO(workbook(cell("XFD1048576")))
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr("mimetype", ODS_TYPE)
    return stream.getvalue()


def repeated(rows: int, cells: str) -> bytes:
    """A spreadsheet with a row that stands many times."""
    return ods(f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>')


def laughs() -> bytes:
    """Names that stand for names that stand for names."""
    entities = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    head = ODS_HEAD.replace("<office:document-content", f'<!DOCTYPE a [<!ENTITY l0 "lol">{entities}]><office:document-content', 1)
    table = f'<table:table table:name="A"><table:table-row>{FILLED % 1}</table:table-row></table:table>'.replace(">x<", ">&l11;<")
    return ods_of(f"{head}{table}{ODS_END}")


def blank_lines() -> bytes:
    """A payment and five million lines without anything."""
    return (CSV_HEAD + CSV_ROW).encode() + b",,\r\n" * 2_500_000 + b"\r\n" * 2_500_000


def wide_lines() -> bytes:
    """A heading for each of a million columns, and a line as long."""
    return (",".join(f"c{n}" for n in range(1_000_000)) + "\r\n" + "1," * 1_000_000).encode()


def lines(*texts: str) -> bytes:
    """Texts as lines."""
    return "\n".join(texts).encode()


FILLED: Final = '<table:table-cell table:number-columns-repeated="%d" office:value-type="string"><text:p>x</text:p></table:table-cell>'

#: From the name of an attack to the ending of its file and its content.
BOMBS: Final[dict[str, tuple[str, Callable[[], bytes]]]] = {
    "a part that unpacks to 300 MB": ("xlsx", lambda: workbook(" " * 300_000_000)),
    "a part that unpacks to 300 MB, said to have 100 bytes": ("xlsx", lambda: lying(workbook(" " * 300_000_000))),
    "a part that unpacks to 30 MB, said to have 100 bytes": ("xlsx", lambda: lying(workbook(" " * 30_000_000))),
    "a spreadsheet that unpacks to 300 MB": ("ods", lambda: ods(" " * 300_000_000)),
    "workbooks within each other": ("xlsx", nested_zip),
    "a million empty rows and a payment": ("xlsx", lambda: workbook(late_payment())),
    "a stated size of XFD1048576": ("xlsx", lambda: workbook(dimension="A1:XFD1048576")),
    "a cell at XFD1048576": ("xlsx", lambda: workbook(cell("XFD1048576"), "A1:XFD1048576")),
    "a cell at XFD1048576, size not stated so": ("xlsx", lambda: workbook(cell("XFD1048576"))),
    "one long text used by 5,000 cells": ("xlsx", long_texts),
    "far cells in single quotes": ("xlsx", lambda: workbook(cell("XFD1048576").replace('"', "'"))),
    "far cells without a place": ("xlsx", lambda: workbook(no_place())),
    "far cells behind a sign": ("xlsx", lambda: workbook(behind_sign())),
    "a sheet with another name": ("xlsx", lambda: renamed(workbook(cell("XFD1048576")))),
    "a workbook that calls itself another kind": ("ods", two_kinds),
    "a million empty rows repeated": ("ods", lambda: repeated(1_048_574, '<table:table-cell table:number-columns-repeated="16384"/>')),
    "a filled cell repeated 16,384 times in a million rows": ("ods", lambda: repeated(1_000_000, FILLED % 16_384)),
    "a filled cell repeated two thousand million times": ("ods", lambda: repeated(1, FILLED % 2_000_000_000)),
    "names that stand for names": ("ods", laughs),
    "a line that never ends": ("csv", lambda: CSV_HEAD.encode() + b"a" * 80_000_000),
    "a quotation mark never closed": ("csv", lambda: CSV_HEAD.encode() + b'"' + CSV_ROW.encode() * 1_000_000),
    "a million columns": ("csv", wide_lines),
    "a hundred thousand columns in each of 500 lines": ("csv", lambda: CSV_HEAD.encode() + (b"," * 100_000 + b"\r\n") * 500),
    "nothing but noughts": ("csv", lambda: bytes(50_000_000)),
    "noughts in a file": ("csv", lambda: (CSV_HEAD + CSV_ROW).encode() + bytes(1_000_000)),
    "five million blank lines": ("csv", blank_lines),
    "random bytes": ("csv", strange),
    "random bytes called a workbook": ("xlsx", lambda: b"PK\x03\x04" + strange()),
    "an old workbook of random bytes": ("xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strange()),
    "an empty file": ("csv", bytes),
    "ten million brackets": ("json", lambda: b"[" * 10_000_000),
    "a release of a million brackets": ("json", lambda: lines(release(more=f', "x": {"[" * 1_000_000}{"]" * 1_000_000}'))),
    "objects a hundred thousand deep": ("jsonl", lambda: lines(release(), '{"ocid":' * 100_000)),
    "a number of a million digits": ("json", lambda: lines(release("9" * 1_000_000))),
    "an exponent of a thousand million": ("json", lambda: lines(release("1e1000000000"))),
    "a million equal keys": ("json", lambda: lines(release(more=', "k": 1' * 1_000_000))),
    "a line of 30 MB of JSON": ("jsonl", lambda: lines(release(), json.dumps({"ocid": "a" * 30_000_000}))),
    "a million releases": ("jsonl", lambda: lines(release()) + (b"\n" + lines(release())) * 1_000_000),
    "a document of 150 MB": ("json", lambda: b'{"releases": [' + b" " * 150_000_000 + b"]}"),
}


def child(*arguments: str) -> str:
    """This file run in a process of its own, so that what one makes or reads is not counted with another; what it prints."""
    environment = {"PYTHONPATH": str(ROOT), **os.environ}
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=5 * MOST_SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(f"ended with {done.returncode}: {done.stderr[-1500:]}")
    return done.stdout


def came_of(names: Sequence[str], folder: Path) -> list[Came]:
    """Make some of the files and read them, one after the other in one process; memory is the most so far."""
    paths = [folder / f"{number}.{BOMBS[name][0]}" for number, name in enumerate(names)]
    child("make", str(folder), *names)
    try:
        return [Came(**came) for came in json.loads(child("read", *map(str, paths)))]
    except subprocess.TimeoutExpired:
        return [Came("never ended", "", 0.0, 5 * MOST_SECONDS)]
    except RuntimeError as error:
        return [Came("killed", str(error), 0.0, 0.0)]


def read(path: str) -> dict[str, Any]:
    """Read one file in this process."""
    from sim import spend
    from sim.errors import InputError

    began = process_time()
    try:
        if spend.is_ocds(path):
            book = spend.read_contracts(path)
            how, said = "read", f"{len(book.contracts)} rows of {book.value}"
        else:
            reading = spend.read_spend(path)
            reading.check()
            how, said = "read", f"{len(reading.payments)} rows of {int(reading.payments['amount'].sum())}"
    except InputError as error:
        how, said = "refused", str(error).split("\n", 1)[1][:400]
    return {"how": how, "said": said, "memory": most_memory(), "seconds": process_time() - began}


def most_memory() -> float:
    """Most memory that this process has had, MiB: on Linux without what its parent had, which ru_maxrss counts from before the start."""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            float(next(line.split()[1] for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM:"))) / 1024.0
        )
    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main(arguments: Sequence[str]) -> int:
    """Make files, read files, or make and read all of them; 1 when one had a bad outcome."""
    if arguments[:1] == ["make"]:
        for number, name in enumerate(arguments[2:]):
            ending, content = BOMBS[name]
            Path(arguments[1], f"{number}.{ending}").write_bytes(content())
        return 0
    if arguments[:1] == ["read"]:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
        sys.stdout.write(json.dumps([read(path) for path in arguments[1:]]))
        return 0
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in arguments or BOMBS:
            (came,) = came_of([name], Path(folder))
            bad += not came.good
            said = " ".join(came.said.replace(folder, "").split())[: 160 if came.good else 1500]
            sys.stdout.write(f"{'  ' if came.good else '! '}{name}: {came.how}, {came.memory:.0f} MiB, {came.seconds:.1f} s: {said}\n")
            sys.stdout.flush()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
