"""Founding: firms by chance on the pattern of those that end, and firms that policies found."""

from __future__ import annotations

import math

from oracle.plain.invoices import settle
from oracle.plain.objects import Contract, Firm, Person
from oracle.plain.pennies import clipped, picked
from oracle.plain.town import PlainTown

from sim.core.channels import BANK_ACCOUNT, BRANCHES, COMMUNITY_FIRMS, COOPERATIVES, LOCAL_FIRMS, WORLD_ACCOUNT
from sim.core.streams import RESERVED
from sim.kinds.firms import Branch, CommunityFirm, Cooperative, LocalSME
from sim.kinds.forms import FORMS, WORKER
from sim.kinds.residents import EMPLOYED
from sim.kinds.rules import Founding

FIRST_DEMAND = 0.3
REFILL = 6.0
CONTRACT_RANGE = 1 << 28
INSTITUTIONS = {LocalSME.code: LOCAL_FIRMS, Cooperative.code: COOPERATIVES, CommunityFirm.code: COMMUNITY_FIRMS, Branch.code: BRANCHES}


def found_by_chance(town: PlainTown) -> None:
    """Each place for a new firm has a pattern, and is taken by chance: more in sectors where firms have gone missing."""
    structure = town.structure
    if not structure.template_chance:
        return
    places = math.ceil(2.0 * structure.births_a_month) + 4
    first = structure.opening_firms + (town.month + town.months_before) * places
    slots = range(first, first + places)
    born = []
    for slot, draws in zip(slots, town.draws_of_slots("founding", slots, 8), strict=True):
        sector = structure.template_sector[picked(structure.template_chance, draws[1])]
        if draws[0] < _chance(town, places, sector):
            born.append((slot, draws))
    if not born:
        return
    # Every founder is asked before the first firm takes anybody's savings.
    founders = [_founder(town, draws[4:]) for _, draws in born]
    for (slot, draws), founder in zip(born, founders, strict=True):
        _begin(town, _new_firm(town, slot, draws, founder), founder)
    town.notes.births += len(born)
    town.births_by_month[town.month] = len(born)


def _chance(town: PlainTown, places: int, sector: int) -> float:
    """As many births as usual, times what is missing of the sector's opening firms."""
    now = sum(firm.sector == sector and not firm.founded_by_policy for firm in town.firms)
    opening = town.structure.template_sector.count(sector)
    missing = (opening - now) / max(opening, 1)
    return min(town.structure.births_a_month / places * clipped(1.0 + REFILL * missing, 0.25, 4.0), 1.0)


def _founder(town: PlainTown, draws: list[float]) -> Person:
    """The first person asked who is in work, else the last asked."""
    number = len(town.people)
    asked = [town.people[min(int(draw * number), number - 1)] for draw in draws]
    return next((person for person in asked if person.status == EMPLOYED), asked[-1])


def _new_firm(town: PlainTown, slot: int, draws: list[float], founder: Person) -> Firm:
    """A firm like one of the opening; some on a branch's pattern are local, which makes up for sales outside."""
    structure = town.structure
    pattern = picked(structure.template_chance, draws[1])
    kind = structure.template_kind[pattern]
    if kind == Branch.code and draws[2] < structure.branch_births_local:
        kind = LocalSME.code
    expected = FIRST_DEMAND * structure.template_appeal[pattern]
    return Firm(
        slot=slot,
        kind=kind,
        account=town.book.open(INSTITUTIONS[kind]),
        form=WORKER if kind == Cooperative.code else 0,
        sector=structure.template_sector[pattern],
        appeal=structure.template_appeal[pattern],
        capacity=structure.template_capacity[pattern],
        usual_demand=expected,
        usual_sales=expected,
        usual_costs=expected,
        export_weight=structure.template_export[pattern],
        owner=founder.account if kind == LocalSME.code else -1,
        born=town.month,
    )


def _begin(town: PlainTown, firm: Firm, founder: Person) -> None:
    """The first cash: the outside owner's money, or the founder's stake; a loan for what is missing."""
    book = town.book
    town.settle_in(firm)
    need = math.floor(firm.usual_costs * town.parameter("firms.cash_buffer"))
    if firm.kind == Branch.code:
        book.pay("owner capital", WORLD_ACCOUNT, firm.account, need)
        return
    stake = 0
    if firm.kind == LocalSME.code:
        stake = min(need, int(book.can_pay(founder.account) * town.parameter("finance.founder_stake")))
        book.pay("owner capital", founder.account, firm.account, stake)
    book.pay("new loans", BANK_ACCOUNT, firm.account, need - stake)
    firm.loan += need - stake


def found_by_policy(town: PlainTown) -> None:
    """A municipal firm with seed capital and work out of its anchor's contracts, in slots of its own range."""
    for founding in town.rules.foundings:
        kind = Cooperative if founding.kind == "cooperative" else CommunityFirm
        output = founding.jobs / town.structure.jobs_per_output[founding.sector]
        firm = Firm(
            slot=RESERVED + town.founded,
            kind=kind.code,
            account=town.book.open(INSTITUTIONS[kind.code]),
            form=FORMS.index(founding.form) if kind is Cooperative else 0,
            founder=founding.anchor,
            sector=founding.sector,
            appeal=output,
            capacity=0.0,
            born=town.month,
            founded_by_policy=True,
            living_wage=True,
        )
        town.founded += 1
        town.settle_in(firm)
        payer = town.anchors[founding.anchor].account
        firm.reserve = min(founding.seed_capital, town.book.can_pay(payer))
        town.book.pay("seed capital", payer, firm.account, firm.reserve)
        expected = min(max(FIRST_DEMAND * output, _give_contract(town, founding, firm) if founding.contract_value else 0), output)
        firm.usual_demand, firm.usual_sales, firm.usual_costs = expected, expected, expected
        firm.capacity = expected / town.parameter("firms.target_use")
        firm.loan = round(firm.capacity * 12.0 * town.parameter("firms.capital_to_output"))
        town.book.pay("new loans", BANK_ACCOUNT, firm.account, firm.loan)
        town.book.pay("investment", firm.account, WORLD_ACCOUNT, firm.loan)
        town.notes.founded_by_policy += 1


def _give_contract(town: PlainTown, founding: Founding, firm: Firm) -> int:
    """Value is taken out of the anchor's running contracts in the sector, those held outside first."""
    bought = [item for item in town.contracts if item.anchor == founding.anchor and item.category == founding.sector]
    mine = [item for item in bought if item.influenceable]
    taken = 0
    for contract in sorted(mine, key=lambda item: item.supplier in town.firm_at):
        part = min(founding.contract_value - taken, contract.value)
        contract.base_value -= min(part, contract.base_value)
        contract.value -= part
        taken += part
    if not taken:
        town.warnings.append(f"month {town.month}: {founding.name} got no contract: the anchor buys nothing in its sector")
        return 0
    if taken < founding.contract_value:
        town.warnings.append(f"month {town.month}: {founding.name} got less work than asked: the anchor buys no more in its sector")
    empty = [item for item in mine if not item.value and not item.base_value]
    settle(town, empty)
    town.contracts = [item for item in town.contracts if item not in empty or item.owing]
    town.contracts.append(
        Contract(
            slot=RESERVED + CONTRACT_RANGE + town.founded,
            anchor=founding.anchor,
            category=founding.sector,
            supplier=firm.account,
            base_value=taken,
            value=taken,
            price=1.0 + town.parameter("procurement.local_price_premium"),
            start=town.month,
            end=town.month + founding.contract_months - 1,
            living_wage=True,
        )
    )
    return taken
