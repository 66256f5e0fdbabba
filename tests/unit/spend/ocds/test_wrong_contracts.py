"""Files of contracts that can't be used are refused with line and column; what is odd is said, and no value is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sim.errors import InputError, Problem, UnknownNameError
from sim.spend import ContractBook, contract_book, is_ocds, read_contracts
from sim.spend.ocds.limits import ContractLimits
from sim.spend.ocds.parties import party_facts


def award(number: str = "a1", amount: object = 1000, more: str = "") -> str:
    return f'{{"id": "{number}", "value": {{"amount": {amount}, "currency": "GBP"}}, "suppliers": [{{"id": "s1", "name": "Firm"}}]{more}}}'


def release(awards: str, when: str = "2025-01-01T00:00:00Z", ocid: str = "o1") -> str:
    buyer = '"buyer": {"id": "b1", "name": "Anytown Council"}'
    return f'{{"ocid": "{ocid}", "id": "r", "date": "{when}", "tag": ["award"], {buyer}, "awards": [{awards}]}}'


def book_of(folder: Path, text: str, limits: ContractLimits | None = None) -> ContractBook:
    path = folder / "contracts.json"
    path.write_text(text, encoding="utf-8", newline="")
    return read_contracts(path, limits)


def problem_of(folder: Path, text: str | bytes, limits: ContractLimits | None = None) -> Problem:
    path = folder / "contracts.json"
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    with pytest.raises(InputError) as caught:
        read_contracts(path, limits)
    return caught.value.problems[0]


def test_after_enough_problems_no_further_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "contracts.jsonl"
    path.write_text(f"{release(award())}\n" + "{\n" * 9, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_contracts(path, ContractLimits(problems=3))
    assert [problem.line for problem in caught.value.problems] == [2, 3, 4]


def test_lines_of_which_the_first_is_no_json_are_told_line_by_line(tmp_path: Path) -> None:
    assert problem_of(tmp_path, f'{{"ocid": "a", ]}}\n{release(award())}\n').line == 1
    assert problem_of(tmp_path, b'{"ocid": "\xff"}\n' + release(award()).encode() + b"\n").message == "this is no text in UTF-8"


def test_a_number_of_a_register_of_charities_makes_a_charity() -> None:
    assert party_facts({"name": "Help", "additionalIdentifiers": [{"scheme": "GB-CHC", "id": "1"}]})["charity"] is True
    assert "charity" not in party_facts({"name": "Help", "identifier": {"scheme": "GB-CHC"}})
    assert party_facts({"name": "Help", "details": {"vcse": False}})["charity"] is False


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"releases": [\n{"ocid": "a", }\n]}', 2, "this is no JSON: "),
        ('{"releases": [\n{"ocid": "a"}\n', 3, "the JSON ends too early (column 1)"),
        ('{"releases": [{"ocid": "a"} {"ocid": "b"}]}', 1, "this is no JSON (column 29)"),
        ('{"releases": [{"ocid": "a"},]}', 1, "this is no JSON (column 29)"),
        ('{"releases": [{"ocid": "a"}], 3: 4}', 1, "this is no JSON (column 31)"),
        ('[{"ocid": "a"}]\n]', 2, "more stands behind the JSON (column 1)"),
        (release(award()) + "\n" + release(award()) + "\n{", 3, "the JSON ends too early (column 2)"),
        (release(award()) + "\n\n" + release(award()) + "}\n", 3, "more stands behind the JSON"),
        ('{"releases": [\n{"a": "NaN", "b": NaN}]}', 2, "this is no number (column 19)"),
        (release(award(amount="-Infinity")), 1, "this is no number"),
        (release(award(amount="9" * 5000)), 1, "the number is too large"),
        (release(award(amount="1e999999999")), 1, "the number is too large"),
        (release(award(amount="1e" + "9" * 30)), 1, "the number is too large"),
        ("\n" + release(award(amount=10**14)), 2, "the amount is too large"),
        ('{"results": []}', 1, "no release was found in it"),
        ('"text"', 1, "no release was found in it"),
        ("", 1, "the JSON ends too early"),
        (b'{"ocid": "a",\n"title": "\xa3"}', 2, "this is no text in UTF-8"),
        ('{"releases": [\n' + "[" * 100_000, 2, "objects and lists are nested too deeply"),
        ('{"releases": [\n' + "[" * 70 + "]" * 70 + "]}", 2, "objects and lists are nested too deeply (column 65)"),
    ],
)
def test_what_can_not_be_used_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int, words: str) -> None:
    problem = problem_of(tmp_path, text)
    assert problem.line == line
    assert words in problem.message
    assert problem.remedy


def test_every_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "contracts.jsonl"
    path.write_text("\n".join([release(award()), "{", release(award(amount="NaN")), release(award())]), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_contracts([path, tmp_path / "none.json", tmp_path])
    assert [(problem.line, problem.kind) for problem in caught.value.problems] == [
        (None, "not-a-file"),
        (2, "syntax"),
        (3, "not-finite"),
        (None, "no-such-file"),
    ]


def test_too_large_files_lines_and_numbers_of_releases_are_refused(tmp_path: Path) -> None:
    usual, one = ContractLimits(), release(award())
    lines = one + "\n" + one + "\n" + one
    assert "the file is too large" in problem_of(tmp_path, one, replace(usual, document_bytes=100)).message
    assert "the line is too long" in problem_of(tmp_path, lines + " " * 500, replace(usual, line_bytes=300)).message
    assert "the file is too large" in problem_of(tmp_path, lines, replace(usual, lines_bytes=300)).message
    assert "too many releases" in problem_of(tmp_path, lines, replace(usual, releases=2)).message


def test_amounts_beyond_what_a_total_can_hold_are_refused_and_never_come_out_otherwise(tmp_path: Path) -> None:
    full = ", ".join(award(f"a{number}", 10**13) for number in range(9))
    assert book_of(tmp_path, release(full)).value == {"GBP": 9 * 10**15}
    found = problem_of(tmp_path, release(f"{full}, {award('b', '0.02')}"))
    assert (found.kind, found.message) == ("too-large", "the sums come to more than can be added up to the penny")
    assert found.given == "90,000,000,000,000.02 in this file, 90,000,000,000,000.02 in all"
    assert "fewer files" in found.remedy
    replaced = release(full, "2025-02-01")
    assert problem_of(tmp_path, f"[{release(full)}, {replaced}]").given.startswith("180,000,000,000,000.00 in this file")


def test_dates_of_several_zones_are_put_in_order(tmp_path: Path) -> None:
    earlier, later = release(award(amount=1000), "2025-04-01T00:30:00+01:00"), release(award(amount=2000), "2025-03-31T23:45:00Z")
    for text in (f"[{earlier}, {later}]", f"[{later}, {earlier}]"):
        book = book_of(tmp_path, text)
        assert book.value == {"GBP": 200000}
        assert list(book.set_aside["amount"]) == [100000]


def test_what_a_later_release_leaves_out_stays_and_null_goes(tmp_path: Path) -> None:
    first = release(award(amount=1000, more=', "contractPeriod": {"startDate": "2025-01-01", "durationInDays": 365}'))
    update = release('{"id": "a1", "status": "active", "suppliers": null}', "2025-02-01")
    book = book_of(tmp_path, f"[{update}, {first}]")
    (row,) = book.contracts.itertuples()
    assert (row.value, row.supplier, str(row.end.date())) == (100000, "", "2025-12-31")


def test_repeated_cancelled_and_unawarded_are_set_aside_with_the_reason(tmp_path: Path) -> None:
    cancelled = release(award("a2", 700, ', "status": "cancelled"'))
    linked = '{"records": [{"ocid": "o2", "releases": [{"url": "https://example.org/r1"}]}]}'
    nothing, strange = release("", ocid="o3"), '{"colour": "red"}'
    book = book_of(tmp_path, "\n".join([release(award()), release(award()), cancelled, linked, nothing, strange]))
    assert list(zip(book.set_aside["line"], book.set_aside["reason"], strict=True)) == [
        (1, "repeated"),
        (3, "not-in-force"),
        (4, "linked-release"),
        (5, "no-award"),
        (6, "not-a-release"),
    ]
    assert (book.value, int(book.set_aside["amount"].sum())) == ({"GBP": 100000}, 170000)


def test_what_is_odd_is_said_with_its_line(tmp_path: Path) -> None:
    odd = '{"value": {"amount": "1,234.56", "amount": "tba"}, "suppliers": []}'
    rounded = award("a9", "0.125", ', "contractPeriod": {"startDate": "2025-02-01", "endDate": "2024-02-01"}')
    dear = '{"id": "a3", "value": {"amount": "1,234.56", "currency": "EUR"}, "suppliers": [{"name": "F\\u0000irma\\ud800"}]}'
    book = book_of(tmp_path, "\n".join([release(odd, when="soon", ocid=""), release(rounded), release(dear)]))
    said = "\n".join(book.warnings)
    for words in (
        "amounts are no number; their awards are kept without a value (line 1)",
        "amounts have parts of a penny and were rounded (line 2)",
        "amounts are written as text (line 3)",
        "releases have no ocid and can't be merged with others (line 1)",
        "releases have awards without an id, which can't be merged with others (line 1)",
        "releases have no date that can be read, and count as the earliest (line 1)",
        "keys stand twice in one object, and the last counts: amount",
        "awards without a value, kept with 0: 1 (",
        "awards that name no supplier: 1 (",
        "awards that end before they start: 1 (",
        "there are several currencies, which are never added: EUR, GBP",
    ):
        assert words in said
    assert book.value == {"EUR": 123456, "GBP": 12}
    assert "F irma?" in set(book.contracts["supplier"])


def test_the_period_may_stand_in_the_contract(tmp_path: Path) -> None:
    text = release('{"id": "a1", "suppliers": [{"name": "Firm"}]}')[:-1]
    contract = '{"id": "c1", "awardID": "a1", "value": {"amount": 500}, "period": {"startDate": "2025-01-01", "endDate": "2025-06-30"}}'
    (row,) = book_of(tmp_path, f'{text}, "contracts": [{contract}]}}').contracts.itertuples()
    assert (row.value, row.flag, str(row.end.date())) == (0, "no value", "2025-06-30")


def test_the_check_of_sums_can_fail(tmp_path: Path) -> None:
    book = book_of(tmp_path, release(award()))
    with pytest.raises(ValueError, match="100000 pence of GBP were read, but 0 are used and 0 are set aside"):
        replace(book, contracts=book.contracts[:0]).check()


def test_a_buyer_who_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    book = book_of(tmp_path, release(award()))
    with pytest.raises(UnknownNameError, match="the nearest name is 'Anytown Council'"):
        contract_book(book, "Anytown Counsil", date(2025, 1, 1))
    assert len(contract_book(book, "B1", date(2025, 1, 1)).contracts) == 1


def test_contracts_without_dates_and_other_currencies_are_counted(tmp_path: Path) -> None:
    period = ', "contractPeriod": {"startDate": "%s", "endDate": "%s"}'
    awards = [
        award("a1", 2400, period % ("2024-02-01", "2026-01-31")),
        award("a2", 600, period % ("2025-06-01", "2025-11-30")),
        award("a3", 600, period % ("2023-01-01", "2023-12-31")),
        award("a4", 600),
        award("a5", 600).replace("GBP", "EUR"),
    ]
    tables = contract_book(book_of(tmp_path, release(", ".join(awards))), None, date(2025, 3, 1))
    assert tables.summary.to_dict("list") == {
        "state": ["live", "to come", "ended", "without dates"],
        "contracts": [1, 1, 1, 1],
        "value": [240000, 60000, 60000, 60000],
        "value_a_year": [120000, 60000, 60000, 0],
    }
    assert tables.relet["year"].to_dict("list")["period"] == ["2025", "2026"]
    assert (tables.currency, tables.elsewhere) == ("GBP", 1)


def test_no_file_and_a_book_without_awards_have_tables_all_the_same(tmp_path: Path) -> None:
    book = book_of(tmp_path, release(""))
    assert (book.awards, book.value) == (0, {})
    assert [len(table) for table in contract_book(book, None, date(2025, 1, 1)).tables.values()] == [0, 4, 0, 0, 0]


@pytest.mark.parametrize(
    ("text", "is_json"),
    [
        (b'\xef\xbb\xbf \n{ "a"', True),
        (b"[\n{", True),
        (b"[Title]\nSupplier,Amount", False),
        (b"{x", False),
        (b"PK\x03\x04", False),
        (b"", False),
    ],
)
def test_contracts_are_told_from_spending_by_content(tmp_path: Path, text: bytes, is_json: bool) -> None:
    (tmp_path / "file.csv").write_bytes(text)
    assert is_ocds(tmp_path / "file.csv") is is_json
