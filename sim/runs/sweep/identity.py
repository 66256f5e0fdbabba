"""What makes two sweeps the same: everything that a number of a run depends on, part by part, so that a difference can be named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.runs.stored.facts import versions
from sim.runs.sweep.task import Work

__all__ = ["differences", "identity_of"]

#: Packages whose version may change a number of a run.
PACKAGES: Final = ("mesa", "numpy", "scipy", "networkx")
#: What a reader is told of a scenario, and no run depends on.
_WORDS: Final = ("title", "notes", "based_on", "months")
_ORIGINS: Final = ("origin", "file", "line")

_NAMES: Final = {
    "model": "version of the model",
    "versions": "versions of packages",
    "seeds": "seeds",
    "months": "months",
    "measures": "measures",
    "keep": "months that are kept",
    "arms": "scenarios",
    "points": "points",
    "factory": "factory",
}


def identity_of(work: Work, points: NDArray[np.float64]) -> dict[str, Any]:
    """What runs depend on, as plain values.

    Parameters
    ----------
    work : Work
        What is run.
    points : ndarray of float64, shape (points, varied)
        Values of all points.

    Returns
    -------
    dict
        ``model``, ``versions``, ``months``, ``seeds``, ``measures`` with their rules, ``keep``, ``arms`` with a hash of each part,
        ``points``, ``factory``.
    """
    experiment = work.experiment
    found = versions()
    factory = work.factory
    return {
        "model": work.model,
        "versions": {name: found[name] for name in PACKAGES},
        "months": experiment.months,
        "seeds": sorted(experiment.seeds),
        "measures": dict(zip(experiment.measures, work.rules, strict=True)),
        "keep": list(experiment.keep),
        "arms": {name: _scenario_parts(scenario.resolved()) for name, scenario in experiment.scenarios.items()},
        "points": {
            "number": len(points),
            "varied": [_varied(asdict(varied)) for varied in experiment.vary],
            "values": _hash(np.ascontiguousarray(points, "<f8").tobytes()),
        },
        "factory": "" if factory is None else f"{factory.__module__}.{getattr(factory, '__qualname__', type(factory).__name__)}",
    }


def differences(there: Mapping[str, Any], here: Mapping[str, Any]) -> list[str]:
    """Each part in which two sweeps differ, in words.

    Examples
    --------
    >>> differences({"months": 60, "seeds": [1]}, {"months": 12, "seeds": [1]})
    ['months: 60 there, 12 now']
    """
    return [
        _difference(part, there.get(part), here.get(part)) for part in dict.fromkeys([*here, *there]) if there.get(part) != here.get(part)
    ]


def _difference(part: str, there: Any, here: Any) -> str:
    """One part in which two sweeps differ."""
    name = _NAMES.get(part, part)
    if isinstance(there, Mapping) and isinstance(here, Mapping):
        if part == "points":
            if there.get("number") != here.get("number"):
                return f"{name}: {there.get('number')} there, {here.get('number')} now"
            return f"{name}: what is varied, or its values, are not the same"
        named = [key for key in dict.fromkeys([*here, *there]) if there.get(key) != here.get(key)]
        return f"{name}: {'; '.join(_of_key(key, there.get(key), here.get(key)) for key in named)}"
    return f"{name}: {_shown(there)} there, {_shown(here)} now"


def _of_key(key: str, there: Any, here: Any) -> str:
    """One key in which two parts differ."""
    if there is None or here is None:
        return f"{key} only {'now' if there is None else 'there'}"
    if isinstance(there, Mapping) and isinstance(here, Mapping):
        parts = [part for part in dict.fromkeys([*here, *there]) if there.get(part) != here.get(part)]
        return f"{key} differs in its {', '.join(parts)}"
    return f"{key} {_shown(there)} there, {_shown(here)} now"


def _shown(value: Any) -> str:
    """A plain value in few words."""
    if value is None or value == "":
        return "none"
    text = ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return text if len(text) <= 60 else f"{text[:50]}... ({len(value)} of them)"


def _scenario_parts(resolved: Mapping[str, Any]) -> dict[str, str]:
    """A hash of each part of a scenario, without what no number depends on."""
    settings = {name: value for name, value in resolved["settings"].items() if name not in _WORDS}
    parts = {"settings": settings, **{name: resolved[name] for name in ("policies", "shocks", "parameters", "place")}}
    return {name: _hash(json.dumps(_values_alone(value), default=str).encode()) for name, value in parts.items()}


def _values_alone(value: Any) -> Any:
    """Plain values without where they come from."""
    if isinstance(value, Mapping):
        return {key: _values_alone(item) for key, item in value.items() if key not in _ORIGINS}
    return [_values_alone(item) for item in value] if isinstance(value, (list, tuple)) else value


def _varied(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is varied, without words about it, as JSON gives it back."""
    kept = {name: value for name, value in values.items() if name in ("name", "kind", "path", "scenarios")}
    found: dict[str, Any] = json.loads(json.dumps(kept))
    return found


def _hash(content: bytes) -> str:
    """Sixteen hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()[:16]
