"""The folder of a spend analysis: its page, its workbook, its files; what must not be in any of them; and that a cut leaves nothing."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from made_up_spending import made_up_reading, made_up_suppliers

from sim.errors import InputError
from sim.report.spend.folder import reading_facts, write_spend
from sim.report.spend.page import spend_page, spend_sections
from sim.report.spend.view import SpendView
from sim.runs.stored.store import write_text
from sim.spend.analysis.account import set_aside_rows
from sim.spend.analysis.analyse import analyse

FILES = {"charts", "report.html", "report.xlsx", "suppliers.csv", "set-aside.csv", "reading.json", "mapping.yaml", "tables"}


@pytest.fixture(scope="module")
def view() -> SpendView:
    return SpendView(analyse(made_up_reading(), made_up_suppliers(), top=2), "Testing", "Testshire")


@pytest.fixture(scope="module")
def page(view: SpendView) -> str:
    return spend_page(view, spend_sections(view))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "may.csv"
    path.write_bytes(b"Supplier Name,Net\n")
    return path


def write(view: SpendView, source: Path, out: Path) -> Path:
    facts = reading_facts(view, [source], "localwealth spend may.csv", {"top": 2})
    more = {"mapping.yaml": lambda path: write_text(path, "files: []\n")}
    return write_spend(view, set_aside_rows(made_up_reading().set_aside), facts, out, more)


@pytest.fixture(scope="module")
def folder(view: SpendView, source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(view, source, tmp_path_factory.mktemp("folder") / "out")


class Page(HTMLParser):
    """Tags, ids, links and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.sources: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" else []
        self.sources += [given[name] or "" for name in ("src", "srcset", "data") if name in given]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_says_first_where_money_goes_and_what_is_not_known(page: str) -> None:
    words = Page(page).words
    assert "Spending of Testing, seen from Testing" in words
    lead = (
        "Of £950 paid to the 2 largest suppliers, 73.7% went to suppliers in Testing, 26.3% elsewhere in Testshire and 0% further away; "
        "for 0% it is not known where. Of what is known, 73.7% went to suppliers in Testing."
    )
    assert words.count(lead) == 3
    assert "Of £1,250 paid to all suppliers, 64.0% went to suppliers in Testing, 20.0% elsewhere" in words
    assert "for 16.0% it is not known where. Of what is known, 76.2% went" in words
    assert "1 file, 31 March 2019 to 5 May 2019: 10 rows read, 7 used with £1,250.00, 3 set aside; 3 suppliers with a name." in words
    assert "1 payment of £200 has no date that could be read, and a row of its own." in words
    assert "deprived wards, which other analyses of this kind report, is not known here" in words


def test_the_page_needs_nothing_from_outside_and_its_links_lead_somewhere(page: str) -> None:
    read = Page(page)
    assert not read.sources
    assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)
    assert len(read.ids) == len(set(read.ids))
    assert "url(http" not in page
    assert "<script" not in page


def test_without_a_place_it_says_so_and_shows_no_shares_by_where(reading: Any, suppliers: Any) -> None:
    suppliers.table["where"] = "unknown"
    found = SpendView(analyse(reading, suppliers, top=2))
    page = Page(spend_page(found, spend_sections(found)))
    assert "Where suppliers are is not known for any payment: no place was named. Name one with --place." in page.words
    assert "In the place" not in page.words.split("What was read")[1]


def test_a_guess_that_is_not_sure_is_pointed_out(page: str) -> None:
    words = Page(page).words
    assert "1 column was not surely recognised" in words
    assert "amount is taken from “Net” in may.csv (60% sure)" in words


def test_the_folder_holds_all_and_is_no_longer_marked(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == FILES
    assert not folder.with_name("out.unfinished").exists()
    assert "sectors.csv" in {path.name for path in (folder / "tables").iterdir()}


def test_every_chart_lies_beside_as_files(folder: Path) -> None:
    drawn = re.findall(r'<svg class="chart"[^>]*aria-labelledby="([^"]+)-title"', (folder / "report.html").read_text(encoding="utf-8"))
    assert len(drawn) >= 3
    names = {path.name for path in (folder / "charts").iterdir()}
    assert names == {"charts.csv", *(f"{name}.{kind}" for name in drawn for kind in ("png", "svg"))}
    assert "from published spending" in (folder / "charts" / "charts.csv").read_text(encoding="utf-8")


def test_no_file_names_the_person(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in {".html", ".csv", ".json", ".yaml", ".svg"}]
    book = openpyxl.load_workbook(folder / "report.xlsx")
    texts.append("\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row))
    for text in texts:
        assert not re.search(r"\bann\b|\blee\b|PR1 9ZZ", text, re.IGNORECASE)


def test_what_looks_like_a_formula_is_text(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    names = [cell.value for cell in book["Largest suppliers"]["B"]]
    assert "=Caterers" in names
    with (folder / "suppliers.csv").open(encoding="utf-8", newline="") as stream:
        assert "'=Caterers" in [row["name"] for row in csv.DictReader(stream)]
    with (folder / "tables" / "categories.csv").open(encoding="utf-8", newline="") as stream:
        assert "'=1+1" in [row["category"] for row in csv.DictReader(stream)]


def test_the_workbook_holds_the_numbers_of_the_tables(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "report.xlsx")
    rows = list(book["Sectors"].iter_rows(min_row=3, values_only=True))
    value = {row[0]: row[rows[0].index("Value")] for row in rows[1:]}
    assert (value["Construction"], value["Not known"]) == (700, 100)
    assert {"Where", "Sectors", "Sector by where", "Kinds", "Sizes", "Concentration", "By month", "Rows and value"} <= set(book.sheetnames)


def test_reading_json_holds_hashes_sums_and_the_guess(folder: Path, source: Path) -> None:
    facts = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
    assert facts["files"] == [{"file": "may.csv", "bytes": 18, "sha256": hashlib.sha256(source.read_bytes()).hexdigest()}]
    assert facts["totals"][0] == {"item": "read", "rows": 10, "pence": 250000}
    assert facts["guess"][1] == {"file": "may.csv", "sheet": "", "field": "amount", "column": "Net", "certainty": 0.6}
    assert facts["versions"].keys() >= {"localwealth", "pandas"}
    assert facts["headline"]["all_place"] == 0.64


def test_rows_set_aside_show_no_name(folder: Path) -> None:
    with (folder / "set-aside.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["text"] for row in rows] == ["Payments over 500 of … Borough Council", "Total,1250.00", "05/05/2019,…,… note"]
    assert [row["pence"] for row in rows] == ["", "125000", ""]


def test_a_name_that_is_taken_is_refused(folder: Path, view: SpendView, source: Path) -> None:
    before = (folder / "report.html").read_bytes()
    with pytest.raises(InputError, match="there is something of this name already"):
        write(view, source, folder)
    assert (folder / "report.html").read_bytes() == before


def test_a_cut_leaves_nothing_behind(view: SpendView, reading: Any, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.report.spend.folder.write_workbook", cut)
    with pytest.raises(KeyboardInterrupt):
        write(view, source, tmp_path / "cut")
    assert list(tmp_path.iterdir()) == []
