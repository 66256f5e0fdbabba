"""How much is served to one visitor and to all of them together."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from sim.page.serving.refusal import Refusal

__all__ = ["Gate", "PageLimits", "Rate", "size_words"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests may come.

    Parameters
    ----------
    a_second : float
        In the long run.
    at_once : float
        After a pause.
    """

    a_second: float
    at_once: float


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Bounds of what is served.

    Parameters
    ----------
    json_bytes, scenario_bytes, spend_bytes : int
        Largest body of a request, scenario file and spend file.
    json_depth : int
        Lists and objects within each other.
    idle_seconds, body_seconds, upload_seconds : float
        How long a body may pause, and how long it and an upload may take.
    visitor, address, everyone : Rate
        Requests of a visitor, of an address outside this machine, and of all.
    visitors : int
        Visitors whose requests are counted one by one.
    compare_seeds, report_seeds : tuple of int
        Fewest and most runs of a comparison and of a report.
    waiting_jobs, address_jobs, visitor_jobs : int
        Reports that may wait or run, of all, of one address and of one visitor; as many spend files beside them.
    kept_jobs : int
        Jobs that have ended and whose files are kept; the oldest go first.
    report_seconds, spend_seconds, open_seconds : float
        How long a report, the reading of a spend file and that of a scenario may take.
    spend_memory, open_memory : int
        Bytes of address space for the reading of a spend file and that of a scenario.
    readings : int
        Scenario files read at the same time.
    openings, address_openings : int
        Scenario files that may be sent or wait to be read at the same time, of all and of one address.
    uploads, address_uploads : int
        Spend files that may be sent at the same time, of all and of one address.
    waiting_uploads : int
        Spend files of one address that may wait to be sent.
    turn_seconds : float
        How long they may wait.
    connections, address_connections : int
        Connections at the same time, of all and of one address.

    Examples
    --------
    >>> PageLimits().spend_bytes
    20000000
    """

    json_bytes: int = 64_000
    scenario_bytes: int = 256_000
    spend_bytes: int = 20_000_000
    json_depth: int = 12
    idle_seconds: float = 10.0
    body_seconds: float = 15.0
    upload_seconds: float = 180.0
    visitor: Rate = Rate(40.0, 200.0)
    address: Rate = Rate(100.0, 600.0)
    everyone: Rate = Rate(500.0, 2000.0)
    visitors: int = 1000
    compare_seeds: tuple[int, int] = (1, 12)
    report_seeds: tuple[int, int] = (2, 30)
    waiting_jobs: int = 12
    address_jobs: int = 6
    visitor_jobs: int = 2
    kept_jobs: int = 60
    report_seconds: float = 7200.0
    spend_seconds: float = 300.0
    open_seconds: float = 20.0
    spend_memory: int = 3_000_000_000
    open_memory: int = 1_500_000_000
    readings: int = 2
    openings: int = 16
    address_openings: int = 8
    uploads: int = 4
    address_uploads: int = 2
    waiting_uploads: int = 6
    turn_seconds: float = 60.0
    connections: int = 400
    address_connections: int = 100

    def as_dict(self) -> dict[str, object]:
        """What the page must know of them."""
        return {
            "compare_seeds": list(self.compare_seeds),
            "report_seeds": list(self.report_seeds),
            "scenario_bytes": self.scenario_bytes,
            "scenario_words": size_words(self.scenario_bytes),
            "spend_bytes": self.spend_bytes,
            "spend_words": size_words(self.spend_bytes),
            "visitor_jobs": self.visitor_jobs,
        }


def size_words(size: int) -> str:
    """A size for a reader.

    Examples
    --------
    >>> size_words(20_000_000), size_words(256_000)
    ('20 MB', '256 kB')
    """
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1000} kB"


@dataclass(slots=True)
class _Bucket:
    """What one party may still ask, and when that was worked out."""

    left: float
    at: float

    def take(self, rate: Rate, now: float) -> bool:
        """Whether one more request fits."""
        self.left = min(rate.at_once, self.left + (now - self.at) * rate.a_second)
        self.at = now
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


class Gate:
    """Counts requests, and refuses those that are too many.

    Parameters
    ----------
    limits : PageLimits
        How many may come.

    Examples
    --------
    >>> gate = Gate(PageLimits(visitor=Rate(1.0, 2.0)))
    >>> gate.enter("a", None, 0.0), gate.enter("a", None, 0.0), gate.enter("b", None, 0.0)
    (None, None, None)
    """

    def __init__(self, limits: PageLimits) -> None:
        self._limits = limits
        self._everyone: _Bucket | None = None
        self._visitors: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    def enter(self, visitor: str | None, address: str | None, now: float) -> None:
        """Count a request.

        Parameters
        ----------
        visitor : str or None
            Who asks; None for files of the page, which count for all together only.
        address : str or None
            Where from; None for this machine itself.
        now : float
            Seconds of a clock that never goes back.

        Raises
        ------
        Refusal
            With status 429 when it is one too many.
        """
        limits = self._limits
        if self._everyone is None:
            self._everyone = _Bucket(limits.everyone.at_once, now)
        if address is not None and not self._counted(("address", address), limits.address, now):
            raise Refusal(429, "too many requests come from this address", "wait a few seconds, then try again")
        if visitor is not None and not self._counted(("visitor", visitor), limits.visitor, now):
            raise Refusal(429, "too many requests came from this page at once", "wait a few seconds, then try again")
        if not self._everyone.take(limits.everyone, now):
            raise Refusal(429, "too many visitors ask at once", "wait a few seconds, then try again")

    def _counted(self, party: tuple[str, str], rate: Rate, now: float) -> bool:
        """Whether one more request of a party fits; those not heard of for longest are forgotten."""
        bucket = self._visitors.pop(party, None) or _Bucket(rate.at_once, now)
        self._visitors[party] = bucket
        while len(self._visitors) > self._limits.visitors:
            self._visitors.popitem(last=False)
        return bucket.take(rate, now)
