"""JSON Schema of experiment files, made from the declarations that the reader checks by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sim.settings.experiment import DESIGNS
from sim.settings.experiments.keys import (
    ANSWER_KEYS,
    ASSUMPTIONS,
    DESIGN_KEYS,
    EXPERIMENT_KEYS,
    KEEP_WORDS,
    LARGEST_SEED,
    MOST_LEVELS,
    MOST_RUNS,
    VARY_KEYS,
)
from sim.settings.parameters import Parameter
from sim.settings.scenarios.keys import MOST_MONTHS, KeyDeclaration
from sim.settings.scenarios.layer import Interventions

__all__ = ["experiment_schema"]

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}


def experiment_schema(policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter]) -> Schema:
    """The schema of an experiment file, without the version of the dialect.

    Parameters
    ----------
    policies, shocks : Registry of Intervention
        What may be varied of scenarios.
    declarations : iterable of Parameter
        What may be varied of the model.

    Returns
    -------
    dict
        It can't say all that the reader checks: bounds of options, whether a design fits, what scenarios use.
    """
    whole: Schema = {"type": "integer", "minimum": 1, "maximum": MOST_RUNS}
    months: Schema = {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": MOST_MONTHS}, "uniqueItems": True}
    named = _object((), {"name": _TEXT, "scenario": _TEXT}, ["scenario"])
    seed: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_SEED}
    special: dict[str, Schema] = {
        "title": _TEXT,
        "scenarios": {"type": "array", "minItems": 1, "items": {"anyOf": [_TEXT, named]}},
        "months": {"type": "integer", "minimum": 1, "maximum": MOST_MONTHS},
        "seeds": {"anyOf": [whole, {"type": "array", "minItems": 1, "items": seed, "uniqueItems": True}]},
        "design": {"anyOf": [{"enum": list(DESIGNS)}, _design(seed)]},
        "vary": {"type": "array", "minItems": 1, "items": _entry(policies, shocks, declarations)},
        "measures": {"type": "array", "minItems": 1, "items": _TEXT, "uniqueItems": True},
        "keep": {"anyOf": [{"enum": list(KEEP_WORDS)}, months, _object((), {"months": months}, ["months"])]},
        "answers": _answers(),
    }
    required = [key.name for key in EXPERIMENT_KEYS if key.required]
    return {"title": "An experiment of localwealth", **_object(EXPERIMENT_KEYS, special, required)}


def _object(keys: Iterable[KeyDeclaration], special: dict[str, Schema], required: list[str]) -> Schema:
    """A mapping with declared keys."""
    said = {key.name: {**special.get(key.name, {"type": "string"}), "description": key.meaning} for key in keys}
    return {"type": "object", "properties": {**special, **said}, "required": required, "additionalProperties": False}


def _design(seed: Schema) -> Schema:
    """A design with what it needs."""
    number: Schema = {"type": "integer", "minimum": 2, "maximum": MOST_RUNS}
    special: dict[str, Schema] = {
        "kind": {"enum": list(DESIGNS)},
        "points": number,
        "levels": {**number, "maximum": MOST_LEVELS},
        "trajectories": number,
        "second_order": {"type": "boolean"},
        "seed": seed,
    }
    return _object(DESIGN_KEYS, special, ["kind"])


def _entry(policies: Interventions, shocks: Interventions, declarations: Iterable[Parameter]) -> Schema:
    """One thing to vary: exactly one subject."""
    number: Schema = {"type": "number"}
    special: dict[str, Schema] = {
        "parameter": {"enum": [one.name for one in declarations]},
        "policy": {"enum": list(policies.names())},
        "shock": {"enum": list(shocks.names())},
        "place": _TEXT,
        "assumptions": {"enum": list(ASSUMPTIONS)},
        "option": _TEXT,
        "scenarios": {"type": "array", "minItems": 1, "items": _TEXT, "uniqueItems": True},
        "values": {"type": "array", "minItems": 2, "items": number, "uniqueItems": True},
        "low": number,
        "high": number,
        "middle": number,
    }
    subjects = ("parameter", "policy", "shock", "place", "assumptions")
    return {**_object(VARY_KEYS, special, []), "oneOf": [{"required": [subject]} for subject in subjects]}


def _answers() -> Schema:
    """What the answers are about."""
    side = {**_object((), {"above": {"type": "number"}, "below": {"type": "number"}}, []), "minProperties": 1, "maxProperties": 1}
    special: dict[str, Schema] = {
        "measure": _TEXT,
        "scenario": _TEXT,
        "of": {"enum": ["difference", "level"]},
        "decision": side,
        "failure": side,
    }
    return _object(ANSWER_KEYS, special, ["measure"])
