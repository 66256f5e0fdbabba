"""What there is to choose from on the page: places, levers in plain words, presets, measures and limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from sim import __version__
from sim.core.registry import MEASURES, PILLAR_TITLES, POLICIES, SHOCKS
from sim.page.state.layer_state import state_of_file
from sim.page.state.lever_start import beginning_use, slider
from sim.page.state.limits import COPY, MONTHS, MOST_MONTHS, MOST_RESIDENTS, limits_told
from sim.page.state.place_outline import PlaceOutline, outline_of, shipped_outline
from sim.runs.scenarios import fill_registries
from sim.settings.describe import describe_option
from sim.settings.names import find_file, shipped
from sim.settings.parameters import PARAMETERS, Parameters
from sim.settings.reading.problems import Findings
from sim.settings.scenarios.layer import Known
from sim.settings.scenarios.options import option_bounds
from sim.settings.sectors import SECTORS, TITLES

if TYPE_CHECKING:
    from sim.core.registry import Intervention
    from sim.page.state.page_state import StateReader
    from sim.page.state.written import State

__all__ = ["BETTER", "USUAL", "offer"]

USUAL: Final = "business-as-usual"
LEVERS: Final = "levers"
INVENTED: Final = "anytown"

#: Measures for which one direction is better for whoever the measure is about; of others that is for the room to say.
BETTER: Final[Mapping[str, str]] = {
    "jobs": "up",
    "jobs_in_all": "up",
    "unemployment": "down",
    "below_living_wage": "down",
    "contract_price": "down",
    "service_bought": "up",
    "policy_costs": "down",
    "neighbourhood_income": "up",
    "neighbourhood_unemployment": "down",
    "fifth_income": "up",
    "failures": "down",
}


def offer(reader: StateReader | None = None, measures: Sequence[str] | None = None) -> dict[str, Any]:
    """What the page begins with.

    Parameters
    ----------
    reader : StateReader, optional
        The reader of the page's states, for the places that it was given; a new one when left out.
    measures : sequence of str, optional
        Series that the page shows, such as ``retention_place/all``; those that its runs measure when left out.

    Returns
    -------
    dict
        ``version``, ``places``, ``pillars``, ``levers``, ``sectors``, ``presets``, ``measures``, ``limits`` and ``first``, as plain values.
    """
    from sim.page.state.page_state import StateReader
    from sim.page.work.runs import PAGE_MEASURES

    fill_registries()
    return _Offer(StateReader() if reader is None else reader).told(PAGE_MEASURES if measures is None else measures)


class _Offer:
    """Gathers what is offered."""

    def __init__(self, reader: StateReader) -> None:
        self.reader = reader
        self.known = Known(POLICIES, SHOCKS, Parameters(PARAMETERS))
        own = {name: outline_of(scenario.place) for name, scenario in reader.own.items()}
        names = sorted(shipped("place"), key=lambda name: (name != INVENTED, name))
        self.places = own | {name: shipped_outline(name) for name in names}
        self.scenarios = {name: self.shipped_state(name) for name in shipped("scenario")}
        self.usual = {name: self.scenarios[f"{name}/{USUAL}"] for name in names}
        self.usual |= {name: _usual_state(reader, name) for name in own}

    def shipped_state(self, name: str) -> State:
        """The state of a shipped scenario."""
        findings = Findings()
        source = find_file("scenario", name, findings)
        state = {} if source is None else state_of_file(source, self.known, findings)
        findings.raise_if_any()
        return state

    def told(self, measures: Sequence[str]) -> dict[str, Any]:
        """Everything."""
        return {
            "version": __version__,
            "places": [self.place(outline) for outline in self.places.values()],
            "pillars": [{"name": name, "title": title} for name, title in PILLAR_TITLES.items()],
            "levers": [self.lever(item) for registry in (POLICIES, SHOCKS) for item in registry],
            "sectors": [{"name": name, "title": title} for name, title in zip(SECTORS, TITLES, strict=True)],
            "presets": [self.preset(name, state) for name, state in self.scenarios.items() if state["months"] <= MOST_MONTHS],
            "measures": [_measure(series) for series in measures],
            "limits": limits_told(),
            "first": self.first(next(iter(self.places))),
        }

    def place(self, outline: PlaceOutline) -> dict[str, Any]:
        """A place."""
        return {
            "name": outline.name,
            "title": outline.title,
            "invented": outline.invented,
            "residents": outline.residents,
            "copy": COPY if outline.residents > MOST_RESIDENTS else None,
            "start": self.usual[outline.name]["start"],
            "months": MONTHS,
            "symbol": outline.symbol,
            "minor_units": outline.minor_units,
            "anchors": [{"name": anchor.name, "title": anchor.title, "kind": anchor.kind} for anchor in outline.anchors],
            "state": self.first(outline.name),
        }

    def first(self, place: str) -> State:
        """The state that a place begins with: business as usual, with the parameters of its year."""
        state = {"place": place, "start": self.usual[place]["start"], "months": MONTHS, "policies": [], "shocks": []}
        size = {"residents": COPY} if self.places[place].residents > MOST_RESIDENTS else {}
        return state | size | {"parameters": self.usual[place]["parameters"], "neighbours": "unchanged"}

    def preset(self, name: str, state: State) -> dict[str, Any]:
        """A shipped scenario."""
        place = self.places[state["place"]]
        size = {"residents": COPY} if place.residents > MOST_RESIDENTS and "residents" not in state else {}
        return {"name": name, "title": state["title"], "place": place.name, "notes": state.get("notes", ""), "state": state | size}

    def lever(self, item: type[Intervention]) -> dict[str, Any]:
        """A lever in words, with its options and what it begins with in each place."""
        texts = ("title", "question", "pillar", "meaning", "costs", "limits", "where_tried", "evidence", "mark")
        uses = {place: self.use(item, place) for place in self.places}
        return {
            "use": item.name,
            **{text: getattr(item, text) for text in texts},
            "shock": item.pillar == "shock",
            "main": item.main or None,
            "options": [self.option(item, option.name) for option in item.options],
            "off": dict(item.off),
            "use_with": uses,
            "slider_with": {place: self.slider(item, use) for place, use in uses.items()} if item.main else {},
        }

    def option(self, item: type[Intervention], name: str) -> dict[str, Any]:
        """An option."""
        option = next(one for one in item.options if one.name == name)
        told = describe_option(option)
        kept = {key: told[key] for key in ("name", "kind", "meaning", "unit", "low", "high", "default", "required")}
        kept |= {"title": name.replace("_", " ").capitalize(), "choices": told["choices"] or None}
        kept["default"] = dict(kept["default"]) if option.kind == "shares" and kept["default"] is not None else kept["default"]
        ends = slider(option, option_bounds(option), self.use(item, INVENTED).get(name, option.default))
        return kept | {"step": None if ends is None else ends["step"], "anchor_kinds": list(option.anchor_kinds) or None}

    def slider(self, item: type[Intervention], use: State) -> dict[str, float] | None:
        """Ends and step of the slider of a lever in one place."""
        option = next(one for one in item.options if one.name == item.main)
        return slider(option, option_bounds(option), use.get(option.name, option.default))

    def use(self, item: type[Intervention], place: str) -> State:
        """What a lever begins with in a place: as a scenario of that place has it, else as the lever's own scenario."""
        found = self.shown(item.name, place)
        name, used = found if found is not None else (INVENTED, {})
        home = self.places[name]
        starts = (self.usual[name]["start"], self.usual[place]["start"])
        return beginning_use(item, used, home, self.places[place], starts, MONTHS)

    def shown(self, use: str, place: str) -> tuple[str, State] | None:
        """The first use of a lever: in the scenarios of a place, in those that show levers, in any other."""
        own = [name for name in self.scenarios if name.startswith(f"{place}/")]
        shows = sorted(
            (name for name in self.scenarios if name.startswith(f"{LEVERS}/")), key=lambda name: name != f"{LEVERS}/{use.replace('_', '-')}"
        )
        others = [name for name in self.scenarios if name not in own and name not in shows]
        for name in (*own, *shows, *others) if place != INVENTED else (*shows, *own, *others):
            state = self.scenarios[name]
            for used in (*state["policies"], *state["shocks"]):
                if used["use"] == use:
                    return state["place"], used
        return None


def _usual_state(reader: StateReader, place: str) -> State:
    """Business as usual of a place that the page was given."""
    beginning = reader.beginning(place)
    return {"start": beginning.start, "parameters": dict(beginning.parameters)}


def _measure(series: str) -> dict[str, Any]:
    """A series that the page shows."""
    name, _, key = series.partition("/")
    measure = MEASURES[name]
    title = measure.title if key in ("", "all") else f"{measure.title}: {key}"
    told = {text: getattr(measure, text) for text in ("unit", "kind", "meaning", "keys")}
    return {"name": series, "title": title, **told, "better": BETTER.get(name)}
