"""Months, ramps and monthly chances."""

from __future__ import annotations

import pytest

from sim.core.calendar import Month, Ramp, monthly_chance


def test_months_add_and_subtract():
    start = Month(2013, 4)
    assert str(start + 9) == "2014-01"
    assert str(start - 4) == "2012-12"
    assert Month(2015, 1) - start == 21
    assert start < Month(2013, 5) < Month(2014, 1)
    assert all((start + n).index(start) == n + 1 and start.at(n + 1) == start + n for n in range(-30, 30))


@pytest.mark.parametrize("text", ["2013", "2013-4", "2013-13", "2013-00", "13-04", "2013-04-01", " 2013-04", "0000-01", "२०१३-०४"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match="no month"):
        Month.parse(text)


def test_a_ramp_rises_in_equal_steps_and_ends():
    ramp = Ramp(start=5, ramp_months=4, end=20)
    assert [ramp.strength(month) for month in (4, 5, 6, 7, 8, 9, 20, 21)] == [0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 0.0]


@pytest.mark.parametrize("months", [0, 1])
def test_without_a_ramp_it_is_full_at_once(months):
    assert [Ramp(1, months).strength(month) for month in (0, 1, 1200)] == [0.0, 1.0, 1.0]


def test_impossible_ramps_are_refused():
    with pytest.raises(ValueError, match="nought months or more"):
        Ramp(1, -1)
    with pytest.raises(ValueError, match="can't end in month 4"):
        Ramp(5, 0, 4)


def test_monthly_chance():
    assert monthly_chance(0.0) == 0.0
    assert monthly_chance(1.0) == 1.0
    assert 1 - (1 - monthly_chance(0.1)) ** 12 == pytest.approx(0.1, abs=1e-15)
    with pytest.raises(ValueError, match="from 0 to 1"):
        monthly_chance(1.2)
