"""Files that are no settings at all: empty, binary, too large, too deep, not there, no YAML."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.core.registry import Intervention, Registry
from sim.errors import InputError
from sim.settings.load import check_file, load_place, load_scenario
from sim.settings.reading.files import MOST_BYTES
from sim.settings.reading.problems import Kind, cut

Interventions = Registry[type[Intervention]]

BOMB = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"b{step}: &a{step} [{', '.join([f'*a{step - 1}'] * 10)}]\n" for step in range(1, 9)
)


@dataclass(frozen=True)
class Case:
    """Bytes of a file, and what is said about them."""

    name: str
    content: bytes
    kind: Kind
    line: int | None
    given: str
    allowed: str
    remedy: str
    nearest: str | None = None


CASES = (
    Case("empty", b"", Kind.EMPTY_FILE, None, "", "a mapping of keys to values", "localwealth new scenario"),
    Case("only a comment", b"# nothing\n\n", Kind.EMPTY_FILE, None, "", "a mapping", "localwealth new scenario"),
    Case("only nothing", b"null\n", Kind.EMPTY_FILE, None, "", "a mapping", "localwealth new scenario"),
    Case("list at the top", b"# a list\n- one\n- two\n", Kind.NOT_A_MAPPING, 2, "a list", "keys with values", "a colon before each value"),
    Case("text at the top", b"just a text", Kind.NOT_A_MAPPING, 1, "the text 'just a text'", "keys with values", "a colon"),
    Case("number at the top", b"42", Kind.NOT_A_MAPPING, 1, "the text '42'", "keys with values", "a colon"),
    Case("binary", b"title: x\n\xff\xfe\x00\x01", Kind.NOT_TEXT, 2, "byte 0xff", "text in UTF-8", "save the file as UTF-8"),
    Case("spreadsheet", b"PK\x03\x04\x14\x00", Kind.NOT_TEXT, 1, "character U+0003", "printable text", "save the file as plain text"),
    Case("nought byte", b"title: x\nmonths: 1\x00", Kind.NOT_TEXT, 2, "character U+0000", "printable text", "delete it"),
    Case("one large file", b"title: x\n" + b"#" * MOST_BYTES, Kind.TOO_LARGE, None, "more than", "at most 1,000,000 bytes", "other files"),
    Case("long YAML", b"title: x\n" + b"#" * 500_000, Kind.TOO_LARGE, None, "500,009", "at most 500,000 characters", "other files"),
    Case("deep brackets", b"title: " + b"[" * 3000, Kind.TOO_DEEP, 1, "more than 12 levels", "at most 12 levels", "write it flatter"),
    Case("deep braces", b"title: " + b"{a: " * 3000, Kind.TOO_DEEP, 1, "more than 12 levels", "at most 12 levels", "write it flatter"),
    Case("deep lines", b"".join(b" " * n + b"a:\n" for n in range(20)), Kind.TOO_DEEP, 13, "more than 12", "at most 12 levels", "flatter"),
    Case(
        "one long list", b"title:\n" + b"- 1\n" * 20_001, Kind.TOO_MANY_VALUES, 20_002, "more than 20,000", "at most 20,000", "fewer values"
    ),
    Case("bomb of aliases", BOMB.encode(), Kind.TOO_MANY_VALUES, 5, "more than 20,000 values", "at most 20,000", "fewer values"),
    Case(
        "many aliases",
        b"a: &a 1\nb: [" + b"*a, " * 101 + b"]",
        Kind.TOO_MANY_ALIASES,
        2,
        "more than 100",
        "at most 100",
        "write the values out",
    ),
    Case("alias of nothing", b"base: &base 1\nmonths: *bass\n", Kind.ALIAS, 2, "*bass", "*base", "write &bass before", "*base"),
    Case("alias of itself", b"a: &a [1, *a]", Kind.ALIAS, 1, "*a", "a value", "write &a before"),
    Case(
        "python object", b"a: 1\nb: !!python/object/apply:os.system ['x']", Kind.TAG, 2, "python/object", "without a tag", "delete the tag"
    ),
    Case("key is a list", b"? [a, b]\n: 1\n", Kind.KEY_NOT_TEXT, 1, "", "a plain word", "write a plain word"),
    Case("two documents", b"title: x\n---\ntitle: y\n", Kind.SEVERAL_DOCUMENTS, 2, "---", "one document", "a file of its own"),
    Case("open bracket", b"a: 1\nb: [1, 2\n", Kind.SYNTAX, 3, "expected ',' or ']'", "YAML", "check indentation"),
    Case("tab", b"a:\n\tb: 1\n", Kind.SYNTAX, 2, "cannot start any token", "YAML", "check indentation"),
    Case("two colons", b"title: x\nmonths: b: c\n", Kind.SYNTAX, 2, "mapping values are not allowed", "YAML", "the space after each colon"),
    Case("open quote", b"title: 'x\nmonths: 3\n", Kind.SYNTAX, 3, "unexpected end of stream", "YAML", "quotes"),
    Case("beyond the last character", b'a: 1\nb: "\\UFFFFFFFF"\n', Kind.SYNTAX, 2, "an escape beyond the last character", "YAML", "quotes"),
    Case("one beyond", b'a: "\\U00110000"\n', Kind.SYNTAX, 1, "an escape beyond the last character, \\U0010FFFF", "YAML", "quotes"),
    Case("long version", b"%YAML " + b"9" * 5000 + b".1\n---\na: 1\n", Kind.SYNTAX, 1, "a version of thousands of digits", "YAML", "check"),
    Case("bad indentation", b"a:\n  b: 1\n c: 2\n", Kind.SYNTAX, 3, "", "YAML", "check indentation"),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_wrong_file(case: Case, tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_bytes(case.content)
    with pytest.raises(InputError) as caught:
        load_scenario(path, dummy_policies, dummy_shocks)
    problem = next(problem for problem in caught.value.problems if problem.kind == case.kind)
    assert (problem.file, problem.line) == (str(path), case.line)
    assert case.given in problem.given
    assert case.allowed in problem.allowed
    assert case.remedy in problem.remedy
    assert problem.nearest == case.nearest
    with pytest.raises(InputError):
        load_place(path)
    assert check_file(path, dummy_policies, dummy_shocks) == list(caught.value.problems)


@pytest.mark.parametrize(
    "given", ["./nowhere.yaml", "nowhere.yml", "/nowhere/at/all.yaml", "a\x00b.yaml", "x" * 5000 + ".yaml", "Not A Name"]
)
def test_path_that_is_not_there(given: str, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario(given, dummy_policies, dummy_shocks)
    (problem,) = caught.value.problems
    assert problem.kind == Kind.NO_SUCH_FILE
    assert problem.given == cut(given)
    assert "anytown/buy-local" in problem.allowed
    assert "localwealth list scenarios" in problem.remedy


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("anytown/buy-lokal", "anytown/buy-local"),
        ("buy-local", "anytown/buy-local"),
        ("preston/busines-as-usual", "preston/business-as-usual"),
    ],
)
def test_name_that_is_not_there(given: str, near: str, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    with pytest.raises(InputError) as caught:
        load_scenario(given, dummy_policies, dummy_shocks)
    (problem,) = caught.value.problems
    assert (problem.kind, problem.given, problem.nearest, problem.remedy) == (Kind.UNKNOWN_NAME, given, near, f"write {near!r}")


def test_place_name_that_is_not_there() -> None:
    with pytest.raises(InputError) as caught:
        load_place("prestn")
    (problem,) = caught.value.problems
    assert (problem.nearest, problem.remedy) == ("preston", "write 'preston'")


def test_folder(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    (problem,) = check_file(folder, dummy_policies, dummy_shocks)
    assert (problem.kind, problem.file, problem.given) == (Kind.NOT_A_FILE, str(folder), "a folder or a device")
    assert problem.allowed == "a readable file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_is_not_waited_for(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    (problem,) = check_file(pipe, dummy_policies, dummy_shocks)
    assert problem.kind == Kind.NOT_A_FILE


def test_place_that_can_not_be_read(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions) -> None:
    (tmp_path / "place.yaml").write_text("- a list\n", encoding="utf-8")
    path = tmp_path / "scenario.yaml"
    path.write_text("title: x\nplace: ./place.yaml\nstart: 2020-01\nmonths: 2\n", encoding="utf-8")
    (problem,) = check_file(path, dummy_policies, dummy_shocks)
    assert problem.kind == Kind.NOT_A_MAPPING
    assert problem.file == str(tmp_path / "place.yaml")


KEYS = (
    "title",
    "place",
    "months",
    "policies",
    "use",
    "buy_here",
    "share",
    "population",
    "anchors",
    "value",
    "shocks",
    "parameters",
    "based_on",
)
SIGNS = (
    ":",
    ": ",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    "&a ",
    "*a",
    "!!int ",
    "'",
    '"',
    "|",
    ">",
    "#",
    "---",
    "%",
    "@",
    "?",
    ",",
    "\t",
    "\x00",
    "é",
)
WORDS = st.sampled_from((*KEYS, *SIGNS, "2020-01", "1e999", ".nan", "true"))


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.lists(WORDS, max_size=40).map(lambda words: "".join(words).encode()), st.binary(max_size=200)))
def test_junk_is_never_a_traceback(tmp_path: Path, dummy_policies: Interventions, dummy_shocks: Interventions, content: bytes) -> None:
    path = tmp_path / "junk.yaml"
    path.write_bytes(content)
    for problem in check_file(path, dummy_policies, dummy_shocks):
        assert problem.message
        assert problem.remedy
    with pytest.raises(InputError):
        load_place(path)
