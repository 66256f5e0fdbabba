"""Values and scraps of text that have broken readers before."""

from __future__ import annotations

from typing import Any, Final

from .trees import Pairs, Raw

__all__ = ["DATES", "JSON_VALUES", "NAMES", "NUMBERS", "SCRAPS", "TEXTS", "YAML_VALUES"]

NUMBERS: Final[tuple[Any, ...]] = (
    0, -1, 1, 2, 0.5, 100, 1e-9, -0.0, 1e308, -1e308, 5e-324, 2**31, 2**53 + 1, 2**63, -(2**63), 10**17, 10**18, 10**19, 1e15, 99.999999999,
    float("nan"), float("inf"), float("-inf"), 1201, 1e6, 0.1 + 0.2, 1.0000000001, 10**30, 1e22,
)  # fmt: skip
DATES: Final = (
    "2013-04", "0000-00", "9999-12", "10000-01", "2013-13", "2013-00", "13-04", "2013-4", "2013/04", "-2013-04", "2013-04-31", "2016-02-29",
    "2015-02-29", "0001-01", "2013-04-01T00:00:00Z", "2013-04-01T25:61:61+99:99", "1900-01-00", "31/02/2019", "99/99/9999", "00/00/0000",
    "1e4-01", "\u0662\u0660\u0661\u0663-\u0660\u0664", "2013-04 ", "April 2013", "2013", "9999-12-31T23:59:59.999999999-23:59",
)  # fmt: skip
NAMES: Final = (
    "all", "none", "council", "construction", "./fuzz.yaml", "anytown", "preston/buy-local", "anytown/business-as-usual", "../anytown",
    "/", ".",
    "/dev/null", "/dev/zero", "~nobody/x.yaml", "a\\b.yaml", "CON", "place", "a" * 300, "./" + "a" * 300 + ".yaml", "\u0130stanbul", "*",
    "?",
    "[", "mul\u0308ller", "..", "%s%n", "{0}", "__class__", "constructor", "$ref", "=1+1", "@SUM(A1)", "'", '"', "<script>", "&amp;",
)  # fmt: skip
TEXTS: Final = (
    "", " ", "\n", "\t", "\x00", "\x07", "\x85", "\u2028", "\ufeff", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "\u202e",
    "a\u0301" * 20, "x" * 130, "x" * 2100, "y\r\nz", "no", "Yes", "12:30:45", "0x1F", "0o17", "1_000", "1,000", "1e5", ".5", "+.inf",
    "-.NaN", "~",
    "null", "True", "- a", "a: b", "# a", "\u0661\u0662", "\u00bd", "\uff11", "\U000e0041",
)  # fmt: skip
YAML_VALUES: Final = tuple(
    Raw(text)
    for text in (
        "*a", "&a 1", "&a [*a]", "&a {b: *a}", "!!python/object/apply:os.system ['true']", "!!binary aGk=", "!!float 1", "! 1",
        "!<tag:x> 1", "!",
        "| \n    text", ">-\n    text\n\n    more", "'it''s'", '"\\x41\\u0042\\U00000043"', '"\\ud800"', '"\\UFFFFFFFF"',
        '"\\', "'", "{", "[", "]", "}",
        ",", "? a",
        "@a", "`a", "%a", "<<: *a", "- - - 1", "[[[[[[[[[[[[[[1]]]]]]]]]]]]]]",
        "{a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: 1}}}}}}}}}}}}",
        "[1, 2", "{a: 1, a: 2}", "{? [a] : 1}", "{1: 2}", "{null: 1}", "{: 1}", "[,]", "0x10", "0b1", "1e400", "-1e400", "1e-400", ".",
        "..", "-",
        "--", "---", "...", "\t1", "1 # x", "1#x", "a:b", "a :b", "*", "&", "&a", "!!", "|9\n  a", ">0", "|+\n", "2013-04-01", "1" * 19,
        "1" * 400,
        "9" * 5000, "1." + "0" * 60, "1e99999", "-", "? ", ":", "::", '""', "''", "~", "NaN", ".NaN", "inf", "=", "<<", "- ", "&a &b 1",
        "*a *b", "&a : 1", "!a !b 1", "\ufeff1", "\u00851", "\u20281", "{<<: {a: 1}}", "[a b]", "[a: b]", "[? a]", "[{}]", "{[]: []}",
    )
)  # fmt: skip
JSON_VALUES: Final = tuple(
    Raw(text)
    for text in (
        "NaN", "Infinity", "-Infinity", "1e400", "1e-400", "-0", "01", "1.", ".5", "+1", "1e", "0x1", "tru", "nul", "'a'", '"\\ud800"',
        '"\\u0000"',
        '"\\x"', '"a', "[", "{", "]", "}", ",", "[1,]", '{"a":1,}', "{1:2}", '{"a" 1}', "[" * 70 + "]" * 70, "[" * 3000, "1" * 400,
        "9" * 5000,
        "1" * 31, "1" * 32, "-" + "9" * 31, "1e30", "1e31", "1e-30", "0.005", "0.1e-4", "//a", "/**/", "\ufeff1", "\u00a01", '"\u2028"',
        "", " ",
        '{"__proto__":1}', '{"":1}', '{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}', "1E+2", "-", '"\\', "\x00", "\x1f", "1 2",
        '{"a":1}{"b":2}',
    )
)  # fmt: skip
_WORDS: Final = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *TEXTS, *NAMES, *DATES, *YAML_VALUES[:80], *JSON_VALUES[:40], "\r", "\r\n", "\n\n", "  ", ": ", "- ", "\n- ", "\n  ", "#",
        "---\n", "...\n", "%YAML 1.1\n",
        "%TAG ! tag:x,2000:\n", '"', "'", ",", ";", "\t", "|", "\u00a3", "\u20ac", "(1.00)", "1.00-", "1.00 CR", "=1+1", "<table>",
        "<html>",
        "PK\x03\x04", "{", "[", "]", "}", "<?xml version='1.0'?>", "Total", "#REF!", "#####", "1.234,56", "12.50", "01/08/2019", "\ud800",
    )
)  # fmt: skip
SCRAPS: Final = (
    *_WORDS, b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc0\x80", b"\x80", b"\xed\xa0\x80", b"\x81",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)  # fmt: skip


def laughs(depth: int, width: int) -> Pairs:
    """Names that stand for names that stand for names, as keys of a mapping."""
    lines = Pairs([["a0", Raw("&a0 [x, x]")]])
    for level in range(1, depth):
        lines.append([f"a{level}", Raw(f"&a{level} [{', '.join([f'*a{level - 1}'] * width)}]")])
    return lines
