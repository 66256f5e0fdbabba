"""Spellings of one supplier are joined for a reason that is said; names that only look alike are not."""

from __future__ import annotations

import time

import pytest

from sim.spend.matching.joining import Join, Spelling, join_spellings
from sim.spend.matching.likeness import is_slip


def joined(*names: str) -> Join | None:
    """How the second of two names joins the first; None when it does not."""
    first, second = join_spellings([Spelling(name, value) for name, value in zip(names, (9, 1), strict=True)])
    return second if first.group == second.group else None


SAME = (
    ("ACME TOOLS LIMITED", "Acme Tools Ltd.", "the same words"),
    ("Workspace Ltd", "Work Space Ltd", "the same letters, spaces set otherwise"),
    ("Acme Tools Ltd", "Acme Tools Ltd - Preston Branch", "the same words but for a branch, an account or a country"),
    ("Dukeries Residents", "Dukeries Resident", "the same words but for a plural"),
    ("Acme Maintenance Ltd", "Acme Maintenence Works Ltd", ""),
    ("Acme Healthcare Ltd", "Acme Heathcare Ltd", "one typing slip in a long word"),
    ("Acme Maintenance Ltd", "Acme Maintenence Ltd", "one typing slip in a long word"),
    ("Association for Public Service Excellence", "Association for Public Service Excell", "a name that was cut"),
    ("Qualasept Ltd t/a Bath Units", "Bath Units", "a trading name of the other"),
    ("Acme Tools Ltd", "Acme Tools", "the same words"),
)

APART = (
    ("Northampton Borough Council", "Southampton Borough Council"),
    ("Bolton Council", "Boston Council"),
    ("Stamford Community Homes", "Stanford Community Homes"),
    ("Ward 1 Residents", "Ward 2 Residents"),
    ("Acme North Ltd", "Acme South Ltd"),
    ("St Marys Infants Academy", "St Marys Juniors Academy"),
    ("Acme Tools Ltd", "Acme Tools PLC"),
    ("Acme Care Ltd", "Acme Cars Ltd"),
    ("Acme Ltd", "Acme Healthcare Ltd"),
    ("Middleton Infirmary School", "Middletown Infirmary School"),
    ("NHS Barnet CCG", "NHS Brent CCG"),
)


@pytest.mark.parametrize(("first", "second", "why"), [case for case in SAME if case[2]])
def test_what_is_joined_and_why(first: str, second: str, why: str) -> None:
    join = joined(first, second)
    assert join is not None
    assert join.why == why
    assert 0.7 <= join.certainty < 1.0


@pytest.mark.parametrize(("first", "second"), APART)
def test_what_is_not_joined(first: str, second: str) -> None:
    assert joined(first, second) is None


def test_a_word_more_and_a_slip_are_too_much_without_evidence() -> None:
    assert joined("Acme Maintenance Ltd", "Acme Maintenence Works Ltd") is None


def test_a_supplier_number_joins_names_that_are_alike_and_no_others() -> None:
    numbers = frozenset({("Preston", "C1")})
    names = ("A Connolly Ltd", "A Connolly & Sons Ltd", "Zebra Books")
    one, two, three = join_spellings([Spelling(name, 1, numbers) for name in names])
    assert one.group == two.group != three.group
    assert two.why == "the same supplier number and a name alike"


def test_beside_one_number_a_slip_in_a_short_word_is_believed() -> None:
    numbers = frozenset({("Preston", "C1")})
    one, two = join_spellings([Spelling(name, 1, numbers) for name in ("Tools of Zorba", "Tools of Zobra")])
    alone = join_spellings([Spelling(name) for name in ("Tools of Zorba", "Tools of Zobra")])
    assert one.group == two.group and two.why == "the same supplier number and a name alike"
    assert alone[0].group != alone[1].group


@pytest.mark.parametrize(("first", "second"), [("maintenance", "maintainers"), ("services", "servants"), ("stamford", "strandford")])
def test_words_that_differ_by_more_than_a_slip_are_two_words(first: str, second: str) -> None:
    assert not is_slip(first, second, 6)


def test_numbers_of_two_bodies_are_two_numbers() -> None:
    one, two = join_spellings(
        [Spelling("A Connolly", 1, frozenset({("Preston", "1")})), Spelling("A Connoly", 1, frozenset({("Wyre", "1")}))]
    )
    assert one.group != two.group


def test_a_number_beside_many_names_is_a_collective_account() -> None:
    numbers = frozenset({("Preston", "9999")})
    names = ["Alpha Care Group", "Alpha Care Group A", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"]
    joins = join_spellings([Spelling(name, 1, numbers) for name in names])
    assert len({join.group for join in joins}) == len(names)


def test_a_postcode_joins_names_that_differ_weakly_only() -> None:
    postcodes = frozenset({"PR1 2HE"})
    names = ("Connor Tools Ltd", "Conner Tools Ltd", "Connor Tools Group Ltd", "Connor Books Ltd", "Connor Tools North Ltd")
    joins = join_spellings([Spelling(name, 9 - place, frozenset(), postcodes) for place, name in enumerate(names)])
    groups = [join.group for join in joins]
    assert groups[2] == groups[0]
    assert groups[3] != groups[0]
    assert groups[4] != groups[0]
    assert joins[2].why == "the same postcode, a name alike"


def test_a_bare_name_between_two_legal_forms_joins_neither() -> None:
    joins = join_spellings([Spelling(name) for name in ("Acme Ltd", "Acme PLC", "Acme")])
    assert len({join.group for join in joins}) == 3


def test_the_spelling_of_most_value_stands_for_the_group() -> None:
    joins = join_spellings([Spelling("Acme Ltd", 1), Spelling("ACME LIMITED", 5), Spelling("Acme Limited", 2)])
    assert [join.certainty for join in joins] == [0.98, 1.0, 0.98]


def test_the_weakest_sign_on_the_way_counts() -> None:
    joins = join_spellings([Spelling("Acme Healthcare Ltd", 9), Spelling("Acme Heathcare Ltd", 2), Spelling("ACME HEATHCARE LTD", 1)])
    assert len({join.group for join in joins}) == 1
    assert joins[2].certainty == joins[1].certainty == 0.8


def test_ten_thousand_names_are_joined_in_seconds() -> None:
    names = [f"{first} {second} Services{number % 7} {third} Ltd" for number, (first, second, third) in enumerate(_invented())]
    began = time.process_time()
    joins = join_spellings([Spelling(name, number) for number, name in enumerate(names)])
    assert time.process_time() - began < 10.0
    assert len(joins) == len(names) == 10_000


def _invented() -> list[tuple[str, str, str]]:
    """Names of three invented words."""
    ends = ["bridge", "castle", "fieldgate", "harbour", "meadowbank", "stonework", "waterside", "woodlands", "hilltopper", "marshlands"]
    starts = [
        f"{one}{two}r" for one in ("Ba", "Ce", "Di", "Fo", "Gu", "Ha", "Je", "Ki", "Lo", "Mu") for two in ("ll", "mm", "nn", "ss", "tt")
    ]
    return [(start + end, other + "ing", end) for start in starts[:20] for end in ends for other in starts]
