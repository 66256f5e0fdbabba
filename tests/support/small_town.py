"""A small town at its opening, in which a test sets what it is about and leaves the rest alone."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache

import numpy as np

from sim.core.channels import GOVERNMENT_ACCOUNT
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.kinds.funds import Fund
from sim.month.finance.funds import set_up
from sim.settings.load import load_scenario
from sim.settings.scenarios.scaling import copied_scenario

RESIDENTS, SEED = 800, 5


@cache
def _opening() -> Economy:
    """Opened once."""
    small = copied_scenario(load_scenario("anytown/business-as-usual", POLICIES, SHOCKS), RESIDENTS)
    return Economy(replace(small, parameters=small.parameters.with_values({"behaviour.burn_in_months": 1.0})), seed=SEED)


def small_town(month: int = 1) -> Economy:
    """A town of a test's own, at the beginning of a month, under no policy."""
    town = _opening().with_scenario(_opening().scenario)
    town.rules = deepcopy(town.rules)
    town.month = month
    town.ledger.begin_month(month)
    return town


def hold(town: Economy, account: int, pence: int) -> None:
    """Let an account hold so much: the government gives or takes the difference."""
    more = pence - int(town.ledger.balance[account])
    town.ledger.book("grants", GOVERNMENT_ACCOUNT, np.array([account]), np.array([max(more, 0)]))
    town.ledger.book("business taxes", np.array([account]), GOVERNMENT_ACCOUNT, np.array([max(-more, 0)]))


def with_fund(town: Economy, kind: type[Fund], cash: int, anchor: int = 0, issue: int = -1) -> tuple[int, int]:
    """Set up a fund with cash and no capital; its row and its account."""
    row = set_up(town, kind, anchor, issue)
    account = int(town.funds["account"][row])
    hold(town, account, cash)
    return row, account


def held(town: Economy, accounts: object) -> list[int]:
    """What accounts hold, pence."""
    balances: list[int] = town.ledger.balance[np.asarray(accounts)].tolist()
    return balances
