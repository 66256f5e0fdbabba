"""Files that a visitor gives: a scenario, and a spend file; each is read by the usual readers in a process of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError, Problem, nearest
from sim.page.helper import Helper, Task
from sim.page.job_queue import Job, Jobs, Offered
from sim.page.limits import PageLimits
from sim.page.refusal import Refusal

__all__ = ["FILES", "open_scenario", "opened", "spend_job", "upload_name", "write_spend_files"]

UPLOAD, RESULT = "upload", "result"
SCENARIO: Final = "scenario.yaml"
MOST_NAME: Final = 120
PLACE_WANTED: Final = "Open the file again where the page shows a place that comes with the program."
FILES: Final = (
    Offered("report.html", "The spend analysis, to read and print", f"{RESULT}/report.html"),
    Offered("report.xlsx", "The same numbers as a workbook", f"{RESULT}/report.xlsx"),
    Offered("suppliers.csv", "The suppliers as a table", f"{RESULT}/suppliers.csv"),
    Offered("set-aside.csv", "Rows that were set aside, and why", f"{RESULT}/set-aside.csv"),
    Offered("mapping.yaml", "How the columns were read", f"{RESULT}/mapping.yaml"),
)


def upload_name(given: str) -> str:
    """The name under which an uploaded file is read: plain letters, and an ending that is known.

    Raises
    ------
    sim.errors.InputError
        When it is no plain name of a file, or of a kind that is not read.

    Examples
    --------
    >>> upload_name("Payments over £500, May 2019.CSV")
    'Payments-over-500-May-2019.csv'
    """
    from sim.runs.folder import file_name
    from sim.spend.analysis_files import ENDINGS

    ending = Path(given).suffix.lower() if given.isprintable() else ""
    plain = given.isprintable() and not set(given) & set("/\\:") and not given.startswith(".") and 0 < len(given) <= MOST_NAME
    if plain and ending in ENDINGS:
        return (file_name(Path(given).stem)[:60] or "spend") + ending
    allowed = f"a file name of at most {MOST_NAME} signs that ends in {', '.join(ENDINGS)}"
    message = "this file is of a kind that is not read" if plain else "this is no plain name of a file"
    shown = given[:60] if given.isprintable() else repr(given[:60])
    raise InputError([Problem("", None, "name", shown, allowed, nearest(ending, ENDINGS), "choose another file", message, "upload")])


def check_place(place: str | None) -> None:
    """Refuse a place that does not come with the package: a path would be read as one."""
    from sim.settings.names import shipped

    names = shipped("place")
    if place is not None and place not in names:
        near, message = nearest(place[:60], names), f"there is no place {place[:60]!r}"
        raise InputError([Problem("", None, "place", place[:60], ", ".join(names), near, "choose a place", message, "upload")])


def spend_job(jobs: Jobs, name: str, body: bytes, place: str | None, visitor: str, limits: PageLimits) -> Job:
    """A job that reads a spend file and writes its analysis; what was uploaded goes when it ends."""
    check_place(place)
    file = upload_name(name)
    job, folder = jobs.new_folder()
    (folder / UPLOAD).mkdir(mode=0o700)
    (folder / UPLOAD / file).write_bytes(body)
    too_long = f"It took longer than {round(limits.spend_seconds / 60)} minutes and was stopped. Use the command localwealth spend instead."
    task = Task("spend", {"file": file, "place": place}, limits.spend_seconds, too_long, limits.spend_memory)
    return Job(job, visitor, task, folder, FILES, remove=(f"{UPLOAD}/{file}",), of=1)


def write_spend_files(given: Mapping[str, Any], tell: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Read the spend file of this folder and write its analysis; runs in a process of its own."""
    from sim.report.spend.options import SpendOptions
    from sim.report.spend.report import report_spending

    tell(0, 1, "The file is read.")
    report_spending([Path(UPLOAD) / str(given["file"])], Path(RESULT), SpendOptions(place=given["place"], place_wanted=PLACE_WANTED))
    return {}


async def opened(text: bytes, folder: Path, limits: PageLimits) -> dict[str, Any]:
    """The state of a scenario file that was uploaded.

    Raises
    ------
    sim.errors.InputError
        With every problem of the file.
    Refusal
        When it could not be read at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="opening-") as name:
        (Path(name) / SCENARIO).write_bytes(text)
        task = Task("open", {}, limits.open_seconds, "This file took too long to read.", limits.open_memory)
        end = await Helper(task, Path(name)).run()
    if end["kind"] == "done":
        return {"state": end["state"]}
    if "problems" in end:
        raise InputError([Problem("", one["line"], *(one[key] for key in _WORDS)) for one in end["problems"]])
    raise Refusal(422, str(end["message"]), "compare the file with one that the page saves")


_WORDS: Final = ("key", "given", "allowed", "nearest", "remedy", "message")


def open_scenario(given: Mapping[str, Any], tell: Callable[[int, int, str], None]) -> dict[str, Any]:
    """The state of the scenario file of this folder; runs in a process of its own. It may name nothing but what comes with the package."""
    from sim.page.state import StateReader
    from sim.settings.files import SourceFile
    from sim.settings.problems import Findings

    del given, tell
    source, reader, findings = SourceFile(Path(SCENARIO), SCENARIO), StateReader(), Findings()
    refuse_paths(source, findings)
    findings.raise_if_any()
    return {"state": reader.open_text(source.path.read_bytes()).as_dict()}


def refuse_paths(source: Any, findings: Any) -> None:
    """A finding for a place or base that is no shipped name: a path in an uploaded file would lead into this machine."""
    from sim.settings.names import shipped
    from sim.settings.problems import Kind
    from sim.settings.tree import Scalar
    from sim.settings.yaml_reader import read_tree

    tree = read_tree(source, findings)
    for entry in tree or ():
        names = {"place": shipped("place"), "based_on": shipped("scenario")}.get(entry.key)
        given = entry.node.text if isinstance(entry.node, Scalar) else "no name"
        if names is None or given in names:
            continue
        message = f"an uploaded file may name a {'place' if entry.key == 'place' else 'scenario'} that comes with the page only"
        said = {"given": given[:80], "allowed": ", ".join(names), "names": names, "remedy": "write one of these names"}
        findings.add(Kind.UNKNOWN_NAME, source.shown, entry.node.line, (entry.key,), message, **said)
