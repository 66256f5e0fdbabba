"""The smallest place that is read: every key that is needed and none besides, most figures by reference."""

from __future__ import annotations

from typing import Any

from .trees import Raw, tree_of

__all__ = ["small_place"]


def small_place() -> Any:
    """The place as a tree. Its many counts are one figure that is referred to; so are its shares."""
    from sim.settings.places.keyed import AGES, SIZES, TENURES
    from sim.settings.places.sections import Pay, Transfers
    from sim.settings.sectors import SECTORS

    count, share, money = Raw("*n "), Raw("*h "), Raw("*m ")
    jobs = _first([[sector, count] for sector in SECTORS], "j", "&n {value: 10, year: 2013, source: s, mark: A}")
    firms = _first([[size, count] for size in SIZES], "z", "*n ")
    anchor = {"name": "council", "title": "T", "kind": "council", "jobs": count, "annual_spend": money}
    anchor |= {"spend_by_sector": {"construction": _figure(1, low=0.5, high=1)}, "share_in_place": share, "share_in_region": share}
    anchor |= {"contract_years": count, "contracts": _figure(20)}
    # What is referred to comes first.
    labour = {"jobs_by_sector": jobs, "employment_rate": Raw("&h {value: 0.25, year: 2013, source: s, mark: B}"), "inactivity_rate": share}
    labour |= {"region_jobs_by_sector": Raw("*j "), "public_job_share": _figure(0.2), "commuter_share": share}
    business = {"enterprises_by_size": firms, "local_units_by_size": Raw("*z ")}
    business |= dict.fromkeys(("enterprises_by_sector", "local_units_by_sector"), Raw("*j "))
    business |= dict.fromkeys(("birth_rate", "death_rate", "cooperative_share", "community_share"), share)
    pay = {
        **dict.fromkeys(Pay.model_fields, count),
        "median_weekly": _figure(415.3),
        "mean_to_median": _figure(1.3),
        "part_time_share": share,
    }
    housing = {"tenure": dict.fromkeys(TENURES, share), "house_price": Raw("&m {value: 150000, year: 2013, source: s, mark: C}")}
    housing |= {"private_rent_monthly": count, "social_rent_monthly": count}
    housing |= dict.fromkeys(("outside_landlord_share", "mortgage_rate", "mortgage_to_value"), share)
    place: dict[str, Any] = {"name": "a", "title": "A", "invented": True, "currency": {"code": "GBP", "symbol": "£"}}
    place |= {
        "region": {"name": "b", "title": "B"},
        "prices": "2013",
        "sources": {"s": {"title": "S", "address": "none"}},
        "labour": labour,
    }
    place |= {
        "population": {"residents": _figure(5000), "adults_by_age": dict.fromkeys(AGES, _figure(900))},
        "pay": pay,
        "business": business,
    }
    place |= {"housing": housing, "wealth": {"liquid_median": money, "liquid_gini": share, "pension_to_property": share}}
    place |= {"transfers": dict.fromkeys(Transfers.model_fields, count), "anchors": [anchor]}
    place |= {"neighbourhoods": [{"name": "N", "population_share": _figure(1.0), "deprivation": share}]}
    return tree_of(place)


def _figure(value: float, **more: float) -> dict[str, Any]:
    """A figure in full."""
    return {"value": value, "year": 2013, "source": "s", "mark": "assumption" if more else "A", **more}


def _first(entries: list[list[Any]], name: str, first: str) -> Raw:
    """A mapping with a name, in one line; its first value stands in full."""
    entries[0][1] = Raw(first)
    return Raw(f"&{name} {{{', '.join(f'{key}: {value}' for key, value in entries)}}}")
