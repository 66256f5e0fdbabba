"""Every number in the README of the published contracts comes out of the reader."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sim.spend import ContractBook, contract_book, is_ocds, read_contracts

DATA = Path(__file__).parents[3] / "data" / "ocds"
PACKAGE, LINES, RECORDS = (
    DATA / name for name in ("contracts-finder-release-package.json", "contracts-finder-releases.jsonl", "ocds-sample-record-package.json")
)
SOUTHAMPTON = "ocds-b5fd17-09a309a3-8541-48b9-91c4-411c52e5bd34"
WIRRAL = "ocds-b5fd17-e0d4b2ec-d437-468f-82c7-1d751544e9ea"


@pytest.fixture(scope="module")
def books() -> dict[Path, ContractBook]:
    return {path: read_contracts(path) for path in (PACKAGE, LINES, RECORDS)}


@pytest.mark.parametrize(
    ("path", "shape", "releases", "ocids", "awards", "read", "merged", "used", "buyers"),
    [
        (PACKAGE, "releases", 20, 20, 16, 879833975, 16, 879833975, 18),
        (LINES, "lines", 23, 21, 23, 4128837877, 22, 3035637877, 17),
        (RECORDS, "records", 1, 1, 1, 1100000000, 1, 1100000000, 1),
    ],
)
def test_releases_awards_sums_and_buyers(
    books: dict[Path, ContractBook],
    path: Path,
    shape: str,
    releases: int,
    ocids: int,
    awards: int,
    read: int,
    merged: int,
    used: int,
    buyers: int,
) -> None:
    book = books[path]
    (file,) = book.files
    assert (file.shape, file.releases, len(file.ocids), file.awards, file.sums) == (shape, releases, ocids, awards, {"GBP": read})
    assert (book.awards, book.value, len(file.buyers)) == (merged, {"GBP": used}, buyers)
    assert int(book.set_aside["amount"].sum()) == read - used


@pytest.mark.parametrize(
    ("path", "parties", "numbers", "apart", "found", "small", "noughts", "shared"),
    [(PACKAGE, 29, 9, 27, 28, 17, 1, 2), (LINES, 55, 7, 41, 52, 7, 2, 5)],
)
def test_what_is_known_of_suppliers(
    books: dict[Path, ContractBook],
    path: Path,
    parties: int,
    numbers: int,
    apart: int,
    found: int,
    small: int,
    noughts: int,
    shared: int,
) -> None:
    book = books[path]
    (file,) = book.files
    assert (file.supplier_parties, file.with_company_number, file.small, file.noughts) == (parties, numbers, small, noughts)
    assert (file.with_postcode_apart, file.with_postcode, file.with_postal_code) == (apart, found, 0)
    several = book.contracts[book.contracts["shared_by"] > 1]
    assert several["award"].nunique() == shared


def test_a_later_release_of_the_same_award_counts_and_the_earlier_is_set_aside(books: dict[Path, ContractBook]) -> None:
    book = books[LINES]
    (row,) = book.contracts[book.contracts["ocid"] == SOUTHAMPTON].itertuples()
    (aside,) = book.set_aside[book.set_aside["ocid"] == SOUTHAMPTON].itertuples()
    assert (row.value, row.company_number, row.postcode) == (10932000, "OC303525", "WC2N 6RH")
    assert (aside.reason, aside.amount) == ("superseded", 1093200000)
    assert "award objects replaced by a later release of the same award, not added: 1 (10,932,000.00 GBP)" in book.files[0].warnings


def test_awards_with_other_ids_both_stand_with_a_warning_of_a_slip(books: dict[Path, ContractBook]) -> None:
    both = books[LINES].contracts[books[LINES].contracts["ocid"] == WIRRAL]
    assert sorted(both["value"]) == [18848700, 1884873100]
    assert set(both["flag"]) == {"perhaps a slip"}
    said = [warning for warning in books[LINES].files[0].warnings if warning.startswith("awards with the digits of another award")]
    assert "of which one is likely a slip: 2 (line 6, 7)" in said[0]


def test_noughts_are_kept_and_rates_are_said(books: dict[Path, ContractBook]) -> None:
    contracts = books[LINES].contracts
    frameworks = contracts[contracts["flag"] == "nought"]
    assert sorted(frameworks.groupby("award").size()) == [13, 17]
    assert (frameworks["value"] == 0).all()
    assert sorted(contracts[contracts["flag"] == "looks like a rate"].groupby("award")["value"].sum()) == [2900, 9800]
    assert any("awards below £500" in warning and "totals: 2 (line 4, 11)" in warning for warning in books[LINES].warnings)


def test_a_value_for_several_suppliers_is_shared_to_the_penny(books: dict[Path, ContractBook]) -> None:
    worcester = books[PACKAGE].contracts[books[PACKAGE].contracts["buyer"] == "University Of Worcester"]
    assert list(worcester["value"]) == [112696, 112695, 112695]
    assert set(worcester["shared_by"]) == {3}


def test_leading_zeros_of_company_numbers_come_back(books: dict[Path, ContractBook]) -> None:
    contracts = books[LINES].contracts
    assert set(contracts.loc[contracts["supplier"].str.startswith("Zuhlke"), "company_number"]) == {"04103211"}
    numbers = pd.concat([book.contracts["company_number"] for book in books.values()])
    assert set(numbers[numbers != ""].str.len()) == {8}


def test_all_three_together_are_the_sum_of_each(books: dict[Path, ContractBook]) -> None:
    book = read_contracts([PACKAGE, LINES, RECORDS])
    assert book.awards == 16 + 22 + 1
    assert book.value == {"GBP": 879833975 + 3035637877 + 1100000000}
    assert all(is_ocds(path) for path in books)


def test_every_category_has_a_sector(books: dict[Path, ContractBook]) -> None:
    contracts = pd.concat([book.contracts for book in books.values()])
    assert (contracts["category"].str.len() == 8).all()
    assert "unknown" not in set(contracts["sector"])


def test_the_same_releases_in_any_shape_and_order_give_the_same_contracts(books: dict[Path, ContractBook], tmp_path: Path) -> None:
    releases = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    records = [{"ocid": release["ocid"], "releases": [release]} for release in releases]
    shapes = {
        "package.json": json.dumps({"version": "1.1", "releases": releases}),
        "list.json": "\ufeff" + json.dumps(releases, indent=1),
        "records.json": json.dumps({"records": records}, ensure_ascii=False),
        "packages.jsonl": "\n\n".join(json.dumps({"releases": [release]}) for release in releases) + "\r\n",
        "backward.jsonl": "\n".join(json.dumps(release) for release in reversed(releases)),
    }
    usual = sorted_contracts(books[LINES])
    for name, text in shapes.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        pd.testing.assert_frame_equal(sorted_contracts(read_contracts(tmp_path / name)), usual)


def sorted_contracts(book: ContractBook) -> pd.DataFrame:
    """Contracts without where they stand, in an order of their own."""
    return book.contracts.drop(columns=["file", "line"]).sort_values(["ocid", "award", "supplier_number"], ignore_index=True)


def test_one_release_alone_is_a_file_too(tmp_path: Path) -> None:
    release = json.loads(LINES.read_text(encoding="utf-8").splitlines()[0])
    (tmp_path / "one.json").write_text(json.dumps(release, indent=2), encoding="utf-8")
    book = read_contracts(tmp_path / "one.json")
    assert (book.files[0].shape, book.awards) == ("document", 1)


def test_the_book_of_a_buyer_says_what_ends_when(books: dict[Path, ContractBook]) -> None:
    tables = contract_book(books[PACKAGE], "manchester city council", date(2026, 1, 1))
    (row,) = tables.contracts.itertuples()
    assert (row.state, row.value, str(row.end.date())) == ("live", 525939296, "2028-04-02")
    assert row.value_a_year == 175313099
    assert [tables.relet[period]["period"].iloc[0] for period in ("month", "quarter", "year")] == ["2028-04", "2028Q2", "2028"]
