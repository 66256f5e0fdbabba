"""Founding: new firms by chance on the pattern of those that end, and firms that a policy founds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.channels import BANK_ACCOUNT, WORLD_ACCOUNT
from sim.core.streams import RESERVED
from sim.kinds.firms import INSTITUTION, Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import FORMS, NO_FORM, WORKER
from sim.kinds.residents import EMPLOYED
from sim.kinds.rules import Founding
from sim.kinds.town import Town
from sim.month.arithmetic.sharing import pick
from sim.month.contracts.trade_credit import settle_contracts
from sim.month.firms.cooperative_founders import developed, join
from sim.month.firms.solidarity import capital_from_fund
from sim.month.property.premises import births_raised

Floats = NDArray[np.float64]

#: Share of its pattern's usual demand that a new firm expects at first.
FIRST_DEMAND = 0.3
#: Contracts of founded firms take slots from here in the reserved range, away from those of lots.
CONTRACT_RANGE = 1 << 28
#: How much likelier a birth is for each part of the opening firms that is missing: their customers and premises are free.
REFILL = 6.0
#: Residents a new firm asks to found it, one after the other.
CANDIDATES = 4


def chance_of_birth(expected: float, places: int, now: NDArray[np.integer], opening: NDArray[np.integer]) -> Floats:
    """Chance that a place for a new firm is taken, by its sector (sectors,): as many as usual, more where firms are missing.

    Examples
    --------
    >>> chance_of_birth(5.0, 20, np.array([100, 90]), np.array([100, 100])).round(3).tolist()
    [0.25, 0.4]
    """
    missing = (opening - now) / np.maximum(opening, 1)
    result: Floats = np.minimum(expected / max(places, 1) * np.clip(1.0 + REFILL * missing, 0.25, 4.0), 1.0)
    return result


def birth_places(expected: float) -> int:
    """Places for new firms in a month: twice the usual number and four more.

    Examples
    --------
    >>> birth_places(2.5)
    9
    """
    return int(np.ceil(2.0 * expected)) + 4


def found_by_chance(town: Town) -> None:
    """New firms of this month; each place has its own slot, whatever happens elsewhere."""
    structure, firms = town.structure, town.firms
    places = birth_places(structure.births_a_month)
    first = structure.opening_firms + (town.month + town.months_before) * places
    slots = np.arange(first, first + places)
    draws = town.streams.uniform("founding", town.month, slots, width=4 + CANDIDATES)
    if not len(structure.template_chance):
        return
    pattern = pick(structure.template_chance, draws[:, 1])
    chance = _chance_by_sector(town, places)
    taken = draws[:, 0] < chance[structure.template_sector[pattern]]
    if not taken.any():
        return
    slots, draws, pattern = slots[taken], draws[taken], pattern[taken]
    kind = structure.template_kind[pattern].copy()
    kind[(kind == Branch.code) & (draws[:, 2] < structure.branch_births_local)] = LocalSME.code
    accounts = town.ledger.open(len(slots), [INSTITUTION[int(code)] for code in kind])
    founder = town.residents["account"][_founders(town, draws[:, 4:])]
    appeal = structure.template_appeal[pattern]
    firms.add(
        len(slots),
        slots=slots,
        kind=kind,
        account=accounts,
        form=np.where(kind == Cooperative.code, WORKER, NO_FORM).astype(np.int8),
        sector=structure.template_sector[pattern],
        appeal=appeal,
        capacity=structure.template_capacity[pattern],
        usual_demand=FIRST_DEMAND * appeal,
        usual_sales=FIRST_DEMAND * appeal,
        usual_costs=FIRST_DEMAND * appeal,
        export_weight=structure.template_export[pattern],
        owner=np.where(kind == LocalSME.code, founder, -1),
        born=town.month,
    )
    _give_first_cash(town, accounts, kind, founder)
    town.notes.births += len(slots)
    town.births_by_month[town.month] = len(slots)
    town.refresh_rows()


def _chance_by_sector(town: Town, places: int) -> Floats:
    """Chance of a birth in each sector; firms founded by policy take no place from those founded by chance."""
    firms, structure = town.firms, town.structure
    now = np.bincount(firms["sector"][~firms["founded_by_policy"]], minlength=18)
    opening = np.bincount(structure.template_sector, minlength=18)
    chance = chance_of_birth(structure.births_a_month, places, now, opening)
    raised = births_raised(town)
    return chance if raised == 1.0 else np.minimum(chance * raised, 1.0)


def _founders(town: Town, draws: Floats) -> NDArray[np.int64]:
    """Row of each new firm's founder: the first resident asked who is in work, else the last asked (as opening owners are)."""
    residents = town.residents
    asked = np.minimum((draws * len(residents)).astype(np.int64), len(residents) - 1)
    able = residents["status"][asked] == EMPLOYED
    first = np.where(able.any(axis=1), able.argmax(axis=1), asked.shape[1] - 1)
    result: NDArray[np.int64] = asked[np.arange(len(asked)), first]
    return result


def _give_first_cash(town: Town, accounts: NDArray[np.int32], kind: NDArray[np.int8], founder: NDArray[np.int32]) -> None:
    """The cash buffer of a new firm: founders' savings and a loan, or the outside owner's money."""
    firms, ledger, parameters = town.firms, town.ledger, town.rules.parameters
    rows = np.arange(len(firms) - len(accounts), len(firms))
    need = np.floor(firms["usual_costs"][rows] * parameters["firms.cash_buffer"]).astype(np.int64)
    local = kind == LocalSME.code
    branch = kind == Branch.code
    ledger.book("owner capital", WORLD_ACCOUNT, accounts[branch], need[branch])
    stake = np.zeros(len(accounts), np.int64)
    for place in np.flatnonzero(local).tolist():
        # One after the other: the same resident may found two firms in a month.
        holds = int(ledger.available(founder[place]))
        placed = int(town.residents["bank_deposits"][town.resident_row[founder[place]]])
        limit = min(int((holds + placed) * parameters["finance.founder_stake"]), holds)
        stake[place] = min(int(need[place]), limit)
        ledger.book("owner capital", int(founder[place]), int(accounts[place]), stake[place : place + 1])
    loan = np.where(branch, 0, need - stake)
    ledger.book("new loans", BANK_ACCOUNT, accounts, loan)
    firms["loan"][rows] += loan


def found_by_policy(town: Town) -> None:
    """Firms that policies found this month, in slots of their own range."""
    for founding in (*town.rules.foundings, *developed(town)):
        _found(town, founding)


def _found(town: Town, founding: Founding) -> None:
    """One firm: account, row, capital of its anchor and the co-operatives' fund, and the contract or the members it begins with."""
    firms, structure, ledger = town.firms, town.structure, town.ledger
    kind = Cooperative if founding.kind == "cooperative" else CommunityFirm
    account = ledger.open(1, INSTITUTION[kind.code])
    output = founding.jobs / structure.jobs_per_output[founding.sector]
    slot = RESERVED + town.founded
    town.founded += 1
    firms.add(
        1,
        slots=np.array([slot]),
        kind=kind.code,
        account=account,
        form=FORMS.index(founding.form) if kind is Cooperative else NO_FORM,
        founder=founding.anchor,
        entry_stake=founding.entry_stake,
        sector=founding.sector,
        appeal=output,
        born=town.month,
        founded_by_policy=True,
        living_wage=True,
    )
    town.refresh_rows()
    payer = int(town.anchors["account"][founding.anchor])
    seed = min(founding.seed_capital, int(ledger.available(payer)))
    ledger.book("seed capital", payer, int(account[0]), np.array([seed]))
    if kind is Cooperative:
        seed += capital_from_fund(town, int(account[0]))
    work = float(_give_contract(town, founding, int(account[0])) if founding.contract_value else 0)
    row = len(firms) - 1
    firms["reserve"][row] = seed
    if founding.members:
        work = join(town, row, founding.members) / structure.jobs_per_output[founding.sector]
    # It plans for the work it has been given, at least for what any new firm expects; the rest of its jobs must be won.
    expected = min(max(FIRST_DEMAND * output, work), output)
    for name in ("usual_demand", "usual_sales", "usual_costs"):
        firms[name][row] = expected
    _equip(town, row, expected)
    town.notes.founded_by_policy += 1


def _equip(town: Town, row: int, expected: float) -> None:
    """Plant for the work expected, on a bank loan and bought outside: what a founded firm owns at first is its seed capital."""
    firms, ledger, parameters = town.firms, town.ledger, town.rules.parameters
    capacity = expected / parameters["firms.target_use"]
    pence = np.array([round(capacity * 12.0 * parameters["firms.capital_to_output"])])
    account = int(firms["account"][row])
    ledger.book("new loans", BANK_ACCOUNT, account, pence)
    ledger.book("investment", account, WORLD_ACCOUNT, pence)
    firms["loan"][row] = pence[0]
    firms["capacity"][row] = capacity


def _give_contract(town: Town, founding: Founding, account: int) -> int:
    """Work taken out of the anchor's running contracts in the sector that can move, those held outside first; returns pence a month."""
    contracts = town.contracts
    mine = (contracts["anchor"] == founding.anchor) & (contracts["category"] == founding.sector)
    mine = np.flatnonzero(mine & contracts["influenceable"])
    outside = town.firm_row[contracts["supplier"][mine]] < 0
    mine = mine[np.argsort(~outside, kind="stable")]
    left = founding.contract_value
    taken = 0
    for row in mine.tolist():
        part = min(left, int(contracts["value"][row]))
        base = min(part, int(contracts["base_value"][row]))
        contracts["value"][row] -= part
        contracts["base_value"][row] -= base
        taken += part
        left -= part
        if left <= 0:
            break
    if not taken:
        town.warn(f"month {town.month}: {founding.name} got no contract: the anchor buys nothing in its sector")
        return 0
    if taken < founding.contract_value:
        town.warn(f"month {town.month}: {founding.name} got less work than asked: the anchor buys no more in its sector")
    empty = mine[(contracts["value"][mine] == 0) & (contracts["base_value"][mine] == 0)]
    settle_contracts(town, empty)
    contracts.drop(contracts.slots[empty[contracts["owing"][empty] == 0]])
    contracts.add(
        1,
        slots=np.array([RESERVED + CONTRACT_RANGE + town.founded]),
        anchor=founding.anchor,
        category=founding.sector,
        supplier=account,
        base_value=taken,
        value=taken,
        price=1.0 + town.rules.parameters["procurement.local_price_premium"],
        start=town.month,
        end=town.month + founding.contract_months - 1,
        living_wage=True,
    )
    return taken
