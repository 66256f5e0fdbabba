"""Parts of a page that run nothing: a reader of states and a team with made-up answers, for tests of the routes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
from sim.page.parts import Parts
from sim.page.serving.limits import PageLimits
from sim.page.serving.refusal import Refusal


class MadeUpState:
    """A state that is what it was given."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = dict(given)

    @property
    def key(self) -> str:
        return repr(self.given)

    def as_dict(self) -> dict[str, Any]:
        return self.given

    def yaml(self) -> str:
        return "title: made up\nbased_on: anytown/buy-local\nmonths: 12\n"

    def reference_yaml(self) -> str:
        return "title: made up\nbased_on: anytown/business-as-usual\nmonths: 12\n"

    full_yaml, full_reference_yaml = yaml, reference_yaml

    def lines(self) -> list[str]:
        return ["A lever."]


class MadeUpReader:
    """Refuses a state without a place; breaks when asked to."""

    def read_state(self, given: object) -> MadeUpState:
        if not isinstance(given, dict) or "place" not in given:
            raise InputError([Problem("", None, "place", "nothing", "a place", None, "name a place", "no place was named")])
        if given["place"] == "broken":
            raise ZeroDivisionError("secret/path/of/this/machine")
        return MadeUpState(given)

    def offer(self) -> dict[str, Any]:
        return {"places": [], "levers": [], "limits": {"months": [12, 120]}, "first": {"place": "anytown"}}


class MadeUpTeam:
    """Answers at once."""

    def __init__(self) -> None:
        self.running = False
        self.asked: list[tuple[str, str]] = []

    async def start(self) -> None:
        self.running = True

    async def close(self) -> None:
        self.running = False

    async def compare(self, state: MadeUpState, seeds: int, visitor: str) -> AsyncIterator[dict[str, Any]]:
        self.asked.append(("compare", visitor))
        for seed in range(1, seeds + 1):
            if state.given.get("title") == "full":
                raise Refusal(503, "too many visitors wait", "try again in a minute")
            if state.given.get("title") == "broken":
                raise ZeroDivisionError("secret/path/of/this/machine")
            yield {"kind": "view", "done": seed, "of": seeds}
        yield {"kind": "end"}

    async def web(self, state: MadeUpState, arm: str, visitor: str) -> list[dict[str, Any]]:
        if state.given.get("title") == "full":
            raise Refusal(503, "too many visitors wait", "try again in a minute")
        if state.given.get("title") == "lost":
            raise Refusal(500, "the run was lost", "try again")
        return [{"month": 1, "nodes": [], "edges": []}]

    async def follow(self, state: MadeUpState, anchor: str, month: int, pounds: float, visitor: str) -> dict[str, Any]:
        return {"reference": {"anchor": anchor, "month": month}, "policy": {"pounds": pounds}}


def made_up_parts(out: Path, **settings: Any) -> Parts:
    """A page of such parts."""
    settings.setdefault("limits", PageLimits())
    return Parts(MadeUpReader(), MadeUpTeam(), out, **settings)
