"""Mesa's own page on this model: ``solara run docs/mesa_page.py`` (extra ``mesa-page``; docs/mesa.md says what works).

For one person on their own computer: the invented town only, and no more months than the slider allows.
"""

from __future__ import annotations

from collections.abc import Callable

import mesa
import networkx as nx
import solara
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter

import sim
from sim.core.registry import MEASURES

SCENARIOS = ("anytown/business-as-usual", "anytown/buy-local", "anytown/living-wage", "anytown/full-package")
MOST_MONTHS = 60
STAYS = "stays"
OWNERS = {"local owners": "#0072B2", "workers": "#009E73", "community and council": "#56B4E9", "outside owners": "#E69F00"}
COLOURS = {"anchor": "#1a1a1a", "LocalSME": "#0072B2", "Cooperative": "#009E73", "CommunityFirm": "#56B4E9", "Branch": "#E69F00"}
ELSEWHERE = "#BBBBBB"


def part_of(measure: str, key: str) -> Callable[[sim.Economy], float]:
    """A measure with several values, as a reporter of one of them."""
    return lambda town: MEASURES[measure].function(town)[key]


class PageTown(sim.Economy):
    """The invented town with a data collector, made by keywords alone, as Mesa's page asks.

    Parameters
    ----------
    scenario : str
        One of `SCENARIOS`.
    luck : int
        The seed.
    months : int
        The model stops itself after these.
    """

    def __init__(self, scenario: str = SCENARIOS[1], luck: int = 1, months: int = 24) -> None:
        if scenario not in SCENARIOS or not 1 <= months <= MOST_MONTHS:
            raise ValueError(f"the page runs {', '.join(SCENARIOS)} for 1 to {MOST_MONTHS} months; given: {scenario!r}, {months}")
        super().__init__(sim.load(scenario), seed=luck)
        self.months = months
        owners = {name: part_of("jobs_by_owner", name) for name in OWNERS}
        whole = {"jobs": MEASURES["jobs"].function, STAYS: part_of("retention_place", "all")}
        self.datacollector = mesa.DataCollector(model_reporters={**whole, **owners})
        self.datacollector.collect(self)  # the opening, so that the place on the axis is the month

    def step(self) -> None:
        """One month."""
        super().step()
        self.datacollector.collect(self)
        self.running = self.month < self.months


def contract_web(town: sim.Economy) -> nx.DiGraph:
    """Whom the anchors paid under contracts this month: `kind` of each node, `pence` of each edge."""
    whole = town.supply_web()
    web = nx.DiGraph()
    for payer, payee, channel, pence in whole.edges(keys=True, data="pence"):
        if channel == "contracts":
            web.add_edge(payer, payee, pence=pence)
    for node in web:
        web.nodes[node]["kind"] = whole.nodes[node]["kind"]
    return web


@solara.component
def ContractWeb(model: sim.Economy) -> None:
    """The anchors in the middle, those they buy from around them, coloured by owner; a line is thicker the more is paid."""
    update_counter.get()  # drawn again after each step
    web = contract_web(model)
    kinds = nx.get_node_attributes(web, "kind")
    anchors = sorted(node for node in web if kinds[node] == "anchor")
    others = sorted(set(web) - set(anchors), key=lambda node: (kinds[node], node))
    places = nx.shell_layout(web, [anchors, others])
    pence = [amount for *_, amount in web.edges(data="pence")]
    figure = Figure()
    axes = figure.subplots()
    nx.draw_networkx_nodes(web, places, ax=axes, node_size=60, node_color=[COLOURS.get(kinds[node], ELSEWHERE) for node in web])
    widths = [0.3 + 4 * amount / max(pence) for amount in pence]
    nx.draw_networkx_edges(web, places, ax=axes, width=widths, edge_color="#6b6b6b", arrows=False)
    named = {node: node for node in web if not node.startswith("firm ")}
    above = {node: (x, y + 0.08) for node, (x, y) in places.items()}
    nx.draw_networkx_labels(web, above, named, ax=axes, font_size=8, clip_on=False)
    axes.set_title(f"Whom the anchors paid in month {model.month}")
    axes.axis("off")
    solara.FigureMatplotlib(figure, format="png", bbox_inches="tight")


def drawn_as(title: str, shares: bool = False) -> Callable[[Axes], None]:
    """What is done to the axes of a plot: a title, and for shares an axis from none to all."""

    def draw(axes: Axes) -> None:
        axes.set_title(title)
        if shares:
            axes.set_ylim(0, 1)
            axes.set_ylabel("share")

    return draw


@solara.component
def Page() -> None:
    """The page of one visitor: its town is made in here, so that no other visitor steps it."""
    town = solara.use_memo(PageTown, [])
    SolaraViz(
        town,
        components=[
            make_plot_component("jobs", post_process=drawn_as("Jobs in the place")),
            make_plot_component(STAYS, post_process=drawn_as("Contract money with suppliers here", shares=True)),
            make_plot_component(OWNERS, post_process=drawn_as("Jobs of firms by who owns them", shares=True)),
            (ContractWeb, 0),
        ],
        model_params={
            "scenario": {"type": "Select", "label": "Scenario", "value": SCENARIOS[1], "values": list(SCENARIOS)},
            "luck": {"type": "SliderInt", "label": "Seed", "value": 1, "min": 1, "max": 20, "step": 1},
            "months": {"type": "SliderInt", "label": "Months", "value": 24, "min": 6, "max": MOST_MONTHS, "step": 6},
        },
        name="Anytown, an invented town",
    )
