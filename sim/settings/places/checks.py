"""Checks of a place file that look at several values at once."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.settings.place import Place
from sim.settings.places.keyed import TOLERANCE
from sim.settings.reading.files import SourceFile
from sim.settings.reading.problems import Findings, Kind
from sim.settings.reading.tree import Items, Keys, Node, Scalar, find, key_line

__all__ = ["check_place", "check_sources", "check_unique"]

Path = Sequence[str | int]

#: Sums up to this are exact in floating point, and a thousand of them fit 64 bits.
MOST_COINS = 2.0**53
#: Residents to one adult, at most: beyond this the counts are in different units, or an age group was left out.
MOST_TO_AN_ADULT = 3.0


class _Checks:
    """The checks of one place, with its tree for the lines."""

    def __init__(self, tree: Node, source: SourceFile, findings: Findings) -> None:
        self.tree, self.source, self.findings = tree, source, findings

    def found(self, kind: Kind, path: Path, message: str, given: str, allowed: str, remedy: str) -> None:
        """Keep a problem of this file."""
        self.findings.add(kind, self.source.shown, key_line(self.tree, path), path, message, given=given, allowed=allowed, remedy=remedy)

    def at_most(self, path: Path, part: float, whole: float, what: str) -> None:
        """A part may not be larger than its whole."""
        if part > whole * (1 + 1e-9) + 1e-9:
            given, allowed = f"{part:.10g}", f"at most {whole:.10g}"
            self.found(Kind.PART_ABOVE_WHOLE, path, what, given, allowed, "correct one of the two figures")

    def sum_to_one(self, path: Path, shares: Sequence[float], what: str) -> None:
        """Shares of one whole add up to one."""
        total = math.fsum(shares)
        if abs(total - 1.0) > TOLERANCE:
            remedy = f"change the shares by {1 - total:+.6g} in all"
            self.found(Kind.WRONG_SUM, path, f"{what} do not add up", f"a sum of {total:.6g}", "a sum of 1", remedy)


def check_place(place: Place, tree: Node, source: SourceFile, findings: Findings) -> None:
    """Look for figures that can't all be true.

    Parameters
    ----------
    place : Place
        The place; each of its values is fit by itself.
    tree : Node
        The file, for the lines.
    source : SourceFile
        The file, for its name.
    findings : Findings
        Where problems go.
    """
    checks = _Checks(tree, source, findings)
    labour, anchors = place.labour, place.anchors
    adults = math.fsum(float(figure) for figure in place.population.adults_by_age.values())
    checks.at_most(("population", "adults_by_age"), adults, float(place.population.residents), "there are more adults than residents")
    _check_adults(checks, adults, float(place.population.residents))
    working = float(labour.employment_rate) + float(labour.inactivity_rate)
    checks.at_most(("labour", "inactivity_rate"), working, 1.0, "employment_rate and inactivity_rate are more than everybody")
    for sector, jobs in labour.jobs_by_sector.items():
        message = "the place has more jobs in this sector than the region that holds it"
        checks.at_most(("labour", "jobs_by_sector", sector), float(jobs), float(labour.region_jobs_by_sector[sector]), message)
    jobs_in_place = math.fsum(float(figure) for figure in labour.jobs_by_sector.values())
    checks.at_most(
        ("anchors",), math.fsum(float(anchor.jobs) for anchor in anchors), jobs_in_place, "the anchors have more jobs than the place"
    )
    for index, anchor in enumerate(anchors):
        kept = float(anchor.share_in_place) + float(anchor.share_in_region)
        checks.at_most(("anchors", index, "share_in_region"), kept, 1.0, "share_in_place and share_in_region are more than the whole")
    tax = math.fsum(float(anchor.council_tax_share) for anchor in anchors if anchor.council_tax_share is not None)
    checks.at_most(("anchors",), tax, 1.0, "the anchors' council_tax_share are more than the whole")
    _check_something_is_there(checks, place)
    _check_money(checks, place)
    checks.sum_to_one(
        ("neighbourhoods",), [float(part.population_share) for part in place.neighbourhoods], "the neighbourhoods' population_share"
    )


def _check_adults(checks: _Checks, adults: float, residents: float) -> None:
    """The model has adults alone, so a count in thousands beside one in persons would go unseen."""
    if 0.0 < adults < residents / MOST_TO_AN_ADULT:
        given, allowed = f"{adults:.10g} adults of {residents:.10g} residents", "at least one adult to three residents"
        remedy = "write both in persons, children among the residents alone, and every age group"
        checks.found(Kind.OUT_OF_BOUNDS, ("population", "adults_by_age"), "there are hardly any adults", given, allowed, remedy)


def _check_something_is_there(checks: _Checks, place: Place) -> None:
    """An economy needs somebody who lives there, a job and pay for it."""
    needed: tuple[tuple[Path, float, str, str], ...] = (
        (
            ("population", "adults_by_age"),
            float(sum(round(float(figure)) for figure in place.population.adults_by_age.values())),
            "nobody lives there",
            "at least 1 adult",
        ),
        (
            ("labour", "jobs_by_sector"),
            math.fsum(float(figure) for figure in place.labour.jobs_by_sector.values()),
            "there are no jobs, and output is worked out from them",
            "more than 0 jobs in all",
        ),
        (
            ("pay", "median_weekly"),
            float(place.pay.median_weekly),
            "work is not paid, and output is worked out from pay",
            "more than 0 currency units a week",
        ),
    )
    for path, value, message, allowed in needed:
        if value <= 0:
            checks.found(Kind.OUT_OF_BOUNDS, path, message, f"{value:.10g}", allowed, f"write {allowed}")


def _check_money(checks: _Checks, place: Place) -> None:
    """All money of a year and all homes together must be few enough coins to be added up exactly."""
    minor = place.currency.minor_units
    parts = {path: amount * minor for path, amount in _sums_of_money(place)}
    total, largest = math.fsum(parts.values()), max(parts, key=lambda path: parts[path])
    if total > MOST_COINS:
        message = "the money of the place is more than can be counted to the coin"
        given = f"{total:.3g} of the smallest coins, homes and a year of payments together"
        remedy = "write money in larger units, or lower 'currency: minor_units'; this figure has the largest part"
        checks.found(Kind.OUT_OF_BOUNDS, largest, message, given, f"at most {MOST_COINS:.3g}", remedy)


def _sums_of_money(place: Place) -> list[tuple[Path, float]]:
    """Sums of the whole place, a year of each payment, in currency units, with the figure that each comes from."""
    adults = math.fsum(float(figure) for figure in place.population.adults_by_age.values())
    jobs = math.fsum(float(figure) for figure in place.labour.jobs_by_sector.values())
    pay, housing, transfers = place.pay, place.housing, place.transfers
    hourly = max(float(pay.legal_minimum_hourly), float(pay.living_wage_hourly)) * max(float(pay.weekly_hours), float(pay.part_time_hours))
    monthly: list[tuple[Path, float]] = [
        (("housing", "private_rent_monthly"), float(housing.private_rent_monthly)),
        (("housing", "social_rent_monthly"), float(housing.social_rent_monthly)),
        *((("transfers", name), float(getattr(transfers, name))) for name in type(transfers).model_fields),
    ]
    return [
        (("pay", "median_weekly"), 52.0 * float(pay.median_weekly) * float(pay.mean_to_median) * max(jobs, adults)),
        (("pay", "living_wage_hourly"), 52.0 * hourly * max(jobs, adults)),
        (("housing", "house_price"), float(housing.house_price) * adults),
        (("wealth", "liquid_median"), float(place.wealth.liquid_median) * adults),
        *((path, 12.0 * amount * adults) for path, amount in monthly),
        *((("anchors", index, "annual_spend"), float(anchor.annual_spend)) for index, anchor in enumerate(place.anchors)),
    ]


def check_sources(tree: Keys, source: SourceFile, findings: Findings) -> None:
    """Each figure's ``source`` must be one of the place's ``sources``; done on the tree, so that other problems do not hide it."""
    declared = find(tree, ("sources",))
    names = declared.names if isinstance(declared, Keys) else ()
    if isinstance(declared, Keys):
        _walk_sources(tree, (), names, source, findings)


def _walk_sources(node: Node, path: tuple[str | int, ...], names: tuple[str, ...], source: SourceFile, findings: Findings) -> None:
    """Look at every mapping that has a value and a source."""
    if isinstance(node, Items):
        for index, item in enumerate(node.items):
            _walk_sources(item, (*path, index), names, source, findings)
    elif isinstance(node, Keys):
        entry = node.entry("source")
        if entry is not None and isinstance(entry.node, Scalar) and "value" in node.names and isinstance(entry.node.value, str):
            given = entry.node.value
            if given not in names:
                message = f"there is no source {given!r} under 'sources'"
                remedy = "" if names else f"add {given!r} to 'sources' with title and address"
                findings.add(
                    Kind.UNKNOWN_SOURCE, source.shown, entry.line, (*path, "source"), message, given=given, names=names, remedy=remedy
                )
        for below in node:
            _walk_sources(below.node, (*path, below.key), names, source, findings)


def check_unique(tree: Keys, key: str, source: SourceFile, findings: Findings) -> None:
    """Names in a list of named things may stand there once."""
    items = find(tree, (key,))
    seen: dict[str, int] = {}
    for index, item in enumerate(items.items if isinstance(items, Items) else ()):
        name = find(item, ("name",))
        if isinstance(name, Scalar) and isinstance(name.value, str):
            first = seen.setdefault(name.value, name.line)
            if first != name.line:
                message = f"{name.value!r} is the name of two {key}: in line {first} and in line {name.line}"
                path = (key, index, "name")
                findings.add(
                    Kind.REPEATED_NAME,
                    source.shown,
                    name.line,
                    path,
                    message,
                    given=name.value,
                    allowed="each name once",
                    remedy="rename one of the two",
                )
