"""Files that a visitor gives: a scenario, and a spend file; each is read by the usual readers in a process of its own."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sim.errors import InputError, Problem, nearest
from sim.page.serving.limits import PageLimits
from sim.page.serving.refusal import Refusal
from sim.page.work.helper import Helper, Task
from sim.page.work.job_queue import Job, Jobs, Offered
from sim.page.work.saving import POLICY
from sim.settings.reading.yaml_writer import block_lines
from sim.settings.scenarios.resolved import place_values

if TYPE_CHECKING:
    from sim.settings.place import Place

__all__ = ["FILES", "open_scenario", "opened", "spend_job", "upload_name", "write_spend_files"]

UPLOAD, RESULT = "upload", "result"
SCENARIO: Final = "scenario.yaml"
PLACE: Final = "place.yaml"
#: How an archive begins.
PACKED: Final = b"PK\x03\x04"
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
    from sim.runs.stored.folder import file_name
    from sim.spend.analysis.files import ENDINGS

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


def spend_job(jobs: Jobs, name: str, body: bytes, place: str | Place | None, visitor: str, limits: PageLimits) -> Job:
    """A job that reads a spend file and writes its analysis; what was uploaded goes when it ends.

    A place that does not come with the package is written beside it, so that the process need read nothing from elsewhere.
    """
    if place is None or isinstance(place, str):
        check_place(place)
    file = upload_name(name)
    with jobs.new_folder() as (job, folder):
        if place is not None and not isinstance(place, str):
            lines = block_lines(place_values(place), "")
            (folder / PLACE).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
            place = PLACE
        (folder / UPLOAD).mkdir(mode=0o700)
        (folder / UPLOAD / file).write_bytes(body)
    too_long = f"It took longer than {round(limits.spend_seconds / 60)} minutes and was stopped. Use the command localwealth spend instead."
    task = Task("spend", {"file": file, "place": place}, limits.spend_seconds, too_long, limits.spend_memory)
    return Job(job, visitor, task, folder, FILES, remove=(f"{UPLOAD}/{file}", PLACE), of=1)


def write_spend_files(given: Mapping[str, Any], tell: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Read the spend file of this folder and write its analysis; runs in a process of its own."""
    from sim.report.spend.options import SpendOptions
    from sim.report.spend.report import report_spending

    tell(0, 1, "The file is read.")
    options = SpendOptions(place=given["place"], place_wanted=PLACE_WANTED, charts=False)  # the page gives files one by one
    report_spending([Path(UPLOAD) / str(given["file"])], Path(RESULT), options)
    return {}


async def opened(text: bytes, folder: Path, limits: PageLimits, own: Sequence[str] = ()) -> dict[str, Any]:
    """The state of a scenario file that was uploaded.

    Parameters
    ----------
    text : bytes
        The file.
    folder : Path
        Where a folder for it may be made for a moment.
    limits : PageLimits
        How long it may take, and how much memory.
    own : sequence of str
        Scenario files of the places that the page was started with, each whole.

    Raises
    ------
    sim.errors.InputError
        With every problem of the file.
    Refusal
        When it could not be read at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="opening-") as within:
        names = await asyncio.to_thread(_write, Path(within), text, own)
        task = Task("open", {"own": names}, limits.open_seconds, "This file took too long to read.", limits.open_memory)
        end = await Helper(task, Path(within)).run()
    if end["kind"] == "done":
        return {"state": end["state"]}
    if "problems" in end:
        raise InputError([Problem("", one["line"], *(one[key] for key in _WORDS)) for one in end["problems"]])
    raise Refusal(422, str(end["message"]), "compare the file with one that the page saves")


def _write(folder: Path, text: bytes, own: Sequence[str]) -> list[str]:
    """Write a scenario that was uploaded and those that it may name; the names of these."""
    (folder / SCENARIO).write_bytes(text)
    names = [f"own-{number}.yaml" for number in range(len(own))]
    for name, one in zip(names, own, strict=True):
        (folder / name).write_text(one, encoding="utf-8", newline="\n")
    return names


_WORDS: Final = ("key", "given", "allowed", "nearest", "remedy", "message")


def open_scenario(given: Mapping[str, Any], tell: Callable[[int, int, str], None]) -> dict[str, Any]:
    """The state of the scenario file of this folder; runs in a process of its own.

    It may name nothing but what comes with the package, or the places that the page was started with.
    """
    from sim.page.state.page_state import StateReader
    from sim.runs.scenarios import load
    from sim.settings.reading.files import SourceFile
    from sim.settings.reading.problems import Findings

    del tell
    unpack(Path(SCENARIO))
    reader = StateReader([load(name) for name in given.get("own", ())])
    source, findings = SourceFile(Path(SCENARIO), SCENARIO), Findings()
    refuse_paths(source, findings, tuple(reader.own))
    try:
        state = reader.open_text(source.path.read_bytes())
    except InputError as error:
        raise InputError(_together(findings.problems, error.problems)) from None
    findings.raise_if_any()
    return {"state": state.as_dict()}


def _together(refused: Sequence[Problem], others: Sequence[Problem]) -> list[Problem]:
    """What an upload may not name and what else is wrong with it, in the order of the file; what both tell of one key is told once."""
    told = {problem.key for problem in refused}
    found = [*refused, *(problem for problem in others if problem.key not in told)]
    return [replace(problem, file="") for problem in found]  # of one file, so that they stand by line


def unpack(path: Path) -> None:
    """Put the scenario of an archive that the page saved in the place of the archive; any other file stays as it is.

    Raises
    ------
    sim.errors.InputError
        When it is an archive without such a scenario, or a broken one.
    """
    import zipfile
    import zlib

    from sim.page.state.opened_text import MOST_TEXT

    with path.open("rb") as file:
        if file.read(len(PACKED)) != PACKED:
            return
    try:
        with zipfile.ZipFile(path) as archive, archive.open(POLICY) as held:
            text = held.read(MOST_TEXT + 1)  # no more is unpacked, whatever the archive says of its size
    except (KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        allowed, remedy = f"an archive as the page saves it, with {POLICY}", f"unpack it and open {POLICY}"
        message = "this archive holds no scenario that can be read"
        raise InputError([Problem("", None, "", "an archive", allowed, None, remedy, message, "upload")]) from None
    path.write_bytes(text)


def refuse_paths(source: Any, findings: Any, own: tuple[str, ...] = ()) -> None:
    """A finding for a place or base that is no known name: a path in an uploaded file would lead into this machine.

    A place that is written out in the file is left to the reader, which knows those that the page was started with.
    """
    from sim.settings.names import shipped
    from sim.settings.reading.problems import Kind
    from sim.settings.reading.tree import Keys, Scalar
    from sim.settings.reading.yaml_reader import read_tree

    tree = read_tree(source, findings, "scenario")
    for entry in tree or ():
        names = {"place": (*own, *shipped("place")), "based_on": shipped("scenario")}.get(entry.key)
        given = entry.node.text if isinstance(entry.node, Scalar) else "no name"
        if names is None or given in names or (entry.key == "place" and isinstance(entry.node, Keys)):
            continue
        message = f"an uploaded file may name a {'place' if entry.key == 'place' else 'scenario'} that comes with the page only"
        said = {"given": given[:80], "allowed": ", ".join(names), "names": names, "remedy": "write one of these names"}
        findings.add(Kind.UNKNOWN_NAME, source.shown, entry.node.line, (entry.key,), message, **said)
