"""What a worker of the page can be told to do. Each job names what it gives and which opened town it needs."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sim.page.work.openings import Openings, arm_key, opening_key

if TYPE_CHECKING:
    from sim.page.work.runs import ArmRun
    from sim.settings.scenario import Scenario

__all__ = ["ArmJob", "FollowJob", "Job", "WebJob"]


class Job(Protocol):
    """Work that can be sent to another process."""

    @property
    def key(self) -> Hashable:
        """What the result depends on: two jobs of one key give one result."""
        ...

    @property
    def opening(self) -> Hashable:
        """The opened town it needs; None for none."""
        ...

    def run(self, openings: Openings) -> Any:
        """Do the work, in the worker."""
        ...


@dataclass(frozen=True)
class ArmJob:
    """One arm with one seed."""

    scenario: Scenario
    seed: int

    @property
    def key(self) -> Hashable:
        """All that the run depends on."""
        return "arm", arm_key(self.scenario, self.seed)

    @property
    def opening(self) -> Hashable:
        """The town that is copied."""
        return opening_key(self.scenario, self.seed)

    def run(self, openings: Openings) -> ArmRun:
        """Run the arm."""
        from sim.page.work.runs import arm_run

        return arm_run(self.scenario, self.seed, openings=openings)


@dataclass(frozen=True)
class WebJob:
    """The supply web of one arm."""

    scenario: Scenario
    seed: int

    @property
    def key(self) -> Hashable:
        """All that the run depends on."""
        return "web", arm_key(self.scenario, self.seed)

    @property
    def opening(self) -> Hashable:
        """The town that is copied."""
        return opening_key(self.scenario, self.seed)

    def run(self, openings: Openings) -> list[dict[str, Any]]:
        """Run the arm and draw its web together."""
        from sim.page.view.web import web_months

        return web_months(self.scenario, self.seed, openings)


@dataclass(frozen=True)
class FollowJob:
    """Some money of one anchor in one arm."""

    scenario: Scenario
    seed: int
    anchor: str
    month: int
    pounds: float

    @property
    def key(self) -> Hashable:
        """All that the trail depends on; its heading names the scenario."""
        return "follow", arm_key(self.scenario, self.seed), self.scenario.name, self.anchor, self.month, self.pounds

    @property
    def opening(self) -> Hashable:
        """The town that is copied."""
        return opening_key(self.scenario, self.seed)

    def run(self, openings: Openings) -> dict[str, Any]:
        """Run the arm to the month and follow the money."""
        from sim.page.view.pound import pound_view

        return pound_view(self.scenario, self.anchor, self.month, self.pounds, self.seed, openings)
