"""Parameters under which what is rare at rest happens within months: little cash, much luck, many sales and births of firms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HARD_TIMES: Final[Mapping[str, float]] = {
    "firms.cash_buffer": 0.25,
    "firms.cooperative_entry_stake": 900.0,
    "firms.cooperative_pay_ratio": 1.5,
    "firms.cooperative_survival": 0.5,
    "firms.export_noise": 0.5,
    "firms.payout_speed": 1.0,
    "firms.sale_rate": 0.05,
    "households.arrears_limit": 1.0,
    "work.layoff_tolerance": 0.0,
    "work.search_success": 0.05,
    "work.wage_response": 0.1,
}
