"""What the program declares about policies, shocks and parameters: titles, meanings, sources; nothing is needed that it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.numbers import plain

__all__ = ["Declared", "declared_parameters", "declared_policy"]


@dataclass(frozen=True)
class Declared:
    """What is declared of a policy, shock or parameter.

    Parameters
    ----------
    title, meaning, source, mark, costs, limits : str
        Empty where nothing is declared.
    low, high : float or None
        Bounds.
    """

    title: str
    meaning: str = ""
    source: str = ""
    mark: str = ""
    costs: str = ""
    limits: str = ""
    low: float | None = None
    high: float | None = None


def declared_policy(name: str) -> Declared:
    """What is declared of a policy or shock; its bare name when this version of the program does not know it."""
    import sim.catalogue  # noqa: F401 (fills the registries)
    from sim.core.registry import POLICIES, SHOCKS

    for registry in (POLICIES, SHOCKS):
        if name in registry.names():
            item = registry[name]
            return Declared(item.title, item.meaning, item.evidence, item.mark, item.costs, item.limits)
    return Declared(plain(name).replace("_", " ").capitalize())


def option_units(name: str) -> dict[str, str]:
    """Kinds of the options of a policy or shock by name."""
    import sim.catalogue  # noqa: F401 (fills the registries)
    from sim.core.registry import POLICIES, SHOCKS

    for registry in (POLICIES, SHOCKS):
        if name in registry.names():
            return {option.name: option.kind for option in registry[name].options}
    return {}


def declared_parameters() -> dict[str, Declared]:
    """What is declared of each parameter."""
    from sim.settings.parameters import PARAMETERS

    return {item.name: Declared(item.name, item.meaning, item.source, item.mark, low=item.low, high=item.high) for item in PARAMETERS}
