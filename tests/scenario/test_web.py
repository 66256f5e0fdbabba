"""The supply web of any month is the ledger of that month: edge sums are bookings, nodes are who there is."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
import numpy as np
import pytest
from support.places import shipped, with_parameters

from sim.core.channels import CHANNEL_NAMES, INSTITUTIONS
from sim.economy import Economy
from sim.kinds.firms import INSTITUTION, Firm
from sim.kinds.funds import Fund
from sim.settings.sectors import SECTORS

MONTHS = (1, 2, 7, 13)
SCENARIOS = ("anytown/business-as-usual", "anytown/full-package")


@pytest.fixture(
    scope="module", params=[(name, month) for name in SCENARIOS for month in MONTHS], ids=lambda value: f"{value[0]}-{value[1]}"
)
def town(request) -> Economy:
    """A town after some months. No firm is sold or handed over, so each account has one sector all month."""
    name, month = request.param
    scenario = with_parameters(shipped(name), behaviour__burn_in_months=12, firms__sale_rate=0.0)
    made = Economy(scenario, seed=9)
    for _ in range(month):
        made.step()
    return made


@pytest.fixture(scope="module")
def web(town) -> nx.MultiDiGraph:
    return town.supply_web()


def test_edges_of_a_channel_sum_to_its_bookings(town, web):
    booked: dict[str, int] = defaultdict(int)
    for booking in town.ledger.journal:
        booked[booking.channel] += int(booking.pence.sum())
    summed: dict[str, int] = defaultdict(int)
    for _, _, channel, data in web.edges(keys=True, data=True):
        assert isinstance(data["pence"], int) and data["pence"] > 0
        summed[channel] += data["pence"]
    assert dict(summed) == {channel: pence for channel, pence in booked.items() if pence}
    assert set(summed) <= set(CHANNEL_NAMES)


def test_what_sectors_receive_and_pay_is_the_flow_matrix(town, web):
    """Receipts less payments over all nodes of an institutional sector, by channel, are the cells of the matrix."""
    matrix = town.ledger.flow_matrix()
    found = np.zeros_like(matrix.pence)
    place = {node: INSTITUTIONS.index(institution_of(data["kind"])) for node, data in web.nodes(data=True)}
    for payer, payee, channel, data in web.edges(keys=True, data=True):
        row = CHANNEL_NAMES.index(channel)
        found[row, place[payer]] -= data["pence"]
        found[row, place[payee]] += data["pence"]
    assert (found == matrix.pence).all()


def institution_of(kind: str) -> str:
    """Institutional sector of a node of some kind."""
    firms = {cls.__name__: INSTITUTIONS[INSTITUTION[cls.code]] for cls in Firm.kinds if cls.code in INSTITUTION}
    funds = {cls.__name__: "community funds" for cls in Fund.kinds}
    return {**firms, **funds, "anchor": "anchors"}.get(kind, kind)


def test_each_edge_between_organisations_is_its_bookings(town, web):
    """One edge for each payer, payee and channel, with what the journal says, pair by pair."""
    name = dict(zip(town.firms["account"].tolist(), (f"firm {slot}" for slot in town.firms.slots.tolist()), strict=True))
    name |= dict(zip(town.anchors["account"].tolist(), town.place.anchor_names, strict=True))
    name |= dict(enumerate(("government", "neighbouring region", "rest of the world", "banks")))
    booked: dict[tuple[str, str, str], int] = defaultdict(int)
    for booking in town.ledger.journal:
        both = (np.broadcast_to(accounts, booking.pence.shape).tolist() for accounts in (booking.payer, booking.payee))
        for payer, payee, pence in zip(*both, booking.pence.tolist(), strict=True):
            if payer in name and payee in name and pence:
                booked[name[payer], name[payee], booking.channel] += pence
    known = set(name.values())
    edges = {(a, b, c): data["pence"] for a, b, c, data in web.edges(keys=True, data=True) if a in known and b in known}
    assert edges == dict(booked) and len(edges) > 500


def test_nodes_are_who_there_is(town, web):
    kinds = defaultdict(list)
    for node, data in web.nodes(data=True):
        kinds[data["kind"]].append(node)
        if data["kind"] == "anchor" or node.startswith("firm "):
            assert data["sector"] in SECTORS
    assert kinds["anchor"] == list(town.place.anchor_names)
    assert kinds["residents"][: len(town.place.neighbourhoods)] == [f"residents of {part.name}" for part in town.place.neighbourhoods]
    assert sum(node.startswith("firm ") for node in web) == len(town.firms)
    for institution in ("government", "neighbouring region", "rest of the world", "banks"):
        assert kinds[institution] == [institution]
    counted = {cls.__name__: len(kinds[cls.__name__]) for cls in Firm.kinds if cls is not Firm}
    assert counted == {cls.__name__: int(np.count_nonzero(town.firms["kind"] == cls.code)) for cls in Firm.kinds if cls is not Firm}
    for slot, sector in zip(town.firms.slots.tolist(), town.firms["sector"].tolist(), strict=True):
        assert web.nodes[f"firm {slot}"]["sector"] == SECTORS[sector]


def test_the_web_is_a_networkx_graph_to_work_with(town, web):
    """What a reader would do with it: who sells most to the hospital, what reaches a firm, strongly connected parts."""
    assert isinstance(web, nx.MultiDiGraph)
    assert web.out_degree("hospital-trust", weight="pence") > 0
    largest = max(nx.strongly_connected_components(nx.DiGraph(web)), key=len)
    assert "hospital-trust" in largest and len(largest) > 0.9 * len(town.firms)


def test_without_a_journal_there_is_no_web_to_give():
    """A month that was not kept has no edges, and nothing else is made up."""
    town = Economy(with_parameters(shipped(SCENARIOS[0]), behaviour__burn_in_months=0), seed=1, keep_journal=False)
    town.advance()
    assert town.supply_web().number_of_edges() == 0
