"""The supply web of a month as a graph: organisations one by one, residents by neighbourhood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from sim.core.channels import INSTITUTIONS, REGION_ACCOUNT, WORLD_ACCOUNT
from sim.kinds.firms import Firm
from sim.kinds.funds import Fund
from sim.kinds.town import Town
from sim.settings.sectors import SECTORS

#: Accounts that stand for suppliers elsewhere, with the names of their nodes.
ELSEWHERE: Final = {REGION_ACCOUNT: "neighbouring region", WORLD_ACCOUNT: "rest of the world"}


def supply_web(town: Town) -> nx.MultiDiGraph:
    """This month's money as a directed multigraph.

    Nodes are organisations, neighbourhoods of residents and the accounts outside; every edge is one
    payer, payee and channel, with the pence booked. The edges of a channel sum to its bookings.

    Returns
    -------
    networkx.MultiDiGraph
        Node data: `kind`, `sector`, and `label` where the place file lists a supplier by name; edge key: the channel; edge data:
        `pence`. A listed supplier elsewhere is a node of its own, of the kind of the account that stands for it.
    """
    graph = nx.MultiDiGraph()
    node_of, names = _nodes(town, graph)
    edges: dict[tuple[int, int, str], int] = {}
    number = len(names)
    for booking in town.ledger.journal:
        payer = np.broadcast_to(node_of[booking.payer], booking.pence.shape)
        payee = np.broadcast_to(node_of[booking.payee], booking.pence.shape)
        pair, place = np.unique(payer.astype(np.int64) * number + payee, return_inverse=True)
        pence = np.zeros(len(pair), np.int64)
        np.add.at(pence, place, booking.pence)
        for code, amount in zip(pair.tolist(), pence.tolist(), strict=True):
            if amount:
                edge = (code // number, code % number, booking.channel)
                edges[edge] = edges.get(edge, 0) + amount
    _listed_elsewhere(town, graph, edges, node_of, names)
    for (payer_node, payee_node, channel), amount in edges.items():
        graph.add_edge(names[payer_node], names[payee_node], key=channel, pence=amount)
    return graph


def _listed_elsewhere(
    town: Town, graph: nx.MultiDiGraph, edges: dict[tuple[int, int, str], int], node_of: NDArray[np.int64], names: list[str]
) -> None:
    """Move what listed suppliers elsewhere were paid from the account that stands for them to a node of each."""
    place: dict[str, int] = {}
    for (anchor, number, account), pence in town.listed.paid.items():
        if town.firm_row[account] >= 0 or account not in ELSEWHERE:
            continue
        row = town.listed.suppliers[number].row
        title = f"{row.supplier} ({ELSEWHERE[account]})"
        if title not in place:
            place[title] = len(names)
            names.append(title)
            sector = SECTORS[town.listed.suppliers[number].category]
            graph.add_node(title, kind=ELSEWHERE[account], sector=sector, label=row.supplier)
        payer = int(node_of[town.anchors["account"][anchor]])
        whole = (payer, int(node_of[account]), "contracts")
        edges[payer, place[title], "contracts"] = edges.get((payer, place[title], "contracts"), 0) + pence
        edges[whole] -= pence
        if not edges[whole]:
            del edges[whole]


def _nodes(town: Town, graph: nx.MultiDiGraph) -> tuple[NDArray[np.int64], list[str]]:
    """Add the nodes; return the node of each account (accounts,) and the names of the nodes."""
    names: list[str] = []
    node_of = np.full(len(town.ledger), -1, np.int64)

    def add(name: str, accounts: NDArray[np.integer] | int, **data: str) -> None:
        """One node, which stands for some accounts."""
        node_of[accounts] = len(names)
        names.append(name)
        graph.add_node(name, **data)

    for account, institution in enumerate(("government", "neighbouring region", "rest of the world", "banks")):
        add(institution, account, kind=institution)
    for row, item in enumerate(town.place.anchors):
        add(item.name, int(town.anchors["account"][row]), kind="anchor", sector=SECTORS[int(town.anchors["sector"][row])])
    where = town.residents["neighbourhood"]
    for index, part in enumerate(town.place.neighbourhoods):
        mine = town.residents["account"][where == index]
        purses = town.residents["purse"][where == index]
        add(f"residents of {part.name}", np.concatenate([mine, purses[purses >= 0]]), kind="residents")
    firms, kinds, titles = town.firms, Firm.kinds, town.listed.firm_titles(town.firms)
    columns = (firms[name].tolist() for name in ("account", "purse", "kind", "sector"))
    for slot, account, purse, code, sector in zip(firms.slots.tolist(), *columns, strict=True):
        label = {"label": titles[slot]} if slot in titles else {}
        accounts = np.array([account, purse] if purse >= 0 else [account])
        add(f"firm {slot}", accounts, kind=kinds[code].__name__, sector=SECTORS[sector], **label)
    _add_funds(town, add)
    # Firms that ended this month traded before they did.
    ended = np.flatnonzero(node_of < 0)
    for institution in np.unique(town.ledger.sector[ended]).tolist():
        mine = ended[town.ledger.sector[ended] == institution]
        add(f"ended {INSTITUTIONS[institution]}", mine, kind=INSTITUTIONS[institution])
    return node_of, names


def _add_funds(town: Town, add: Callable[..., None]) -> None:
    """One node for each fund, with the account that owes its local currency."""
    funds = town.funds
    columns = (funds[name].tolist() for name in ("account", "issue", "kind"))
    for slot, account, issue, code in zip(funds.slots.tolist(), *columns, strict=True):
        add(f"fund {slot}", np.array([account, issue] if issue >= 0 else [account]), kind=Fund.kinds[code].__name__)
