"""Whatever bytes a reader is given, it reads them or refuses them in words; and what was found by giving it many stays mended.

A hundred and fifty inputs a reader here; ``python -m tests.fuzz READER --inputs 1000000`` reads a million.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from fuzz.judging import came_of, watched
from fuzz.loop import fuzz
from fuzz.readers import READERS, Reader, Spending, kept_files
from fuzz.smaller import smaller

from sim.errors import InputError, Problem
from sim.settings.reading.problems import LONGEST_PART, MOST_COMPARED
from sim.spend import read_spend
from sim.spend.mapping import MappingEntry, SpendMapping

FOUND = Path(__file__).parents[1] / "data" / "fuzz"
#: Inputs that once ended the process, or were refused in words nobody would read to the end; and the words by which they are refused now.
WORDS = {
    "experiment/half-character-choice.yaml": "given:   \\ud800\n    allowed: none, every-year, all",
    "experiment/half-character-design.yaml": "there is no design '\\ud800'",
    "experiment/half-character-parameter.yaml": "there is no parameter '\\ud800'",
    "mapping/long-encoding.yaml": "there is no encoding 'xxx",
    "mapping/version-that-is-not-read.yaml": "this version of YAML is not read\n    given:   %YAML 1.0\n    allowed: YAML 1.1, 1.2",
    "place/half-character-key.yaml": "line 1: a key that holds half of a character\n    given:   \\ud800\n    allowed: a plain word",
    "scenario/long-reference.yaml": "*aaa",
    "scenario/no-such-character.yaml": "an escape beyond the last character",
    "spend/cell-far-below.xlsx": "a cell called 'A99999999999', which no sheet has",
    "spend/column-far-right.xlsx": "a cell called 'ZZZZZZ1', which no sheet has",
    "spend/date-beyond-calendar.xlsx": "a date or time beyond the calendar",
    "spend/sheets-of-one-name.xlsx": "mismatched tag: line 1, column 332",
    "spend/more-texts-than-fit.xlsx": "xl/sharedStrings.xml says that it holds 999,999,999 texts\n    allowed: at most 23, by its length",
    "spend/row-repeated-a-million-times.ods": "3,145,728 filled cells, 3,145,725 of them repeats of others",
    "spend/row-far-below.xlsx": "a row called '4000000000', which no sheet has",
}


@pytest.mark.parametrize("name", sorted(READERS))
def test_anything_is_read_or_refused_in_words(name: str, tmp_path: Path) -> None:
    tally = fuzz(name, 150, 1, tmp_path)
    assert not tally.faults, "\n".join(f"{what}\n{found[0][1]}" for what, found in tally.faults.items())
    assert tally.inputs == sum(tally.came.values()) == 150
    assert sum(what.startswith("refused") for what in tally.came) > 3
    # Enough are read for what stands behind the checks to be attacked too.
    assert tally.came["read"] > 10


@pytest.mark.parametrize("name", sorted(path.relative_to(FOUND).as_posix() for path in FOUND.rglob("*.*")))
def test_what_was_found_is_refused_in_words(name: str, tmp_path: Path) -> None:
    reader = READERS[name.partition("/")[0]](tmp_path)
    with pytest.raises(InputError) as caught:
        reader.read((FOUND / name).read_bytes())
    assert WORDS[name] in str(caught.value).encode().decode()
    assert all(len(str(problem)) < 4 * LONGEST_PART for problem in caught.value.problems)


def test_thousands_of_unknown_names_are_all_told_and_the_nearest_name_for_the_first(tmp_path: Path) -> None:
    lines = "".join(f"  households.local_shoping{number}: 1\n" for number in range(400))
    with pytest.raises(InputError) as caught, kept_files():
        READERS["scenario"](tmp_path).read(f"title: a\nplace: anytown\nstart: 2013-04\nmonths: 12\nparameters:\n{lines}".encode())
    nearest = [problem.nearest for problem in caught.value.problems]
    assert nearest == ["households.local_shopping"] * MOST_COMPARED + [None] * (400 - MOST_COMPARED)
    assert "localwealth list parameters" in caught.value.problems[-1].allowed


def test_a_mapping_that_names_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "august.csv"
    path.write_bytes(b"Supplier,Date,Amount\nA Ltd,01/08/2019,12.50\n")
    for encoding, delimiter in (("utf-16", ""), ("utf-16", ","), ("utf-32", ",")):
        with pytest.raises(InputError) as caught:
            read_spend(path, SpendMapping((MappingEntry("*", encoding=encoding, delimiter=delimiter),), "m.yaml"))
        (problem,) = caught.value.problems
        assert problem.message == f"it is no text in the encoding '{encoding}'"
        assert "mapping file" in problem.remedy


class Odd(Reader):
    """A reader with every fault."""

    def read_file(self, path: Path, content: bytes) -> None:
        """What the content asks for."""
        if b"slow" in content:
            began = process_time()
            while process_time() - began < 30.0:
                pass
        if b"words" in content:
            raise InputError([Problem("a", 1, "", "", "", None, "", "no remedy", "odd")])
        if b"program" in content:
            raise InputError([Problem("a", 1, "", "<class 'int'>", "", None, "mend it", "of the program", "odd")])
        if b"error" in content:
            raise KeyError(content)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"fit", "read"),
        (b"error", "fault: KeyError at no line of the program"),
        (b"words", "fault: a problem says not what to do (odd: no remedy)"),
        (b"program", "fault: a problem speaks of the program (odd: of the program)"),
    ],
)
def test_a_fault_would_be_seen_and_made_small(content: bytes, what: str, tmp_path: Path) -> None:
    reader = Odd(tmp_path)
    with watched():
        assert came_of(reader, content).what == what
    if what != "read":
        assert smaller(reader, b"much before " + content + b" much behind", what) == content


def test_an_input_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.judging.MOST_SECONDS", 0.02)
    with watched():
        assert came_of(Odd(tmp_path), b"slow").what == "fault: more than two seconds"


def test_tables_that_are_put_together_later_must_add_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Spending(tmp_path)
    reader.read(b"Supplier,Date,Amount\nA Ltd,01/08/2019,12.50\nB Ltd,02/08/2019,1.00\n")
    assert reader.together
    assert reader.tables[0].reading.pence_used == 1350
    reader.finish()
    assert not reader.together
    assert not reader.tables
