"""The command spend: what it reads, prints and leaves behind, and what it refuses."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.core.registry import POLICIES, SHOCKS
from sim.settings.load import load_scenario

Command = Callable[..., Result]

MAY = """Spend over 500 pounds,,,,
Body,Supplier,Date,Amount,Postcode
Testing Council,Hill Builders Ltd,03/05/2019,"£1,000.00",PR1 2HE
Testing Council,HILL BUILDERS LIMITED,23/05/2019,(100.00),PR1 2HE
Testing Council,Far Software plc,24/05/2019,500.00,EH1 1AA
Testing Council,Mrs Jane Exampleton,24/05/2019,250.00,PR1 3XY
Testing Council,Acme Nowhere Ltd,25/05/2019,350.00,
,,,,
Total,,,2000.00,
"""
JUNE = "Body;Supplier;Date;Amount\nTesting Council;Hill Builders Ltd;13/06/2019;400,00\n"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")  # no name is broken over two lines
    Path("may.csv").write_text(MAY, encoding="cp1252")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["spend", *arguments], prog_name="localwealth")

    return call


def words(result: Result) -> str:
    """What was printed, without line breaks and rules."""
    return " ".join(result.stdout.split())


def test_it_prints_the_account_and_leaves_a_folder(command: Command) -> None:
    result = command("may.csv", "--place", "preston", "--out", "out")
    assert result.exit_code == 0, result.output
    said = words(result)
    assert said.startswith("Spending of Testing Council, seen from Preston 3 May 2019 to 25 May 2019: 9 rows read, 5 used, 4 set aside")
    assert "Value used £2,000.00: payments £2,100.00, credits -£100.00; set aside £2,000.00" in said
    assert "Private persons and withheld names: 1 row, £250.00; counted, not shown" in said
    assert "In Preston £900 51.4% 64.3% £1,150 57.5% 69.7%" in said
    assert "Not known where £350 20.0% - £350 17.5% -" in said
    assert "Hill Builders Ltd £900 45.0% company Construction In Preston" in said
    assert "supplier “Supplier”" in said
    assert said.endswith("Result: out Report: out/report.html")
    assert {path.name for path in Path("out").iterdir()} >= {"report.html", "report.xlsx", "suppliers.csv", "mapping.yaml", "reading.json"}
    assert result.stderr == ""
    texts = [path.read_text(encoding="utf-8") for path in Path("out").rglob("*") if path.suffix not in (".xlsx", ".png") and path.is_file()]
    assert len(texts) > 20
    assert not [text for text in [result.output, *texts] if "exampleton" in text.casefold() or "3XY" in text]


def test_several_files_and_folders(command: Command) -> None:
    Path("more").mkdir()
    Path("more/june.csv").write_text(JUNE, encoding="utf-8")
    Path("more/notes.pdf").write_bytes(b"%PDF")
    result = command("may.csv", "more", "--out", "out")
    assert result.exit_code == 0, result.output
    said = words(result)
    assert "11 rows read, 6 used, 5 set aside" in said
    assert "Value used £2,400.00" in said
    assert "Not looked at: notes.pdf" in said
    assert "no place was named. Name one with --place." in said


def test_a_supplier_list_and_a_mapping_win_over_the_guess(command: Command) -> None:
    Path("known.csv").write_text("name,where,sector\nAcme Nowhere Ltd,place,finance\n", encoding="utf-8")
    assert command("may.csv", "--out", "first", "--quiet").stdout == "first\n"
    mapping = Path("first/mapping.yaml").read_text(encoding="utf-8")
    Path("mapping.yaml").write_text(mapping.replace("Testing Council", ""), encoding="utf-8")
    result = command("may.csv", "--place", "preston", "--suppliers", "known.csv", "--mapping", "mapping.yaml", "--out", "out", "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    acme = next(row for row in said["largest"] if row["name"] == "Acme Nowhere Ltd")
    assert (acme["where"], acme["sector"], acme["pence"]) == ("place", "finance", 35000)
    assert (said["headline"]["rows_used"], said["headline"]["all_unknown"]) == (5, 0.0)
    assert said["options"].items() >= {"place": "preston", "mapping": "mapping.yaml", "suppliers": "known.csv", "top": 300}.items()
    assert all(check["agrees"] for check in said["checks"])


def test_hashed_names_in_every_file(command: Command) -> None:
    assert command("may.csv", "--out", "out", "--hash-names").exit_code == 0
    with Path("out/suppliers.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["name"] for row in csv.DictReader(stream)]
    assert sum(name.startswith("supplier ") for name in names) == 3
    texts = [path.read_text(encoding="utf-8") for path in Path("out").rglob("*") if path.suffix not in (".xlsx", ".png") and path.is_file()]
    assert not [text for text in texts if "Hill Builders" in text or "Far Software" in text]


def test_an_anchor_gets_these_suppliers_in_a_place_of_its_own(command: Command) -> None:
    result = command("may.csv", "--place", "anytown", "--anchor", "council", "--out", "out")
    assert result.exit_code == 0, result.output
    said = words(result)
    assert "Place: out/anchor/place.yaml" in said
    assert said.endswith("Try it: localwealth compare out/anchor/business-as-usual.yaml out/anchor/buy-local.yaml")
    town = load_scenario("out/anchor/business-as-usual.yaml", POLICIES, SHOCKS).place
    council = next(anchor for anchor in town.anchors if anchor.name == "council")
    assert next((supplier.supplier, supplier.amount) for supplier in council.suppliers or ()) == ("Hill Builders Ltd", 900.0 * 12)


def test_a_folder_that_is_there_is_refused_before_anything_is_read(command: Command) -> None:
    Path("out").mkdir()
    result = command("no-such.csv", "--out", "out")
    assert result.exit_code == 2
    assert "out: there is something of this name already" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no-such.csv",), "no-such.csv"),
        (("may.csv", "--top", "0"), "top: the number of suppliers to look at is too small"),
        (("may.csv", "--place", "prestn"), "there is no place 'prestn'"),
        (("may.csv", "--anchor", "council"), "anchor: an anchor lies in a place, and no place was named"),
        (("may.csv", "--place", "preston", "--anchor", "counsil"), "has no anchor 'counsil'"),
        (("may.csv", "--place", "anytown", "--anchor", "council", "--months", "0"), "months: so many months can't be covered"),
        (("may.csv", "--suppliers", "none.csv"), "none.csv"),
        (("may.csv", "--mapping", "none.yaml"), "none.yaml"),
        (("empty",), "empty: this folder holds no file that can be read"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(command: Command, arguments: tuple[str, ...], says: str) -> None:
    Path("empty").mkdir()
    result = command(*arguments, "--out", "out")
    assert result.exit_code == 2, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert not [path for path in Path().iterdir() if path.name.startswith("out")]


def notice(number: int, supplier: str, pounds: float, **award: object) -> dict[str, Any]:
    """A release of one award."""
    party = {"id": f"S{number}", "name": supplier, "roles": ["supplier"], "address": {"streetAddress": "1 High Street PR1 2HE"}}
    period = {"startDate": "2024-04-01T00:00:00Z", "endDate": f"2026-0{number}-30T00:00:00Z"}
    suppliers = [{"id": f"S{number}", "name": supplier}]
    said = {"id": "1", "date": "2024-03-01T00:00:00Z", "suppliers": suppliers, "contractPeriod": period, **award}
    return {
        "ocid": f"ocds-x-{number}",
        "id": f"r{number}",
        "date": "2024-03-01T00:00:00Z",
        "tag": ["award"],
        "buyer": {"id": "B1", "name": "Testing Council"},
        "parties": [party],
        "tender": {"title": f"Work {number}", "classification": {"scheme": "CPV", "id": "45000000"}, "mainProcurementCategory": "works"},
        "awards": [{**said, "value": {"amount": pounds, "currency": "GBP"}}],
    }


@pytest.fixture
def contracts(command: Command) -> Path:
    """Two contracts of one council, one with a private person."""
    path = Path("contracts.json")
    releases = [notice(3, "Hill Builders Ltd", 2400.0), notice(6, "Mrs Jane Exampleton", 600.0)]
    path.write_text(json.dumps({"releases": releases}), encoding="utf-8")
    return path


def test_contracts_are_told_by_their_content_and_come_up_for_letting(command: Command, contracts: Path) -> None:
    place = ("--place", "anytown", "--anchor", "council", "--today", "2025-01-15")
    result = command("contracts.json", *place, "--out", "out")
    assert result.exit_code == 0, result.output
    said = words(result)
    assert said.startswith("Contracts of Testing Council, seen from Anytown 1 March 2024: 2 rows read, 2 used, 0 set aside")
    assert "Value used £3,000.00: contracts £3,000.00" in said
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "Of £2,400 went" not in page
    assert "What comes up for re-letting" in page
    assert "Contracts on 15 January 2025" in page
    with Path("out/tables/relet.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(row["period"], row["contracts"], row["pence"]) for row in csv.DictReader(stream) if row["step"] == "month"]
    assert rows == [("2026-03", "1", "240000"), ("2026-06", "1", "60000")]
    with Path("out/tables/contracts.csv").open(encoding="utf-8", newline="") as stream:
        listed = [(row["supplier"], row["title"]) for row in csv.DictReader(stream)]
    assert listed == [("Hill Builders Ltd", "Work 3"), ("Private person or withheld", "")]
    assert "suppliers-of-council.csv" in {path.name for path in Path("out/anchor").iterdir()}
    assert "contracts left out" not in said
    assert "exampleton" not in "".join(path.read_text(encoding="utf-8") for path in Path("out").rglob("*.[chjy]*")).casefold()


def test_contracts_that_have_ended_are_counted_and_hashes_hide_names_in_titles(command: Command) -> None:
    releases = [notice(3, "Hill Builders Ltd", 2400.0), notice(6, "Far Software plc", 600.0)]
    releases[1]["tender"]["title"] = "Work by Hill Builders Ltd"
    Path("contracts.json").write_text(json.dumps({"releases": releases}), encoding="utf-8")
    place = ("--place", "anytown", "--anchor", "council", "--today", "2026-05-15")
    result = command("contracts.json", *place, "--hash-names", "--out", "out")
    assert result.exit_code == 0, result.output
    assert "contracts left out, ended: 1" in words(result)
    texts = {path.name: path.read_text(encoding="utf-8") for path in Path("out").rglob("*.[chjy]*")}
    assert not [name for name, text in texts.items() if "Hill Builders" in text or "Far Software" in text]
    assert "Spending of Testing Council" not in texts["report.html"]
    assert "Contracts of Testing Council" in texts["report.html"]


def test_contracts_and_payments_are_no_sum_and_a_buyer_must_be_one(command: Command, contracts: Path) -> None:
    mixed = command("may.csv", "contracts.json", "--out", "out")
    assert mixed.exit_code == 2
    assert "files: contracts and payments can't be added up together" in mixed.stderr
    unknown = command("contracts.json", "--buyer", "Testing Counsil", "--out", "out")
    assert unknown.exit_code == 2
    assert "there is no buyer 'Testing Counsil'; the nearest name is 'Testing Council'" in unknown.stderr
    assert not Path("out").exists()


def test_what_was_named_twice_or_does_nothing_is_said(command: Command) -> None:
    done = command("may.csv", "./may.csv", "--buyer", "Somebody", "--months", "3", "--out", "twice")
    assert done.exit_code == 0, done.output
    assert "Note: may.csv was named twice and is read once." in words(done)
    assert "Note: --buyer picks contracts; these are payments, so it does nothing." in words(done)
    assert "Note: --months counts only with --anchor, so it does nothing." in words(done)
    assert "Note:" not in command("may.csv", "--out", "once").stdout


def test_a_report_of_our_own_is_no_spend_file(command: Command) -> None:
    assert command("may.csv", "--out", "done").exit_code == 0
    refused = command("done/report.xlsx", "may.csv", "--out", "again")
    assert refused.exit_code == 2
    assert "done/report.xlsx: this is a report of localwealth, and no spend file" in refused.stderr
    Path("both").mkdir()
    for name, source in (("may.csv", "may.csv"), ("report.xlsx", "done/report.xlsx")):
        Path("both", name).write_bytes(Path(source).read_bytes())
    assert "Not looked at: report.xlsx" in words(command("both", "both/may.csv", "--out", "mixed"))
