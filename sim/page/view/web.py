"""The supply web as the page draws it: organisations one by one where they are large, the rest in groups, not a penny lost.

A node keeps its id from month to month and in both arms: the firms that stand alone are the largest of the opening, which the arms
share, and the firms owned in common of each month; all others stand in one group for each sector.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import numpy as np

from sim.core.slots import RESERVED
from sim.kinds.firms import Branch, CommunityFirm, Cooperative
from sim.kinds.residents import EMPLOYED
from sim.measures.trail import account_name
from sim.page.work.openings import Openings
from sim.settings.sectors import SECTORS, TITLES

if TYPE_CHECKING:
    from sim.economy import Economy
    from sim.settings.scenario import Scenario

__all__ = ["MOST_EDGES", "MOST_NODES", "Drawn", "chosen_months", "drawn_nodes", "largest_firms", "web_month", "web_months"]

#: Nodes of a drawing, about: a place with very many neighbourhoods has some more.
MOST_NODES: Final = 60
#: Payments between nodes that are drawn; the others are added up by kind.
MOST_EDGES: Final = 160
#: Of them, room that is kept for the contracts of anchors, whatever their size.
CONTRACT_EDGES: Final = 70
#: Firms owned in common that stand alone.
MOST_COMMON: Final = 8
#: Fewest of the largest firms that stand alone.
FEWEST_LARGEST: Final = 8
#: Nodes besides firms, anchors and neighbourhoods: government, region, rest of the world, banks, ended firms, and room for funds.
OTHER_NODES: Final = 8

OUTSIDE: Final = {
    "government": "Government",
    "neighbouring region": "Neighbouring region",
    "rest of the world": "Rest of the UK and abroad",
}
FUNDS: Final = {
    "CommunityBank": "Community bank",
    "CreditUnion": "Credit union",
    "SolidarityFund": "Solidarity fund",
    "InvestmentFund": "Local investment fund",
    "CurrencyIssuer": "Local currency",
    "LandTrust": "Land trust",
}


@dataclass(frozen=True)
class Drawn:
    """A node of the drawing.

    Parameters
    ----------
    id : str
        The same in every month and in both arms.
    kind : {"anchor", "firm", "cooperative", "branch", "group", "neighbourhood", "bank", "outside"}
        How it is drawn; firms owned in common of every form are "cooperative".
    title : str
        For a reader; that of a group is made once its members are counted.
    sector : str
        Title of the sector; empty where there is none.
    """

    id: str
    kind: str
    title: str
    sector: str = ""


def chosen_months(months: int) -> list[int]:
    """Months that are drawn: the first, every twelfth, the last.

    Examples
    --------
    >>> chosen_months(30), chosen_months(1)
    ([1, 12, 24, 30], [1])
    """
    return sorted({1, *range(12, months + 1, 12), months})


def web_months(scenario: Scenario, seed: int = 1, openings: Openings | None = None) -> list[dict[str, Any]]:
    """The supply web of one arm in its chosen months, as plain values for JSON.

    Parameters
    ----------
    scenario : Scenario
        The arm.
    seed : int
        Luck of the run.
    openings : Openings, optional
        Where towns at their opening are kept; nowhere when left out.

    Returns
    -------
    list of dict
        One for each month: ``month``, ``date``, ``nodes``, ``edges``, and ``rest``, the smaller payments and those within a node added
        up by kind. Edges and rest together are every penny that was booked in the month.

    Examples
    --------
    >>> import sim
    >>> from dataclasses import replace
    >>> found = web_months(replace(sim.load("anytown/business-as-usual"), months=1))
    >>> [month["month"] for month in found], found[0]["date"]
    ([1], '2013-04')
    """
    town = (Openings(1) if openings is None else openings).town(scenario, seed)
    largest, chosen = largest_firms(town), chosen_months(scenario.months)
    found = []
    for month in range(1, scenario.months + 1):
        town.ledger.keep_journal = month in chosen
        town.advance()
        if month in chosen:
            found.append(web_month(town, largest))
    return found


def largest_firms(town: Economy) -> frozenset[int]:
    """Slots of the firms that stand alone, the largest by usual sales; to be asked of a town at its opening."""
    fixed = len(town.place.anchors) + len(town.place.neighbourhoods) + OTHER_NODES + len(SECTORS) + MOST_COMMON
    number = max(MOST_NODES - fixed, FEWEST_LARGEST)
    order = np.lexsort((town.firms.slots, -town.firms["usual_sales"]))
    return frozenset(np.asarray(town.firms.slots)[order[:number]].tolist())


def web_month(town: Economy, largest: frozenset[int]) -> dict[str, Any]:
    """The web of the month that has just ended, whose journal was kept.

    Parameters
    ----------
    town : Economy
        The town.
    largest : frozenset of int
        From `largest_firms`.
    """
    graph = town.supply_web()
    place = drawn_nodes(town, graph, largest)
    pence: Counter[tuple[str, str, str]] = Counter()
    for payer, payee, channel, amount in graph.edges(keys=True, data="pence"):
        pence[place[payer].id, place[payee].id, channel] += amount
    edges, rest = _chosen_edges(pence, {node.id: node.kind for node in place.values()})
    return {
        "month": town.month,
        "date": str(town.scenario.start + (town.month - 1)),
        "nodes": _nodes(town, place, pence),
        "edges": edges,
        "rest": rest,
    }


def drawn_nodes(town: Economy, graph: nx.MultiDiGraph, largest: frozenset[int]) -> dict[str, Drawn]:
    """The node of the drawing for each node of the web."""
    common = sorted(int(name[5:]) for name, kind in graph.nodes(data="kind") if kind in (Cooperative.__name__, CommunityFirm.__name__))
    alone = largest | set([slot for slot in common if slot not in largest][:MOST_COMMON])
    anchors = {anchor.name: anchor.title for anchor in town.place.anchors}
    found = {}
    for name, data in graph.nodes(data=True):
        kind = data["kind"]
        if kind == "anchor":
            found[name] = Drawn(f"anchor {name}", "anchor", anchors[name], _sector(data))
        elif kind == "residents":
            found[name] = Drawn(name, "neighbourhood", f"R{name[1:]}")
        elif name.startswith("firm "):
            found[name] = _firm(town, int(name[5:]), data, alone)
        else:
            found[name] = _other(name, kind)
    return found


def _sector(data: dict[str, str]) -> str:
    """Title of the sector of a node."""
    return TITLES[SECTORS.index(data["sector"])] if data.get("sector") else ""


def _firm(town: Economy, slot: int, data: dict[str, str], alone: frozenset[int]) -> Drawn:
    """A firm that stands alone, or its sector's group."""
    sector = _sector(data)
    if slot not in alone:
        return Drawn(f"group {data['sector']}", "group", sector, sector)
    title = account_name(town, int(town.firms["account"][town.firms.row(slot)])).replace(f"no. {slot}", _number(slot))
    kind = "branch" if data["kind"] == Branch.__name__ else "firm"
    kind = "cooperative" if data["kind"] in (Cooperative.__name__, CommunityFirm.__name__) else kind
    return Drawn(f"firm {slot}", kind, title[:1].upper() + title[1:], sector)


def _number(slot: int) -> str:
    """The number of a firm for a reader; those that policies found are counted apart.

    Examples
    --------
    >>> _number(7), _number(RESERVED + 2)
    ('no. 7', 'new no. 3')
    """
    return f"no. {slot}" if slot < RESERVED else f"new no. {slot - RESERVED + 1}"


def _other(name: str, kind: str) -> Drawn:
    """Banks, funds, accounts outside and firms that ended in the month; listed suppliers elsewhere stand with where they are."""
    if kind in OUTSIDE:
        return Drawn(kind, "outside", OUTSIDE[kind])
    if name.startswith("fund "):
        return Drawn(f"funds {kind}", "bank", FUNDS.get(kind, kind))
    if name.startswith("ended "):
        return Drawn("group ended", "group", "Firms that ended this month")
    return Drawn("banks", "bank", "Banks")


def _chosen_edges(pence: Counter[tuple[str, str, str]], kinds: dict[str, str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The payments to draw, largest first with room for contracts; the sums by kind of the others, those within a node among them."""
    order = sorted(pence, key=lambda edge: (-pence[edge], edge))
    between = [edge for edge in order if edge[0] != edge[1]]
    kept = set([edge for edge in between if edge[2] == "contracts"][:CONTRACT_EDGES])
    kept |= set([edge for edge in between if edge not in kept][: MOST_EDGES - len(kept)])
    rest: Counter[tuple[str, str]] = Counter()
    for edge in order:
        if edge not in kept:
            rest[kinds[edge[0]], kinds[edge[1]]] += pence[edge]
    edges = [{"from": edge[0], "to": edge[1], "channel": edge[2], "pence": pence[edge]} for edge in order if edge in kept]
    return edges, [{"from": one, "to": other, "pence": rest[one, other]} for one, other in sorted(rest)]


def _nodes(town: Economy, place: dict[str, Drawn], pence: Counter[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """The nodes in the order of their ids, with all that they received and paid to others, drawn or not."""
    received: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    for (payer, payee, _), amount in pence.items():
        paid[payer] += amount
        received[payee] += amount
    jobs = _jobs(town, place)
    members = Counter(node.id for node in place.values())
    return [
        {
            "id": node.id,
            "kind": node.kind,
            "title": _title(node, members[node.id]),
            "sector": node.sector,
            "pence_in": received[node.id],
            "pence_out": paid[node.id],
            "jobs": jobs[node.id],
        }
        for node in sorted(set(place.values()), key=lambda node: node.id)
    ]


def _title(node: Drawn, members: int) -> str:
    """The title of a node; a group says how many it stands for."""
    if node.kind != "group" or node.id == "group ended":
        return node.title
    first = node.title if node.title.isupper() else node.title[:1].lower() + node.title[1:]
    return f"{members} smaller firms: {first}" if members > 1 else f"1 smaller firm: {first}"


def _jobs(town: Economy, place: dict[str, Drawn]) -> Counter[str]:
    """People who work at each node; for a neighbourhood those of its residents who work."""
    jobs: Counter[str] = Counter()
    firms, anchors, residents = town.firms, town.anchors, town.residents
    for slot, people in zip(firms.slots.tolist(), (firms["workers"] + firms["commuters"]).tolist(), strict=True):
        jobs[place[f"firm {slot}"].id] += people
    for anchor, people in zip(town.place.anchors, (anchors["workers"] + anchors["commuters"]).tolist(), strict=True):
        jobs[f"anchor {anchor.name}"] += people
    working = np.bincount(residents["neighbourhood"], weights=residents["status"] == EMPLOYED, minlength=len(town.place.neighbourhoods))
    for part, people in zip(town.place.neighbourhoods, working.tolist(), strict=True):
        jobs[f"residents of {part.name}"] += int(people)
    return jobs
