"""Write docs/validation.md from the stored validations and the sentence about each miss.

Run it as ``python docs/validation_page.py``. With ``--from FOLDER``, which may be given again, it first stores the tables of that
validation, as ``localwealth validate --out FOLDER`` has written it, in results/published/validation; of a place in several the last
counts. It stops while a miss has no sentence in ``misses.yaml`` there, or a sentence no miss. A test fails while the page differs from
what this gives.
"""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Final

import sim.catalogue  # noqa: F401  fills the registries
from sim.runs.validation.figures import FIGURES
from sim.runs.validation.published import how_made, published_places, published_rows, sentences, store_published, unexplained
from sim.runs.validation.table import MISS, ROLES, Row, role_counts
from sim.runs.validation.words import METHOD, ROLE_WORDS, interval_text, published_text, result_text, value_text
from sim.settings.load import load_place

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "validation.md"
STORED: Final = ROOT / "results" / "published" / "validation"
NOTE: Final = "<!-- Written by docs/validation_page.py from results/published/validation. Change misses.yaml there, then run it. -->"


def generator() -> ModuleType:
    """docs/generate.py, whose tables are used here."""
    spec = spec_from_file_location("generate", Path(__file__).with_name("generate.py"))
    if spec is None or spec.loader is None:
        raise ImportError("docs/generate.py is not there")
    loaded = module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def fact_row(row: Row) -> list[str]:
    """One line of the table of a place."""
    model = f"{value_text(row, row.model)} ({interval_text(row, row.low, row.high)})"
    source = f"[{row.mark}]({row.address})" if row.address.startswith("http") else row.mark
    return [
        f"{row.fact}, {row.unit}",
        published_text(row),
        model,
        interval_text(row, row.luck_low, row.luck_high),
        source,
        row.role,
        result_text(row),
    ]


def miss_line(row: Row, said: dict[tuple[str, str], str]) -> str:
    """One miss with its sentence."""
    return f"- **{row.fact}**: published {published_text(row)}, model {value_text(row, row.model)}. {said[row.place, row.fact]}"


def place_part(place: str, said: dict[tuple[str, str], str], made: ModuleType) -> str:
    """The part of one place: how it was run, its table, its misses, what nothing answers."""
    rows = published_rows(place, STORED)
    asked, silent = [row for row in rows if row.figure], [row for row in rows if not row.figure]
    parts = [f"## {load_place(place).title}", size_words(asked)]
    if asked:
        heads = ["Fact", "Published", "Model (95% interval)", "Luck alone", "Source and mark", "Role", "Result"]
        parts.append(made.table(heads, [fact_row(row) for row in asked]))
    misses = [row for row in asked if row.result == MISS]
    if misses:
        parts += ["Misses:", "\n".join(miss_line(row, said) for row in misses)]
    if silent:
        parts.append("Nothing in the model answers these: " + "; ".join(row.fact for row in silent) + ".")
    return "\n\n".join(parts)


def size_words(rows: list[Row]) -> str:
    """At which size, and in how many runs."""
    if not rows:
        return "No published fact of it has a counterpart in the model."
    first = rows[0]
    size = "at full size" if first.size == 1.0 else f"at {first.size:.1%} of its size, counts and sums brought back to full size"
    draws = f"{max(row.draws for row in rows)} draws and {max(row.alone for row in rows)} runs with luck alone"
    counts = "; ".join(f"{role} {hits} of {facts}" for role, (hits, facts) in role_counts(rows).items() if facts)
    return f"Run {size}: {draws}. Hits: {counts}."


def summary_table(rows: list[Row], made: ModuleType) -> str:
    """Hits by place and role, and all places together."""
    places = list(dict.fromkeys(row.place for row in rows))
    lines = []
    for name in [*places, "all"]:
        mine = [row for row in rows if name in (row.place, "all")]
        counts = role_counts(mine)
        wide = sum(row.result == "hit" and row.role == "check" and not row.sharp for row in mine)
        lines.append([name, *(f"{counts[role][0]} of {counts[role][1]}" for role in ROLES), str(wide)])
    return str(made.table(["Place", *ROLES, "checks hit by an interval wider than the figure"], lines))


def page() -> str:
    """The whole page.

    Raises
    ------
    SystemExit
        While a miss has no sentence, or a sentence no miss.
    """
    made, places = generator(), published_places(STORED)
    rows = [row for place in places for row in published_rows(place, STORED)]
    said = sentences(STORED)
    silent, idle = unexplained(rows, said)
    if silent or idle:
        lines = [*(f"no sentence for the miss {name}" for name in silent), *(f"no miss for the sentence {name}" for name in idle)]
        raise SystemExit("misses.yaml does not fit the table:\n" + "\n".join(lines))
    how = how_made(STORED)
    commands = "```bash\n" + "\n".join(made_by["command"] for made_by in how) + "\n```"
    roles = "\n".join(f"- {ROLE_WORDS[role]}." for role in ROLES)
    figures = made.table(
        ["Figure", "Unit", "Meaning", "Source"], [[f"`{item.name}`", item.unit, item.meaning, item.source] for item in FIGURES]
    )
    lead = (
        "What was published of each place beside what the model answers, misses included. Nothing was set so that a fact is hit, except "
        "where its role says so."
    )
    parts = [
        "# Validation",
        NOTE,
        lead,
        commands,
        f"Version {how[0]['versions']['localwealth']}.",
        "## How to read it",
    ]
    parts += [METHOD, roles, MORE, "## Hits", summary_table(rows, made), *(place_part(place, said, made) for place in places)]
    parts += [
        "## Figures made for comparison",
        "Shown by `localwealth list figures`. A place file may also ask for any "
        "[measure](reference/measures.md); [place files](reference/files.md) say how.",
        figures,
    ]
    return "\n\n".join(parts) + "\n"


MORE: Final = (
    "An interval that holds what is not known can be wide: a hit by an interval wider than the figure itself is marked wide, and says "
    "little. The model's figure is the mean of the runs with luck alone, at the files' own values; the interval beside it is of the "
    "draws. Where both are of few runs the interval of luck alone, Student's, can be the wider of the two and tells nothing. Money is "
    "in the prices of the place file: a published figure of a later year holds inflation that the model has not.\n\n"
    "A place run below its full size has more luck, since fewer firms and contracts share it, and it is not quite the same place: "
    "single runs at full size ([places](places.md)) give Manchester's suppliers a re-spend of 0.27 where the copy of a twentieth "
    "gives 0.19, and Evergreen 28 people after its first year instead of 16. Places whose facts count what a policy founds are run "
    "with 50,000 residents at the least.\n\n"
    "Facts are not independent. A share and its pounds are one outcome told twice, national facts are counted for Anytown and again "
    "for Preston, the survival of two generations is compared with one figure of the model, and residents are the place file's own "
    "number read back. Of North Ayrshire the council's aim is a lever, and its pounds follow from it. The intervals of the output "
    "multiplier and of re-spend among the national facts are wide by judgement, since a town leaks more than a country."
)


def stored_run(folder: Path) -> tuple[list[Row], dict[str, object]]:
    """The lines and the manifest of a validation in its folder."""
    table = json.loads((folder / "table.json").read_text(encoding="utf-8"))
    rows = [Row(**{name: float("nan") if value is None else value for name, value in line.items()}) for line in table]
    return rows, json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def main() -> None:
    """Store a validation when one is given, then write the page when it differs."""
    folders = [Path(given) for word, given in pairwise(sys.argv) if word == "--from"]
    if folders:
        store_published([stored_run(folder) for folder in folders], STORED)
    text = page()
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        PAGE.write_text(text, encoding="utf-8")
        sys.stdout.write("wrote docs/validation.md\n")


if __name__ == "__main__":
    main()
