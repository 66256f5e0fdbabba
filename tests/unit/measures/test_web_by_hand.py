"""Measures of the web, each worked out on a few flows: of a pound, by groups, by who is paid; and what is said where nothing flows."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from support.hand_made import BUILDER, CAFE, COLLEGE, COUNCIL, FIRST_RESIDENT, LAUNDRY, MILL, Rows, booking
from support.hand_made import town as hand_made

from sim.core.channels import BRANCHES, FUNDS, GOVERNMENT, LOCAL_FIRMS, RESIDENTS
from sim.kinds.flows import ANCHOR_GROUP, FIRST_FIRM, GROUPS, GroupFlows
from sim.kinds.flows import FIRST_RESIDENT as POOREST
from sim.measures import circulation, groups, multiplier, neighbours, places, retention
from sim.settings.sectors import SECTORS, TITLES

BUILD, SERVE = FIRST_FIRM + 5, FIRST_FIRM + 8
STATE, NEXT_DOOR, WORLD = 0, 1, 2


def flows(*payments: tuple[int, int, int], contracts: dict[int, int] | None = None) -> Any:
    """A town of which only flows between groups are known."""
    pence = np.zeros((len(GROUPS), len(GROUPS)), np.int64)
    for payer, payee, amount in payments:
        pence[payer, payee] = amount
    given = np.zeros(len(GROUPS), np.int64)
    for group, amount in (contracts or {}).items():
        given[group] = amount
    return SimpleNamespace(notes=SimpleNamespace(flows=GroupFlows(pence, given)))


#: Builders pass a quarter of what they pay to cafés and a quarter to the poorest fifth, which spends half at cafés; cafés pay next door.
WEB = ((BUILD, SERVE, 25), (BUILD, POOREST, 25), (BUILD, WORLD, 50), (POOREST, SERVE, 10), (POOREST, STATE, 10), (SERVE, NEXT_DOOR, 5))


@pytest.mark.parametrize("pence", [60, 1])
def test_a_pound_of_contracts(pence: int) -> None:
    """Of each pound of contracts three fifths go to builders; hands: 1, then 0.25 + 0.25, then 0.125."""
    town = flows(*WEB, contracts={BUILD: pence, WORLD: 40} if pence > 1 else {BUILD: 1})
    here = 0.6 if pence > 1 else 1.0
    assert multiplier.lm3_of_contracts(town) == pytest.approx(1 + here + here * 0.5)
    assert multiplier.hands(town) == pytest.approx(1.625)
    assert multiplier.local_multiplier(town) == pytest.approx(here * 1.625)
    expected = {"1": 0.5, "2": 0.375, "3": 0.125, "4": 0.0, "5": 0.0, "6": 0.0, "more": 0.0}
    assert multiplier.leaves_after(town) == pytest.approx(expected)
    assert multiplier.half_life_of_contracts(town) == pytest.approx(1.0)
    # Firms alone sell for it: the builder the pound, the café 0.25 and 0.125 of it.
    assert neighbours.sales_for_each_pound(town.notes.flows) == pytest.approx(1.375)


def test_what_goes_round_for_more_than_six_hands() -> None:
    town = flows((BUILD, SERVE, 9), (BUILD, WORLD, 1), (SERVE, BUILD, 9), (SERVE, WORLD, 1), contracts={BUILD: 1})
    found = multiplier.leaves_after(town)
    assert found["6"] == pytest.approx(0.1 * 0.9**5)
    assert found["more"] == pytest.approx(0.9**6)


def test_contracts_that_nobody_here_holds_and_none_at_all() -> None:
    outside, none = flows(*WEB, contracts={WORLD: 40}), flows(*WEB)
    assert (multiplier.lm3_of_contracts(outside), multiplier.lm3_of_contracts(none)) == (1.0, 1.0)
    for town in (outside, none):
        assert multiplier.local_multiplier(town) == multiplier.hands(town) == multiplier.half_life_of_contracts(town) == 0.0
        assert set(multiplier.leaves_after(town).values()) == {0.0} and list(multiplier.leaves_after(town))[-1] == "more"
        assert neighbours.sales_for_each_pound(town.notes.flows) == 1.0


def test_suppliers_spend_again_firm_by_firm() -> None:
    """The builder pays 900 of 1,900 here, the café 100 of 100 but for its rent; they hold contracts of three and one."""
    town = hand_made()
    assert [part.tolist() for part in groups.payments_of_firms(town)] == [[1_900.0, 100.0, 0.0, 0.0], [900.0, 100.0, 0.0, 0.0]]
    assert multiplier.supplier_respend(town) == pytest.approx((3 * 9 / 19 + 1) / 4)
    town.contracts = Rows(supplier=np.array([2, CAFE]), value=np.array([9, 1]))
    assert multiplier.supplier_respend(town) == 1.0
    # The laundry pays nobody and passes nothing on; then it pays a single penny here.
    town.contracts = Rows(supplier=np.array([LAUNDRY, CAFE]), value=np.array([3, 1]))
    assert multiplier.supplier_respend(town) == 0.25
    town.ledger.journal.append(booking("inputs", (LAUNDRY, CAFE, 1)))
    assert multiplier.supplier_respend(town) == 1.0
    town.contracts = Rows(supplier=np.array([1, 2]), value=np.array([3, 9]))
    assert multiplier.supplier_respend(town) == 0.0


def test_velocity_of_what_is_held_here() -> None:
    town = flows((BUILD, SERVE, 25), (BUILD, WORLD, 50), (STATE, BUILD, 999))
    town.ledger = SimpleNamespace(balance=np.array([-1_000, 100, 200]), sector=np.array([GOVERNMENT, RESIDENTS, FUNDS]))
    assert circulation.velocity(town) == 1.0
    town.ledger.balance = np.array([-1, 1, 0])
    assert circulation.velocity(town) == 300.0
    town.ledger.balance = np.array([0, 0, 0])
    assert circulation.velocity(town) == 0.0
    town.ledger.balance = np.array([1, -1, 0])
    assert circulation.velocity(town) == 0.0


def test_one_node_that_pays_itself() -> None:
    """60 come in, 40 go round, 60 go out: of 100 that flow through 40 have been there before."""
    town = flows((WORLD, BUILD, 40), (STATE, BUILD, 20), (BUILD, BUILD, 40), (BUILD, STATE, 50), (BUILD, NEXT_DOOR, 10))
    assert circulation.finn_cycling(town) == pytest.approx(0.4)
    assert circulation.path_length(town) == pytest.approx(100 / 60)
    # Of 160 in all: 40 from the node to itself, 60 to the exit, 60 from the entry to the node.
    parts = [(40, 100, 100), (60, 100, 60), (60, 60, 100)]
    mutual = sum(flow / 160 * math.log2(flow * 160 / (row * column)) for flow, row, column in parts)
    order = mutual / -sum(flow / 160 * math.log2(flow / 160) for flow, _, _ in parts)
    assert circulation.web_order(town) == pytest.approx(order)
    assert circulation.robustness_of_web(town) == pytest.approx(-order * math.log(order))


def test_two_nodes_of_which_one_takes_money_in() -> None:
    """Builders get 80 from outside and pay 50 to cafés; of the 210 that flow each part is a sixth to two fifths."""
    town = flows((WORLD, BUILD, 80), (BUILD, SERVE, 50), (BUILD, STATE, 30), (SERVE, NEXT_DOOR, 50))
    parts = [(50, 80, 50), (80, 80, 80), (30, 80, 80), (50, 50, 80)]
    mutual = sum(flow / 210 * math.log2(flow * 210 / (row * column)) for flow, row, column in parts)
    order = mutual / -sum(flow / 210 * math.log2(flow / 210) for flow, _, _ in parts)
    assert circulation.web_order(town) == pytest.approx(order)
    assert circulation.robustness_of_web(town) == pytest.approx(-order * math.log(order))


def test_two_nodes_that_pay_each_other() -> None:
    """Builders get 80 and 20, cafés 50: a pound at builders goes to cafés by 50 in 100, and back by 20 in 50: a fifth has been before."""
    town = flows((WORLD, BUILD, 80), (BUILD, SERVE, 50), (SERVE, BUILD, 20), (BUILD, STATE, 50), (SERVE, NEXT_DOOR, 30))
    assert circulation.finn_cycling(town) == pytest.approx(0.2)
    assert circulation.path_length(town) == pytest.approx(150 / 80)


def test_a_part_of_the_place_that_loses_nothing_cycles_for_ever() -> None:
    assert circulation.finn_cycling(flows((BUILD, SERVE, 10), (SERVE, BUILD, 10))) == 1.0


def test_what_residents_spend_here() -> None:
    town = flows((POOREST, SERVE, 30), (POOREST + 4, NEXT_DOOR, 10), (BUILD, WORLD, 999), (ANCHOR_GROUP, WORLD, 999))
    assert circulation.household_retention(town) == 0.75
    assert list(places.fifth_retention(town).values()) == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert circulation.household_retention(flows((POOREST, ANCHOR_GROUP, 1))) == 1.0
    assert list(places.fifth_retention(flows((POOREST + 3, ANCHOR_GROUP, 1))).values())[3] == 1.0
    assert circulation.household_retention(flows((BUILD, WORLD, 1))) == 0.0


def test_sales_and_jobs_here_and_elsewhere() -> None:
    """Suppliers elsewhere hold 9 and 30 pence of contracts; adopters take 40 of the 50 pence that they buy here."""
    town = hand_made()
    town.contracts = Rows(supplier=np.array([BUILDER, 2, 1]), value=np.array([3, 9, 30]), category=np.array([0, 0, 1]))
    town.structure = SimpleNamespace(
        minor_units=100,
        export_pool=np.array([50.0, 0.0]),
        export_payers=np.array([[0.5, 0.5, 0.0]] * 2),
        jobs_per_output=np.array([2.0, 3.0]),
    )
    town.rules = SimpleNamespace(neighbours=SimpleNamespace(moved=None, region=1.0, world=0.0))
    assert neighbours.sales_here(town) == 130.0
    assert neighbours.sales_elsewhere(town) == 39 * 1.25 / 100
    assert neighbours.sales_in_all(town) == 130.0 + 39 * 1.25 / 100
    assert neighbours.jobs_elsewhere(town) == (9 * 2 + 30 * 3) * 1.25
    assert neighbours.jobs_in_all(town) == 287.0 + (9 * 2 + 30 * 3) * 1.25
    assert neighbours.exports_lost(town) == 0.0
    town.rules.neighbours.moved = np.array([[40.0, 0.0], [7.0, 0.0]])
    assert neighbours.exports_lost(town) == 0.4
    assert neighbours.sales_elsewhere(town) == 79 * 1.25 / 100


def naive(town: Any, group: dict[int, int]) -> np.ndarray:
    """Flows between groups, payment by payment."""
    pence = np.zeros((len(GROUPS), len(GROUPS)), np.int64)
    for item in town.ledger.journal:
        if item.channel not in groups.FINANCIAL:
            for payer, payee, amount in zip(*np.broadcast_arrays(item.payer, item.payee, item.pence), strict=True):
                pence[group[int(payer)], group[int(payee)]] += amount
    return pence


@pytest.mark.parametrize("batch", [1, 3, 1 << 16])
def test_flows_between_groups_are_the_bookings(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With purses of a resident and of the mill, a fund, and a loan that is no flow; some bookings at a time."""
    monkeypatch.setattr(groups, "BATCH", batch)
    town = hand_made()
    town.ledger.sector[12] = FUNDS
    town.residents["purse"][[0, 9]], town.firms["purse"][2] = (13, 14), 15
    town.ledger.journal += [
        booking("new loans", (3, BUILDER, 5_000)),
        booking("shopping", (13, 15, 6), (14, 15, 8)),
        booking("wages", (12, 13, 4)),
        booking("contracts", (COLLEGE, CAFE, 30)),
    ]
    group = {account: account for account in range(4)} | {COUNCIL: ANCHOR_GROUP, COLLEGE: ANCHOR_GROUP, 12: ANCHOR_GROUP}
    group |= {FIRST_RESIDENT + place: POOREST + place // 2 for place in range(10)} | {13: POOREST, 14: POOREST + 4}
    mill = FIRST_FIRM + 3 + len(TITLES)
    group |= {BUILDER: FIRST_FIRM + 5, CAFE: FIRST_FIRM + 8, MILL: mill, LAUNDRY: FIRST_FIRM + 13, 15: mill}
    of_accounts = groups.group_of_accounts(town)
    assert {account: int(of_accounts[account]) for account in group} == group
    found = groups.group_flows(town)
    assert (found.pence == naive(town, group)).all() and found.pence.sum() == 10_000 + 4_900 + 800 + 200 + 100 + 340 + 50 + 18 + 30
    assert {GROUPS[at]: int(found.contracts[at]) for at in np.flatnonzero(found.contracts)} == {
        "neighbouring region": 3_000,
        "rest of the world": 3_500,
        GROUPS[FIRST_FIRM + 5]: 2_000,
        GROUPS[FIRST_FIRM + 8]: 530,
        GROUPS[mill]: 1_000,
    }


@pytest.mark.parametrize("batch", [1, 1 << 16])
def test_a_purse_pays_for_its_firm(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Account 4 is the first of the place."""
    monkeypatch.setattr(groups, "BATCH", batch)
    town = hand_made()
    town.firms["purse"][3] = 15
    town.ledger.journal = [
        booking("inputs", (15, BUILDER, 6), (LAUNDRY, 1, 10)),
        booking("repayments", (LAUNDRY, 3, 900)),
        booking("wages", (LAUNDRY, 4, 5), (LAUNDRY, 3, 4)),
    ]
    paid, here = groups.payments_of_firms(town)
    assert (paid.tolist(), here.tolist()) == ([0.0, 0.0, 0.0, 25.0], [0.0, 0.0, 0.0, 11.0])


@pytest.fixture
def buying() -> Any:
    """The town made by hand, where the mill keeps a fifth of its sales; firms of 250 and more are not small."""
    town = hand_made()
    town.firms |= {"usual_sales": np.array([50.0, 0.0, 1_000.0, 100.0]), "usual_costs": np.array([10.0, 7.0, 800.0, 300.0])}
    town.rules = SimpleNamespace(parameters={"procurement.small_firm_jobs": 250})
    town.notes.passed_outside = 0
    return town


def test_where_contract_money_goes(buying: Any) -> None:
    assert retention.retention_place(buying) == {"council": 0.5, "college": 0.125, "all": 0.35}
    assert retention.retention_region(buying) == {"council": 0.5, "college": 0.0, "all": 0.3}
    assert retention.retention_elsewhere(buying) == {"council": 0.0, "college": 0.875, "all": 0.35}
    assert retention.spend_by_owner(buying) == {
        "local firms": 0.25,
        "co-operatives": 0.0,
        "community firms": 0.0,
        "branches": 0.1,
        "outside suppliers": 0.65,
    }


def test_what_truly_stays(buying: Any) -> None:
    """800 of the 1,000 paid to the mill; of 350 passed outside the part that would have stayed, 33 of 35."""
    assert retention.retention_stays(buying) == pytest.approx({"council": 2_800 / 6_000, "college": 0.125, "all": 0.33})
    buying.notes.passed_outside = 350
    left = 1 - 350 * 33 / 35 / 3_300
    assert retention.retention_stays(buying) == pytest.approx(
        {"council": 2_800 / 6_000 * left, "college": 0.125 * left, "all": 0.33 * left}
    )


def test_a_branch_that_has_ended_kept_what_branches_keep(buying: Any) -> None:
    """Account 16 was a branch, 17 a firm of somebody here; both have ended. Two branches keep a fifth and three fifths."""
    buying.ledger.sector[[16, 17, LAUNDRY]] = BRANCHES, LOCAL_FIRMS, BRANCHES
    buying.firms["kind"][3] = buying.firms["kind"][2]
    buying.firms["usual_costs"][3] = 40.0
    buying.ledger.journal = [booking("contracts", (COUNCIL, 16, 100), (COUNCIL, 17, 50), (COLLEGE, MILL, 50))]
    assert retention.retention_place(buying) == {"council": 1.0, "college": 1.0, "all": 1.0}
    assert retention.retention_stays(buying) == pytest.approx({"council": (60 + 50) / 150, "college": 0.8, "all": 0.75})
    assert retention.spend_small_firms(buying) == 0.25
    buying.firms["kind"][:] = buying.firms["kind"][0]
    assert retention.retention_stays(buying)["council"] == 1.0


def test_small_firms(buying: Any) -> None:
    """The builder and the café; the mill is large and a branch. One of 250 is no small firm, one of 249 is."""
    assert retention.spend_small_firms(buying) == 0.25
    buying.firms["workers"][0] = 249
    assert retention.spend_small_firms(buying) == 0.05
    buying.firms["workers"][0] = 248
    assert retention.spend_small_firms(buying) == 0.25
    buying.ledger.journal = []
    assert retention.spend_small_firms(buying) == 0.0
    assert retention.retention_place(buying) == {"council": 0.0, "college": 0.0, "all": 0.0}


def test_by_category_of_what_is_bought(buying: Any) -> None:
    buying.contracts = Rows(supplier=np.array([BUILDER, 2, CAFE, 1]), value=np.array([3, 9, 4, 4]), category=np.array([5, 5, 17, 0]))
    found = retention.retention_category(buying)
    assert (found[SECTORS[5]], found[SECTORS[17]], found[SECTORS[0]], found[SECTORS[1]]) == (0.25, 1.0, 0.0, 0.0)
    assert list(found) == list(SECTORS)
    buying.contracts = Rows(supplier=np.array([BUILDER, 2]), value=np.array([3, 1]), category=np.array([1, 1]))
    found = retention.retention_category(buying)
    assert (found[SECTORS[1]], found[SECTORS[17]], list(found)) == (0.75, 0.0, list(SECTORS))


def test_one_whole_for_many_parts_and_many_wholes_for_one() -> None:
    assert retention.share([1.0, 2.0], 4).tolist() == [0.25, 0.5]
    assert retention.share(1, np.array([4, 0])).tolist() == [0.25, 0.0]


def test_a_branch_keeps_no_more_than_it_was_paid(buying: Any) -> None:
    """One whose costs of late were a refund."""
    buying.firms["usual_costs"][2] = -500.0
    assert retention.retention_stays(buying) == pytest.approx({"council": 2_000 / 6_000, "college": 0.125, "all": 0.25})


def test_a_contract_of_somebody_who_is_no_anchor_is_counted_for_none(buying: Any) -> None:
    buying.ledger.journal = [booking("contracts", (COUNCIL, CAFE, 5), (BUILDER, CAFE, 5))]
    with pytest.raises(ValueError, match="negative"):
        retention.retention_place(buying)
