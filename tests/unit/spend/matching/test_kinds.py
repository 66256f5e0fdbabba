"""Kinds of suppliers, and above all: who is hidden."""

from __future__ import annotations

import pytest

from sim.spend.matching.kinds import KINDS, kind_of
from sim.spend.matching.persons import PERSON, _is_name, person_by_name, public_name

PUBLIC = (
    "Lancashire County Council",
    "Rochdale MBC",
    "London Borough of Enfield",
    "Barts Health NHS Trust",
    "NHS Redbridge CCG",
    "Police and Crime Commissioner for Lancashire",
    "HMRC",
    "HM Revenue & Customs",
    "University of Central Lancashire",
    "The Manchester College",
    "St Hilda's CE Primary School",
    "Sir John Barrow School",
    "Department for Work & Pensions",
    "Environment Agency",
    "Transport for Greater Manchester",
)
CHARITIES = (
    "Age UK Lancashire",
    "RNIB",
    "St Catherine's Hospice",
    "Barnardo's",
    "Preston CIO",
    "Wythenshawe Community Housing Trust",
    "YMCA",
)
COOPERATIVES = (
    "Unicorn Grocery Co-operative Ltd",
    "Clevr Credit Union",
    "Sanford Housing Co-op",
    "The Co-operative Group",
    "Leeds Community Benefit Society",
)
COMPANIES = (
    "Serco Ltd",
    "Deloitte LLP",
    "Capita PLC",
    "Just Psychology CIC",
    "Jackson & Sons",
    "A LINE TAXIS",
    "Browne Jacobson Solicitors",
    "Dr N P Alwin Ltd",
    "John Smith Ltd",
    "INDIVIDUAL CARE SERVICES",
    "QUALITY FOSTERING LIMITED",
    "Swiis Foster Care Ltd",
    "Personal Touch Cleaning Ltd",
    "Acme Ltd (Preston)",
)
WITHHELD = (
    "REDACTED",
    "Redacted Personal Information",
    "redacted - foster carer",
    "Name Withheld",
    "Individual 12",
    "INDIVIDUAL",
    "Private Individual",
    "Personal Data",
    "Foster Carer 103",
    "Foster Carers",
    "Confidential",
    "Commercially Confidential",
    "Data Protection",
    "Client 4711",
    "XXXXX",
    "Tenant",
)
PERSONS = (
    "Mrs J Smith",
    "Mr & Mrs Patel",
    "DR A KALKAT",
    "Dr Kalkat & Partners",
    "Miss Joanna West",
    "Cllr R Boswell",
    "John Smith",
    "SMITH JOHN",
    "Smith, John",
    "J Smith",
    "J.R. Hartley",
    "Smith J",
    "Mohammed Akhtar Hussain",
    "Emma White",
    "David King",
    "Anne-Marie O'Connor",
    "John and Mary Smith",
    "J Smith t/a Smith's Window Cleaning",
    "John Smith Taxis",
    "Zbigniew Kowalczyk",
    "Siobhán Ní Dhomhnaill",
    "Professor Plum",
    "Smith, John (Mr)",
    "John Smith 00123",
    "Margaret",
    "Executors of the late John Smith",
    "Estate of Mrs Smith",
    "Mohammed Abdul Rahman Al Hussain",
)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_bodies(name: str) -> None:
    assert kind_of(name).value == "public body"


@pytest.mark.parametrize("name", CHARITIES)
def test_charities(name: str) -> None:
    assert kind_of(name).value == "charity"


@pytest.mark.parametrize("name", COOPERATIVES)
def test_cooperatives(name: str) -> None:
    assert kind_of(name).value == "co-operative"


@pytest.mark.parametrize("name", COMPANIES)
def test_companies(name: str) -> None:
    assert kind_of(name).value == "company"


@pytest.mark.parametrize("name", WITHHELD)
def test_withheld_names(name: str) -> None:
    assert kind_of(name)[:2] == (PERSON, 0.97)


@pytest.mark.parametrize("name", PERSONS)
def test_private_persons(name: str) -> None:
    guess = kind_of(name)
    assert guess.value == PERSON
    assert guess.certainty < 1.0


def test_the_file_knows_best_what_it_withholds() -> None:
    assert kind_of("Acme Ltd", redacted=True) == (PERSON, 1.0, "the file withholds the name")


def test_a_word_with_a_digit_is_no_name() -> None:
    assert person_by_name("Mary Brown").value == PERSON
    assert _is_name("brown", after_first=True) and not _is_name("3brown", after_first=True)
    assert person_by_name("Mary 3Brown").value == person_by_name("Mary Brown2").value == "unknown"


def test_two_words_that_say_nothing_are_a_doubtful_person() -> None:
    guess = kind_of("Brickman Yale")
    assert (guess.value, guess.certainty) == (PERSON, 0.35)


@pytest.mark.parametrize("name", ["", "  ", "£"])
def test_no_name(name: str) -> None:
    assert kind_of(name) == ("unknown", 0.0, "no name")


@pytest.mark.parametrize("name", ["Remedi", "ALBANY HOUSE", "Cityco", "By The Bridge", "Action 21"])
def test_what_cannot_be_told_is_unknown(name: str) -> None:
    assert kind_of(name).value == "unknown"


def test_reasons_never_repeat_a_persons_name() -> None:
    for name in (*PERSONS, *WITHHELD):
        assert not [
            word for word in name.lower().split() if len(word) > 4 and word in kind_of(name).why and word not in ("withheld", "person")
        ]


def test_every_guess_is_a_kind() -> None:
    assert {kind_of(name).value for name in (*PUBLIC, *CHARITIES, *COOPERATIVES, *COMPANIES, *PERSONS, "Remedi")} == set(KINDS)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nisa Supermarket (P & M Patel)", "Nisa Supermarket"),
        ("Acme Ltd FAO Mrs Jones", "Acme Ltd"),
        ("Acme Ltd c/o John Smith", "Acme Ltd"),
        ("Acme (Midlands) Ltd", "Acme (Midlands) Ltd"),
        ("Amber Care (East Anglia) Ltd", "Amber Care (East Anglia) Ltd"),
        ("Acme Ltd c/o Barclays Bank PLC", "Acme Ltd c/o Barclays Bank PLC"),
        ("(John Smith)", "(John Smith)"),
        ("Plain Ltd", "Plain Ltd"),
    ],
)
def test_a_person_beside_a_firm_is_left_out(name: str, shown: str) -> None:
    assert public_name(name) == shown
