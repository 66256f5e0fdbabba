"""Run shipped experiments whole and keep what is small of them: ``python experiments/publish.py NAME...``; all of them without a name.

Each is run as ``localwealth sweep NAME`` runs it, in ``results/NAME``, so what was cut goes on. Then the tables that a reader needs to
check the answers go to ``results/published/experiments/NAME``, and the page there is made again from what lies in these folders.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import sim
from sim.runs.sweep.written_answers import write_answers
from sim.settings.names import shipped

ROOT: Final = Path(__file__).resolve().parents[1]
PUBLISHED: Final = ROOT / "results" / "published" / "experiments"
#: What is kept of the folder of a sweep: enough for `sim.load_sweep` and every answer. The report is made again from it.
KEPT: Final = ("experiment.json", "experiment.yaml", "points.parquet", "runs.parquet", "summary.parquet", "failures.csv")
FOLDERS: Final = ("scenarios", "answers")
HEAD: Final = """# Published experiments

What the shipped experiments came to, each run whole by `python experiments/publish.py`. The sentences are those of the reports; they
speak of the model, in an invented town, within the ranges that were run. A folder here opens with `sim.load_sweep`, and
`localwealth report FOLDER` makes its report again.
"""


def publish(name: str) -> None:
    """Run one experiment, or take it as it lies in results/, and keep what is small."""
    from sim.report import build_sweep_report

    found = sim.sweep(name, ROOT / "results" / name, quiet=False)
    build_sweep_report(found.path)
    target = PUBLISHED / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in KEPT:
        shutil.copy2(found.path / file, target / file)
    for folder in FOLDERS:
        shutil.copytree(found.path / folder, target / folder)


def page() -> str:
    """The page on everything that is published."""
    parts = [HEAD]
    for folder in sorted(path for path in PUBLISHED.iterdir() if (path / "experiment.json").is_file()):
        parts.extend(_chapter(folder))
    return "\n".join(parts)


def _chapter(folder: Path) -> Iterator[str]:
    """One experiment: its question, its answers, and how it was run."""
    sweep = sim.load_sweep(folder)
    manifest, sentences = sweep.manifest, write_answers(sweep).sentences
    runs, versions = manifest["runs"], manifest["versions"]
    yield f"## {manifest['title']}\n"
    yield f"{manifest['question']}\n"
    for name in ("headline", "luck", "lost", "sensitivity", "tornado", "decision", "discovery", "convergence"):
        if sentences.get(name):
            yield f"- {sentences[name]}"
    arms, seeds = len(sweep.arms), len(manifest["seeds"])
    made = f"{len(sweep.points)} settings, {seeds} seeds, {arms} scenarios, {manifest['months']} months: {runs['all']} runs"
    yield f"\n{made}, {runs['failed']} failed. Version {versions['localwealth']}.\n"
    yield f"```bash\nlocalwealth sweep {folder.name}\n```\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish what is named, and make the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="experiments; all shipped ones when left out")
    parser.add_argument("--page", action="store_true", help="run nothing: make answers and page again from what is published")
    given = parser.parse_args(arguments)
    for name in () if given.page else given.names or shipped("experiment"):
        publish(name)
    (PUBLISHED / "README.md").write_text(page(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
