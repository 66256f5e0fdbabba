"""Mesa's own page on this model: ``solara run docs/mesa_page.py`` (extra ``mesa-page``; docs/mesa.md says what works).

For one person on their own computer: the invented town only, and no more months than the slider allows. The town is in mesa_town.py.
"""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import solara
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from mesa.visualization import SolaraViz, make_plot_component
from mesa.visualization.utils import update_counter
from mesa_town import CHOICES, OWNERS, STAYS, PageTown, contract_web

COLOURS = {"anchor": "#1a1a1a", "LocalSME": "#0072B2", "Cooperative": "#009E73", "CommunityFirm": "#56B4E9", "Branch": "#E69F00"}
ELSEWHERE = "#BBBBBB"


@solara.component
def ContractWeb(model: PageTown) -> None:
    """The anchors in the middle, those they buy from around them, coloured by owner; a line is thicker the more is paid."""
    update_counter.get()  # drawn again after each step
    web = contract_web(model.town)
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
    axes.set_title(f"Whom the anchors paid in month {model.town.month}")
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
    model = solara.use_memo(PageTown, [])
    SolaraViz(
        model,
        components=[
            make_plot_component("jobs", post_process=drawn_as("Jobs in the place")),
            make_plot_component(STAYS, post_process=drawn_as("Contract money with suppliers here", shares=True)),
            make_plot_component(OWNERS, post_process=drawn_as("Jobs of firms by who owns them", shares=True)),
            (ContractWeb, 0),
        ],
        model_params=CHOICES,
        name="Anytown, an invented town",
    )
