"""The files of one scenario put together: base settings first, then its own, then what needs the place and the dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.core.calendar import Month
from sim.settings.frozen import FrozenMapping
from sim.settings.names import find_file
from sim.settings.parameters import Parameters
from sim.settings.place import Place
from sim.settings.places.reader import place_from_tree, read_place
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Keys, plain
from sim.settings.scenario import BASE, OWN, OptionValue, Origin, PolicyUse, Scenario
from sim.settings.scenarios.contradictions import find_contradictions
from sim.settings.scenarios.keys import FEWEST_RESIDENTS, NEIGHBOURS, SCENARIO_KEYS
from sim.settings.scenarios.layer import Known, Layer, Setting, Use
from sim.settings.scenarios.options import ALL_ANCHORS, default_value
from sim.settings.scenarios.scaling import copied_scenario

__all__ = ["assemble"]


def assemble(name: str, layers: Sequence[Layer], known: Known, findings: Findings) -> Scenario | None:
    """Make a scenario of its file and those it is based on.

    Parameters
    ----------
    name : str
        Name of the scenario.
    layers : sequence of Layer
        Its own file first, then its base, then the base's base.
    known : Known
        What a scenario may name.
    findings : Findings
        Where problems go.

    Returns
    -------
    Scenario or None
        None when a problem keeps the scenario from being made.
    """
    return _Assembly(layers, known, findings).scenario(name)


class _Assembly:
    """Works on the layers of one scenario."""

    def __init__(self, layers: Sequence[Layer], known: Known, findings: Findings) -> None:
        self.layers, self.known, self.findings = layers, known, findings
        self.own = layers[0]

    def setting(self, name: str) -> Setting | None:
        """The setting that counts: of several files that set it, the nearest; title and notes are never inherited."""
        inherited = next(key.inherited for key in SCENARIO_KEYS if key.name == name)
        layers = self.layers if inherited else self.layers[:1]
        return next((layer.settings[name] for layer in layers if name in layer.settings), None)

    def value(self, name: str, default: Any = None) -> Any:
        """The value of that setting."""
        setting = self.setting(name)
        return default if setting is None or setting.value is None else setting.value

    def origin(self, setting: Setting | None) -> Origin:
        """Where a setting comes from."""
        if setting is None:
            return Origin()
        kind = OWN if setting.source == self.own.source else BASE
        return Origin(kind, setting.source.shown, setting.line)

    def scenario(self, name: str) -> Scenario | None:
        """The scenario, when nothing is wrong."""
        self.find_missing()
        place, place_file = self.place()
        start: Month | None = self.value("start")
        months: int | None = self.value("months")
        policies = self.uses("policies", place, start, months)
        shocks = self.uses("shocks", place, start, months)
        parameters = self.parameters()
        residents = self.residents(place)
        if self.findings.problems or place is None or start is None or months is None:
            return None
        singles = [key.name for key in SCENARIO_KEYS if key.kind not in ("uses", "parameters")]
        origins = {key: self.origin(self.setting(key)) for key in singles}
        for layer in reversed(self.layers):
            origins |= {f"parameters.{key}": self.origin(setting) for key, setting in layer.parameters.items()}
        scenario = Scenario(
            name=name,
            title=self.value("title"),
            place=place,
            start=start,
            months=months,
            policies=policies,
            shocks=shocks,
            parameters=parameters,
            neighbours=self.value("neighbours", NEIGHBOURS[0]),
            notes=self.value("notes", ""),
            based_on=self.value("based_on"),
            path=self.own.source.path,
            place_file=place_file,
            origins=FrozenMapping(origins),
        )
        return scenario if residents is None else copied_scenario(scenario, residents)

    def find_missing(self) -> None:
        """A finding for each required key that neither the file nor its base has."""
        for key in SCENARIO_KEYS:
            if key.required and self.setting(key.name) is None:
                allowed, remedy = key.allowed, f"add '{key.name}:' with {key.allowed}"
                message = f"{key.name!r} is missing: {key.meaning}"
                shown = self.own.source.shown
                self.findings.add(Kind.MISSING_KEY, shown, 1, (key.name,), message, given="nothing", allowed=allowed, remedy=remedy)

    def place(self) -> tuple[Place | None, str]:
        """The place that the scenario names or holds, and its file."""
        setting = self.setting("place")
        if setting is None or setting.value is None:
            return None, ""
        if self.known.places is not None:
            return self.known_place(setting, self.known.places), ""
        if isinstance(setting.value, Keys):
            return self.place_within(setting.value, setting.source), setting.source.shown
        source = find_file("place", setting.value, self.findings, within=setting.source, line=setting.line, key="place")
        return (None, "") if source is None else (read_place(source, self.findings), source.shown)

    def known_place(self, setting: Setting, places: Mapping[str, Place]) -> Place | None:
        """A place among those that were read before; nothing else is looked for."""
        if isinstance(setting.value, str) and setting.value in places:
            return places[setting.value]
        given = shown(plain(setting.value)) if isinstance(setting.value, Keys) else setting.value
        message, names = f"there is no place {given!r}", tuple(places)
        self.findings.add(Kind.UNKNOWN_NAME, setting.source.shown, setting.line, setting.path, message, given=given, names=names)
        return None

    def residents(self, place: Place | None) -> int | None:
        """Residents of the copy that is asked for; no more than the place has."""
        setting = self.setting("residents")
        if setting is None or setting.value is None or place is None:
            return None
        residents, most = int(setting.value), int(float(place.population.residents))
        if residents > most:
            message = f"a copy of {place.title} can't have more residents than the place itself"
            allowed = f"a whole number from {FEWEST_RESIDENTS} to {most:,}, all residents of {place.title}"
            remedy = f"write {most} or fewer, or leave 'residents' out for the place at full size"
            if most < FEWEST_RESIDENTS:
                allowed, remedy = "no 'residents': the place has too few for a copy", "leave 'residents' out"
            given, where = str(residents), (setting.source.shown, setting.line, setting.path)
            self.findings.add(Kind.OUT_OF_BOUNDS, *where, message, given=given, allowed=allowed, remedy=remedy)
        return residents

    def place_within(self, tree: Keys, source: SourceFile) -> Place | None:
        """A place written out in the scenario file; keys in its problems begin with ``place``."""
        inner = Findings()
        place = place_from_tree(tree, source, inner)
        self.findings.problems.extend(replace(problem, key=f"place.{problem.key}") for problem in inner.problems)
        return place

    def parameters(self) -> Parameters:
        """All parameters, the base's values first."""
        parameters = self.known.parameters
        for layer in reversed(self.layers):
            for name, setting in layer.parameters.items():
                if setting.value is not None:
                    parameters = parameters.with_values({name: setting.value}, origin=str(self.origin(setting)))
        return parameters

    def uses(self, key: str, place: Place | None, start: Month | None, months: int | None) -> tuple[PolicyUse, ...]:
        """The uses of all layers, the base's first, with every option filled."""
        uses = [use for layer in reversed(self.layers) for use in (layer.policies if key == "policies" else layer.shocks)]
        if place is not None:
            for use in uses:
                self.find_unknown_anchors(use, place)
        if start is None or months is None:
            return ()
        anchors = place.anchor_names if place is not None else ()
        made = [(self.policy_use(use, anchors, start, months), use.item, f"{use.path[0]}[{use.path[1]}]") for use in uses]
        find_contradictions(made, start, self.findings, single_events=key == "shocks")
        return tuple(use for use, _, _ in made)

    def policy_use(self, use: Use, anchors: tuple[str, ...], start: Month, months: int) -> PolicyUse:
        """One use with its months counted and its defaults filled."""
        options: dict[str, OptionValue] = {}
        origins = {name: self.origin(getattr(use, name)) for name in ("start", "end", "ramp_months")}
        for option in use.item.options:
            setting = use.options.get(option.name)
            value = default_value(option, anchors) if setting is None else setting.value
            options[option.name] = tuple(anchors) if value == (ALL_ANCHORS,) else value
            origins[option.name] = self.origin(setting)
        return PolicyUse(
            use=use.item.name,
            start=self.first_month(use, start, months),
            ramp_months=use.ramp_months.value or 0 if use.ramp_months else 0,
            end=self.last_month(use, start),
            options=FrozenMapping(options),
            line=use.line,
            file=use.source.shown,
            origins=FrozenMapping(origins),
        )

    def first_month(self, use: Use, start: Month, months: int) -> int:
        """Index of the first month in force; it must lie in the scenario."""
        if use.start is None or use.start.value is None:
            return 1
        index: int = use.start.value.index(start)
        if not 1 <= index <= months:
            first, last = str(start), str(start.at(months))
            when = "before the scenario starts" if index < 1 else "after the scenario ends"
            given, allowed = str(use.start.value), f"{first} to {last}, the months of the scenario"
            remedy = f"write a month from {first} to {last}, or change 'start' or 'months' of the scenario"
            self.date_problem(Kind.OUTSIDE_SCENARIO, use.start, f"{use.item.name} starts {when}", given, allowed, remedy)
        return index

    def last_month(self, use: Use, start: Month) -> int | None:
        """Index of the last month in force; it may not lie before the first."""
        if use.end is None or use.end.value is None:
            return None
        index: int = use.end.value.index(start)
        first = 1 if use.start is None or use.start.value is None else use.start.value.index(start)
        if index < first:
            begin = str(start.at(first))
            given, allowed, remedy = str(use.end.value), f"{begin} or later", f"write {begin} or a later month"
            self.date_problem(Kind.WRONG_ORDER, use.end, f"{use.item.name} ends before it starts", given, allowed, remedy)
        return index

    def date_problem(self, kind: Kind, setting: Setting, message: str, given: str, allowed: str, remedy: str) -> None:
        """Keep a problem with a date of a use."""
        self.findings.add(kind, setting.source.shown, setting.line, setting.path, message, given=given, allowed=allowed, remedy=remedy)

    def find_unknown_anchors(self, use: Use, place: Place) -> None:
        """A finding for each name that is no anchor of the place."""
        for option in use.item.options:
            setting = use.options.get(option.name)
            if option.kind not in ("anchor", "anchors") or setting is None or setting.value is None:
                continue
            given = (setting.value,) if isinstance(setting.value, str) else setting.value
            kinds = option.anchor_kinds
            names = tuple(item.name for item in place.anchors if not kinds or item.kind in kinds)
            for anchor in given:
                if anchor in names or (anchor == ALL_ANCHORS and option.kind == "anchors"):
                    continue
                message = f"{place.title} has no anchor {anchor!r}"
                if anchor in place.anchor_names:
                    message = f"{use.item.name} is only for anchors of the kind {', '.join(option.anchor_kinds)}, and {anchor} is none"
                shown = setting.source.shown
                self.findings.add(Kind.UNKNOWN_NAME, shown, setting.line, setting.path, message, given=anchor, names=names)
