"""What pydantic says about a place file, in the words of our problems: line, key, allowed, nearest, remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sim.errors import nearest
from sim.settings.frozen import FrozenMapping
from sim.settings.places.figure import Figure
from sim.settings.reading.files import SourceFile
from sim.settings.reading.hints import number_remedy, share_remedy
from sim.settings.reading.problems import Findings, Kind, shown
from sim.settings.reading.tree import Keys, Node, find, key_line

__all__ = ["find_model_problems", "model_at"]

_TYPES = {
    "string_type": "text; put it in quotes",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}

_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by hyphens, such as city-council",
    r"^[A-Z]{3}$": "three capital letters, such as GBP",
    r"^[ENSW]\d{8}$": "the official code of a local authority: E, N, S or W and eight digits, such as E07000123",
}

_FIGURE = "{value: ..., year: ..., source: ..., mark: ...}"


def find_model_problems(error: ValidationError, model: type[BaseModel], tree: Node, source: SourceFile, findings: Findings) -> None:
    """Turn each of pydantic's errors into a finding.

    Parameters
    ----------
    error : ValidationError
        What pydantic raised.
    model : type of BaseModel
        The model that was read, for the names that are allowed.
    tree : Node
        The file, for the lines.
    source : SourceFile
        The file, for its name.
    findings : Findings
        Where problems go.
    """
    for one in error.errors(include_url=False):
        path = tuple(one["loc"])
        _Translation(path, one.get("ctx", {}), model, tree, source, findings).add(one["type"], one.get("input"))


class _Translation:
    """One of pydantic's errors on its way to a finding."""

    def __init__(
        self,
        path: tuple[str | int, ...],
        context: Mapping[str, Any],
        model: type[BaseModel],
        tree: Node,
        source: SourceFile,
        findings: Findings,
    ) -> None:
        self.path, self.context, self.model, self.tree, self.source, self.findings = path, context, model, tree, source, findings

    def found(self, kind: Kind, message: str, path: Sequence[str | int] | None = None, **said: Any) -> None:
        """Keep a problem at the path, or at another."""
        where = self.path if path is None else path
        self.findings.add(kind, self.source.shown, key_line(self.tree, where), where, message, **said)

    def add(self, name: str, given: object) -> None:
        """Find the words for an error by its type."""
        if name in _TYPES:
            self.wrong_type(name, given)
        elif name == "missing":
            self.missing()
        elif name == "extra_forbidden":
            self.unknown_key()
        elif name == "keyed":
            self.keyed()
        elif name in ("assumption-without-range", "range-misses-value", "out-of-bounds", "wrong-sum"):
            getattr(self, name.replace("-", "_"))()
        else:
            self.unfit(name, given)

    def wrong_type(self, name: str, given: object) -> None:
        """Text for a number, a number for a mapping, and the like."""
        field = model_at(self.model, self.path)
        if field is Figure:
            remedy = f"write {_FIGURE} with the source of the figure"
            self.found(Kind.NO_SOURCE, "a figure without its source", given=shown(given), allowed=_FIGURE, remedy=remedy)
            return
        remedy = number_remedy(given) if name in ("float_type", "int_type", "int_from_float") else f"write {_TYPES[name]}"
        if name == "string_type" and isinstance(given, (int, float)) and not isinstance(given, bool):
            remedy = f'write "{given}" in quotes'
        self.found(Kind.WRONG_TYPE, "a value of the wrong type", given=shown(given), allowed=_TYPES[name], remedy=remedy)

    def missing(self) -> None:
        """A key that must be there."""
        key = str(self.path[-1])
        kind = Kind.NO_SOURCE if key == "source" and model_at(self.model, self.path[:-1]) is Figure else Kind.MISSING_KEY
        present = find(self.tree, self.path[:-1])
        names = present.names if isinstance(present, Keys) else ()
        self.found(kind, f"{key!r} is missing", given="nothing", allowed=self.meaning(), remedy=self.missing_remedy(key, names))

    def missing_remedy(self, key: str, names: tuple[str, ...]) -> str:
        """Add it; or, when a key there looks like it, rename that one."""
        declared = _keys_of(model_at(self.model, self.path[:-1]))
        near = nearest(key, [name for name in names if name not in declared])
        return f"rename {near!r} to {key!r}" if near else f"add '{key}:' with {self.meaning()}"

    def meaning(self) -> str:
        """What the field at the path means."""
        parent = model_at(self.model, self.path[:-1])
        if isinstance(parent, type) and issubclass(parent, BaseModel):
            field = parent.model_fields.get(str(self.path[-1]))
            if field is not None and field.description:
                return field.description
        return "a value"

    def unknown_key(self) -> None:
        """A key that is not declared."""
        names = _keys_of(model_at(self.model, self.path[:-1]))
        key = str(self.path[-1])
        self.found(Kind.UNKNOWN_KEY, f"there is no key {key!r} here", given=key, names=names, remedy="" if names else "delete it")

    def keyed(self) -> None:
        """A mapping by fixed names with unknown, missing or unfit entries."""
        keyed = self.context["keyed"]
        for name in self.context["unknown"]:
            self.found(Kind.UNKNOWN_NAME, f"there is no {keyed.noun} {name!r}", (*self.path, name), given=name, names=keyed.names)
        missing = [name for name in self.context["missing"] if not self.context["unknown"]]
        if missing:
            remedy = f"add {', '.join(missing)}; write a value of 0 for none"
            message = f"a figure is missing for: {', '.join(missing)}"
            self.found(
                Kind.MISSING_KEY,
                message,
                given=f"{len(keyed.names) - len(missing)} of {len(keyed.names)}",
                names=keyed.names,
                remedy=remedy,
            )
        for name, value in self.context["wrong"].items():
            self.outside(value, keyed.bounds.low, keyed.bounds.high, keyed.bounds.unit, (*self.path, name))

    def assumption_without_range(self) -> None:
        """An assumption must say how far it may be moved."""
        remedy = "add 'low:' and 'high:', the range in which a reader may move the figure"
        self.found(
            Kind.ASSUMPTION_WITHOUT_RANGE, "an assumption without a range", given="mark: assumption", allowed="low and high", remedy=remedy
        )

    def range_misses_value(self) -> None:
        """A range must hold its value."""
        value, low, high = (self.context[key] for key in ("value", "low", "high"))
        remedy = "correct the value, or low and high"
        self.found(
            Kind.RANGE_MISSES_VALUE,
            "the range does not hold the value",
            given=f"{value:.12g}",
            allowed=f"{low:.12g} to {high:.12g}",
            remedy=remedy,
        )

    def out_of_bounds(self) -> None:
        """A figure outside its bounds."""
        self.outside(self.context["value"], self.context["low"], self.context["high"], self.context["unit"], self.path)

    def outside(self, value: float, low: float, high: float, unit: str, path: Sequence[str | int]) -> None:
        """A value that leaves its bounds."""
        allowed = f"{low:.12g} to {high:.12g} ({unit})"
        remedy = share_remedy(value, low, high, unit)
        self.found(
            Kind.OUT_OF_BOUNDS, "the value is outside its bounds", (*path, "value"), given=f"{value:.12g}", allowed=allowed, remedy=remedy
        )

    def wrong_sum(self) -> None:
        """Shares that do not add up."""
        total, allowed = self.context["total"], self.context["allowed"]
        remedy = f"change the shares by {allowed - total:+.6g} in all"
        self.found(
            Kind.WRONG_SUM, "the shares do not add up", given=f"a sum of {total:.6g}", allowed=f"a sum of {allowed:.6g}", remedy=remedy
        )

    def unfit(self, name: str, given: object) -> None:
        """Everything else: bounds of plain numbers, forms of text, choices."""
        said = {key: value for key, value in self.context.items() if key in ("ge", "le", "pattern", "expected", "min_length", "max_length")}
        if name == "finite_number":
            self.found(
                Kind.NOT_FINITE, "a number that is not finite", given=shown(given), allowed="a finite number", remedy="write a number"
            )
        elif name in ("greater_than_equal", "less_than_equal"):
            allowed = f"at least {said['ge']}" if "ge" in said else f"at most {said['le']}"
            self.found(
                Kind.OUT_OF_BOUNDS,
                "the value is outside its bounds",
                given=shown(given),
                allowed=allowed,
                remedy=f"write a number of {allowed}",
            )
        elif name == "literal_error":
            names = [str(choice) for choice in get_args(model_at(self.model, self.path))]
            self.found(Kind.NOT_A_CHOICE, "this is none of the choices", given=str(given), names=names)
        elif name == "string_pattern_mismatch":
            allowed = _FORMS.get(said["pattern"], str(said["pattern"]))
            self.found(Kind.WRONG_FORM, "the text has the wrong form", given=shown(given), allowed=allowed, remedy=f"write {allowed}")
        elif name in ("too_short", "string_too_short", "string_too_long", "too_long"):
            short, is_text = "min_length" in said, name.startswith("string")
            bound = said["min_length"] if short else said.get("max_length")
            one, several = ("character", "characters") if is_text else ("entry", "entries")
            allowed = f"at {'least' if short else 'most'} {bound} {one if bound == 1 else several}"
            self.found(
                Kind.WRONG_FORM,
                "too little or too much stands here",
                given=shown(given),
                allowed=allowed,
                remedy=f"add {allowed}: {self.meaning()}" if short and not is_text else f"write {allowed}",
            )
        else:
            self.found(Kind.WRONG_FORM, "the value does not fit", given=shown(given), allowed=self.meaning(), remedy="correct it")


def model_at(model: object, path: Sequence[str | int]) -> object:
    """The declared type at a path, without its bounds; None when the path leaves the declared."""
    return _bare(_annotation_at(model, path))


def _annotation_at(model: object, path: Sequence[str | int]) -> object:
    """The declared annotation at a path."""
    current: object = model
    for step in path:
        bare = _bare(current)
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            field: FieldInfo | None = bare.model_fields.get(str(step))
            current = field.annotation if field is not None else None
        elif get_origin(bare) in (FrozenMapping, tuple):
            current = get_args(bare)[0]
        else:
            return None
    return current


def _bare(annotation: object) -> object:
    """An annotation without its bounds, and without the None of an optional one."""
    if hasattr(annotation, "__metadata__"):
        return _bare(get_args(annotation)[0])
    options = [option for option in get_args(annotation) if option is not type(None)]
    if len(options) == 1 and len(get_args(annotation)) == 2 and type(None) in get_args(annotation):
        return _bare(options[0])
    return annotation


def _keys_of(model: object) -> tuple[str, ...]:
    """The keys that a declared mapping may have."""
    return tuple(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else ()
