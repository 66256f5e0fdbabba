"""Half a year of a small town under every lever: the pence and notes are those that were kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import short_months


@pytest.mark.parametrize("name", short_months.packages())
def test_the_months_are_those_kept(name: str) -> None:
    kept = [line for line in short_months.kept() if line.startswith(f"{name},")]
    assert list(short_months.measured(name)) == kept, "run `python tests/baseline/refresh.py` if this is meant"


def test_the_file_holds_every_package_and_no_other() -> None:
    assert list(dict.fromkeys(line.split(",")[0] for line in short_months.kept())) == list(short_months.packages())


def test_packages_differ_from_the_first_month_on() -> None:
    pence = [line.split("pence ")[1].split(",")[0] for line in short_months.kept() if not line.startswith("drawn")]
    assert len(set(pence)) == len(pence)
