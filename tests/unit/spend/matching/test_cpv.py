"""Sectors of CPV codes."""

from __future__ import annotations

import pytest

from sim.settings.sectors import SECTORS
from sim.spend.matching.cpv import CODES, cpv_sector

#: The 45 divisions of the vocabulary (Regulation (EC) No 213/2008).
GOODS = [3, 9, 14, 15, 16, 18, 19, 22, 24, 30, 31, 32, 33, 34, 35, 37, 38, 39, 41, 42, 43, 44]
SERVICES = [45, 48, 50, 51, 55, 60, 63, 64, 65, 66, 70, 71, 72, 73, 75, 76, 77, 79, 80, 85, 90, 92, 98]
DIVISIONS = [f"{number:02d}" for number in GOODS + SERVICES]


@pytest.mark.parametrize("division", DIVISIONS)
def test_every_division_has_a_sector(division: str) -> None:
    guess = cpv_sector(f"{division}{'1' if division == '64' else '0'}00000")
    assert guess.value in SECTORS
    assert 0.0 < guess.certainty < 1.0


def test_every_entry_names_a_sector_and_belongs_to_a_division() -> None:
    assert {sector for sector, _ in CODES.values()} <= set(SECTORS)
    assert {code[:2] for code in CODES} == set(DIVISIONS)


def test_groups_come_before_divisions() -> None:
    assert cpv_sector("79620000-6 supply of staff").value == "administrative"
    assert cpv_sector("79111000").value == "professional"


@pytest.mark.parametrize("text", ["", "85", "order 123456789", "99000000", "00000000"])
def test_what_is_no_code(text: str) -> None:
    assert cpv_sector(text).value == "unknown"
