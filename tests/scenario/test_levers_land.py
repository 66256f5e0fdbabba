"""Land levers: leases, transfers, homes and empty units; what each must move, what it must not, and its bookings to the penny."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from support.laboratory import Laboratory, use

from sim.core.channels import ANCHORS, CHANNEL_NAMES, FUNDS, LOCAL_FIRMS, RESIDENTS
from sim.economy import Economy
from sim.kinds.dwellings import SOCIAL, TRUST_SALE
from sim.kinds.firms import CommunityFirm, Cooperative, LocalSME
from sim.kinds.funds import LandTrust
from sim.kinds.residents import EMPLOYED, PRIVATE_RENT, SOCIAL_RENT
from sim.measures.balance_sheet import INSTRUMENTS, balance_sheet
from sim.month.property.benefits import rent_met
from sim.month.property.premises import REAL_ESTATE
from sim.settings.scenario import PolicyUse

COUNCIL, ASSOCIATION = 0, 3
LEASES: dict[str, Any] = {"anchor": "council", "units": 30, "discount": 0.25, "upkeep": 50.0}

TRANSFER: dict[str, Any] = {
    "anchor": "council",
    "buildings": 4,
    "units": 3,
    "value": 150000.0,
    "grant": 20000.0,
    "upkeep": 500.0,
    "discount": 0.2,
}
MEANWHILE: dict[str, Any] = {"anchor": "council", "units": 4, "months": 6, "cost": 100.0}

HOMES: dict[str, Any] = {
    "anchor": "housing-association",
    "homes_a_year": 60.0,
    "cost_per_home": 100000.0,
    "grant_share": 0.44,
    "loan_years": 25,
    "build_months": 6,
    "upkeep_per_home": 1000.0,
}
TRUST_HOMES: dict[str, Any] = {
    "anchor": "council",
    "homes_a_year": 24.0,
    "cost_per_home": 100000.0,
    "price_share": 0.65,
    "deposit_share": 0.1,
    "ground_rent": 20.0,
    "build_months": 2,
}
SALE: dict[str, Any] = {"take_up": 1.0, "discount": 0.44, "deposit_share": 0.05}
#: Measures that social housing must move, and which way.
MOVED_BY_HOMES = {
    "income_after_housing": 1,
    "rent_burden/poorest fifth": -1,
    "homes_provided/anchors": 1,
    "land_held": 1,
    "government_balance": -1,
}


def town_with(laboratory: Laboratory, seed: int, *uses: PolicyUse) -> Economy:
    """A town at its opening under these levers."""
    opening = laboratory.opening(seed)
    return opening.with_scenario(laboratory.with_uses(opening, uses))


def after(town: Economy, months: int) -> Economy:
    """The town some months on, unmeasured."""
    for _ in range(months):
        town.advance()
    return town


def flow(town: Economy, channel: str) -> NDArray[np.int64]:
    """What each institutional sector received less what it paid through a channel this month, pence."""
    found: NDArray[np.int64] = town.ledger.flows[CHANNEL_NAMES.index(channel)]
    return found


def paid_by_firms(town: Economy, channel: str) -> NDArray[np.int64]:
    """What each account paid through a channel this month, pence (accounts,)."""
    paid = np.zeros(len(town.ledger), np.int64)
    for booking in town.ledger.journal:
        if booking.channel == channel:
            np.add.at(paid, np.broadcast_to(booking.payer, booking.pence.shape), booking.pence)
    return paid


def test_a_tenant_pays_the_anchor_part_of_what_it_paid_its_old_landlords(laboratory: Laboratory) -> None:
    plain, letting = (after(town_with(laboratory, 1, *uses), 1) for uses in ((), (use("below_market_leases", **LEASES),)))
    units = letting.premises
    tenants = units["tenant"].copy()
    assert len(units) == 30
    assert len(set(tenants.tolist())) == 30
    assert (units["rent"] == 0).all(), "the first rent falls due in the month after letting"
    plain.advance()
    letting.advance()
    rent, market = paid_by_firms(letting, "leases")[tenants], units["rent"] + units["forgone"]
    full = rent == np.floor(market * 0.75)
    assert full.sum() >= 28, "a tenant or two may lack the cash"
    saved = paid_by_firms(plain, "inputs") - paid_by_firms(letting, "inputs")[: len(plain.ledger)]
    assert (saved[tenants[full]] == market[full]).all(), "nothing else is bought otherwise"
    assert not np.delete(saved, tenants).any(), "nobody else buys otherwise"
    assert flow(letting, "leases")[ANCHORS] == rent.sum()
    owners = letting.firms["kind"][letting.firm_row[tenants]]
    assert set(owners.tolist()) <= {LocalSME.code, Cooperative.code}


def test_leases_move_the_old_landlords_sales_and_cost_the_anchor_upkeep(laboratory: Laboratory) -> None:
    opening = laboratory.opening(2)
    assert opening.structure.premises[0] > opening.structure.local[REAL_ESTATE, 0]
    pair = laboratory.compare(use("below_market_leases", **LEASES), months=12, seeds=(1, 2))
    assert (pair.other.measures["rent_forgone"][:, 1:] > 0.0).all()
    assert (pair.other.measures["policy_costs"] == 30 * 50.0).all()
    sales = [
        town.firms["usual_sales"][(town.firms["sector"] == REAL_ESTATE)].sum() for arm in (pair.reference, pair.other) for town in arm.towns
    ]
    assert all(lower < usual for usual, lower in zip(sales[:2], sales[2:], strict=True))
    pair.identical("births", 1, 3)
    pair.identical("rent_arrears", 1, 1)
    change = pair.other.measures["jobs"] - pair.reference.measures["jobs"]
    assert np.abs(change).max() <= 5.0, "lower rents are no jobs programme"


def test_units_are_let_again_when_a_tenant_ends_and_go_when_the_policy_does(laboratory: Laboratory) -> None:
    town = town_with(laboratory, 2, use("below_market_leases", end=30, **{**LEASES, "units": 150}))
    seen: set[int] = set()
    for _ in range(30):
        town.advance()
        seen |= set(town.premises["tenant"].tolist())
    assert len(seen) > 150, "no tenant ended in thirty months"
    assert len(town.premises) == 150
    town.advance()
    assert len(town.premises) == 0
    town.advance()
    assert not flow(town, "leases").any()


def test_cooperatives_come_first_where_the_policy_says_so(laboratory: Laboratory) -> None:
    def some_cooperatives(town: Economy) -> None:
        jobs = town.firms["workers"] + town.firms["commuters"]
        small = (town.firms["kind"] == LocalSME.code) & (town.firms["workers"] >= 2) & (jobs < 10)
        rows = np.flatnonzero(small)[:20]
        town.firms["kind"][rows] = Cooperative.code
        town.firms["owner"][rows] = -1

    for first, expected in ((True, 20), (False, None)):
        opening = laboratory.opening(1, change=some_cooperatives)
        lever = use("below_market_leases", cooperatives_first=first, **{**LEASES, "units": 20})
        town = opening.with_scenario(laboratory.with_uses(opening, (lever,)))
        town.advance()
        kinds = [town.firms["kind"][town.firm_row[account]] for account in town.premises["tenant"].tolist()]
        cooperatives = kinds.count(Cooperative.code)
        assert cooperatives == expected if expected else cooperatives < 20
    assert town.ledger.sector[town.premises["tenant"]].tolist().count(LOCAL_FIRMS) > 0


def test_buildings_go_to_a_trust_with_their_grant_and_the_council_is_rid_of_their_upkeep(laboratory: Laboratory) -> None:
    plain, giving = (after(town_with(laboratory, 1, *uses), 1) for uses in ((), (use("community_asset_transfer", **TRANSFER),)))
    assert len(plain.funds) == 0
    assert giving.funds["kind"].tolist() == [LandTrust.code]
    trust, council = int(giving.funds["account"][0]), int(giving.anchors["account"][COUNCIL])
    assert giving.funds["capital"].tolist() == [80000_00]
    assert flow(giving, "policy costs")[FUNDS] == 80000_00
    assert plain.ledger.balance[council] - giving.ledger.balance[council] == 80000_00
    assert flow(giving, "home building")[FUNDS] == -80000_00, "the grants go into repairs at once"
    assert giving.ledger.balance[trust] == 0
    assert len(giving.premises) == 12
    assert giving.premises["value"].sum() == 600000_00
    assert plain.contracts["value"].sum() - giving.contracts["value"].sum() == 4 * 500_00
    assert set(giving.contracts["category"][plain.contracts["value"] > giving.contracts["value"]].tolist()) == {5}
    giving.advance()
    assert (giving.premises["owner"] == trust).all()
    assert flow(giving, "leases")[FUNDS] == giving.premises["rent"].sum() > 0
    assert giving.ledger.balance[trust] >= 0


def test_a_trust_lets_to_cooperatives_and_community_firms_first_and_spends_what_it_earns_here(laboratory: Laboratory) -> None:
    town = town_with(laboratory, 2, use("community_asset_transfer", **TRANSFER))
    community = (town.firms["kind"] == CommunityFirm.code) & (town.firms["workers"] + town.firms["commuters"] < 10)
    first = town.firms["account"][community]
    town.advance()
    assert set(town.premises["tenant"].tolist()) >= set(first[town.firm_row[first] >= 0].tolist()), "community firms before others"
    after(town, 23)
    trust = int(town.funds["account"][0])
    assert 0 <= town.ledger.balance[trust] <= 12 * 4 * 500_00 + town.premises["rent"].sum()
    assert town.funds["capital"].tolist() == [80000_00]


def test_buildings_without_the_money_to_repair_them_stay_where_they_are(laboratory: Laboratory) -> None:
    town = after(town_with(laboratory, 1, use("community_asset_transfer", **{**TRANSFER, "buildings": 400, "grant": 50000.0})), 1)
    given = len(town.premises) // 3
    assert 0 < given < 400
    assert any("were not transferred" in warning for warning in town.warnings)
    assert town.funds["capital"].tolist() == [given * 50000_00]


def test_new_firms_pay_no_rent_for_the_months_agreed(laboratory: Laboratory) -> None:
    town = town_with(laboratory, 1, use("meanwhile_use", **MEANWHILE))
    since: dict[int, int] = {}
    for _ in range(18):
        town.advance()
        units = town.premises
        assert len(units) == 4
        assert not units["rent"].any()
        assert not flow(town, "leases").any()
        present = set(units["tenant"][units["tenant"] >= 0].tolist())
        for account in present:
            first = since.setdefault(account, town.month)
            assert town.month - first < 6
            assert town.firms["born"][town.firm_row[account]] == first - 1
    assert len(since) > 4, "units are lent again"
    paid = paid_by_firms(town, "policy costs")
    assert paid[town.anchors["account"][COUNCIL]] == 4 * 100_00


def test_more_firms_are_founded_only_if_the_scenario_says_so(laboratory: Laboratory) -> None:
    births = [
        sum(
            after(
                town_with(laboratory, 2, use("meanwhile_use", **{**MEANWHILE, "units": 500}, extra_births=extra)), 12
            ).births_by_month.values()
        )
        for extra in (0.0, 1.0)
    ]
    usual = sum(after(town_with(laboratory, 2), 12).births_by_month.values())
    assert births[0] == usual
    assert births[1] > usual


def housed(town: Economy, use_code: int) -> NDArray[np.int64]:
    """Rows of the residents who live in homes of one use."""
    homes = town.dwellings
    rows: NDArray[np.int64] = town.resident_row[homes["resident"][(homes["use"] == use_code) & (homes["resident"] >= 0)]]
    return rows


def test_homes_are_built_with_grant_and_loan_and_cost_the_landlord_interest(laboratory: Laboratory) -> None:
    plain, building = (after(town_with(laboratory, 1, *uses), 1) for uses in ((), (use("social_housing", **HOMES),)))
    homes, association = building.dwellings, int(building.anchors["account"][ASSOCIATION])
    assert len(homes) == 10
    stage = -(-50000_00 // 6)
    assert (homes["paid"] == stage).all()
    granted, borrowed = int(stage * 0.44), stage - int(stage * 0.44)
    assert flow(building, "grants")[ANCHORS] - flow(plain, "grants")[ANCHORS] == 10 * granted
    assert flow(building, "land loans")[ANCHORS] == 10 * borrowed
    assert flow(building, "home building")[ANCHORS] == -10 * stage
    interest = plain.ledger.balance[association] - building.ledger.balance[association]
    assert interest == 10 * round(borrowed * 0.045 / 12)
    assert flow(building, "home building")[LOCAL_FIRMS] > 0
    assert (building.residents["rent"] == plain.residents["rent"]).all(), "nobody moves before a home is finished"
    after(building, 4)
    assert not housed(building, SOCIAL).size


def test_finished_homes_go_to_those_in_most_need_at_social_rent(laboratory: Laboratory) -> None:
    town = after(town_with(laboratory, 1, use("social_housing", **HOMES)), 5)
    residents = town.residents
    before = {name: residents[name].copy() for name in ("tenure", "rent", "status", "usual_income", "rent_arrears", "landlord")}
    town.advance()
    rows = housed(town, SOCIAL)
    assert len(rows) == 10
    social = round(float(town.place.housing.social_rent_monthly) * 100)
    assert (before["tenure"][rows] == PRIVATE_RENT).all()
    assert (before["rent"][rows] > social).all()
    assert (residents["rent"][rows] == social).all()
    assert (residents["tenure"][rows] == SOCIAL_RENT).all()
    assert (residents["landlord"][rows] == town.anchors["account"][ASSOCIATION]).all()
    others = np.setdiff1d(np.arange(len(residents)), rows)
    for name in ("tenure", "rent", "landlord"):
        assert (residents[name][others] == before[name][others]).all()
    met = rent_met(before["status"], before["tenure"], before["rent"])
    waiting = others[
        (before["tenure"][others] == PRIVATE_RENT) & (residents["rent_arrears"][others] == 0) & (before["rent"][others] > social)
    ]
    share = (before["rent"] - met) / np.maximum(residents["usual_income"] - met, 1.0)
    in_time = rows[before["rent_arrears"][rows] == 0]
    assert np.median(share[in_time]) > np.quantile(share[waiting], 0.95), "one or two may have changed work in the month"


def test_tenants_gain_landlords_lose_and_the_debt_is_in_the_books(laboratory: Laboratory) -> None:
    pair = laboratory.compare(use("social_housing", **HOMES), months=18, seeds=(1, 2))
    gain = {name: pair.other.measures[name][:, -6:].mean(1) - pair.reference.measures[name][:, -6:].mean(1) for name in MOVED_BY_HOMES}
    for name, sign in MOVED_BY_HOMES.items():
        assert (np.sign(gain[name]) == sign).all(), f"{name}: {gain[name]}"
    debt = [town.dwellings["loan"].sum() / 100.0 for town in pair.other.towns]
    assert pair.other.measures["homes_debt"][:, -1].tolist() == debt
    for town in pair.other.towns:
        homes, sheet = town.dwellings, balance_sheet(town)
        row = dict(zip(sheet.instruments, sheet.pence, strict=True))
        assert row["land loans"].sum() == 0
        assert row["land loans"][ANCHORS] == -homes["loan"].sum() < 0
        assert row["homes"][ANCHORS] == homes["paid"].sum()
        finished = homes["finished"] >= 0
        assert homes["loan"][finished].sum() < np.ceil(homes["cost"][finished] * 0.56).sum(), "loans are paid back"


def test_what_is_built_stays_when_the_programme_ends(laboratory: Laboratory) -> None:
    town = after(town_with(laboratory, 2, use("social_housing", end=3, **HOMES)), 12)
    assert len(town.dwellings) == 30
    assert (town.dwellings["finished"] > 0).all()
    assert len(housed(town, SOCIAL)) == 30


def test_a_trust_sells_at_a_locked_price_and_the_land_stays(laboratory: Laboratory) -> None:
    town = after(town_with(laboratory, 1, use("community_land_trust", **TRUST_HOMES)), 1)
    residents = town.residents
    before = {name: residents[name].copy() for name in ("tenure", "property_value", "status")}
    town.advance()
    trust, rows, homes = int(town.funds["account"][0]), housed(town, TRUST_SALE), town.dwellings
    assert len(rows) == 4
    price = round(75000_00 * 0.65)
    mortgage = price - round(price * 0.1)
    assert (before["tenure"][rows] == PRIVATE_RENT).all()
    assert (before["status"][rows] == EMPLOYED).all()
    assert (residents["mortgage"][rows] == mortgage).all()
    assert (residents["property_value"][rows] - before["property_value"][rows] == price).all()
    assert (residents["rent"][rows] == 10_00).all(), "ground rent for half a home"
    assert (residents["landlord"][rows] == trust).all()
    assert flow(town, "new mortgages")[RESIDENTS] == 4 * mortgage
    assert flow(town, "home sales")[FUNDS] == 4 * price
    built = 8 * 25000_00
    advance = built * price // 50000_00
    assert flow(town, "policy costs")[FUNDS] == built - advance, "the subsidy is a cost of the policy"
    assert flow(town, "fund capital")[FUNDS] == advance - 4 * price, "the advance comes back"
    assert town.funds["capital"][0] == homes["paid"].sum() - 4 * price
    assert (
        balance_sheet(town).pence[INSTRUMENTS.index("homes"), FUNDS] == 4 * (75000_00 - price) + homes["paid"][homes["resident"] < 0].sum()
    )
    town.advance()
    assert town.ledger.balance[trust] >= 0
    assert flow(town, "home building")[FUNDS] < 0


def test_a_home_that_nobody_can_buy_waits(laboratory: Laboratory) -> None:
    town = after(town_with(laboratory, 2, use("community_land_trust", **{**TRUST_HOMES, "deposit_share": 1.0, "price_share": 1.0})), 4)
    assert (town.dwellings["finished"] >= 0).any()
    assert not housed(town, TRUST_SALE).size
    assert not flow(town, "new mortgages").any()


def test_tenants_buy_with_a_mortgage_and_the_landlord_gets_the_price_and_no_more_rent(laboratory: Laboratory) -> None:
    plain, selling = (after(town_with(laboratory, 1, *uses), 1) for uses in ((), (use("right_to_buy", **SALE),)))
    was, now = plain.residents, selling.residents
    rows = np.flatnonzero(was["tenure"] != now["tenure"])
    price = round(75000_00 * 0.56)
    mortgage = price - round(price * 0.05)
    assert rows.size
    assert (was["tenure"][rows] == SOCIAL_RENT).all()
    assert (was["status"][rows] == EMPLOYED).all()
    assert (now["mortgage"][rows] == mortgage).all()
    assert (now["property_value"][rows] == 75000_00).all()
    assert not now["rent"][rows].any()
    sales = flow(selling, "home sales")
    assert sales[ANCHORS] == -sales[RESIDENTS] == rows.size * price
    assert flow(selling, "new mortgages")[RESIDENTS] == rows.size * mortgage
    lost = flow(plain, "rents")[ANCHORS] - flow(selling, "rents")[ANCHORS]
    assert lost == was["rent"][rows].sum()
    others = np.setdiff1d(np.arange(len(now)), rows)
    assert (was["rent"][others] == now["rent"][others]).all()


def test_homes_built_under_the_scenario_are_not_for_sale(laboratory: Laboratory) -> None:
    town = after(town_with(laboratory, 2, use("social_housing", **HOMES), use("right_to_buy", **SALE)), 14)
    assert (town.residents["tenure"][housed(town, SOCIAL)] == SOCIAL_RENT).all()
