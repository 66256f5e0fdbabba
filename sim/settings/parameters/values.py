"""The values of all parameters in one scenario, each with where it comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from sim.errors import UnknownNameError
from sim.settings.parameters.declaration import Parameter

__all__ = ["Parameters"]

DEFAULT_ORIGIN = "default"


class Parameters(Mapping[str, float]):
    """A frozen mapping from parameter name to value; an unknown name is an error that says the nearest.

    Parameters
    ----------
    declarations : iterable of Parameter
        Every parameter there is. Two of one name are refused.

    Examples
    --------
    >>> share = Parameter("households.example", 0.4, "share", 0.0, 1.0, "An example.", "Assumed.", "assumption")
    >>> changed = Parameters([share]).with_values({"households.example": 0.5}, origin="my scenario")
    >>> changed["households.example"], changed.origin("households.example")
    (0.5, 'my scenario')
    """

    __slots__ = ("_declarations", "_origins", "_values")

    _declarations: dict[str, Parameter]
    _values: dict[str, float]
    _origins: dict[str, str]

    def __init__(self, declarations: Iterable[Parameter]) -> None:
        known: dict[str, Parameter] = {}
        for declaration in declarations:
            if declaration.name in known:
                raise ValueError(f"parameter {declaration.name} is declared twice")
            known[declaration.name] = declaration
        self._declarations = known
        self._values = {name: float(declaration.default) for name, declaration in known.items()}
        self._origins = {}

    def __getitem__(self, name: str) -> float:
        try:
            return self._values[name]
        except KeyError:
            raise UnknownNameError("parameter", name, self._values) from None

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return self._values == other._values if isinstance(other, Parameters) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(sorted(self._values.items())))

    def __repr__(self) -> str:
        changed = {name: self._values[name] for name in self._origins}
        return f"Parameters({len(self)} values, changed: {changed})"

    def declaration(self, name: str) -> Parameter:
        """The declaration of a parameter: default, unit, bounds, meaning, source."""
        self[name]
        return self._declarations[name]

    def origin(self, name: str) -> str:
        """Where the value comes from: "default", or what :meth:`with_values` was told."""
        self[name]
        return self._origins.get(name, DEFAULT_ORIGIN)

    def with_values(self, values: Mapping[str, float], origin: str = "given") -> Parameters:
        """A copy with some values changed; the original stays as it is.

        Parameters
        ----------
        values : mapping of str to float
            New values by name.
        origin : str
            Where they come from, for :meth:`origin`.

        Raises
        ------
        sim.errors.UnknownNameError
            When a name is not declared.
        ValueError
            When a value is not finite or leaves its bounds.
        """
        copy = Parameters(self._declarations.values())
        copy._values.update(self._values)
        copy._origins.update(self._origins)
        for name, value in values.items():
            bounds = self.declaration(name)
            if not (math.isfinite(value) and bounds.low <= value <= bounds.high):
                raise ValueError(f"parameter {name}: {value} is not within {bounds.low} and {bounds.high} ({bounds.unit})")
            copy._values[name] = float(value)
            copy._origins[name] = origin
        return copy
