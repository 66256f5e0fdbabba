"""Errors: what they say, that they travel between processes, nearest names."""

from __future__ import annotations

import copy
import pickle

import pytest

from sim.errors import InputError, LocalWealthError, MoneyError, Problem, RunError, UnknownNameError, nearest


def problem(file: str = "a.yaml", line: int | None = 3) -> Problem:
    return Problem(file, line, "months", "0", "1 to 1200", None, "write 120", "too few months", "out-of-bounds")


def test_problem_in_words() -> None:
    near = Problem("a.yaml", 2, "mnths", "mnths", "months, start", "months", "write 'months'", "there is no key 'mnths'")
    assert str(near).splitlines() == [
        "a.yaml, line 2, mnths: there is no key 'mnths'",
        "    given:   mnths",
        "    allowed: months, start",
        "    nearest: months",
        "    remedy:  write 'months'",
    ]


def test_problem_without_a_place() -> None:
    assert str(Problem("", None, "", "", "", None, "", "nothing is known")) == "nothing is known"


def test_problem_as_plain_values() -> None:
    assert problem().as_dict() == {
        "file": "a.yaml",
        "line": 3,
        "key": "months",
        "given": "0",
        "allowed": "1 to 1200",
        "nearest": None,
        "remedy": "write 120",
        "message": "too few months",
        "kind": "out-of-bounds",
    }


def test_input_error_sorts_by_file_and_line() -> None:
    error = InputError([problem("b.yaml", 1), problem("a.yaml", 9), problem("a.yaml", None), problem("a.yaml", 2)])
    assert [(one.file, one.line) for one in error.problems] == [("a.yaml", None), ("a.yaml", 2), ("a.yaml", 9), ("b.yaml", 1)]
    assert str(error).startswith("4 problems were found.\na.yaml, months: ")


def test_input_error_needs_a_problem() -> None:
    with pytest.raises(ValueError, match="at least one problem"):
        InputError([])


@pytest.mark.parametrize(
    "error", [InputError([problem()]), UnknownNameError("policy", "a", ["b"]), MoneyError("made a pound"), RunError("lost")]
)
def test_errors_travel_between_processes(error: LocalWealthError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)


def test_unknown_name_error() -> None:
    error = UnknownNameError("measure", "giny", ("gini", "jobs"))
    assert isinstance(error, LookupError)
    assert (error.noun, error.given, error.allowed, error.nearest) == ("measure", "giny", ("gini", "jobs"), "gini")
    assert str(UnknownNameError("measure", "x", ())) == "there is no measure 'x'; known: none"


@pytest.mark.parametrize(
    ("given", "names", "wanted"),
    [
        ("LOCAL-SPEND TARGET", ("local_spend_target", "outreach"), "local_spend_target"),
        ("buy-local", ("preston/buy-local", "preston/business-as-usual"), "preston/buy-local"),
        ("counsil", ("council", "college"), "council"),
        ("zebra", ("council", "college"), None),
        ("", ("council",), None),
        ("x", (), None),
    ],
)
def test_nearest(given: str, names: tuple[str, ...], wanted: str | None) -> None:
    assert nearest(given, names) == wanted
    assert nearest(given, reversed(names)) == wanted


def test_nearest_does_not_hang_on_order_of_equals() -> None:
    assert nearest("ab", ["ac", "ab1", "ab2"]) == nearest("ab", ["ab2", "ab1", "ac"]) == "ab1"
