"""Hypothesis strategies: random tiny places, policies, shocks and parameters, all within what the files allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from support.places import figure, part, scaled, shipped, times

from sim.core.registry import POLICIES, SHOCKS, Option
from sim.settings.frozen import FrozenMapping
from sim.settings.parameters import PARAMETERS, Parameters
from sim.settings.place import Anchor, Place
from sim.settings.places.keyed import TENURES
from sim.settings.scenario import PolicyUse, Scenario
from sim.settings.sectors import SECTORS

MOST_MONTHS = 12
#: Options may allow a billion pounds; a tiny place needs no more than this to be overwhelmed.
MOST_MONEY = 1e7
SHARE = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.0, 1.0))
#: Set by the test itself.
NOT_DRAWN = frozenset({"behaviour.frozen", "behaviour.burn_in_months"})


def split(draw: Any, keys: tuple[str, ...], total: float = 1.0) -> dict[str, float]:
    """Shares of some total; some keys may get nothing."""
    weights = draw(st.lists(st.integers(0, 5), min_size=len(keys), max_size=len(keys)))
    weights = weights if sum(weights) else [1] * len(keys)
    return {key: total * weight / sum(weights) for key, weight in zip(keys, weights, strict=True)}


@st.composite
def anchors(draw: Any, models: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    """One to four anchors of the model's kinds, with other contracts and shares."""
    chosen = draw(st.lists(st.sampled_from(models), min_size=1, max_size=len(models), unique_by=lambda item: item.name))
    tax = split(draw, (*(item.name for item in chosen), "others"))
    made = []
    for item in chosen:
        here = draw(SHARE)
        spend = split(draw, tuple(item.spend_by_sector))
        made.append(
            part(
                item,
                annual_spend=float(item.annual_spend) * draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])),
                spend_by_sector=FrozenMapping({name: figure(value) for name, value in spend.items()}),
                share_in_place=here,
                share_in_region=draw(SHARE) * (1.0 - here),
                contract_years=draw(st.sampled_from([0.08, 0.5, 1.0, 3.0, 6.0])),
                contracts=float(draw(st.integers(1, 12))),
                council_tax_share=draw(st.sampled_from([None, tax[item.name]])),
            )
        )
    return tuple(made)


def labour_of(draw: Any, labour: Any) -> Any:
    """Any rate of employment and share of commuters, with some sectors gone, smaller or larger."""
    working = draw(st.floats(0.05, 0.95))
    factors = draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 1.0, 1.0, 2.0]), min_size=len(SECTORS), max_size=len(SECTORS)))
    jobs = {name: float(item) * factor for (name, item), factor in zip(labour.jobs_by_sector.items(), factors, strict=True)}
    # What the anchors employ must be there.
    for sector in ("public-administration", "education", "health-care", "wholesale-retail"):
        jobs[sector] = max(jobs[sector], float(labour.jobs_by_sector[sector]))
    region = {name: max(float(labour.region_jobs_by_sector[name]), value) for name, value in jobs.items()}
    return part(
        labour,
        employment_rate=working,
        inactivity_rate=draw(SHARE) * (1.0 - working),
        jobs_by_sector=FrozenMapping({name: figure(value) for name, value in jobs.items()}),
        region_jobs_by_sector=FrozenMapping({name: figure(value) for name, value in region.items()}),
        commuter_share=draw(SHARE),
    )


def business_of(draw: Any, business: Any) -> Any:
    """Any owners, from no co-operative to nothing else, with anything from no branch to branches alone."""
    cooperative = draw(st.sampled_from([0.0, 0.0, 0.05, 0.3, 1.0]))
    return part(
        business,
        birth_rate=draw(st.floats(0.0, 0.6)),
        death_rate=draw(st.floats(0.0, 0.6)),
        cooperative_share=cooperative,
        community_share=draw(SHARE) * (1.0 - cooperative),
        enterprises_by_size=times(business.enterprises_by_size, draw(SHARE)),
    )


def housing_of(draw: Any, housing: Any) -> Any:
    """Any tenures, rents and mortgages."""
    tenure = split(draw, TENURES)
    return part(
        housing,
        tenure=FrozenMapping({name: figure(value) for name, value in tenure.items()}),
        outside_landlord_share=draw(SHARE),
        mortgage_rate=draw(st.floats(0.0, 0.3)),
        mortgage_to_value=draw(st.floats(0.0, 2.0)),
        private_rent_monthly=draw(st.sampled_from([0.0, 300.0, 1500.0])),
    )


@st.composite
def places(draw: Any) -> Place:
    """A town of about 80 to 160 adults, in everything else as unlike the invented one as a place file may be."""
    place = scaled(shipped("anytown/business-as-usual").place, draw(st.sampled_from([1 / 50, 1 / 35, 1 / 25])))
    return place.model_copy(
        update={
            "labour": labour_of(draw, place.labour),
            "pay": part(place.pay, part_time_share=draw(SHARE), hourly_p90_to_p10=draw(st.floats(1.0, 8.0))),
            "business": business_of(draw, place.business),
            "housing": housing_of(draw, place.housing),
            "wealth": part(place.wealth, liquid_median=draw(st.sampled_from([0.0, 50.0, 3000.0])), liquid_gini=draw(st.floats(0.0, 0.99))),
            "transfers": part(
                place.transfers,
                unemployment_benefit_monthly=draw(st.sampled_from([0.0, 310.7])),
                council_tax_monthly=draw(st.sampled_from([0.0, 50.0, 600.0])),
                pension_monthly=draw(st.sampled_from([0.0, 850.0])),
            ),
            "anchors": draw(anchors(place.anchors)),
        }
    )


def option_values(option: Option, names: tuple[str, ...]) -> st.SearchStrategy[Any]:
    """Any value that a scenario may give an option."""
    low = 0.0 if option.low is None else float(option.low)
    high = {"share": 1.0, "money": MOST_MONEY, "months": 40.0, "count": 50.0}.get(option.kind, 50.0)
    high = max(low, high if option.high is None else min(float(option.high), high))
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "share": st.one_of(st.sampled_from([low, high]), st.floats(low, high)),
        "money": st.one_of(st.sampled_from([low, high]), st.floats(low, high)),
        "number": st.one_of(st.sampled_from([low, high]), st.floats(low, high)),
        "months": st.integers(int(low), int(high)),
        "count": st.integers(int(low), int(high)),
        "flag": st.booleans(),
        "sector": st.sampled_from(SECTORS),
        "anchor": st.sampled_from(names),
        "anchors": st.one_of(st.none(), st.lists(st.sampled_from(names), min_size=1, unique=True).map(tuple)),
        "text": st.sampled_from(option.choices or ("text",)),
    }
    if option.kind == "shares":
        weights = st.lists(st.integers(0, 4), min_size=len(option.choices), max_size=len(option.choices)).filter(any)
        return st.one_of(st.none(), weights.map(lambda w: FrozenMapping({k: v / sum(w) for k, v in zip(option.choices, w, strict=True)})))
    found = kinds[option.kind]
    return found if option.required else st.one_of(st.just(option.default), found)


@st.composite
def uses(draw: Any, registry: Any, names: tuple[str, ...], most: int) -> tuple[PolicyUse, ...]:
    """Some policies or shocks, each at most once, at any time, with any ramp and options."""
    chosen = draw(st.lists(st.sampled_from(registry.names()), max_size=most, unique=True))
    made = []
    for name in chosen:
        options = {option.name: draw(option_values(option, names)) for option in registry[name].options}
        start = draw(st.integers(1, MOST_MONTHS - 2))
        end = draw(st.one_of(st.none(), st.integers(start, MOST_MONTHS)))
        made.append(PolicyUse(name, start, draw(st.sampled_from([0, 0, 1, 3, 12])), end, FrozenMapping(options)))
    return tuple(made)


@st.composite
def parameters(draw: Any) -> Parameters:
    """Up to six parameters anywhere within their declared bounds, the ends above all."""
    drawn = [item for item in PARAMETERS if item.name not in NOT_DRAWN]
    chosen = draw(st.lists(st.sampled_from(drawn), max_size=6, unique_by=lambda item: item.name))
    values = {item.name: draw(st.one_of(st.sampled_from([item.low, item.high]), st.floats(item.low, item.high))) for item in chosen}
    values["behaviour.burn_in_months"] = float(draw(st.sampled_from([0, 0, 1, 3])))
    return Parameters(PARAMETERS).with_values(values)


class Drawn:
    """A random scenario and the seed of its run; says briefly what is unusual in it."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed

    def __repr__(self) -> str:
        found = self.scenario
        changed = {name: value for name, value in found.parameters.items() if value != found.parameters.declaration(name).default}
        uses = [(item.use, item.start, item.ramp_months, item.end, dict(item.options)) for item in (*found.policies, *found.shocks)]
        place = dict(differences(shipped("anytown/business-as-usual").place.model_dump(), found.place.model_dump()))
        return f"seed {self.seed}, {found.months} months, parameters {changed}, uses {uses}, place {place}"


def differences(usual: Any, given: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Figures of a dumped place that are not as usual, by path."""
    if isinstance(usual, dict) and isinstance(given, dict):
        if "value" in given and "mark" in given:
            if usual["value"] != given["value"]:
                yield where, float(f"{given['value']:.4g}")
            return
        for key, item in given.items():
            yield from differences(usual.get(key), item, f"{where}.{key}" if where else str(key))
    elif isinstance(usual, tuple) and isinstance(given, tuple):
        by_name = {item["name"]: item for item in usual}
        yield f"{where} there", [item["name"] for item in given]
        for item in given:
            yield from differences(by_name[item["name"]], item, f"{where}.{item['name']}")
    elif isinstance(given, dict) and "value" in given:
        yield where, given["value"]
    elif usual != given:
        yield where, given


@st.composite
def runs(draw: Any) -> Drawn:
    """A random scenario with a seed."""
    return Drawn(draw(scenarios()), draw(st.integers(1, 10**6)))


@st.composite
def scenarios(draw: Any) -> Scenario:
    """A random scenario: place, policies, shocks, parameters."""
    place = draw(places())
    return replace(
        shipped("anytown/business-as-usual"),
        name="random",
        place=place,
        months=draw(st.integers(8, MOST_MONTHS)),
        parameters=draw(parameters()),
        policies=draw(uses(POLICIES, place.anchor_names, 5)),
        shocks=draw(uses(SHOCKS, place.anchor_names, 2)),
    )
