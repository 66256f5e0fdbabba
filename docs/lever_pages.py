"""Write docs/levers: a page for each policy and shock, from its declaration and from one run of the shipped scenario that shows it.

Run it as ``python docs/lever_pages.py``, after ``python experiments/levers.py``. A test fails while a page differs from what this gives.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

import pandas as pd

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import MEASURES, PILLAR_TITLES, POLICIES, SHOCKS, Intervention
from sim.report.numbers import Amount, change, level
from sim.settings.describe import describe_option

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "levers"
RESULT: Final = ROOT / "results" / "published" / "levers" / "levers.csv"
NOTE: Final = "<!-- Written by docs/lever_pages.py from the declarations in the code and results/published/levers. -->"
#: Shown for every lever, whatever moved.
ALWAYS: Final = (
    "retention_place/all",
    "jobs",
    "unemployment",
    "median_pay",
    "equity_share/workers",
    "service_bought",
    "policy_costs",
    "region_receipts",
)
#: How many of the other measures told from luck are shown, those that stand out most first.
MOST: Final = 8
MARKS: Final = {
    "A": "A, a primary source",
    "B": "B, a secondary source",
    "C": "C, computed from published figures",
    "assumption": "an assumption: sweep its range",
}


def generator() -> ModuleType:
    """docs/generate.py, whose tables are used here."""
    spec = spec_from_file_location("generate", Path(__file__).with_name("generate.py"))
    if spec is None or spec.loader is None:
        raise ImportError("docs/generate.py is not there")
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def all_levers() -> list[type[Intervention]]:
    """Policies by pillar, then shocks."""
    levers = [*POLICIES, *SHOCKS]
    return sorted(levers, key=lambda item: (list(PILLAR_TITLES).index(item.pillar), item.name))


def file_name(item: type[Intervention]) -> str:
    """Page of a lever.

    Examples
    --------
    >>> file_name(POLICIES["lots"])
    'lots.md'
    """
    return f"{item.name.replace('_', '-')}.md"


def shown_measures(mine: pd.DataFrame) -> list[str]:
    """The usual measures, then those of the rest that stand out most from luck."""
    others = mine[mine["told"] & ~mine["measure"].isin(ALWAYS)]
    ranked = others.reindex(others["t"].abs().sort_values(ascending=False, kind="stable").index)["measure"].tolist()
    return [name for name in ALWAYS if name in set(mine["measure"])] + ranked[:MOST]


def result_rows(mine: pd.DataFrame) -> list[list[str]]:
    """Measure, reference, difference and interval, and whether it can be told from luck."""
    by_name = mine.set_index("measure")
    rows = []
    for name in shown_measures(mine):
        line = by_name.loc[name]
        base, _, key = name.partition("/")
        measure = MEASURES[base]
        amount = Amount(measure.kind)
        title = f"{measure.title}: {key}" if key else measure.title
        largest = max(abs(float(line[column])) for column in ("difference", "low", "high"))
        found, low, high = (change(float(line[column]), amount, largest).shown for column in ("difference", "low", "high"))
        low, high = low.removesuffix(" points"), high.removesuffix(" points")
        hint = float(line["low"]) > 0.0 or float(line["high"]) < 0.0
        told = "yes" if bool(line["told"]) else "a hint" if hint else "no"
        rows.append([title, measure.unit, level(float(line["reference"]), amount).shown, f"{found} ({low} to {high})", told])
    return rows


def result_part(item: type[Intervention], results: pd.DataFrame, table: ModuleType) -> str:
    """What one run of each shipped scenario of the lever gave."""
    mine = results[results["lever"] == item.name]
    if mine.empty:
        return "No run is kept for it."
    return "\n\n".join(scenario_part(str(file), part, table) for file, part in mine.groupby("scenario", sort=True))


def scenario_part(file: str, mine: pd.DataFrame, table: ModuleType) -> str:
    """What one run of a shipped scenario gave."""
    first = mine.iloc[0]
    lead = (
        f"The shipped scenario [`{file}`](../../scenarios/{file}.yaml) against the same scenario without the lever, in Anytown, an "
        f"invented town of 4,000 adults: {int(first['seeds'])} paired seeds, the last twelve of {int(first['months'])} months. The last "
        f"column says whether the difference is told from luck among all {len(mine)} measures (Bonferroni, 5%); a hint is one whose own "
        "interval leaves out nought, as one in twenty does by luck alone. Read sizes as an example: they hang on the place and on the "
        "settings in the file."
    )
    heads = ["Measure", "Unit", "Without", "Difference (95% interval)", "Told from luck"]
    told = int(mine["told"].sum())
    close = f"{told} of {len(mine)} measures are told from luck." if told else "No measure can be told from luck in this run."
    return "\n\n".join([lead, table.table(heads, result_rows(mine)), close])


def lever_page(item: type[Intervention], results: pd.DataFrame, made: ModuleType) -> str:
    """The page of one lever."""
    section = "shocks" if item.pillar == "shock" else "policies"
    off = ", ".join(f"`{name}: {value}`" for name, value in item.off.items())
    options = [[f"`{option.name}`", option.meaning, *option_cells(option, made)] for option in item.options]
    facts = [
        f"Pillar: {PILLAR_TITLES[item.pillar]}. Name in a scenario file, under `{section}:`: `{item.name}`.",
        f"## What it is\n\n{item.meaning}",
        f"## Where it was tried\n\n{item.where_tried}",
        f"## What is known of it\n\n{item.evidence}\n\nMark: {MARKS[item.mark]}.",
        f"## What it costs\n\n{item.costs}",
        f"## What can go wrong, and what the model leaves out\n\n{item.limits}",
        "## Settings\n\n" + made.table(["Option", "Meaning", "Allowed", "Default"], options),
        f"It changes nothing, to the penny, at {off}.",
        f"## One run\n\n{result_part(item, results, made)}",
        "[All levers](README.md)",
    ]
    return "\n\n".join([f"# {item.title}", NOTE, *facts]) + "\n"


def option_cells(option: object, made: ModuleType) -> list[str]:
    """What an option allows, with its unit, and its default."""
    told = describe_option(option)  # type: ignore[arg-type]
    allowed = str(told["allowed"])
    return [allowed, "required" if told.get("required") else made.default_text(told.get("default"))]


def index_page(made: ModuleType) -> str:
    """All levers by pillar."""
    parts = []
    for pillar, title in PILLAR_TITLES.items():
        mine = [item for item in all_levers() if item.pillar == pillar]
        rows = [[f"[{item.title}]({file_name(item)})", f"`{item.name}`", item.meaning] for item in mine]
        parts.append(f"## {title}\n\n" + made.table(["Lever", "Name", "What it is"], rows))
    count = len(all_levers())
    lead = (
        f"{count} levers: {len(POLICIES)} policies and {len(SHOCKS)} shocks. Each combines with the others, starts, ramps and ends in a "
        "[scenario file](../scenario-files.md), costs someone something or has a limit, and has a page with its evidence and one run."
    )
    return "\n\n".join(["# Levers", NOTE, lead, *parts]) + "\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    made = generator()
    results = pd.read_csv(RESULT)
    return {"README.md": index_page(made)} | {file_name(item): lever_page(item, results, made) for item in all_levers()}


def main() -> None:
    """Write the pages that differ and say which; take away those of levers that are gone."""
    FOLDER.mkdir(exist_ok=True)
    found = pages()
    for name, text in found.items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote docs/levers/{name}\n")
    for path in FOLDER.glob("*.md"):
        if path.name not in found:
            path.unlink()


if __name__ == "__main__":
    main()
