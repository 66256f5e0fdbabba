"""Spellings of one name have one normal form; names of two firms do not."""

from __future__ import annotations

import pytest

from sim.spend.matching.names import normal_name, words_of

ONE = (
    ("SMITH & SONS LIMITED", "Smith and Sons Ltd."),
    ("The Bakery Ltd", "BAKERY LTD"),
    ("Bakery, The", "The Bakery"),
    ("A.B.C. Cleaning Ltd", "ABC Cleaning Limited"),
    ("A B C Cleaning", "abc  cleaning"),
    ("Café Rosé PLC", "CAFE ROSE PUBLIC LIMITED COMPANY"),
    ("St. Mary's School", "Saint Marys School"),
    ("Jones Bros.", "Jones Brothers"),
    ("Brown Assoc", "Brown Association"),
    ("Care-Homes Ltd", "Care Homes Limited"),
    ("Acme Ltd (BACS)", "Acme Limited"),
    ("Acme Ltd (formerly Foo Ltd)", "Acme Ltd"),
    ("The Co-operative Bank", "Co-op Bank"),
    ("Helping Hands C.I.C.", "Helping Hands Community Interest Company"),
    ("Deloitte L.L.P.", "Deloitte LLP"),
    ("O\u2019Neill Ltd", "O'Neill Ltd"),
)
TWO = (
    ("North Homes Ltd", "South Homes Ltd"),
    ("Ward 1 Residents", "Ward 2 Residents"),
    ("Preston Taxis", "Chorley Taxis"),
    ("Bolton Council", "Boston Council"),
    ("Care Homes", "Care"),
)


@pytest.mark.parametrize(("first", "second"), ONE)
def test_one_firm(first: str, second: str) -> None:
    assert normal_name(first).base == normal_name(second).base


@pytest.mark.parametrize(("first", "second"), TWO)
def test_two_firms(first: str, second: str) -> None:
    assert normal_name(first).base != normal_name(second).base


@pytest.mark.parametrize(
    ("name", "legal"),
    [("A Ltd", "ltd"), ("A Public Limited Company", "plc"), ("A CIO", "cio"), ("A C.I.C.", "cic"), ("A LLP", "llp"), ("A", "")],
)
def test_legal_forms(name: str, legal: str) -> None:
    assert normal_name(name).legal == legal


@pytest.mark.parametrize("sign", ["t/a ", "T/As ", "t/a: ", "trading as ", "(t/a "])
def test_trading_names(sign: str) -> None:
    name = normal_name(f"J Hill {sign}Hill Taxis")
    assert (name.base, name.trading) == ("j hill", "hill taxis")


def test_branches_and_countries_are_off_the_core_only() -> None:
    name = normal_name("Acme Tools Ltd - Preston Branch")
    assert name.core == "acme tools"
    assert name.base != name.core
    assert normal_name("Acme (UK) Ltd").core == "acme"
    assert normal_name("Department for Education").core == "department for education"


@pytest.mark.parametrize("name", ["", "   ", "£££", "---"])
def test_a_name_without_letters_is_empty(name: str) -> None:
    assert normal_name(name).base == ""


@pytest.mark.parametrize("name", ["Limited", "The", "Ltd Ltd", "t/a", "(formerly x)", "(BACS)"])
def test_something_is_left_of_a_name_with_letters(name: str) -> None:
    assert normal_name(name).base


def test_words_keep_the_legal_form() -> None:
    assert words_of("Acme & Co Ltd") == ("acme", "and", "company", "ltd")
