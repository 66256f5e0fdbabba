"""What a visitor keeps: both scenario files in one archive, and the report of a comparison made from them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, Final, TypeVar

from sim import __version__
from sim.page.parts import State
from sim.page.serving.limits import PageLimits
from sim.page.work.helper import Task
from sim.page.work.job_queue import Job, Jobs, Offered

__all__ = ["ARCHIVE", "FILES", "POLICY", "REFERENCE", "report_job", "scenario_archive", "write_report_files"]

Returned = TypeVar("Returned")
#: The two scenario files, as the comparison reads them.
REFERENCE, POLICY, RESULT = "reference.yaml", "policy.yaml", "result"
ARCHIVE: Final = "localwealth-scenario.zip"
README: Final = """{title}

Made on the workshop page of localwealth {version}.

{policy:<15} what was chosen
{reference:<15} the same place with business as usual, beside which it stands

Put both into one folder. There, this gives the numbers of the page again:

    localwealth compare {reference} {policy} --seeds {seeds}

More pairs of runs narrow the intervals: --seeds 30.
{size}"""
SIZE: Final = """
Both run a copy of the place with {residents:,} residents. For the whole place take the line that begins with "residents:" out of both
files; that takes far longer.
"""
#: The earliest time that an archive can hold: the same choice gives the same bytes.
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
FILES: Final = (
    Offered("report.html", "The report, to read and print", f"{RESULT}/report.html"),
    Offered("report.xlsx", "The same numbers as a workbook", f"{RESULT}/report.xlsx"),
    Offered("summary.csv", "The summary as a table", f"{RESULT}/summary.csv"),
    Offered(POLICY, "The scenario file of what you chose", POLICY),
    Offered(REFERENCE, "The scenario file of business as usual", REFERENCE),
)


def scenario_archive(state: State, seeds: int) -> bytes:
    """Both scenario files of a state and how to run them, in one archive; equal states give equal bytes.

    Parameters
    ----------
    state : State
        What the visitor chose.
    seeds : int
        Pairs of runs that the page shows.
    """
    chosen = state.as_dict()
    residents = chosen.get("residents")
    size = SIZE.format(residents=residents) if residents else ""
    title = chosen.get("title") or "What was chosen on the workshop page"
    readme = README.format(title=title, version=__version__, policy=POLICY, reference=REFERENCE, seeds=seeds, size=size)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in ((POLICY, state.yaml()), (REFERENCE, state.reference_yaml()), ("README.txt", readme)):
            entry = zipfile.ZipInfo(name, NO_TIME)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, text.encode())
    return held.getvalue()


def report_job(jobs: Jobs, state: State, seeds: int, size: str, visitor: str, limits: PageLimits) -> Job:
    """A job that runs a state beside its reference and writes the report; its scenario files are written at once.

    Parameters
    ----------
    jobs : Jobs
        Gives the folder.
    state : State
        What the visitor chose.
    seeds : int
        Pairs of runs.
    size : {"copy", "full"}
        The state as it is, or the place at its full size.
    visitor : str
        Whose it is.
    limits : PageLimits
        How long it may take.
    """
    full = size == "full"
    texts = {
        REFERENCE: state.full_reference_yaml() if full else state.reference_yaml(),
        POLICY: state.full_yaml() if full else state.yaml(),
    }
    with jobs.new_folder() as (name, folder):
        for file, text in texts.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    minutes = round(limits.report_seconds / 60)
    too_long = f"It took longer than {minutes} minutes and was stopped. Ask for fewer runs or the copy, or run the scenario file yourself."
    task = Task("report", {"seeds": seeds}, limits.report_seconds, too_long)
    return Job(name, visitor, task, folder, FILES, of=seeds)


def write_report_files(given: Mapping[str, Any], tell: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Compare the two scenario files of this folder over some seeds, and build the report; runs in a process of its own.

    The paths are relative, so that the command in the report makes the result again within the folder.
    """
    from sim.report import build_report
    from sim.runs import compare

    seeds = int(given["seeds"])
    tell(0, seeds, "The town opens.")
    result = compare([REFERENCE, POLICY], seeds, workers=1, out=Path(RESULT), executor=_Counting(seeds, tell))
    tell(seeds, seeds, "The report is written.")
    if result.path is not None and result.seeds:
        build_report(result.path, charts=False)  # the page gives files one by one, and no folder
    return {"failures": len(result.failures)} if result.seeds else _no_run(result.failures[0].message)


def _no_run(message: str) -> dict[str, Any]:
    """What is said when no run came to its end."""
    return {"kind": "failed", "message": f"No run came to its end: {message}"[:300]}


class _Counting(Executor):
    """Runs what it is given at once, here, and tells of each end."""

    def __init__(self, of: int, tell: Callable[[int, int, str], None]) -> None:
        self._of = of
        self._tell = tell
        self._done = 0

    def submit(self, function: Callable[..., Returned], /, *args: Any, **named: Any) -> Future[Returned]:
        """Call a function; its result, or its error, is there at once."""
        future: Future[Returned] = Future()
        try:
            future.set_result(function(*args, **named))
        except Exception as error:
            future.set_exception(error)
        self._done += 1
        self._tell(self._done, self._of, f"{self._done} of {self._of} pairs of runs have ended.")
        return future
