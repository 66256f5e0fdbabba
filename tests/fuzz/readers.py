"""The readers, each called with a file as a user would give it; shipped files that an input names are read once and kept."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

__all__ = ["READERS", "Reader", "kept_files"]

#: After so many inputs that were read their tables are put together: one table of pandas for each would take most of the time.
TOGETHER: Final = 250


class Reader:
    """Reads inputs of one kind.

    Parameters
    ----------
    folder : Path
        Where files are written.
    """

    ending: str = "yaml"
    rotated: bool = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.together: list[bytes] = []

    def read(self, content: bytes) -> None:
        """Read one input; an error of sim.errors where it is refused."""
        path = self.folder / (f"fuzz{len(self.together)}.{self.ending}" if self.rotated else f"fuzz.{self.ending}")
        path.write_bytes(content)
        self.read_file(path, content)

    def read_file(self, path: Path, content: bytes) -> None:
        """Read the file that was written."""
        raise NotImplementedError

    def finish(self) -> None:
        """Put what was read together, where that is done later."""


@contextmanager
def kept_files() -> Iterator[None]:
    """Within it trees, places and names of shipped files are read once in this process; everything else is read as ever."""
    from sim.settings import names
    from sim.settings.experiments import ground as experiment_ground
    from sim.settings.names import shipped_folder
    from sim.settings.scenarios import assemble
    from sim.settings.scenarios import reader as scenario_reader

    shipped = shipped_folder().resolve()

    def once(read: Callable[..., Any]) -> Callable[..., Any]:
        found: dict[tuple[Path, str], Any] = {}

        def reading(source: Any, findings: Any, *more: Any) -> Any:
            key = (source.path, source.shown)
            if key in found:
                return found[key]
            if not source.path.is_relative_to(shipped):
                return read(source, findings, *more)
            found[key] = read(source, findings, *more)
            return found[key]

        return reading

    figures: dict[int, tuple[Any, Any]] = {}

    def figures_once(place: Any) -> Any:
        if id(place) not in figures:
            if len(figures) > 100:
                figures.clear()
            figures[id(place)] = place, named(place)
        return figures[id(place)][1]

    before = names.shipped, scenario_reader.read_tree, assemble.read_place
    named = experiment_ground.named_figures
    names.shipped, scenario_reader.read_tree, assemble.read_place = cache(before[0]), once(before[1]), once(before[2])
    experiment_ground.named_figures = figures_once
    try:
        yield
    finally:
        names.shipped, scenario_reader.read_tree, assemble.read_place = before
        experiment_ground.named_figures = named


class Settings(Reader):
    """Reads files of settings with everything that a scenario may name."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        from sim.core.registry import MEASURES, POLICIES, SHOCKS
        from sim.runs.scenarios import fill_levers
        from sim.settings.parameters import PARAMETERS, Parameters
        from sim.settings.scenarios.layer import Known

        fill_levers()
        import sim.catalogue  # noqa: F401  (declares the measures)

        self.known = Known(POLICIES, SHOCKS, Parameters(PARAMETERS))
        self.measures = MEASURES

    def source(self, path: Path) -> Any:
        """The file with its name."""
        from sim.settings.reading.files import SourceFile

        return SourceFile(path, path.name)


class Scenarios(Settings):
    """Scenario files."""

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.settings.reading.problems import Findings
        from sim.settings.scenarios.reader import read_scenario

        findings = Findings()
        scenario = read_scenario(self.source(path), self.known, findings)
        findings.raise_if_any()
        assert scenario is not None, "no scenario and no problem"


class Places(Settings):
    """Place files."""

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.settings.places.reader import read_place
        from sim.settings.reading.problems import Findings

        findings = Findings()
        place = read_place(self.source(path), findings)
        findings.raise_if_any()
        assert place is not None, "no place and no problem"


class Experiments(Settings):
    """Experiment files."""

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.settings.experiments.reader import read_experiment
        from sim.settings.reading.problems import Findings

        findings = Findings()
        experiment = read_experiment(self.source(path), self.known, self.measures, findings)
        findings.raise_if_any()
        assert experiment is not None, "no experiment and no problem"


class Mappings(Reader):
    """Mapping files of spend analyses."""

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.spend import read_mapping

        for entry in read_mapping(path).entries:
            entry.fits(path, "One")


class Spending(Reader):
    """Spend files; one in eight with a mapping, which its bytes choose."""

    ending = "csv"
    rotated = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        from sim.spend.limits import Limits
        from sim.spend.mapping import MappingEntry, SpendMapping

        self.limits = Limits()
        says = (
            {"header_line": 0, "columns": {"supplier": 1, "date": 2, "amount": 3}},
            {"header_line": 1, "columns": {"amount": "Amount"}, "date_order": "month-first", "comma": True},
            {"encoding": "utf-16", "delimiter": ";", "reversed_sign": True},
            {"encoding": "utf-7", "header_line": 2},
            {"sheet": "One", "columns": {"amount": 99, "supplier": None}, "body": "B"},
            {"header_line": 10**15},
        )
        self.mappings = [SpendMapping((MappingEntry("*", **said),), "m.yaml") for said in says]
        self.plain = SpendMapping()
        self.tables: list[Any] = []

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.spend.read import _read_file

        which = zlib.crc32(content)
        mapping = self.mappings[which // 8 % len(self.mappings)] if which % 8 == 0 else self.plain
        self.tables += _read_file(path, path.name, mapping, self.limits)
        self.together.append(content)
        if len(self.together) >= TOGETHER:
            self.finish()

    def finish(self) -> None:
        """All tables as one reading, whose rows and pence must add up; sums that no total can hold may be refused."""
        from sim.errors import InputError
        from sim.spend.files.frames import reading_of
        from sim.spend.files.sheets import with_repeats

        tables, self.tables = self.tables, []
        if tables:
            try:
                reading_of(with_repeats(tables)).check()
            except InputError as error:
                if {problem.kind for problem in error.problems} != {"too-large"}:
                    raise ValueError("all tables together are refused for another reason than their sums") from error
        self.together = []


class Contracts(Reader):
    """Files of contracts."""

    ending = "json"
    rotated = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.begin()

    def begin(self) -> None:
        """Start another book."""
        from sim.spend.ocds.limits import ContractLimits
        from sim.spend.ocds.reading import _Reading

        self.reading = _Reading(ContractLimits())
        self.together = []

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.errors import InputError

        reading = self.reading
        before = len(reading.releases), len(reading.aside), len(reading.files)
        reading.read(path)
        if reading.findings.problems:
            problems, reading.findings.problems = reading.findings.problems, []
            del reading.releases[before[0] :], reading.aside[before[1] :], reading.files[before[2] :]
            raise InputError(problems)
        self.together.append(content)
        if len(self.together) >= TOGETHER:
            self.finish()

    def finish(self) -> None:
        """All releases as one book, whose value must add up."""
        from sim.spend.ocds.reading import book_of

        reading, read = self.reading, self.together
        self.begin()
        if read:
            try:
                book_of(reading)
            except Exception:
                self.together = read
                raise


class Links(Reader):
    """Links of the page: letters to a state, and the state to its own letters."""

    ending = "txt"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        from sim.page.state.page_state import StateReader

        self.reader = StateReader()

    def read_file(self, path: Path, content: bytes) -> None:
        from sim.page.state.link import decoded, encoded

        state = self.reader.read_state(decoded(content.decode("latin-1")))
        if zlib.crc32(content) % 8 == 0:
            again = self.reader.read_state(decoded(encoded(state.as_dict())))
            assert again.text == state.text, f"{state.text} came back as {again.text}"


READERS: Final[dict[str, type[Reader]]] = {
    "scenario": Scenarios,
    "place": Places,
    "experiment": Experiments,
    "mapping": Mappings,
    "spend": Spending,
    "contracts": Contracts,
    "link": Links,
}
