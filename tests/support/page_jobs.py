"""Jobs that cost nothing, for tests of the page's team: some answer, some die, some hang."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from sim.errors import MoneyError
from sim.page.work.openings import Openings


@dataclass(frozen=True)
class Echo:
    """Says what it was told."""

    words: str
    opening: str | None = None

    @property
    def key(self) -> str:
        return self.words

    def run(self, openings: Openings | None = None) -> str:
        return self.words


@dataclass(frozen=True)
class WhoAmI(Echo):
    """Says which process it runs in."""

    def run(self, openings: Openings | None = None) -> str:
        return str(os.getpid())


@dataclass(frozen=True)
class Dies(Echo):
    """Is killed with its process, as by a machine that lacks memory: always, or the first time only."""

    marker: str = ""

    def run(self, openings: Openings | None = None) -> str:
        if not self.marker or not Path(self.marker).exists():
            if self.marker:
                Path(self.marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.words


@dataclass(frozen=True)
class Hangs(Echo):
    """Never ends."""

    def run(self, openings: Openings | None = None) -> str:
        time.sleep(600)
        return self.words


@dataclass(frozen=True)
class Fails(Echo):
    """Has a fault; or raises an error of the model."""

    of_model: bool = False

    def run(self, openings: Openings | None = None) -> str:
        if self.of_model:
            raise MoneyError("month 3: a penny was lost")
        raise ZeroDivisionError("secret/path/of/this/machine")
