"""What a visitor chose: read with the care of a scenario file, checked against the page's limits, and made into two scenarios."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim import __version__
from sim.core.registry import POLICIES, SHOCKS
from sim.errors import InputError, Problem
from sim.page.state.kept_places import KeptPlaces
from sim.page.state.limits import MONTHS, Limits
from sim.page.state.lines import lines
from sim.page.state.tree import tree_of_state
from sim.page.state.written import State, scenario_text, without_policies, written_state
from sim.runs.scenarios import fill_levers
from sim.settings.frozen import FrozenMapping
from sim.settings.names import find_file, shipped
from sim.settings.parameters import PARAMETERS, Parameters
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Entry, Keys, Scalar
from sim.settings.scenarios.assemble import assemble
from sim.settings.scenarios.layer import Known, read_layer
from sim.settings.scenarios.reader import read_scenario
from sim.settings.scenarios.scaling import copied_scenario

if TYPE_CHECKING:
    from sim.settings.place import Place
    from sim.settings.scenario import Origin, PolicyUse, Scenario

__all__ = ["POLICY", "REFERENCE", "Beginning", "PageState", "StateReader", "read_state"]

POLICY: Final = "policy"
"""Name of the arm with what the visitor chose; saved as ``policy.yaml``."""
REFERENCE: Final = "reference"
"""Name of the arm with business as usual; saved as ``reference.yaml``."""

_NOT_A_FILE: Final = SourceFile(Path(f"{POLICY}.yaml"), "")
_IN_LIST: Final = re.compile(r"\bline (\d+)")


@dataclass(frozen=True, slots=True)
class Beginning:
    """How the business as usual of a place begins.

    Parameters
    ----------
    start : str
        First month.
    parameters : mapping of str to float
        Parameters that differ from their defaults, such as the taxes of the year.
    """

    start: str
    parameters: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class PageState:
    """What a visitor chose, checked.

    Parameters
    ----------
    text : str
        The state as JSON without what is left at its default, keys in the order of a scenario file.
    scenario, reference : Scenario
        What the visitor chose, and the same place with business as usual.
    whole_place : Place or None
        The place at full size where it does not come with the package.
    sentences : tuple of str
        One plain sentence for each policy and shock in use, in the order of the state; sums and counts are those of the whole place.
    """

    text: str
    scenario: Scenario
    reference: Scenario
    whole_place: Place | None = None
    sentences: tuple[str, ...] = ()

    def as_dict(self) -> State:
        """The state as plain values: read again it gives an equal state."""
        state: State = json.loads(self.text)
        return state

    @property
    def key(self) -> str:
        """A name of all that matters to the numbers: two states have it in common when their runs do; title and notes do not count."""
        return _key({name: value for name, value in self.as_dict().items() if name not in ("title", "notes")})

    def yaml(self) -> str:
        """The scenario file of what the visitor chose; read as ``policy.yaml`` it gives an equal scenario."""
        return self._file(self.as_dict(), self.scenario, f"localwealth compare {REFERENCE}.yaml {POLICY}.yaml")

    def reference_yaml(self) -> str:
        """The scenario file of the reference; read as ``reference.yaml`` it gives an equal scenario."""
        return self._file(without_policies(self.as_dict()), self.reference, f"localwealth run {REFERENCE}.yaml")

    def full_yaml(self) -> str:
        """The scenario file of what the visitor chose, at the full size of the place."""
        return self._file(_full_size(self.as_dict()), self.scenario, f"localwealth compare {REFERENCE}.yaml {POLICY}.yaml")

    def full_reference_yaml(self) -> str:
        """The scenario file of the reference, at the full size of the place."""
        return self._file(_full_size(without_policies(self.as_dict())), self.reference, f"localwealth run {REFERENCE}.yaml")

    def lines(self) -> list[str]:
        """One plain sentence for each policy and shock in use, in the order of the state."""
        return list(self.sentences)

    def _file(self, state: State, scenario: Scenario, command: str) -> str:
        """The scenario file of one arm."""
        heading = f"Made on the workshop page of localwealth {__version__}. Run it with: {command}"
        return scenario_text(state, scenario.title, heading, self.whole_place)


class StateReader:
    """Reads states; the places that it met are kept, so that the next state of a place is read in a few milliseconds.

    Parameters
    ----------
    own : sequence of Scenario
        Scenarios at full size that the page was started with: it offers their places beside the shipped ones.

    Examples
    --------
    >>> state = StateReader().read_state({"place": "anytown", "policies": [{"use": "local_spend_target", "share": 0.3}]})
    >>> state.scenario.months, state.reference.policies, state.as_dict()["start"]
    (60, (), '2013-04')
    """

    def __init__(self, own: Sequence[Scenario] = ()) -> None:
        fill_levers()
        names = shipped("place")
        self.own = {one.place.name: one for one in own if one.place.name not in names}
        self.places = KeptPlaces({name: one.place for name, one in self.own.items()})
        self.known = Known(POLICIES, SHOCKS, Parameters(PARAMETERS), self.places)
        self._beginnings: dict[str, Beginning] = {}

    def beginning(self, place: str) -> Beginning:
        """How the business as usual of a place begins.

        Raises
        ------
        KeyError
            When there is no such place.
        """
        if place not in self._beginnings:
            scenario = self.own.get(place) or self._shipped(f"{place}/business-as-usual")
            changed = {name: value for name, value in scenario.parameters.items() if value != scenario.parameters.declaration(name).default}
            self._beginnings[place] = Beginning(str(scenario.start), changed)
        return self._beginnings[place]

    def _shipped(self, name: str) -> Scenario:
        """A shipped scenario, its place taken from those that are kept."""
        findings = Findings()
        source = find_file("scenario", name, findings)
        scenario = None if source is None else read_scenario(source, self.known, findings)
        findings.raise_if_any()
        assert scenario is not None
        return scenario

    def read_state(self, given: object) -> PageState:
        """Read a state.

        Parameters
        ----------
        given : object
            Plain values as JSON gives them; a key at its top that holds nothing counts as left out.

        Returns
        -------
        PageState

        Raises
        ------
        sim.errors.InputError
            With every problem; they have a key and no file and line.
        """
        findings = Findings()
        tree = tree_of_state(given, findings)
        state = None if tree is None else self._state(tree, findings)
        if findings.problems or state is None:
            raise InputError([_without_line(problem) for problem in findings.problems])
        return state

    def state_of_scenario(self, scenario: Scenario, residents: int | None = None) -> State:
        """The state of a scenario at full size, for presets and files.

        Parameters
        ----------
        scenario : Scenario
            At full size.
        residents : int, optional
            Residents of the copy; where it is left out, the page's own for places that are too large for it.

        Returns
        -------
        dict
            Canonical.

        Raises
        ------
        sim.errors.InputError
            When the page does not know the place, or the scenario goes beyond the page's limits.
        ValueError
            For a copy: its sums are scaled already.
        """
        if scenario.residents is not None:
            raise ValueError(f"{scenario.name} is a copy; give the scenario at full size, and its residents beside it")
        return self.read_state(written_state(scenario, residents, default_title(scenario.place))).as_dict()

    def offer(self) -> dict[str, Any]:
        """What the page begins with, see :func:`sim.page.state.offer.offer`."""
        from sim.page.state.offer import offer

        return offer(self)

    def open_text(self, raw: bytes) -> PageState:
        """The state of a scenario file that a visitor opens, see :func:`sim.page.state.opened_text.opened_text`."""
        from sim.page.state.opened_text import opened_text

        return opened_text(raw, self)

    def _state(self, tree: Keys, findings: Findings) -> PageState | None:
        """The state of a tree, or None after findings."""
        limits = Limits(findings)
        tree = Keys(tuple(limits.cut(entry, self.known.parameters) for entry in self._completed(tree, findings)), 0)
        layer = read_layer(tree, _NOT_A_FILE, self.known, findings)
        name = layer.settings["place"].value if "place" in layer.settings else None
        place = self.places[name] if isinstance(name, str) and name in self.places else None
        limits.check(tree, layer)
        residents = limits.residents(layer.settings.pop("residents", None), place)
        whole = assemble(POLICY, [layer], self.known, findings)
        return None if findings.problems or whole is None else self._page_state(_without_origins(whole), residents)

    def _completed(self, tree: Keys, findings: Findings) -> Keys:
        """The tree with what a state may leave out; a key that holds nothing is left out."""
        entries = [entry for entry in tree if not (isinstance(entry.node, Scalar) and entry.node.value is None)]
        held = {entry.key: entry.node for entry in entries}
        node = held.get("place")
        name = node.value if isinstance(node, Scalar) else None
        known = isinstance(name, str) and name in self.places
        start = self.beginning(str(name)).start if known and "start" not in held else "2013-04"
        title = default_title(self.places[str(name)]) if known and "title" not in held else "A plan"
        added: dict[str, str | int] = {"title": title, "start": start, "months": MONTHS}
        entries += [Entry(key, 0, Scalar(value, str(value), 0)) for key, value in added.items() if key not in held]
        if "based_on" in held:
            message, remedy = "a state stands alone: it is based on no scenario", "leave it out; open the scenario instead"
            findings.add(Kind.UNKNOWN_KEY, "", 0, ("based_on",), message, given="based_on", allowed="no 'based_on'", remedy=remedy)
        return Keys(tuple(entry for entry in entries if entry.key != "based_on"), 0)

    def _page_state(self, whole: Scenario, residents: int | None) -> PageState:
        """The state of a scenario at full size that is fit."""
        place, title = whole.place, default_title(whole.place)
        text = json.dumps(written_state(whole, residents, title), ensure_ascii=False, separators=(",", ":"))
        scenario = whole if residents is None else copied_scenario(whole, residents, self.places.copy(place.name, residents))
        usual = f"Business as usual in {place.title}"
        reference = replace(scenario, name=REFERENCE, title=usual, policies=(), neighbours="unchanged", notes="")
        return PageState(text, scenario, reference, place if place.name in self.own else None, lines(whole))


def read_state(given: object) -> PageState:
    """Read a state with a reader of its own, see :meth:`StateReader.read_state`; a server keeps a reader instead.

    Examples
    --------
    >>> read_state({"place": "anytown"}).scenario.title
    'A plan for Anytown (invented)'
    """
    return StateReader().read_state(given)


def default_title(place: Place) -> str:
    """The title of a state that has none."""
    return f"A plan for {place.title}"


def _full_size(state: State) -> State:
    """The state without a copy."""
    return {name: value for name, value in state.items() if name != "residents"}


def _key(state: Mapping[str, Any]) -> str:
    """A short name of plain values."""
    return sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32]


def _without_line(problem: Problem) -> Problem:
    """A problem as a browser can show it: where two uses contradict, the other is told by its place in the list."""
    told = {name: _IN_LIST.sub(r"number \1 of the list", getattr(problem, name)) for name in ("message", "given")}
    return replace(problem, file="", line=None, **(told if problem.kind == Kind.CONTRADICTION else {}))


def _without_origins(scenario: Scenario) -> Scenario:
    """A scenario that comes from no file: nothing says in which line it stands."""
    shown_file = f"scenarios/places/{scenario.place.name}.yaml" if scenario.place.name in shipped("place") else ""
    policies, shocks = (tuple(_own_use(use) for use in uses) for uses in (scenario.policies, scenario.shocks))
    origins = _without_lines(scenario.origins)
    return replace(scenario, path=None, place_file=shown_file, policies=policies, shocks=shocks, origins=origins)


def _own_use(use: PolicyUse) -> PolicyUse:
    """A use without lines."""
    return replace(use, line=None, origins=_without_lines(use.origins))


def _without_lines(origins: Mapping[str, Origin]) -> FrozenMapping[Origin]:
    """Origins without lines."""
    return FrozenMapping({name: replace(origin, line=None) for name, origin in origins.items()})
