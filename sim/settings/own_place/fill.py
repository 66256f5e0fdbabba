"""Everything a place file needs, from a handful of figures: what was given stands, national figures fill the rest."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sim.settings.own_place.handful import GivenAnchor, GivenFigure, Handful
from sim.settings.own_place.keys import figure_bounds
from sim.settings.own_place.national import jobs_mix, national
from sim.settings.places.keyed import AGES, SIZES, TENURES
from sim.settings.places.sections import ANCHOR_SECTORS
from sim.settings.sectors import SECTORS

__all__ = ["ASSUMED", "Entry", "Filled", "FilledAnchor", "fill", "whole_shares"]

ASSUMED = "own-place-assumption"
"""Key of the source of figures that rest on nothing published."""

#: How much wider ranges are where figures of the United Kingdom only stand in.
ABROAD = 1.5
#: Ranges, as shares of the value, of figures that are divided by a national mix, and of an anchor's spending by sector.
MIX_SPREAD = 0.3
#: Numbers of neighbourhoods whose equal shares are whole in five digits.
PARTS = (4, 5, 8, 10, 16)
#: How far a sector is above the anchors' jobs in it, and a region's above the place's, at least.
ABOVE_LEAST = 1.05
WORKING_AGES = AGES[:-1]
_LONGEST_KEY = 46


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as it will stand in the file."""

    value: float
    year: int
    source: str
    mark: str
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(slots=True)
class FilledAnchor:
    """An anchor with every figure that it needs, and its spending by sector."""

    name: str
    title: str
    kind: str
    figures: dict[str, Entry]
    spend: dict[str, Entry]


@dataclass(slots=True)
class Filled:
    """A place, filled: words, figures by path, anchors, sources by key."""

    words: dict[str, str]
    figures: dict[str, Entry] = field(default_factory=dict)
    anchors: list[FilledAnchor] = field(default_factory=list)
    neighbourhoods: list[tuple[str, Entry, Entry]] = field(default_factory=list)
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    abroad: bool = False


def fill(known: Handful) -> Filled:
    """Fill a place.

    Parameters
    ----------
    known : Handful
        Checked, without a problem.

    Returns
    -------
    Filled
        Every figure that a place file needs. What was not given is an assumption with a range, or holds by law in the United Kingdom.
    """
    work = _Work(known)
    work.people()
    work.jobs()
    work.rates()
    work.firms()
    work.commuting()
    work.parts()
    councils = sum(anchor.words["kind"] == "council" for anchor in known.anchors.values())
    for anchor in known.anchors.values():
        work.anchor(anchor, councils)
    return work.filled


class _Work:
    """The filling of one place, part by part."""

    def __init__(self, known: Handful) -> None:
        self.known, self.nation = known, national()
        self.filled = Filled(dict(known.words), abroad=known.words["country"] == "other")
        self.year = known.year
        for path, given in known.figures.items():
            if path not in ("jobs", "region_jobs", "firms") and not path.startswith(("jobs.", "region_jobs.")):
                self.filled.figures[path] = self.entry(given)
        self.pay()

    def entry(self, given: GivenFigure) -> Entry:
        """A given figure, its source under a key of its own."""
        key = self.source_key(given)
        return Entry(given.value, given.year or self.year, key, given.mark, given.low, given.high, given.note)

    def source_key(self, given: GivenFigure) -> str:
        """Key of a source, kept with title and address."""
        if not given.source:
            return self.cite(ASSUMED)
        key = _source_key(given.source)
        held = self.filled.sources.setdefault(key, {"title": given.source, "address": given.address or "not given"})
        if given.address and held["address"] == "not given":
            held["address"] = given.address
        return key

    def cite(self, key: str) -> str:
        """Name a source of the national figures."""
        self.filled.sources.setdefault(key, dict(self.nation["sources"][key]))
        return key

    def assume(self, path: str, value: float, spread: tuple[float, float], year: int, source: str, note: str) -> None:
        """An assumption, unless the figure was given; its range is kept within the bounds of the figure, wider abroad."""
        if path in self.filled.figures:
            return
        low, high = spread
        if self.filled.abroad and source != ASSUMED:
            low, high = value - ABROAD * (value - low), value + ABROAD * (high - value)
            note = f"a stand-in from abroad: {note}" if note else "a stand-in from abroad"
        bounds = figure_bounds().get(path)
        least, most = (bounds.low, bounds.high) if bounds else (0.0, math.inf)
        self.filled.figures[path] = Entry(
            value, year, self.cite(source), "assumption", max(low, least), min(high, most), note if len(note) < 400 else note[:400]
        )

    def pay(self) -> None:
        """Median pay, by which money of other years and countries is scaled."""
        pay, year = self.nation.pay(self.year)
        self.assume(
            "pay.median_weekly", pay, (0.8 * pay, 1.25 * pay), year, "ons-local-statistics", "United Kingdom, median of all employees"
        )

    def people(self) -> None:
        """Adults by age: England's ages over the place's residents."""
        residents = self.filled.figures["population.residents"].value
        ages, whole = self.nation["adults_by_age"], self.nation["base"]["residents"]
        for age in AGES:
            value = round(residents * ages[age] / whole)
            note = f"{residents:.12g} x {ages[age]} / {whole}, England"
            self.assume(f"population.adults_by_age.{age}", value, (0.8 * value, 1.2 * value), 2023, "population-2023", note)

    def jobs(self) -> None:
        """Jobs by sector, of the place and of the region that holds it."""
        anchors = dict.fromkeys(SECTORS, 0.0)
        for anchor in self.known.anchors.values():
            anchors[ANCHOR_SECTORS[anchor.words["kind"]]] += anchor.figures["jobs"].value
        place = self._divided("jobs", "labour.jobs_by_sector", anchors, "the anchors' own jobs there")
        self._divided("region_jobs", "labour.region_jobs_by_sector", place, "the jobs of the place")
        whole = sum(place.values())
        public = sum(place[sector] for sector in ("public-administration", "education", "health-care"))
        share = round(min(max(0.2, 1.02 * sum(anchors.values()) / whole), public / whole), 4)
        note = "a fifth, or what the anchors need; at most public administration, education and health together"
        self.assume("labour.public_job_share", share, (0.6 * share, public / whole), self.year, ASSUMED, note)

    def _divided(self, total: str, path: str, least: Mapping[str, float], why: str) -> dict[str, float]:
        """What was given by sector; the rest of the total is divided as in the area chosen, a little above the least at least."""
        given = {sector: self.known.figures[f"{total}.{sector}"] for sector in SECTORS if f"{total}.{sector}" in self.known.figures}
        open_sectors = [sector for sector in SECTORS if sector not in given]
        area = self.known.words["mix"]
        mix = dict(zip(SECTORS, jobs_mix(area), strict=True))
        whole = self.known.figures.get(total)
        left = whole.value - sum(one.value for one in given.values()) if whole else 0.0
        divisor = sum(mix[sector] for sector in open_sectors)
        floors = {sector: math.ceil(ABOVE_LEAST * least[sector]) if least[sector] else 0 for sector in open_sectors}
        shares = shares_above(left, {sector: mix[sector] for sector in open_sectors}, floors)
        found: dict[str, float] = {}
        for sector in SECTORS:
            if sector in given:
                self.filled.figures[f"{path}.{sector}"] = self.entry(given[sector])
            else:
                assert whole is not None
                value = shares[sector]
                note = f"{left:.12g} x {mix[sector]:.12g} / {divisor:.12g}, the mix of {area}"
                if value == floors[sector]:
                    note = f"{ABOVE_LEAST:g} x {least[sector]:.12g}, {why}"
                elif any(shares[one] == floors[one] for one in open_sectors if floors[one]):
                    note += ", less what sectors above their share take"
                spread = ((1 - MIX_SPREAD) * value, (1 + MIX_SPREAD) * value)
                self.assume(f"{path}.{sector}", value, spread, whole.year or self.year, "bres-2021", note + self._of(whole))
            found[sector] = self.filled.figures[f"{path}.{sector}"].value
        return found

    def _of(self, whole: GivenFigure) -> str:
        """Where a total that is divided comes from."""
        name = f"{self.source_key(whole)} ({whole.mark})" if whole.source else "an assumption"
        more = f"; {whole.note}" if whole.note else ""
        return f"; total: {name}{more}"

    def rates(self) -> None:
        """Shares and ratios as in the nation; money in weeks of pay, or as the law has it in the place's year."""
        given = dict(self.filled.figures)
        for path, held in self.nation["figures"].items():
            value = self._fitting(path, held["value"], given)
            low, high = min(held["low"], value), max(held["high"], value)
            self.assume(path, value, (low, high), held["year"], held["source"], held.get("note", ""))
        pay = self.filled.figures["pay.median_weekly"].value
        for path, held in self.nation["weeks"].items():
            law = self.nation["by_law"].get(path, {}).get(self.year)
            if law is not None and not self.filled.abroad:
                entry = Entry(law["value"], self.year, self.cite(law["source"]), law["mark"], note=f"United Kingdom: {law['note']}")
                self.filled.figures.setdefault(path, entry)
                continue
            value = _rounded(held["value"] * pay)
            note = f"{held['value']:g} weeks of median pay x {pay:.12g}"
            note = f"{note}; weeks: {held['note']}" if held.get("note") else note
            spread = ((1 - held["spread"]) * value, (1 + held["spread"]) * value)
            self.assume(path, value, spread, held["year"], held["source"], note)

    def _fitting(self, path: str, value: float, given: Mapping[str, Entry]) -> float:
        """A national share beside given ones: people out of work at most the rest, tenures what the given ones leave."""
        if path == "labour.inactivity_rate" and "labour.employment_rate" in given:
            return round(min(value, 1.0 - given["labour.employment_rate"].value), 4)
        tenures = [f"housing.tenure.{tenure}" for tenure in TENURES]
        held = sum(given[tenure].value for tenure in tenures if tenure in given)
        if path in tenures and held:
            open_shares = sum(self.nation["figures"][tenure]["value"] for tenure in tenures if tenure not in given)
            return round(value * max(0.0, 1.0 - held) / open_shares, 5) if open_shares else value
        return value

    def firms(self) -> None:
        """Firms and sites by sector as jobs in the place need them nationally; by size as they are divided nationally."""
        jobs = dict(zip(SECTORS, jobs_mix("Great Britain"), strict=True))
        given = self.known.figures.get("firms")
        by_jobs = {
            unit: {
                sector: self.nation[f"{unit}_by_sector"][sector]
                * self.filled.figures[f"labour.jobs_by_sector.{sector}"].value
                / jobs[sector]
                for sector in SECTORS
            }
            for unit in ("enterprises", "local_units")
        }
        factor = given.value / sum(by_jobs["enterprises"].values()) if given else 1.0
        more = f" x {factor:.4g}, to fit {given.value:.12g} firms{self._of(given)}" if given else ""
        year = given.year or self.year if given else 2024
        for unit, sectors in by_jobs.items():
            for sector, wanted in sectors.items():
                value = round(wanted * factor)
                count = self.nation[f"{unit}_by_sector"][sector]
                note = f"{count} x jobs here / {jobs[sector]:.12g}, Great Britain{more}"
                self.assume(f"business.{unit}_by_sector.{sector}", value, (0.6 * value, 1.5 * value), year, "business-2024", note)
            whole = sum(self.filled.figures[f"business.{unit}_by_sector.{sector}"].value for sector in SECTORS)
            sizes = self.nation[f"{unit}_by_size"]
            for size in SIZES:
                value = round(whole * sizes[size] / sum(sizes.values()))
                note = f"{whole:.12g} x {sizes[size]} / {sum(sizes.values())}, Great Britain"
                self.assume(f"business.{unit}_by_size.{size}", value, (0.6 * value, 1.5 * value), year, "business-2024", note)

    def commuting(self) -> None:
        """Jobs held by people who live elsewhere: at least those that the place's residents in work can't fill."""
        figures = self.filled.figures
        working = sum(figures[f"population.adults_by_age.{age}"].value for age in WORKING_AGES)
        employed = working * figures["labour.employment_rate"].value
        jobs = sum(figures[f"labour.jobs_by_sector.{sector}"].value for sector in SECTORS)
        least = max(0.0, 1.0 - employed / jobs)
        value = round(min(max(0.3, least + 0.2), max(0.9, least)), 3)
        low, high = min(round(max(0.15, least), 3), value), max(round(min(value + 0.3, 0.95), 3), value)
        note = f"at least {least:.3f}: {employed:.0f} residents in work aged 16 to 64 against {jobs:.0f} jobs"
        self.assume("labour.commuter_share", value, (low, high), self.year, ASSUMED, note)

    def parts(self) -> None:
        """Equal parts with an even gradient of deprivation, which stand for no real ones."""
        number = max(size for size in PARTS if size == PARTS[0] or size * 8000 <= self.filled.figures["population.residents"].value)
        source = self.cite(ASSUMED)
        for index in range(number):
            share = round(1 / number, 5)
            deprivation = round((index + 0.5) / number, 3)
            people = Entry(share, self.year, source, "assumption", round(share / 2, 5), round(min(1.0, share * 2), 5))
            need = Entry(
                deprivation, self.year, source, "assumption", max(0.0, round(deprivation - 0.1, 3)), min(1.0, round(deprivation + 0.1, 3))
            )
            self.filled.neighbourhoods.append((f"Part {index + 1} (invented)", people, need))

    def anchor(self, given: GivenAnchor, councils: int) -> None:
        """An anchor: what was given, and what is taken for anchors of its kind."""
        figures = {name: self.entry(one) for name, one in given.figures.items()}
        standard = self.nation["anchors"]
        kept = sum(figures[name].value for name in ("share_in_place", "share_in_region") if name in figures)
        for name in ("share_in_place", "share_in_region", "contract_years"):
            held = standard[name]
            value = min(held["value"], max(0.0, 1.0 - kept)) if name.startswith("share") else held["value"]
            low = min(held["low"], value)
            entry = Entry(value, held["year"], self.cite(held["source"]), "assumption", low, held["high"], held.get("note", ""))
            figures.setdefault(name, entry)
        pay = self.filled.figures["pay.median_weekly"].value
        weeks = standard["weeks_in_a_contract"]
        number = max(5, round(figures["annual_spend"].value / (weeks * pay)))
        note = f"{figures['annual_spend'].value:.12g} over {weeks} weeks of median pay a contract"
        source = self.cite(ASSUMED)
        figures.setdefault("contracts", Entry(number, self.year, source, "assumption", max(1, number // 3), number * 4, note))
        if given.words["kind"] == "council":
            share = math.floor(1e4 / councils) / 1e4
            figures.setdefault("council_tax_share", Entry(share, self.year, source, "assumption", share / 2, share))
        title = given.words.get("title") or given.name.replace("-", " ").capitalize()
        mix = self.nation["mixes"][given.words.get("mix") or given.words["kind"]]
        spend = {
            sector: Entry(share, 2019, self.cite(mix["source"]), "assumption", share / 2, min(1.0, share * 2))
            for sector, share in mix["shares"].items()
        }
        self.filled.anchors.append(FilledAnchor(given.name, title, given.words["kind"], figures, spend))


def shares_above(total: float, weights: Mapping[str, float], floors: Mapping[str, int]) -> dict[str, int]:
    """Whole numbers in proportion to weights, none below its floor, that add up to the total where the floors leave room.

    Examples
    --------
    >>> shares_above(10, {"a": 1, "b": 1, "c": 2}, {"a": 4, "b": 0, "c": 0})
    {'a': 4, 'b': 2, 'c': 4}
    """
    held: dict[str, int] = {}
    while True:
        free = [name for name in weights if name not in held]
        left = max(0.0, total - sum(held.values()))
        shares = dict(zip(free, whole_shares(left, [weights[name] for name in free]), strict=True)) if free else {}
        below = {name: floors[name] for name in free if shares[name] < floors[name]}
        if not below:
            return {name: held[name] if name in held else shares[name] for name in weights}
        held |= below


def whole_shares(total: float, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to weights, which add up to the total (largest remainders).

    Examples
    --------
    >>> whole_shares(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [math.floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in order[: round(total) - sum(whole)]:
        whole[index] += 1
    return whole


def _rounded(value: float) -> float:
    """Money with as many digits as a reader needs."""
    return round(value) if value >= 1000 else round(value, 2)


def _source_key(title: str) -> str:
    """A short key for a source: the first words of its title.

    Examples
    --------
    >>> _source_key("Crain's Cleveland Business, Who's up, who's down among the largest employers")
    'crain-s-cleveland-business-who-s-up-who-s-down'
    """
    key = ""
    for word in re.findall(r"[a-z0-9]+", title.lower()):
        if len(key) + len(word) > _LONGEST_KEY:
            break
        key = f"{key}-{word}" if key else word
    return key or "source"
