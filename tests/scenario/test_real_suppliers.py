"""An anchor whose contract book comes from a supplier list: books, shares, names in the web and in a trail, and misses that are told."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from support.books import Auditor
from support.suppliers import LIST, listed_scenario, write_town

import sim
from sim.core.channels import REGION_ACCOUNT, WORLD_ACCOUNT
from sim.core.registry import POLICIES, SHOCKS
from sim.economy import Economy
from sim.kinds.firms import Firm
from sim.month import turnover
from sim.runs.following.words import remarks
from sim.settings.load import load_scenario
from sim.settings.sectors import SECTORS
from sim.start import chances

MONTHS = 24
YEARLY = 4_000_000_55
SHORT = "parameters: {behaviour.burn_in_months: 4}\n"


@pytest.fixture(scope="module")
def opening(tmp_path_factory) -> Economy:
    """The invented town with listed suppliers of its council, at its opening."""
    return Economy(listed_scenario(tmp_path_factory.mktemp("town")), seed=3)


def council_book(town: Economy) -> dict[str, np.ndarray]:
    """The council's contracts."""
    mine = town.contracts["anchor"] == 0
    return {name: town.contracts[name][mine].copy() for name in town.contracts.columns}


def one(town: Economy, name: str):
    return next(item for item in town.listed.suppliers if item.row.supplier == name)


def test_every_penny_of_the_list_is_in_the_book(opening):
    book = council_book(opening)
    assert len(book["value"]) == 58 and book["value"].sum() == round(YEARLY / 12) and (book["value"] == book["base_value"]).all()
    for item in opening.listed.suppliers:
        rows = opening.contracts.rows(item.slots)
        assert len(rows) == item.row.contracts
        assert opening.contracts["base_value"][rows].sum() == pytest.approx(item.row.amount * 100 / 12, abs=1.0)
        if item.row.sector != "unknown":
            assert set(opening.contracts["category"][rows].tolist()) == {SECTORS.index(item.row.sector)}
        assert (opening.contracts["listed"][rows] == item.number).all()


def test_contracts_end_when_the_list_says(opening):
    # 2013-04 is month 1.
    assert set(opening.contracts["end"][opening.contracts.rows(one(opening, "Anytown Builders Ltd").slots)].tolist()) == {15}
    assert opening.contracts["end"][opening.contracts.rows(one(opening, "Big Waste plc").slots)].tolist() == [81]
    drawn = opening.contracts["end"][opening.contracts.rows(one(opening, "Small builders").slots)]
    assert drawn.min() >= 1 and drawn.max() <= 48 and len(set(drawn.tolist())) > 4


def test_who_holds_what(opening):
    firms, book = opening.firms, opening.contracts
    living = set(firms.slots.tolist())
    stand_in = [item.firm for item in opening.listed.suppliers if item.firm >= 0]
    assert len(stand_in) == len(set(stand_in)) and set(stand_in) <= living
    for item in opening.listed.suppliers:
        held = set(book["supplier"][book.rows(item.slots)].tolist())
        if item.row.where == "region":
            assert held == {REGION_ACCOUNT} and item.firm == -1
        elif item.row.where == "outside":
            assert held == {WORLD_ACCOUNT} and item.firm == -1
        elif item.row.where == "place" and item.named:
            row = firms.row(item.firm)
            assert held == {int(firms["account"][row])} and SECTORS[firms["sector"][row]] == item.row.sector
        elif item.row.where == "place":
            assert all(opening.firm_row[account] >= 0 for account in held) and item.firm == -1
    # One with sales of its own at least as large as the contract.
    mill = firms.row(one(opening, "Town Mill Ltd").firm)
    assert firms["usual_sales"][mill] >= 600_000_00 / 12
    builder = firms.row(one(opening, "Anytown Builders Ltd").firm)
    assert firms["usual_sales"][builder] >= 300_000_00 / 12


def test_the_share_in_the_place_is_that_of_the_list(opening):
    assert opening.warnings == []
    book = council_book(opening)
    here = book["value"][opening.firm_row[book["supplier"]] >= 0].sum() / book["value"].sum()
    near = book["value"][book["supplier"] == REGION_ACCOUNT].sum() / book["value"].sum()
    council = opening.place.anchors[0]
    # Whole contracts of those of whom it is not known: half of the largest is as near as it gets.
    assert here == pytest.approx(float(council.share_in_place), abs=150_000 / 2 / 4e6)
    assert near == pytest.approx(float(council.share_in_region), abs=150_000 / 2 / 4e6)
    known_here = sum(item.value for item in opening.listed.suppliers if item.row.where == "place")
    assert known_here / book["value"].sum() == pytest.approx(1_430_000.55 / 4_000_000.55, abs=1e-6)


def test_what_goes_to_public_bodies_is_no_matter_of_tenders(opening):
    assert not opening.contracts["influenceable"][opening.contracts.rows(one(opening, "County Pension Fund").slots)].any()
    book = council_book(opening)
    assert book["value"][~book["influenceable"]].sum() / book["value"].sum() == pytest.approx(0.2, abs=0.05)


def test_strict_books_and_a_web_with_names(opening):
    """Two years: books close each month, and edges of the web sum to bookings while names come and go with their contracts."""
    audit = Auditor(opening.with_scenario(opening.scenario))
    town, seen = audit.economy, set()
    for month in range(MONTHS):
        audit.step()
        if month % 6 == 5 or month == 0:
            seen |= check_web(town)
    assert {"Anytown Builders Ltd", "Town Mill Ltd", "Big Waste plc", "IT World", "Other Care Ltd"} <= seen
    # Let anew since: a winner outside bears no name.
    assert (town.contracts["listed"][town.contracts["anchor"] == 0] < 0).any()
    assert town.listed is not opening.listed and opening.month == 0


def check_web(town: Economy) -> set[str]:
    """Edges against bookings; returns the labels."""
    web = town.supply_web()
    booked, summed = defaultdict(int), defaultdict(int)
    for booking in town.ledger.journal:
        booked[booking.channel] += int(booking.pence.sum())
    for _, _, channel, data in web.edges(keys=True, data=True):
        assert data["pence"] > 0
        summed[channel] += data["pence"]
    assert dict(summed) == {channel: pence for channel, pence in booked.items() if pence}
    listed = town.contracts["listed"]
    for node, data in web.nodes(data=True):
        if data["kind"] in ("neighbouring region", "rest of the world") and "label" in data:
            assert set(web.pred[node]) == {"council"} and data["sector"] in SECTORS
            assert any(town.listed.suppliers[number].row.supplier == data["label"] for number in set(listed.tolist()) if number >= 0)
    return {data["label"] for _, data in web.nodes(data=True) if "label" in data}


def test_what_a_listed_supplier_elsewhere_was_paid_is_its_contracts(opening):
    town = opening.with_scenario(opening.scenario)
    town.step()
    waste = one(town, "Big Waste plc")
    paid = town.supply_web()["council"]["Big Waste plc (rest of the world)"]["contracts"]["pence"]
    assert paid == waste.value == round(500_000_00 / 12)
    builder = one(town, "Anytown Builders Ltd")
    node = f"firm {builder.firm}"
    assert town.supply_web().nodes[node]["label"] == "Anytown Builders Ltd"
    assert town.supply_web()["council"][node]["contracts"]["pence"] >= builder.value


def test_a_trail_names_them(opening):
    town = opening.with_scenario(opening.scenario)
    town.step()
    trail = sim.follow(town, "council")
    named = {item.row.supplier for item in opening.listed.suppliers if item.firm >= 0}
    assert trail.suppliers["Big Waste plc (further away)"] == one(town, "Big Waste plc").value
    assert trail.suppliers["Town Mill Ltd (in the place)"] >= one(town, "Town Mill Ltd").value
    assert sum(trail.suppliers.values()) <= trail.spent
    assert sim.follow(town, "council", of="pay").suppliers == {}
    assert "The largest suppliers that the place lists, paid in the period: IT World (further away)" in remarks(trail)[0]
    assert trail.as_dict()["listed_suppliers"] == trail.suppliers
    assert any(step.payee.startswith(f"{name} (") for step in trail.path for name in named)


def test_the_chance_of_local_bidders_gives_the_share_again(opening):
    """Under business as usual contracts that are let anew keep the share of the list in the long run."""

    found = chances.expected_local_share(opening, chances.trials_of(opening))
    assert found[0] == pytest.approx(float(opening.place.anchors[0].share_in_place), abs=0.05)


def test_names_do_not_move_a_penny(tmp_path):
    """Names are what is shown: with others in their place every balance is the same."""
    plain = Economy(listed_scenario(tmp_path, scenario=SHORT), seed=5)
    hidden = LIST.replace("Anytown Builders Ltd", "supplier 7c1f0a").replace("Big Waste plc", "supplier 99ab10")
    other = Economy(listed_scenario(tmp_path, hidden, scenario=SHORT), seed=5)
    assert plain.ledger.balance.tolist() == other.ledger.balance.tolist()
    plain.step(), other.step()
    labels = {data["label"] for _, data in other.supply_web().nodes(data=True) if "label" in data}
    assert {"supplier 7c1f0a", "supplier 99ab10"} <= labels and "Big Waste plc" not in labels


def test_a_supplier_for_whom_no_firm_can_stand_is_told(tmp_path):
    rows = LIST + "Town Refinery plc,company,mining,place,90000000,1,,,\nTown Colliery,company,mining,place,80000000,1,,,\n"
    town = Economy(listed_scenario(tmp_path, rows, scenario=SHORT), seed=3)
    missed = one(town, "Town Refinery plc")
    assert missed.firm == -1
    assert set(town.contracts["supplier"][town.contracts.rows(missed.slots)].tolist()) == {REGION_ACCOUNT}
    (warning,) = town.warnings
    assert warning == (
        "Anytown Council: no firm of the place is large enough and free to stand for 2 of its suppliers there, "
        "£170,000,000 a year together (Town Refinery plc, Town Colliery); their contracts are held next door"
    )


def test_contracts_of_less_than_a_penny_a_month(tmp_path):
    """Five pounds a year in a hundred contracts: most hold nothing and leave the book, and no penny is lost."""
    rows = LIST + "Odds and ends,several,wholesale-retail,place,5,100,,,\n"
    town = Economy(listed_scenario(tmp_path, rows, scenario=SHORT), seed=3)
    book = council_book(town)
    assert book["value"].sum() == round((YEARLY + 500) / 12) and 58 < len(book["value"]) < 158
    Auditor(town).step()


def test_contracts_that_end_before_the_run_are_told(tmp_path):
    town = Economy(listed_scenario(tmp_path, LIST.replace("2014-06", "2012-12"), scenario=SHORT), seed=3)
    assert town.warnings == [
        "Anytown Council: 2 contracts of the supplier list end before the run begins; when they are let again is drawn"
    ]
    assert (town.contracts["end"][town.contracts.rows(one(town, "Anytown Builders Ltd").slots)] >= 1).all()


def test_a_supplier_whose_firm_fails_in_the_burn_in_gets_another(tmp_path, monkeypatch):
    """Firms that stand for suppliers do not close of themselves before the first month; one that fails is replaced."""
    scenario, failed = listed_scenario(tmp_path, scenario=SHORT), []
    phase = turnover.phase

    def fail_once(town):
        if town.month == -3:
            row = town.firms.row(one(town, "Anytown Builders Ltd").firm)
            failed.append(int(town.firms.slots[row]))
            town.firms["distress"][row] = turnover.DISTRESS_LIMIT
        phase(town)

    monkeypatch.setattr(turnover, "phase", fail_once)
    town = Economy(scenario, seed=3)
    builder = one(town, "Anytown Builders Ltd")
    assert failed and failed[0] not in town.firms.slots and builder.firm not in (failed[0], -1)
    rows = town.contracts.rows(builder.slots)
    assert (town.contracts["supplier"][rows] == town.firms["account"][town.firms.row(builder.firm)]).all()
    assert town.contracts["end"][rows].tolist() == [15, 15] and not town.contracts["stands_in"][rows].any()
    Auditor(town).step()


def test_kinds_are_respected_where_the_place_has_such_firms(tmp_path):
    """With co-operatives and community firms about, they stand for co-operatives and charities."""
    rows = LIST.replace("250000.55", "20000").replace("120000", "15000")
    path = write_town(tmp_path, rows, scenario=SHORT)
    place = tmp_path / "town.yaml"
    text = place.read_text(encoding="utf-8")
    for key in ("cooperative_share", "community_share"):
        begin = text.index(f"  {key}: {{value: ") + len(f"  {key}: {{value: ")
        text = text[:begin] + "0.3" + text[text.index(",", begin) :]
        text = text.replace(text[text.index("high", begin) : text.index("}", begin)], "high: 0.5", 1)
    place.write_text(text, encoding="utf-8")
    town = Economy(load_scenario(path, POLICIES, SHOCKS), seed=3)
    kind = {
        name: Firm.kinds[town.firms["kind"][town.firms.row(one(town, name).firm)]].__name__ for name in ("Hill Care Trust", "Town Mill Ltd")
    }
    assert kind["Hill Care Trust"] == "CommunityFirm" and kind["Town Mill Ltd"] in ("LocalSME", "Branch")
    care = one(town, "Valley Homecare Co-operative")
    assert Firm.kinds[town.firms["kind"][town.firms.row(care.firm)]].__name__ == "Cooperative"
