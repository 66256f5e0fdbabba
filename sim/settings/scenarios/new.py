"""The text of a new scenario file: ready to run, with everything that could be set in comments."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator

from sim.core.registry import Intervention, Option
from sim.settings.load import load_place
from sim.settings.parameters import PARAMETERS, Parameter
from sim.settings.place import Place
from sim.settings.scenarios.keys import MOST_MONTHS, NEIGHBOURS, SCENARIO_KEYS, USE_KEYS
from sim.settings.scenarios.layer import Interventions
from sim.settings.scenarios.options import ALL_ANCHORS, option_allowed

__all__ = ["new_scenario_text"]

_MONTHS = 120
_WIDTH = 110
FILL_IN = "FILL-IN"


def new_scenario_text(place: str, policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter] = PARAMETERS) -> str:
    """A commented starting file for a place.

    Parameters
    ----------
    place : str
        Name or path of a place.
    policies, shocks : Registry of Intervention
        What the comments offer.
    declarations : iterable of Parameter
        What the comments offer.

    Returns
    -------
    str
        A scenario file without policies and shocks. Each policy, shock and parameter stands in a comment: delete the ``#`` to use
        it; where ``FILL-IN`` stands a value is needed.

    Raises
    ------
    sim.errors.InputError
        When the place can't be read.
    """
    found = load_place(place)
    lines = [*_head(place, found), f"# {_meaning('policies')}. Each may have, beside its own options:"]
    lines += [f"#   {key.name}: {key.meaning} ({key.allowed}; left out: {key.default})" for key in USE_KEYS if not key.required]
    lines.append("policies: []   # write 'policies:' alone in this line to use one of these")
    for item in policies:
        lines.extend(_use_lines(item, found))
    lines += ["", f"# {_meaning('shocks')}.", "shocks: []   # write 'shocks:' alone in this line to use one of these"]
    for item in shocks:
        lines.extend(_use_lines(item, found))
    lines += ["", f"# {_meaning('parameters')}.", "parameters: {}   # write 'parameters:' alone in this line to use one of these"]
    for parameter in declarations:
        lines.extend(_comment(f"{parameter.meaning} ({parameter.unit}, {parameter.low:g} to {parameter.high:g})", "#   "))
        lines.append(f"#  {parameter.name}: {parameter.default!r}")
    lines += ["", f"neighbours: {NEIGHBOURS[0]}   # {_meaning('neighbours')}: {' or '.join(NEIGHBOURS)}"]
    return "\n".join([*lines, f'notes: ""   # {_meaning("notes")}']) + "\n"


def _head(place: str, found: Place) -> list[str]:
    """The lines that every scenario needs."""
    return [
        f"# A scenario for {found.title}. Delete the '#' before a line to use it; where {FILL_IN} stands a value is needed.",
        "# Check it with: localwealth check FILE      Run it with: localwealth run FILE",
        f"title: {json.dumps(f'A new scenario for {found.title}', ensure_ascii=False)}",
        f"place: {json.dumps(place, ensure_ascii=False)}",
        f"# based_on: {place}/business-as-usual   # {_meaning('based_on')}",
        f"# residents: 5000   # {_meaning('residents')}",
        f"start: {found.population.residents.year}-01   # {_meaning('start')}, as YYYY-MM",
        f"months: {_MONTHS}   # {_meaning('months')}, 1 to {MOST_MONTHS}",
        "",
    ]


def _meaning(key: str) -> str:
    """What a key of a scenario file means."""
    return next(declared.meaning for declared in SCENARIO_KEYS if declared.name == key)


def _use_lines(item: type[Intervention], place: Place) -> Iterator[str]:
    """A policy or shock with its options, in comments that become a use when the ``#`` goes."""
    yield "#"
    yield from _comment(f"{item.title}: {item.meaning}", "#   # ")
    yield f"#  - use: {item.name}"
    for option in item.options:
        allowed = (
            f"{option_allowed(option)}: {', '.join(place.anchor_names)}" if option.kind in ("anchor", "anchors") else option_allowed(option)
        )
        yield f"#    {option.name}: {_written(option)}   # {option.meaning.rstrip('.')}; {allowed}"


def _written(option: Option) -> str:
    """The default of an option as it would stand in a file."""
    if option.kind == "anchors":
        return ALL_ANCHORS
    if option.required:
        return FILL_IN
    value = dict(option.default) if option.kind == "shares" and option.default is not None else option.default
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str, lead: str) -> list[str]:
    """A text as lines of comment."""
    return textwrap.wrap(" ".join(text.split()), _WIDTH, initial_indent=lead, subsequent_indent=lead)
