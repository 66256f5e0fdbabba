"""Files whose names can't be printed: bytes that are no text, signs that command a terminal or turn the words around them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import sim
from sim.errors import InputError, Problem, printable
from sim.runs.stored.store import write_text
from sim.spend import read_contracts, read_spend

NO_TEXT = os.fsdecode(b"a\xff")
RELEASE = {"ocid": "o-1", "id": "1", "date": "2025-01-01T00:00:00Z", "tag": ["award"], "buyer": {"id": "b", "name": "B"}}
AWARD = {"id": "a", "status": "active", "date": "2025-01-01", "suppliers": [{"id": "s", "name": "A Ltd"}]}


def made(folder: Path, name: str, content: bytes) -> Path:
    """A file of that name, where the disk takes it."""
    path = folder / name
    try:
        path.write_bytes(content)
    except OSError:
        pytest.skip("this disk takes no such name")
    return path


def test_what_can_be_printed_is_left_as_it_is() -> None:
    for name in ("Payments, July 2019 (final).csv", "مدينة.csv", "東京.csv", "n\u0303.csv", "a\u00a0b.csv", "\U0001f3d8\ufe0f.csv"):
        assert printable(name) == name


@pytest.mark.parametrize(
    ("name", "shown"), [(NO_TEXT, "a\\udcff"), ("a\x1b[2J", "a\\x1b[2J"), ("a\u202ecba", "a\\u202ecba"), ("a\nb", "a\\nb")]
)
def test_a_problem_can_be_printed_whatever_the_file_is_called(name: str, shown: str, tmp_path: Path) -> None:
    problem = Problem(f"{name}.yaml", 1, "", "", "", None, "mend it", "wrong")
    assert str(problem).encode() == f"{shown}.yaml, line 1: wrong\n    remedy:  mend it".encode()
    path = made(tmp_path, f"{name}.yaml", b"title: a\nplce: anytown\n")
    with pytest.raises(InputError) as caught:
        sim.load(path)
    assert f"{shown}.yaml, line 2, plce: there is no key 'plce'" in str(caught.value).encode().decode()


def test_a_scenario_is_named_by_what_can_be_printed_of_its_file(tmp_path: Path) -> None:
    path = made(tmp_path, f"{NO_TEXT}.yaml", b"title: a\nplace: anytown\nstart: 2013-04\nmonths: 2\n")
    assert sim.load(path).name == "a\\udcff"


def test_a_command_that_names_such_a_file_is_stored(tmp_path: Path) -> None:
    write_text(tmp_path / "command.txt", f"localwealth run {NO_TEXT}.yaml\n")
    assert (tmp_path / "command.txt").read_bytes() == b"localwealth run a\\udcff.yaml\n"


def test_spending_and_contracts_are_read_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = made(tmp_path, f"{NO_TEXT}.csv", b"Supplier,Date,Amount\nA Ltd,13/08/2019,12.50\n")
    (file,) = read_spend(path).files
    assert (file.file, file.pence_used) == ("a\\udcff.csv", 1250)
    value = {**AWARD, "value": {"amount": 12.5, "currency": "GBP"}}
    path = made(tmp_path, f"{NO_TEXT}.json", json.dumps({**RELEASE, "awards": [value]}).encode())
    book = read_contracts(path)
    assert int(book.contracts.value.sum()) == 1250
