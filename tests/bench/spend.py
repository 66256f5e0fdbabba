"""What a million rows of published spending cost: ``python -m tests.bench.spend``.

Makes a file of a million rows as a large publisher would put them together over some years, with 60,000 spellings of supplier names,
and reads, matches and analyses it in a process of its own. Seconds are the processor's, since other work may share the machine; the
seconds on the clock stand beside them. When a bound that we promise is missed, a line says so and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

FOLDER = str(Path(__file__).parents[1])
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from bench.month import ROOT, environment, write_table  # noqa: E402

ROWS: Final = 1_000_000
SPELLINGS: Final = 60_000
#: What we promise for all stages together.
MOST_SECONDS: Final = 60.0
MOST_MEMORY: Final = 1e9 / 1024**2
STAGES: Final = ("imports", "read", "match", "analyse")
FIRST: Final = (
    *("Acorn", "Albion", "Beacon", "Bright", "Castle", "Cedar", "Central", "Crown", "Delta", "Eagle", "Evergreen", "First", "Fusion"),
    *("Global", "Granite", "Harbour", "Horizon", "Ivy", "Jubilee", "Keystone", "Lancaster", "Lighthouse", "Meridian", "Northern", "Oak"),
    *("Orchard", "Pennine", "Phoenix", "Premier", "Quantum", "Regent", "Ribble", "Silver", "Summit", "Thistle", "Union", "Vale", "Zenith"),
)
TRADES: Final = (
    *("Building", "Care", "Catering", "Cleaning", "Coach Hire", "Computing", "Construction", "Consulting", "Design", "Electrical"),
    *("Engineering", "Environmental", "Facilities", "Foods", "Fostering", "Health", "Homes", "Landscapes", "Legal", "Logistics", "Medical"),
    *("Office Supplies", "Plumbing", "Print", "Property", "Recruitment", "Roofing", "Security", "Taxis", "Training", "Transport", "Waste"),
)
ENDINGS: Final = ("Ltd", "Limited", "LTD", "plc", "LLP", "CIC", "& Sons", "(UK) Ltd", "Services Ltd", "Group Limited", "")
TYPES: Final = ("Agency staff", "Rents", "Professional fees", "Residential care", "Repairs", "Grants", "Software", "Utilities", "Training")
AREAS: Final = ("Adult Social Care", "Children and Families", "Corporate Services", "Highways", "Housing", "Estates", "Public Health")
HEAD: Final = "Body Name,Service Area,Expenses Type,Payment Date,Transaction Number,Net Amount,Supplier Name,Supplier Postcode\r\n"


def spellings(random: Random, count: int) -> list[str]:
    """Names of suppliers, many of them of one firm written in several ways; some of persons, schools and public bodies."""
    names: dict[str, None] = {}
    number = 0
    while len(names) < count:
        number += 1
        root = (
            f"{random.choice(FIRST)} {random.choice(TRADES)}" if number % 3 else f"{random.choice(FIRST)}{number} {random.choice(TRADES)}"
        )
        kind = number % 20
        if kind == 0:
            names[f"Mrs {random.choice('ABCDEFGH')} {random.choice(FIRST)}son{number}"] = None
        elif kind == 1:
            names[f"St {random.choice(FIRST)}'s Primary School {number}"] = None
        elif kind == 2:
            names[f"{random.choice(FIRST)}{number} Borough Council"] = None
        else:
            root = f"{root} {number}" if number % 2 else root
            for _ in range(random.choice((1, 1, 2, 3))):
                name = f"{root} {random.choice(ENDINGS)}".strip()
                names[random.choice((name, name, name.upper(), name.replace("&", "and"), name.replace(" ", "  ", 1)))] = None
    return list(names)[:count]


def write_file(path: Path, rows: int, count: int) -> int:
    """Write the file; returns its right sum in pence."""
    random = Random(1)
    names = [f'"{name}"' if "," in name else name for name in spellings(random, count)]
    places = [f"{random.choice(('PR1', 'M60', 'BB5', 'LA1', 'E9', 'B13'))} {random.randint(1, 9)}AB" for _ in names]
    total = 0
    with path.open("w", encoding="cp1252", newline="") as stream:
        stream.write(HEAD)
        for number in range(rows):
            at = int(count * random.random() ** 3)
            pence = int(50_000 * random.paretovariate(0.9)) % 500_000_000 * (-1 if number % 40 == 0 else 1)
            total += pence
            amount = f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"
            name, place = ("REDACTED", "") if number % 50 == 7 else (names[at], places[at] if at % 3 else "")
            day = f"{number % 28 + 1:02d}/{number // 28 % 12 + 1:02d}/{2015 + number * 5 // rows}"
            cells = ("Anytown Council", AREAS[number % 7], TYPES[at % 9], day, str(5_100_000_000 + number), f'"{amount}"', name, place)
            stream.write(",".join(cells) + "\r\n")
    return total


CHILD: Final = """
import json, resource, sys
from time import perf_counter, process_time

marks = [(process_time(), perf_counter())]
mark = lambda: marks.append((process_time(), perf_counter()))
import pandas, sim.spend.analysis.analyse, sim.spend.read, sim.spend.suppliers
mark()
reading = sim.spend.read.read_spend(sys.argv[1])
mark()
suppliers = sim.spend.suppliers.match_suppliers(reading.payments)
mark()
analysis = sim.spend.analysis.analyse.analyse(reading, suppliers)
mark()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
facts = (len(reading.payments), int(reading.payments["amount"].sum()), len(suppliers.table))
print(json.dumps([marks, peak, facts]))
"""


def measured(rows: int, count: int) -> tuple[list[list[str]], str]:
    """Seconds of each stage, peak memory, and what was wrong with what came out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "spend.csv")
        # In a process of its own: Linux counts what a parent holds when it starts a process in the peak of that process.
        maker = "import sys; from pathlib import Path; from tests.bench.spend import write_file"
        make = f"{maker}; print(write_file(Path(sys.argv[1]), {rows}, {count}))"
        made = subprocess.run([sys.executable, "-c", make, str(path)], cwd=ROOT, env=environment(), capture_output=True, check=True)
        done = subprocess.run([sys.executable, "-c", CHILD, str(path)], cwd=ROOT, env=environment(), capture_output=True, check=True)
        size = path.stat().st_size
    marks, peak, (found, pence, suppliers) = json.loads(done.stdout)
    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    steps = [[after - before for before, after in zip(*pair, strict=True)] for pair in pairwise(marks)]
    table = [[stage, f"{cpu:.1f}", f"{clock:.1f}", ""] for stage, (cpu, clock) in zip(STAGES, steps, strict=True)]
    whole = [sum(step[at] for step in steps) for at in (0, 1)]
    table.append([f"all, {size / 1e6:.0f} MB, {suppliers:,} suppliers", f"{whole[0]:.1f}", f"{whole[1]:.1f}", f"{peak / unit:.0f}"])
    right = int(made.stdout)
    wrong = (
        "" if (found, pence) == (rows, right) else f"{found:,} rows of {pence:,} pence were read, and {rows:,} of {right:,} were written"
    )
    return table, wrong


def missed(table: Sequence[Sequence[str]], wrong: str) -> list[str]:
    """What the table says against its bounds."""
    _, cpu, _, peak = table[-1]
    said = [wrong] if wrong else []
    if float(cpu) > MOST_SECONDS:
        said.append(f"it took {cpu} s, and at most {MOST_SECONDS:.0f} is promised")
    if float(peak) > MOST_MEMORY:
        said.append(f"it took {peak} MiB, and at most {MOST_MEMORY:.0f} is promised")
    return said


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.spend", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--spellings", type=int, default=SPELLINGS)
    given = parser.parse_args(arguments)
    table, wrong = measured(given.rows, given.spellings)
    title = f"{given.rows:,} rows of spending, {given.spellings:,} spellings of names"
    write_table(title, ["stage", "processor, s", "clock, s", "peak MiB"], table)
    lines = missed(table, wrong)
    for line in lines:
        sys.stderr.write(f"Bound missed: {line}.\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
