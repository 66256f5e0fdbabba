"""What each lever does alone in the invented town: every scenario under scenarios/levers against the same without its lever.

Run it as ``python experiments/levers.py``. It writes ``results/levers/levers.csv``, from which the pages of docs/levers take their
tables: one row for each lever and measure, with the mean of the last twelve months in the reference, the mean paired difference
over seeds and its 95% interval. With names of levers only these are run; the rows of the others stay as they are in the table.

All scenarios of a seed share one opening, so what differs is the lever and nothing else.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import stats

import sim.catalogue  # noqa: F401  fills the registries
from sim.core.registry import MEASURES, POLICIES, SHOCKS
from sim.economy import Economy
from sim.runs.statistics.differences import paired_difference
from sim.settings.load import load_scenario
from sim.settings.scenario import Scenario

FOLDER: Final = Path(__file__).resolve().parents[1] / "scenarios" / "levers"
LAST: Final = 12
#: Chance that luck alone would show a difference somewhere among all measures of a lever.
FAMILY: Final = 0.05


def lever_files() -> list[str]:
    """Names of the scenarios that show one lever each."""
    return [f"levers/{path.stem}" for path in sorted(FOLDER.glob("*.yaml"))]


def lever_of(file: str) -> str:
    """The lever that a file is named after; more words may follow its name.

    Examples
    --------
    >>> lever_of("levers/prompt-payment"), lever_of("levers/pandemic-with-furlough")
    ('prompt_payment', 'pandemic')
    """
    stem = file.rsplit("/", 1)[-1].replace("-", "_")
    known = [name for name in (*POLICIES.names(), *SHOCKS.names()) if stem == name or stem.startswith(f"{name}_")]
    if not known:
        raise ValueError(f"{file} is named after no policy or shock")
    return max(known, key=len)


def without(scenario: Scenario, lever: str) -> Scenario:
    """The same scenario without one lever."""
    policies = tuple(use for use in scenario.policies if use.use != lever)
    return replace(scenario, policies=policies, shocks=tuple(use for use in scenario.shocks if use.use != lever))


def run_arm(opening: Economy, scenario: Scenario, months: int) -> tuple[dict[str, float], list[str]]:
    """Each series over the last year: its mean, or its last value where that is its summary; and the warnings."""
    record = opening.with_scenario(scenario).run(months)
    found = {}
    for name, values in record.measures.items():
        summary = MEASURES[name.split("/", 1)[0]].summary
        found[name] = float(values[-1] if summary == "last" else np.mean(values[-LAST:]))
    return found, list(record.warnings)


def run_seed(seed: int, files: Sequence[str], months: int) -> dict[str, Any]:
    """Every lever of one seed, each with its reference; references that are alike are run once."""
    openings: dict[Any, Economy] = {}
    references: dict[Any, dict[str, float]] = {}
    found = {}
    for file in files:
        scenario = load_scenario(file, POLICIES, SHOCKS)
        key = tuple(sorted(scenario.parameters.items()))
        if key not in openings:
            openings[key] = Economy(scenario, seed=seed)
        reference = without(scenario, lever_of(file))
        alike = (key, str(reference.policies), str(reference.shocks))
        if alike not in references:
            references[alike] = run_arm(openings[key], reference, months)[0]
        found[file] = (references[alike], *run_arm(openings[key], scenario, months))
    return found


def rows(file: str, seeds: Sequence[dict[str, Any]], months: int) -> Iterator[dict[str, object]]:
    """One row for each measure of a lever; told from luck only if it would be among as many measures as there are."""
    names = sorted(set.intersection(*(set(found[file][part]) for found in seeds for part in (0, 1))))
    limit = FAMILY / max(len(names), 1)
    for name in names:
        before = np.array([found[file][0][name] for found in seeds])
        after = np.array([found[file][1][name] for found in seeds])
        estimate = paired_difference(before, after)
        differences = after - before
        error = float(np.std(differences, ddof=1)) / np.sqrt(len(seeds))
        t = estimate.mean / error if error > 0 else 0.0
        # The same difference in every seed is no luck.
        same = 0.0 if estimate.mean else 1.0
        chance = 2.0 * float(stats.t.sf(abs(t), len(seeds) - 1)) if error > 0 else same
        yield {
            "lever": lever_of(file),
            "scenario": file,
            "measure": name,
            "reference": float(before.mean()),
            "difference": estimate.mean,
            "low": estimate.low,
            "high": estimate.high,
            "t": t,
            "told": chance < limit,
            "seeds": len(seeds),
            "months": months,
        }


def keep(table: pd.DataFrame, path: Path, order: Sequence[str], *, some: bool) -> None:
    """Write the table; of some levers, beside the rows that the file has of the others, in the order of the scenarios.

    Parameters
    ----------
    table : DataFrame
        Rows of the levers that were run.
    path : Path
        Where to.
    order : sequence of str
        Every scenario that shows a lever.
    some : bool
        Whether levers were named: then the rows of the others stay to the letter.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    text = table.to_csv(index=False, float_format="%.9g")
    if some and path.is_file():
        new, old = (pd.read_csv(source, dtype=str, keep_default_na=False) for source in (StringIO(text), path))
        whole = pd.concat([old[~old["lever"].isin(new["lever"])], new])
        text = whole.sort_values("scenario", key=lambda names: names.map(list(order).index), kind="stable").to_csv(index=False)
    path.write_text(text, encoding="utf-8")


def read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for; a name that no scenario shows is refused with those that are."""
    parser = argparse.ArgumentParser(description="What each lever does alone in the invented town.")
    parser.add_argument("levers", nargs="*", help="names of levers, whose rows are made anew in the table there is; all when left out")
    parser.add_argument("--seeds", type=int, default=10, help="paired runs (10, as in the pages)")
    parser.add_argument("--months", type=int, default=60, help="months of a run (60, as in the pages)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--out", type=Path, default=Path("results/levers"), help="folder of levers.csv (results/levers)")
    given = parser.parse_args(arguments)
    known = sorted({lever_of(file) for file in lever_files()})
    unknown = [name for name in given.levers if name not in known]
    if unknown:
        parser.error(f"no file in scenarios/levers is named after {', '.join(unknown)}; there are: {', '.join(known)}")
    return given


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all or those named, write the table, say what was warned of."""
    given = read_arguments(arguments)
    order = lever_files()
    files = [file for file in order if not given.levers or lever_of(file) in given.levers]
    with ProcessPoolExecutor(given.workers) as pool:
        seeds = list(pool.map(partial(run_seed, files=files, months=given.months), range(1, given.seeds + 1)))
    table = pd.DataFrame([row for file in files for row in rows(file, seeds, given.months)])
    keep(table, given.out / "levers.csv", order, some=bool(given.levers))
    for file in files:
        told = table[(table["scenario"] == file) & table["told"]]["measure"].tolist()
        warned = sorted({text for found in seeds for text in found[file][2]})
        sys.stdout.write(f"{file}: {len(told)} measures told from luck: {', '.join(told[:8])}\n")
        sys.stdout.writelines(f"    {text}\n" for text in warned[:3])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
