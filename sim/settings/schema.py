"""JSON Schema of place, scenario and experiment files, for editors; made from the declarations that the reader checks by."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from sim.core.registry import Intervention, Option
from sim.errors import InputError, Problem, nearest
from sim.settings.experiments.schema import experiment_schema
from sim.settings.names import NOUNS
from sim.settings.parameters import PARAMETERS, Parameter
from sim.settings.place import Place
from sim.settings.reading.problems import Kind
from sim.settings.scenarios.keys import FEWEST_RESIDENTS, MOST_MONTHS, NEIGHBOURS, SCENARIO_KEYS, USE_KEYS, KeyDeclaration
from sim.settings.scenarios.layer import Interventions
from sim.settings.scenarios.options import ALL_ANCHORS, option_allowed, option_bounds, option_unit
from sim.settings.sectors import SECTORS

__all__ = ["DIALECT", "json_schema"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema."""

Schema = dict[str, Any]

_DATE: Schema = {"type": "string", "pattern": "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"}


def json_schema(kind: str, policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter] = PARAMETERS) -> Schema:
    """JSON Schema of a kind of file.

    Parameters
    ----------
    kind : {"place", "scenario", "experiment"}
        Which file.
    policies, shocks : Registry of Intervention
        What a scenario may use, or an experiment vary.
    declarations : iterable of Parameter
        What a scenario may set, or an experiment vary.

    Returns
    -------
    dict
        A schema in the 2020-12 dialect. It can't say all that the reader checks: sums, dates in order, names of anchors.

    Raises
    ------
    sim.errors.InputError
        When there is no such kind of file.
    """
    if kind == "place":
        return {"$schema": DIALECT, **Place.model_json_schema(), "title": "A place of localwealth"}
    if kind == "scenario":
        return _scenario_schema(policies, shocks, declarations)
    if kind == "experiment":
        return {"$schema": DIALECT, **experiment_schema(policies, shocks, declarations)}
    message, remedy = f"there is no schema of {kind!r}", f"write {' or '.join(NOUNS)}"
    problem = Problem("", None, "", kind, ", ".join(NOUNS), nearest(kind, NOUNS), remedy, message, Kind.UNKNOWN_NAME)
    raise InputError([problem])


def _scenario_schema(policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter]) -> Schema:
    """The schema of a scenario file."""
    special = {
        "policies": _uses(policies, "policy"),
        "shocks": _uses(shocks, "shock"),
        "parameters": _parameters(declarations),
        "place": {"anyOf": [{"type": "string", "minLength": 1}, {"$ref": "#/$defs/place"}]},
    }
    place = Place.model_json_schema(ref_template="#/$defs/{model}")
    shared = place.pop("$defs", {})
    return {
        "$schema": DIALECT,
        "title": "A scenario of localwealth",
        "type": "object",
        "additionalProperties": False,
        "required": ["title"],
        "properties": {key.name: {**special.get(key.name, _key(key)), "description": key.meaning} for key in SCENARIO_KEYS},
        "$defs": {**shared, "place": place},
    }


def _key(key: KeyDeclaration) -> Schema:
    """A key that holds one value."""
    if key.kind == "date":
        return dict(_DATE)
    if key.kind == "months":
        return {"type": "integer", "minimum": 0 if key.name == "ramp_months" else 1, "maximum": MOST_MONTHS}
    if key.kind == "residents":
        return {"type": "integer", "minimum": FEWEST_RESIDENTS}
    if key.kind == "choice":
        return {"enum": list(NEIGHBOURS), "default": NEIGHBOURS[0]}
    return {"type": "string"} if key.name == "notes" else {"type": "string", "minLength": 1}


def _uses(registry: Interventions, noun: str) -> Schema:
    """A list of uses: of each policy or shock its own options."""
    each = [_use(item) for item in registry]
    item: Schema = {"type": "object", "required": ["use"], "properties": {"use": {"enum": list(registry.names())}}}
    choices = [{"if": {"properties": {"use": {"const": one["properties"]["use"]["const"]}}}, "then": one} for one in each]
    return {"type": "array", "items": {**item, "allOf": choices} if choices else item, "title": f"uses of a {noun}"}


def _use(item: type[Intervention]) -> Schema:
    """One use of one policy or shock."""
    timing = {key.name: {**_key(key), "description": key.meaning} for key in USE_KEYS if key.name != "use"}
    options = {option.name: _option(option) for option in item.options}
    required = [option.name for option in item.options if option.required and option.kind != "anchors"]
    return {
        "title": item.title,
        "description": item.meaning,
        "properties": {"use": {"const": item.name}, **timing, **options},
        "required": ["use", *required],
        "additionalProperties": False,
    }


def _option(option: Option) -> Schema:
    """One option."""
    schema: Schema = {"description": f"{option.meaning} ({option_allowed(option)})", **_option_type(option)}
    if option.default is None:
        schema = {"description": schema.pop("description"), "anyOf": [schema, {"type": "null"}]}
    elif not option.required and option.kind != "anchors":
        schema["default"] = dict(option.default) if option.kind == "shares" else option.default
    if option_unit(option):
        schema["x-unit"] = option_unit(option)
    return schema


def _option_type(option: Option) -> Schema:
    """What an option may hold."""
    name: Schema = {"type": "string", "minLength": 1}
    if option.kind == "flag":
        return {"type": "boolean"}
    if option.kind == "sector":
        return {"enum": list(SECTORS)}
    if option.kind == "anchors":
        return {"anyOf": [{"const": ALL_ANCHORS}, {"type": "array", "items": name, "minItems": 1, "uniqueItems": True}]}
    if option.kind in ("anchor", "text"):
        return {"enum": list(option.choices)} if option.choices else name
    if option.kind == "shares":
        share: Schema = {"type": "number", "minimum": 0, "maximum": 1}
        known: Schema = {"properties": dict.fromkeys(option.choices, share), "additionalProperties": False}
        return {"type": "object", **(known if option.choices else {"additionalProperties": share})}
    low, high = option_bounds(option)
    bounds = {key: bound for key, bound in (("minimum", low), ("maximum", high)) if math.isfinite(bound)}
    return {"type": "integer" if option.kind in ("months", "count") else "number", **bounds}


def _parameters(declarations: Iterable[Parameter]) -> Schema:
    """The parameters with their bounds."""
    properties = {
        one.name: {
            "type": "number",
            "minimum": one.low,
            "maximum": one.high,
            "default": one.default,
            "description": one.meaning,
            "x-unit": one.unit,
        }
        for one in declarations
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}
