"""Where a pound of contracts goes, payment by payment, until it leaves the place.

The first payment is known: who holds the anchors' contracts. After that every group is taken to pass on what it receives in the
proportions of all that it paid in the year, which is the chain with absorbing states behind the whole local multiplier
(Kemeny and Snell, *Finite Markov Chains*, 1960, chapter 3). Nothing is taken to be kept for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.report.findings.view import View

__all__ = ["HOPS", "NODES", "OUTSIDE", "PoundPath", "node_of", "pound_paths", "still_here"]

Floats = NDArray[np.float64]

#: Groups outside the place, by their name in a result.
OUTSIDE: Final = ("neighbouring region", "rest of the world", "government", "banks")
#: Groups as they are drawn, those in the place first.
NODES: Final = (
    "Firms owned here",
    "Branches",
    "Residents",
    "Anchors",
    "Next door",
    "Further away",
    "Taxes",
    "Banks",
)
INSIDE: Final = 4
#: Payments that are drawn.
HOPS: Final = 3
#: Payments that are followed in the line of what is still here.
FOLLOWED: Final = 6
PERIOD: Final = "last year"
_OUTSIDE_NODES: Final = {"neighbouring region": 4, "rest of the world": 5, "government": 6, "banks": 7}


@dataclass(frozen=True)
class PoundPath:
    """The way of a contract pound in one arm.

    Parameters
    ----------
    runs : ndarray of float64, shape (seeds, HOPS, nodes, nodes)
        Part of the pound that each node pays to each other in each payment; in the first all is paid by the anchors.
    here : ndarray of float64, shape (seeds, FOLLOWED + 1)
        Part of the pound still in the place after so many payments.
    """

    runs: Floats
    here: Floats

    @property
    def links(self) -> Floats:
        """The mean of all seeds, shape (HOPS, nodes, nodes)."""
        mean: Floats = self.runs.mean(axis=0)
        return mean


def node_of(group: str) -> int:
    """The drawn node that a recorded group belongs to.

    Examples
    --------
    >>> NODES[node_of("Construction, branches")], NODES[node_of("residents, poorest fifth")], NODES[node_of("government")]
    ('Branches', 'Residents', 'Taxes')
    """
    if group in _OUTSIDE_NODES:
        return _OUTSIDE_NODES[group]
    if group == "anchors":
        return 3
    if group.startswith("residents"):
        return 2
    return 1 if group.endswith(", branches") else 0


def pound_paths(view: View) -> dict[str, PoundPath]:
    """The way of a contract pound in each arm; empty when a result lacks what it takes."""
    flows = view.result.tables["pound_flows"]
    flows = flows[flows["period"] == PERIOD]
    needed = {"contract_spend", "retention_place/all", "retention_region/all"}
    if flows.empty or not needed <= view.series_names:
        return {}
    groups = sorted({str(name) for name in flows["payer"]} | {str(name) for name in flows["payee"]} | set(OUTSIDE) | {"anchors"})
    paths = {}
    for arm in view.result.arms:
        first = _first_shares(view, arm)
        of_arm = flows[flows["arm"] == arm]
        runs = []
        for place, seed in enumerate(view.result.seeds):
            matrix = _matrix(of_arm[of_arm["seed"] == seed], groups)
            runs.append(_follow(matrix, groups, *first[place]))
        paths[arm] = PoundPath(np.array([links for links, _ in runs]), np.array([here for _, here in runs]))
    return paths


def _first_shares(view: View, arm: str) -> list[tuple[float, float]]:
    """For each seed the part of contract money that stays in the place and the part next door, over the last year."""
    spend, place, region = (
        view.values(name, arm)[:, -view.window :] for name in ("contract_spend", "retention_place/all", "retention_region/all")
    )
    total = spend.sum(axis=1)
    safe = np.where(total > 0, total, 1.0)
    return list(zip(((spend * place).sum(axis=1) / safe).tolist(), ((spend * region).sum(axis=1) / safe).tolist(), strict=True))


def _matrix(flows: object, groups: list[str]) -> Floats:
    """Flows of one run between groups, payer by row."""
    import pandas as pd

    assert isinstance(flows, pd.DataFrame)
    index = pd.Index(groups)
    matrix = np.zeros((len(groups), len(groups)))
    payer = index.get_indexer(pd.Index(flows["payer"].astype(str)))
    payee = index.get_indexer(pd.Index(flows["payee"].astype(str)))
    np.add.at(matrix, (payer, payee), flows["pence"].to_numpy(np.float64))
    return matrix


def _follow(matrix: Floats, groups: list[str], place: float, region: float) -> tuple[Floats, Floats]:
    """Links between drawn nodes in each payment, and what is still here after each."""
    nodes = np.array([node_of(group) for group in groups])
    local = nodes < INSIDE
    passed = np.divide(matrix, matrix.sum(axis=1, keepdims=True), out=np.zeros_like(matrix), where=matrix.sum(axis=1, keepdims=True) > 0)
    firms = np.where(nodes < 2, matrix[groups.index("anchors")], 0.0)
    held = firms / firms.sum() * place if firms.sum() > 0 else np.zeros(len(groups))
    held[groups.index("neighbouring region")] += region
    held[groups.index("rest of the world")] += 1.0 - place - region
    links = np.zeros((HOPS, len(NODES), len(NODES)))
    np.add.at(links[0, 3], nodes, held)
    here = [1.0, float(held[local].sum())]
    for hop in range(1, FOLLOWED):
        moved = np.where(local, held, 0.0)[:, None] * passed
        if hop < HOPS:
            np.add.at(links[hop], (nodes[:, None].repeat(len(groups), 1), nodes[None, :].repeat(len(groups), 0)), moved)
        held = moved.sum(axis=0)
        here.append(float(held[local].sum()))
    return links, np.array(here)


def still_here(path: PoundPath, payments: int) -> Floats:
    """Part of the pound still in the place after so many payments, for each seed."""
    held: Floats = path.here[:, payments]
    return held
