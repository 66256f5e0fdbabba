"""Mesa's own page on the town: the model it holds, on any Mesa; and the page as a browser is sent it, where Solara is installed."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import mesa
import pytest
from support.pages import DOCS

import sim


@pytest.fixture(scope="module")
def docs() -> Iterator[None]:
    """The folder of the page is where modules are looked for, as when Solara runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        yield
    for name in ("mesa_page", "mesa_town"):
        sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def held(docs: None) -> ModuleType:
    """The module of the model; it needs no Solara."""
    return import_module("mesa_town")


def usual(held: ModuleType) -> dict[str, Any]:
    """What the page gives the model before anything is chosen."""
    return {name: choice["value"] for name, choice in held.CHOICES.items()}


@pytest.fixture(scope="module")
def run_out(held: ModuleType) -> Any:
    """A model that has stopped itself."""
    model = held.PageTown(**usual(held) | {"months": 3})
    assert model.running
    while model.running:
        model.step()
    return model


def test_the_town_is_the_one_of_a_run_and_stops_itself(held: ModuleType, run_out: Any) -> None:
    assert run_out.steps == run_out.town.month == 3
    told = run_out.datacollector.get_model_vars_dataframe()
    recorded = sim.Economy(sim.load("anytown/buy-local"), seed=1).run(3).measures
    assert told["jobs"].tolist()[1:] == recorded["jobs"].tolist()
    assert told[held.STAYS].between(0, 1, inclusive="right").all()
    assert told[list(held.OWNERS)].sum(axis=1).tolist() == pytest.approx([1.0] * 4)
    web = held.contract_web(run_out.town)
    assert {web.nodes[payer]["kind"] for payer, _ in web.edges} == {"anchor"}


def test_reset_makes_the_town_that_was_chosen(held: ModuleType, run_out: Any) -> None:
    other = type(run_out)(**usual(held) | {"plan": "anytown/full-package", "luck": 3})
    assert other.running and (other.steps, other.town.month, other.months) == (0, 0, 24)
    other.step()
    assert other.running and other.town.seed_number == 3
    assert other.town.scenario == sim.load("anytown/full-package")
    jobs = other.datacollector.model_vars["jobs"]
    assert len(jobs) == 2 and jobs != run_out.datacollector.model_vars["jobs"][:2]


def test_the_model_is_one_that_the_page_of_mesa_takes(held: ModuleType, run_out: Any) -> None:
    keywords = inspect.signature(held.PageTown.__init__).parameters
    assert set(keywords) == {"self", *held.CHOICES}
    assert {name: keywords[name].default for name in held.CHOICES} == usual(held)
    # From 3.5 on the page stops at a scenario that is not of Mesa's own kind, and gives a new one at Reset to a model that takes it.
    assert "scenario" not in keywords
    assert not {each.kind for each in keywords.values()} & {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}
    if hasattr(mesa.Model, "scenario"):
        assert isinstance(run_out.scenario, import_module("mesa.experimental.scenarios").Scenario)


def test_only_the_small_town_and_few_months_are_run(held: ModuleType) -> None:
    for wrong in ({"plan": "preston/buy-local"}, {"months": held.MOST_MONTHS + 1}, {"months": 0}):
        with pytest.raises(ValueError, match="the page runs anytown/business-as-usual"):
            held.PageTown(**wrong)
    assert held.CHOICES["plan"]["values"] == list(held.SCENARIOS)
    assert held.CHOICES["months"]["max"] == held.MOST_MONTHS


# From here on Solara is needed. It looks at how Mesa's page is written, and with Mesa 3.3.1 finds fault when it is read.


@pytest.fixture
def page(docs: None) -> ModuleType:
    """The page itself."""
    pytest.importorskip("solara", reason="the page needs Solara: install the extra mesa-page")
    return import_module("mesa_page")


@pytest.fixture
def drawn(page: ModuleType) -> Iterator[Any]:
    """What a visitor's browser is sent."""
    context = visit(page)
    yield context
    context.close()


def visit(page: ModuleType) -> Any:
    """The page of one more visitor."""
    import solara

    return solara.render(solara.AppLayout(children=[page.Page()]), handle_error=False)[1]


def month(context: Any) -> float:
    """The month that the page tells: Mesa 3.3.1 has a line of steps, 3.5.1 one of time."""
    import ipyvuetify

    lines = [line for card in context.find(ipyvuetify.CardText).widgets for line in card.children]
    said = [text for line in lines for text in getattr(line, "children", None) or [] if isinstance(text, str)]
    return next(float(line.split(": ")[1]) for line in said if line.startswith(("Step: ", "Time: ")))


def press(context: Any, label: str) -> None:
    """Press a button of the page."""
    import ipyvuetify

    context.find(ipyvuetify.Btn, children=[label]).widget.click()


def pictures(context: Any) -> list[bytes]:
    """The pictures of the page."""
    import ipywidgets

    return [bytes(image.value) for image in context.find(ipywidgets.Image).widgets]


quiet = pytest.mark.filterwarnings("ignore:.*`use_state` found despite early return:UserWarning")


@quiet
def test_step_moves_the_month_and_draws_anew(drawn: Any) -> None:
    before = pictures(drawn)
    assert month(drawn) == 0 and len(before) == 4
    press(drawn, "Step")
    assert month(drawn) == 1
    assert all(old != new for old, new in zip(before, pictures(drawn), strict=True))


@quiet
def test_what_is_chosen_counts_from_reset_on(drawn: Any) -> None:
    import ipyvuetify

    press(drawn, "Step")
    before = pictures(drawn)
    drawn.find(ipyvuetify.Select, label="Scenario").widget.v_model = "anytown/full-package"
    drawn.find(ipyvuetify.Slider, label="Seed").widget.v_model = 3
    assert month(drawn) == 1 and pictures(drawn) == before
    press(drawn, "Reset")
    assert month(drawn) == 0
    press(drawn, "Step")
    assert month(drawn) == 1
    assert all(old != new for old, new in zip(before, pictures(drawn), strict=True))


@quiet
def test_two_visitors_have_a_town_each(page: ModuleType, drawn: Any) -> None:
    other = visit(page)
    press(drawn, "Step")
    assert (month(drawn), month(other)) == (1, 0)
    other.close()
