"""A list of known suppliers: what it may hold, what is said about what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import InputError
from sim.spend.matching.known import KnownSupplier, KnownSuppliers, read_known_suppliers

GOOD = """Supplier,Kind,sector,postcode,where,size,Company Number
Acme Tools Ltd,company,construction,PR1 2HE,place,small,01234567
"Smith, Jones and Company",company,,,,,
The Bakery,co-operative,food-manufacturing,,region,micro,

"""


def write(folder: Path, text: str) -> Path:
    path = folder / "known.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def problems(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(InputError) as caught:
        read_known_suppliers(write(folder, text))
    return [(problem.line, problem.key, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_a_good_list(tmp_path: Path, start: str) -> None:
    known = read_known_suppliers(write(tmp_path, start + GOOD))
    assert len(known) == 3
    assert known.find("ACME TOOLS LIMITED") == KnownSupplier(
        "Acme Tools Ltd", "company", "construction", "PR1 2HE", "place", "small", "01234567"
    )
    smiths = known.find("Smith Jones & Co")
    assert smiths is not None
    assert (smiths.kind, smiths.sector) == ("company", "")
    assert known.find("Bakery") is not None
    assert known.find("Acme Tools North Ltd") is None


def test_a_legal_form_may_be_left_out_where_only_one_firm_can_be_meant() -> None:
    known = KnownSuppliers([KnownSupplier("Acme Ltd"), KnownSupplier("Beta Ltd"), KnownSupplier("Beta PLC")])
    assert known.find("Acme") is not None
    assert known.find("Acme PLC") is None
    assert known.find("Beta") is None


def test_all_problems_at_once(tmp_path: Path) -> None:
    text = "name,kind,sector,postcode,where,size\nAcme Ltd,compny,,,,\nBeta Ltd,,,12345,here,huge\n,company,,,,\nACME LIMITED,,,,,\n"
    found = problems(tmp_path, text)
    assert found == [
        (2, "kind", "there is no kind 'compny'"),
        (3, "where", "there is no where 'here'"),
        (3, "size", "there is no size 'huge'"),
        (3, "postcode", "this is no postcode"),
        (4, "name", "the row names no supplier"),
        (5, "name", "the supplier stands in line 2 already, spelt the same way or nearly"),
    ]


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_known_suppliers(write(tmp_path, "name,kind,secter\nAcme,charty,\n"))
    column, kind = caught.value.problems
    assert (column.given, column.nearest, column.line) == ("secter", "sector", 1)
    assert (kind.nearest, kind.remedy) == ("charity", "write 'charity'")
    assert "public body" in kind.allowed


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", None, "the file is empty"),
        ("\n\n", None, "the file is empty"),
        ("kind,sector\ncompany,\n", 1, "there is no column 'name'"),
        ("name,kind,kind\nAcme,company,\n", 1, "the column stands there twice"),
        ("name\nAcme,company\n", 2, "the row has more cells than the header"),
        ('name\n"Acme"x\n', 2, "the row can't be read as CSV"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str, line: int | None, message: str) -> None:
    assert [(found[0], found[2]) for found in problems(tmp_path, text)] == [(line, message)]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_known_suppliers(tmp_path / "none.csv")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_bytes(b"name\nCaf\xe9\n")
    with pytest.raises(InputError, match="line 2: this is no text in UTF-8"):
        read_known_suppliers(path)
