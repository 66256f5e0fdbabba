"""Hypothesis strategies: states of the page, from fit ones to anything that a browser could send."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sim.core.registry import POLICIES, SHOCKS, Option
from sim.runs.scenarios import fill_levers
from sim.settings.parameters import PARAMETERS
from sim.settings.scenarios.options import option_bounds
from sim.settings.sectors import SECTORS

fill_levers()

ANCHORS = ("council", "hospital-trust", "college", "housing-association")
PATHS = (
    "../../etc/passwd",
    "/etc/passwd",
    "~/x.yaml",
    "./anytown.yaml",
    "anytown/../preston",
    "\\\\host\\share",
    "file:///etc/passwd",
    "anytown\x00",
)
KEYS = (
    "place",
    "residents",
    "start",
    "months",
    "policies",
    "shocks",
    "parameters",
    "neighbours",
    "title",
    "notes",
    "based_on",
    "use",
    "share",
)
NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), 1e308, 2**63, 1e-320, -0.0, float("nan"), float("inf"), True, False])
)
TEXTS = st.one_of(st.text(max_size=30), st.sampled_from([*PATHS, "\ud800", "\u2028", "=1+1", "a" * 3000, "2013-04", "all", "anytown"]))
SCALARS = st.one_of(st.none(), NUMBERS, TEXTS)
ANYTHING = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=6),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=12)), below, max_size=6),
    ),
    max_leaves=40,
)


def option_values(option: Option) -> st.SearchStrategy[Any]:
    """Values that an option allows."""
    low, high = (max(min(end, 1e7), -1e7) for end in option_bounds(option))
    if option.kind == "flag":
        return st.booleans()
    if option.kind == "sector":
        return st.sampled_from(SECTORS)
    if option.kind == "anchor":
        return st.sampled_from(ANCHORS)
    if option.kind == "anchors":
        allowed = ANCHORS[:1] if option.anchor_kinds else ANCHORS
        return (
            st.one_of(st.just("all"), st.lists(st.sampled_from(allowed), min_size=1, unique=True))
            if not option.anchor_kinds
            else st.just(["council"])
        )
    if option.kind == "text":
        return st.sampled_from(option.choices)
    if option.kind == "shares":
        return st.sampled_from([{option.choices[0]: 1}, {option.choices[0]: 0.25, option.choices[-1]: 0.75}])
    if option.kind in ("months", "count"):
        return st.integers(int(low), int(min(high, 100_000)))
    return st.floats(low, high)


@st.composite
def uses(draw: Any, shock: bool) -> dict[str, Any]:
    """A use of any policy or shock with options that are allowed."""
    registry = SHOCKS if shock else POLICIES
    item = registry[draw(st.sampled_from(registry.names()))]
    use: dict[str, Any] = {"use": item.name}
    for option in item.options:
        if option.required or draw(st.booleans()):
            use[option.name] = draw(option_values(option))
    if draw(st.booleans()):
        use["start"] = draw(st.sampled_from(["2013-04", "2013-09", "2014-03"]))
        use["end"] = draw(st.sampled_from(["2014-03", "2015-01", "2030-01"]))
    if draw(st.booleans()):
        use["ramp_months"] = draw(st.integers(0, 60))
    return use


def fit_states() -> st.SearchStrategy[dict[str, Any]]:
    """States whose every value is allowed by itself; uses may contradict."""
    numbers = {one.name: st.floats(one.low, one.high) for one in PARAMETERS[::5]}
    return st.fixed_dictionaries(
        {"place": st.just("anytown")},
        optional={
            "residents": st.integers(1000, 5000),
            "months": st.integers(12, 120),
            "title": st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=120),
            "notes": st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=300),
            "policies": st.lists(uses(shock=False), max_size=8),
            "shocks": st.lists(uses(shock=True), max_size=3),
            "parameters": st.fixed_dictionaries({}, optional=numbers),
            "neighbours": st.sampled_from(["unchanged", "same-policies", "everywhere"]),
        },
    )


@st.composite
def spoilt_states(draw: Any) -> Any:
    """A fit state in which something is replaced by anything, somewhere."""
    state = draw(fit_states())
    holder: Any = state
    for _ in range(draw(st.integers(0, 3))):
        inner = [below for below in (holder.values() if isinstance(holder, dict) else holder) if isinstance(below, (dict, list)) and below]
        if not inner:
            break
        holder = draw(st.sampled_from(inner))
    if isinstance(holder, list):
        holder[draw(st.integers(0, len(holder) - 1))] = draw(ANYTHING)
    else:
        key = draw(st.one_of(st.sampled_from(sorted(holder)), st.sampled_from(KEYS), st.text(max_size=12)))
        holder[key] = draw(ANYTHING)
    return state
