"""Make the picture and the table of README.md from a real comparison, so that nothing in them is drawn by hand.

Run it as ``python docs/make_pictures.py``; it takes minutes. ``--result FOLDER`` reads a stored comparison instead of running one.
The picture goes to docs/pictures, the table between the two marks of README.md. ``--sweep FOLDER`` makes the picture of
docs/sweep-report.md instead, from a stored sweep.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from sim.report.palette import INK, arm_style
from sim.report.sweep.courses import courses_section
from sim.report.sweep.report import view_of_answers
from sim.runs import Result, compare, load_result
from sim.runs.statistics.hints import is_hint
from sim.runs.sweep.answers import answers_of
from sim.runs.sweep.stored import load_sweep
from sim.runs.words.numbers import number_text, titled

ROOT: Final = Path(__file__).resolve().parents[1]
ARMS: Final = ("preston/business-as-usual", "preston/buy-local", "preston/full-package")
SEEDS: Final = 10
MONTHS: Final = 120
NAME: Final = "preston"
BEGIN, END = "<!-- result: begin -->", "<!-- result: end -->"

#: Panels: series, title, unit, factor from the series to the unit, whether the level or the difference is shown.
PANELS: Final = (
    ("retention_place/all", "Contract money with suppliers in the place", "% of contract money", 100.0, True),
    ("jobs", "Jobs in the place, against business as usual", "jobs", 1.0, False),
    ("service_bought", "Service the anchors get, against business as usual", "£ thousand a month, at base prices", 0.001, False),
    ("region_receipts", "What next door earns, against business as usual", "£ thousand a month", 0.001, False),
)
#: Rows of the table: what changed, then what it cost and who lost.
ROWS: Final = (
    "retention_place/all",
    "retention_stays/all",
    "local_multiplier",
    "jobs",
    "jobs_in_all",
    "median_pay",
    "below_living_wage",
    "equity_share/workers",
    "service_bought",
    "policy_costs",
    "region_receipts",
    "outside_supplier_receipts",
)
#: How to read the table, below it.
SIGNS: Final = (
    "In brackets the 95% interval; ~ marks a difference that can't be told from luck; \\* one that is a hint only: told from luck when "
    "taken alone, but not by the stricter test that allows for the number of measures (Holm 1979). † The runs differ unevenly: the "
    "brackets are what a t interval and a bootstrap-t interval span together, so the difference is not in their middle."
)
STYLE: Final[dict[Any, Any]] = {
    "svg.hashsalt": "localwealth",
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e3e3",
    "axes.axisbelow": True,
    "figure.facecolor": "white",
}
#: What to bear in mind about these scenarios of Preston.
CARE: Final = (
    "Buy local sets a target of 20% of six anchors' contracts, near the 18.2% published for 2016/17, though Preston had no quota: that the "
    "share rises is asked for and is no finding. The whole local multiplier is what firms, residents and anchors here receive, through all "
    "rounds, for each pound of contracts. Many parameters behind these numbers are marked assumptions: they show what the model says with "
    "its defaults, not what happened in Preston. The one study with comparison areas found no significant effect on employment there, and "
    "median pay some 11% higher (Rose et al., Lancet Public Health 8, 2023): the model gives jobs and no such pay. Read jobs beside those "
    "here and elsewhere together: what moves here is missing there."
)


def draw(result: Result, path: Path) -> None:
    """Draw the four panels into a PNG file."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(10.0, 6.6), layout="constrained")
        for panel, axes in zip(PANELS, figure.subplots(2, 2, sharex=True).flat, strict=True):
            draw_panel(axes, result, panel)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
        path.parent.mkdir(exist_ok=True)
        figure.savefig(path, dpi=110, metadata={"Software": None})


def draw_panel(axes: Any, result: Result, panel: tuple[str, str, str, float, bool]) -> None:
    """Draw one series of all arms: the level with its spread over seeds, or the difference with its interval."""
    series, title, unit, factor, level = panel
    dates = pd.PeriodIndex(result.dates, freq="M").to_timestamp()
    for place, arm in enumerate(result.arms):
        style = arm_style(place)
        if level:
            values = result.values(series, arm) * factor
            middle, low, high = np.median(values, axis=0), *np.quantile(values, [0.1, 0.9], axis=0)
        elif place == 0:
            axes.axhline(0.0, color=style.line, linestyle=style.dash, linewidth=1.6)
            continue
        else:
            table = result.difference(series, arm)
            middle, low, high = (table[name].to_numpy() * factor for name in ("mean", "low", "high"))
        axes.fill_between(dates, low, high, color=style.line, alpha=0.18, linewidth=0)
        axes.plot(dates, middle, color=style.line, linestyle=style.dash, linewidth=1.6, label=result.titles[arm])
    axes.set_title(title)
    axes.set_ylabel(unit)
    locator = AutoDateLocator(maxticks=7)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    if level:
        axes.set_ylim(bottom=0.0)


def words(result: Result, picture: Path) -> str:
    """Picture, caption and table for README.md."""
    place = result.manifest["place"]["title"]
    picture_path = picture.relative_to(ROOT).as_posix()
    shown = ", ".join(PANEL[1].partition(",")[0].lower() for PANEL in PANELS)
    check = result.manifest["accounting"]
    caption = (
        f"{place}, from {result.dates[0]}: {len(result.seeds)} paired runs of {result.months} months. First panel: median and the middle "
        "eight tenths of the runs. The others: mean difference from business as usual within a seed, with its 95% interval for each month. "
        f"Version {result.manifest['versions']['localwealth']}; {check['bookings']:,} payments in {check['months_checked']:,} "
        "months of accounts, not a penny made or lost."
    )
    shown_table = table(result.summary(), result.titles, str(result.manifest["place"]["currency"]["symbol"]))
    note = f"{SIGNS} {CARE}"
    repeat = f"Made by `{result.manifest['command']}` and `python docs/make_pictures.py`."
    parts = [f"![{place}: {shown}]({picture_path})", caption, shown_table, note, *warnings(result), repeat]
    return "\n\n".join(parts)


def warnings(result: Result) -> list[str]:
    """What runs warned of, a sentence for each arm and warning: in how many runs, and in which months."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for arm, seed, warning in result.tables["warnings"][["arm", "seed", "warning"]].itertuples(index=False):
        month, _, text = str(warning).removeprefix("month ").partition(": ")
        found.setdefault((str(arm), text), []).append((int(seed), int(month)))
    sentences = []
    for (arm, text), cases in found.items():
        runs, months = {seed for seed, _ in cases}, sorted(month for _, month in cases)
        when = f"month {months[0]}" if len(months) == 1 else f"months {months[0]} to {months[-1]}"
        sentences.append(f"Warned of in {len(runs)} of {len(result.seeds)} runs of {result.titles[arm]}: {text} ({when}).")
    return [" ".join(sentences)] if sentences else []


def table(summary: pd.DataFrame, titles: Mapping[str, str], symbol: str) -> str:
    """The table of README.md from the summary of a result; the first of the titles is that of business as usual."""
    reference, *arms = titles
    heads = ["Last twelve months", titles[reference], *(f"{titles[arm]}: difference" for arm in arms)]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *(row(summary, arms, symbol, name) for name in ROWS)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def row(summary: pd.DataFrame, arms: Sequence[str], symbol: str, name: str) -> list[str]:
    """One measure as a line of the table."""
    cells: list[str] = []
    for arm in arms:
        line = summary[(summary["arm"] == arm) & (summary["measure"] == name)].iloc[0]
        kind = str(line["kind"])
        if not cells:
            cells = [titled(str(line["title"]), str(line["unit"]), kind), number_text(float(line["reference"]), kind, symbol)]
        # Where a companion interval stands beside the t interval, what both of them span is shown, as everywhere else.
        ends = (float(bound(line[end], line[f"companion_{end}"])) for bound, end in ((np.fmin, "low"), (np.fmax, "high")))
        low, high = (number_text(end, kind, symbol, signed=True).removesuffix(" points") for end in ends)
        told = "" if line["decision"] in ("higher", "lower") else "~ "
        signs = (" \\*" if is_hint(line["decision"], bool(line["told_after_holm"])) else "") + (
            "" if pd.isna(line["companion_low"]) else " †"
        )
        cells.append(f"{told}{number_text(float(line['difference']), kind, symbol, signed=True)} ({low} to {high}){signs}")
    return cells


def write_readme(text: str) -> None:
    """Put the text between the marks of README.md."""
    path = ROOT / "README.md"
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8", newline="\n")


def draw_sweep(folder: str) -> Path:
    """Write the first chart of the report of a sweep as a file of its own."""
    view = view_of_answers(sweep := load_sweep(folder), answers_of(sweep))
    body = courses_section(view).body
    chart = body[body.index("<svg") : body.index("</svg>") + len("</svg>")]
    path = ROOT / "docs" / "pictures" / "sweep-moves.svg"
    chart = chart.replace('style="width', 'style="font-family: sans-serif; background: white; width', 1)
    path.write_text(f"{chart}\n", encoding="utf-8", newline="\n")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Run or read, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--result", help="a stored comparison to read instead of running one")
    parser.add_argument("--sweep", help="a stored sweep: makes the picture of its report alone")
    given = parser.parse_args(arguments)
    if given.sweep:
        sys.stdout.write(f"written: {draw_sweep(given.sweep).relative_to(ROOT).as_posix()}\n")
        return
    result = load_result(given.result) if given.result else compare(list(ARMS), seeds=SEEDS, months=MONTHS, quiet=False)
    picture = ROOT / "docs" / "pictures" / f"{NAME}.png"
    draw(result, picture)
    write_readme(words(result, picture))
    sys.stdout.write(f"written: {picture.relative_to(ROOT).as_posix()}, README.md\n")


if __name__ == "__main__":
    main()
