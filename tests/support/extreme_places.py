"""Place files as far from any town as a file may be, made from that of the invented town."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from support.place_files import raw

from sim.settings.places.sections import ANCHOR_SECTORS

Data = dict[str, Any]
Change = Callable[[Data], None]
#: The smallest and the largest number that any place file may hold for money in a month.
PENNY, MOST_MONEY = 0.01, 1e12


def figure(value: float) -> Data:
    """A figure of a test."""
    return {"value": value, "year": 2013, "source": "invented-town", "mark": "C"}


def put(section: Data, keys: Iterable[str], value: float) -> None:
    """Every one of these figures is this value."""
    for key in keys:
        section[key] = figure(value)


def every(section: Data, value: float) -> None:
    """Every figure of a mapping is this value."""
    put(section, list(section), value)


def smaller(data: Data, factor: float) -> None:
    """Counts multiplied: people, jobs, firms, spending."""
    counts = [data["population"], data["population"]["adults_by_age"]]
    counts += [data["labour"][name] for name in ("jobs_by_sector", "region_jobs_by_sector")]
    counts += [data["business"][f"{what}_by_{how}"] for what in ("enterprises", "local_units") for how in ("size", "sector")]
    for section in counts:
        for key, item in section.items():
            if "value" in item:
                section[key] = figure(item["value"] * factor)
    for anchor in data["anchors"]:
        put(anchor, ["jobs"], anchor["jobs"]["value"] * factor)
        put(anchor, ["annual_spend"], anchor["annual_spend"]["value"] * factor)


def tiny(data: Data) -> None:
    """A town of some 160 adults, so that a test takes no time."""
    smaller(data, 1 / 25)


def one_resident(data: Data) -> None:
    every(data["population"]["adults_by_age"], 0)
    put(data["population"]["adults_by_age"], ["25-34"], 1)
    put(data["population"], ["residents"], 1)


def no_adult(data: Data) -> None:
    every(data["population"]["adults_by_age"], 0)


def nobody_of_working_age(data: Data) -> None:
    every(data["population"]["adults_by_age"], 0)
    put(data["population"]["adults_by_age"], ["65+"], 150)


def no_firms(data: Data) -> None:
    """Jobs with anchors alone, and no site of anybody else."""
    jobs = data["labour"]["jobs_by_sector"]
    every(jobs, 0)
    for anchor in data["anchors"]:
        sector = ANCHOR_SECTORS[anchor["kind"]]
        put(jobs, [sector], jobs[sector]["value"] + anchor["jobs"]["value"])
    for what in ("enterprises", "local_units"):
        for how in ("size", "sector"):
            every(data["business"][f"{what}_by_{how}"], 0)


def no_jobs_at_all(data: Data) -> None:
    no_firms(data)
    every(data["labour"]["jobs_by_sector"], 0)
    for anchor in data["anchors"]:
        put(anchor, ["jobs"], 0)


def one_anchor(data: Data) -> None:
    data["anchors"] = data["anchors"][:1]


def no_anchors(data: Data) -> None:
    data["anchors"] = []


def anchors_that_buy_nothing(data: Data) -> None:
    for anchor in data["anchors"]:
        put(anchor, ["annual_spend"], 0)


def all_branches(data: Data) -> None:
    for how in ("size", "sector"):
        every(data["business"][f"enterprises_by_{how}"], 0)


def no_cooperatives(data: Data) -> None:
    put(data["business"], ["cooperative_share", "community_share"], 0)


def all_cooperatives(data: Data) -> None:
    put(data["business"], ["community_share"], 0)
    put(data["business"], ["cooperative_share"], 1)


def one_neighbourhood(data: Data) -> None:
    data["neighbourhoods"] = [{"name": "All", "population_share": figure(1), "deprivation": figure(0.5)}]


def hundreds_of_neighbourhoods(data: Data) -> None:
    number = 400
    data["neighbourhoods"] = [
        {"name": f"N {place}", "population_share": figure(1 / number), "deprivation": figure(place / number)} for place in range(number)
    ]


def _tenure(data: Data, name: str) -> None:
    every(data["housing"]["tenure"], 0)
    put(data["housing"]["tenure"], [name], 1)


def all_rent_from_landlords(data: Data) -> None:
    _tenure(data, "private")


def all_rent_from_a_social_landlord(data: Data) -> None:
    _tenure(data, "social")


def all_with_a_mortgage(data: Data) -> None:
    _tenure(data, "mortgage")
    put(data["housing"], ["mortgage_rate"], 1)
    put(data["housing"], ["mortgage_to_value"], 2)


def everyone_unemployed(data: Data) -> None:
    put(data["labour"], ["employment_rate", "inactivity_rate"], 0)


def everyone_in_work(data: Data) -> None:
    put(data["labour"], ["employment_rate"], 1)
    put(data["labour"], ["inactivity_rate", "commuter_share"], 0)


def all_jobs_of_commuters(data: Data) -> None:
    put(data["labour"], ["commuter_share"], 1)


def no_outside_trade(data: Data) -> None:
    """Nobody comes from outside, no job lies outside, anchors buy here alone."""
    data["labour"]["region_jobs_by_sector"] = deepcopy(data["labour"]["jobs_by_sector"])
    put(data["labour"], ["commuter_share"], 0)
    put(data["housing"], ["outside_landlord_share"], 0)
    for anchor in data["anchors"]:
        put(anchor, ["share_in_place"], 1)
        put(anchor, ["share_in_region"], 0)


def _money(data: Data, factor: float, least: float = 0.0) -> None:
    """Every sum of money multiplied, within what a file may hold."""
    most = {"median_weekly": 1e6, "legal_minimum_hourly": 10_000.0, "living_wage_hourly": 10_000.0}
    sections = (
        (data["pay"], ("median_weekly", "legal_minimum_hourly", "living_wage_hourly")),
        (data["housing"], ("house_price", "private_rent_monthly", "social_rent_monthly")),
        (data["wealth"], ("liquid_median",)),
        (data["transfers"], tuple(data["transfers"])),
        *((anchor, ("annual_spend",)) for anchor in data["anchors"]),
    )
    for section, keys in sections:
        for key in keys:
            put(section, [key], min(max(section[key]["value"] * factor, least), most.get(key, MOST_MONEY)))


def no_money(data: Data) -> None:
    _money(data, 0.0)


def no_money_but_pay(data: Data) -> None:
    """Nothing for rent, homes, savings, benefits, pensions, taxes, spending of anchors, and no floor under pay."""
    pay = data["pay"]["median_weekly"]["value"]
    _money(data, 0.0)
    put(data["pay"], ["median_weekly"], pay)


def a_penny_for_everything(data: Data) -> None:
    _money(data, 0.0, PENNY)


def pence_for_pounds(data: Data) -> None:
    _money(data, 0.0001)


def a_thousand_times_the_money(data: Data) -> None:
    _money(data, 1000.0)


def the_most_money(data: Data) -> None:
    """All that a file may hold, in coins of a thousandth."""
    _money(data, 1e15)
    data["currency"]["minor_units"] = 1000
    put(data["pay"], ["mean_to_median"], 10)


def billions_of_people(data: Data) -> None:
    every(data["population"]["adults_by_age"], 1e8)
    put(data["population"], ["residents"], 1e9)


def place_file(folder: Path, change: Change, *, base: Change = tiny) -> Path:
    """A place file with a change, at the size of `base`; named after the change."""
    data = deepcopy(raw("anytown"))
    base(data)
    change(data)
    data["published"] = []
    path, text = folder / f"{change.__name__.replace('_', '-')}.yaml", StringIO()
    data["name"] = path.stem
    YAML(typ="safe").dump(data, text)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path
