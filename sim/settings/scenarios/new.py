"""The text of a new scenario file: ready to run, with everything that could be set in comments."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator

from sim.core.registry import Intervention, Option
from sim.settings.load import load_place, shipped
from sim.settings.parameters import PARAMETERS, Parameter
from sim.settings.place import Place
from sim.settings.scenarios.keys import MOST_MONTHS, NEIGHBOURS, SCENARIO_KEYS, USE_KEYS
from sim.settings.scenarios.layer import Interventions
from sim.settings.scenarios.options import ALL_ANCHORS, option_allowed
from sim.settings.scenarios.tax_years import TAX_PARAMETERS, of_another_year, usual_tax_year, year_of_prices

__all__ = ["new_scenario_text", "usual_text"]

_MONTHS = 120
_WIDTH = 110
FILL_IN = "FILL-IN"


def new_scenario_text(
    place: str,
    policies: Interventions,
    shocks: Interventions,
    declarations: Iterable[Parameter] = PARAMETERS,
    written: str | None = None,
) -> str:
    """A commented starting file for a place.

    Parameters
    ----------
    place : str
        Name or path of a place.
    written : str, optional
        The place as the file is to name it, where a path is another one from the folder of the file.
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
    lines = [*_head(written or place, found), f"# {_meaning('policies')}. Each may have, beside its own options:"]
    lines += [f"#   {key.name}: {key.meaning} ({key.allowed}; left out: {key.default})" for key in USE_KEYS if not key.required]
    lines.append("policies: []   # write 'policies:' alone in this line to use one of these")
    for item in policies:
        lines.extend(_use_lines(item, found))
    lines += ["", f"# {_meaning('shocks')}.", "shocks: []   # write 'shocks:' alone in this line to use one of these"]
    for item in shocks:
        lines.extend(_use_lines(item, found))
    lines += ["", f"# {_meaning('parameters')}.", *_taxes(found)]
    lines.append("parameters: {}   # write 'parameters:' alone in this line to use one of these")
    for parameter in declarations:
        lines.extend(_comment(f"{parameter.meaning} ({parameter.unit}, {parameter.low:g} to {parameter.high:g})", "#   "))
        lines.append(f"#  {parameter.name}: {parameter.default!r}")
    lines += ["", f"neighbours: {NEIGHBOURS[0]}   # {_meaning('neighbours')}: {' or '.join(NEIGHBOURS)}"]
    return "\n".join([*lines, f'notes: ""   # {_meaning("notes")}']) + "\n"


def usual_text(place: str, written: str | None = None) -> str:
    """Business as usual in a place: a short file for others to be based on and compared with.

    Parameters
    ----------
    place : str
        Name or path of a place.
    written : str, optional
        The place as the file is to name it.

    Returns
    -------
    str
        A scenario file without policies and shocks.

    Examples
    --------
    >>> print(usual_text("anytown"), end="")
    # Business as usual in Anytown (invented), to base plans on and to compare them with.
    title: "Business as usual in Anytown (invented)"
    place: "anytown"
    start: 2013-01   # first month; the money of the place is in prices of 2013
    months: 120
    policies: []
    shocks: []
    """
    found = load_place(place)
    title = f"Business as usual in {found.title}"
    lines = [
        f"# {title}, to base plans on and to compare them with.",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"place: {json.dumps(written or place, ensure_ascii=False)}",
        f"start: {_year(found)}-01   # first month; the money of the place is in prices of {found.prices}",
        f"months: {_MONTHS}",
        "policies: []",
        "shocks: []",
    ]
    taxes = _taxes(found)
    return "\n".join([*lines, *taxes, *(["# parameters:"] if taxes else [])]) + "\n"


def _head(place: str, found: Place) -> list[str]:
    """The lines that every scenario needs."""
    usual = f"{place}/business-as-usual" if f"{place}/business-as-usual" in shipped("scenario") else FILL_IN
    return [
        f"# A scenario for {found.title}. Delete the '#' before a line to use it; where {FILL_IN} stands a value is needed.",
        "# Check it with: localwealth check FILE      Run it with: localwealth run FILE",
        f"title: {json.dumps(f'A new scenario for {found.title}', ensure_ascii=False)}",
        f"place: {json.dumps(place, ensure_ascii=False)}",
        f"# based_on: {usual}   # {_meaning('based_on')}",
        f"# residents: 5000   # {_meaning('residents')}",
        f"start: {_year(found)}-01   # {_meaning('start')}, as YYYY-MM; the money of the place is in prices of {found.prices}",
        f"months: {_MONTHS}   # {_meaning('months')}, 1 to {MOST_MONTHS}",
        "",
    ]


def _year(place: Place) -> int:
    """The year in whose prices the money of a place is; that of its residents where the words name none."""
    return year_of_prices(place.prices, place.population.residents.year)


def _taxes(place: Place) -> list[str]:
    """A word on taxes of another year than the prices of the place."""
    if not of_another_year(_year(place)):
        return []
    return _comment(
        f"Taxes that are not set are those of the United Kingdom in {usual_tax_year()}, while money here is in prices of {place.prices}. "
        f"Set those of your year: {', '.join(TAX_PARAMETERS)}, as islington/business-as-usual does for 2022/23.",
        "# ",
    )


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
