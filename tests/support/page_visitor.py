"""A visitor of the page without a browser, who does what people do: moves levers, thinks, looks at the web, follows a pound, saves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from support.page_server import PageServer

#: What a visitor does after a thought, and how often of a hundred times.
DOES: Final = {"move": 76, "web": 8, "follow": 8, "save": 8}
#: Levers as they are switched on, the option that is moved, and its step.
LEVERS: Final[tuple[tuple[dict[str, Any], str, float], ...]] = (
    ({"use": "local_spend_target", "share": 0.10}, "share", 0.02),
    ({"use": "living_wage_anchors", "coverage": 0.2}, "coverage", 0.05),
    ({"use": "outreach", "reach": 0.1, "monthly_cost": 300}, "reach", 0.02),
)
PAIRS: Final = 8


@dataclass
class Record:
    """What one visitor saw: seconds to the first view of each move, what went wrong, and each move's state with its first view."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seen: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)


class Visitor(threading.Thread):
    """One visitor.

    Parameters
    ----------
    server : PageServer
        The page.
    number : int
        Which visitor; the choices are drawn with it as the seed.
    until : float
        When to stop, by ``time.monotonic``.
    think : tuple of float
        Fewest and most seconds between one move and the next.
    months : int
        Length of the runs.
    report : float or None
        When to ask for a report, by the same clock.
    """

    def __init__(
        self, server: PageServer, number: int, until: float, think: tuple[float, float], months: int, report: float | None
    ) -> None:
        super().__init__(name=f"visitor {number}")
        self.record = Record()
        self._client = server.client(f"visitor-of-the-bench-{number:04d}")
        self._random = Random(1000 + number)
        self._until, self._think, self._report = until, think, report
        self._title = f"Chosen by visitor {number}"
        self._state: dict[str, Any] = {"place": "anytown", "months": months, "policies": [], "title": self._title}
        self._job = ""

    def run(self) -> None:
        """Do one thing after another until the time is over."""
        try:
            next_move = time.monotonic() + self._random.uniform(0, self._think[1])
            self._answered("GET", "/api/start", None)
            while (now := time.monotonic()) < self._until or not self.record.seconds:
                if now < next_move:
                    time.sleep(max(0.0, min(next_move, self._until) - now) or 0.01)
                    continue
                next_move = time.monotonic() + self._random.uniform(*self._think)
                self._do(self._random.choices(list(DOES), list(DOES.values()))[0], next_move)
            self._begin_report()
            self._end_report()
        except (AssertionError, OSError, ValueError, KeyError) as error:
            self.record.wrong.append(f"{self.name}: {type(error).__name__}: {error}")
        finally:
            self._client.close()

    def _do(self, what: str, next_move: float) -> None:
        """One thing."""
        self.record.done[what] = self.record.done.get(what, 0) + 1
        if what == "move" or not self._state["policies"]:
            self._move(next_move)
        elif what == "web":
            months = self._answered("POST", "/api/web", {"state": self._state, "arm": self._random.choice(("reference", "policy"))})[
                "months"
            ]
            self._expect(months[-1]["month"] == self._state["months"], "the web is not as long as what was chosen")
        elif what == "follow":
            asked = {
                "state": self._state,
                "anchor": "council",
                "month": self._random.randint(1, self._state["months"]),
                "pounds": 100,
            }
            self._expect(
                set(self._answered("POST", "/api/follow", asked)) >= {"reference", "policy"}, "a pound was followed on one side only"
            )
        else:
            status, content = self._client.send("/api/save", {"state": self._state})
            self._expect(status == 200 and self._title in content.decode(), f"saving answered {status} or somebody else's scenario")
        if self._report is not None and time.monotonic() >= self._report:
            self._begin_report()

    def _begin_report(self) -> None:
        """Ask for a report, once."""
        if self._report is not None:
            self._report = None
            self._job = self._answered("POST", "/api/report", {"state": self._state, "seeds": 2, "size": "copy"})["job"]

    def _move(self, next_move: float) -> None:
        """Move a lever and watch the answer until the next move; what is left of it then is let go, as the page does."""
        self._moved()
        state = json.loads(json.dumps(self._state))
        began = time.monotonic()
        ended = False
        for line in self._watched(state, next_move):
            if line["kind"] == "view" and not ended:
                self.record.seconds.append(time.monotonic() - began)
                self.record.seen.append((state, line))
                ended = True
            self._expect(line["kind"] in ("view", "end"), f"a comparison said {line}")
        self._expect(ended, "a move had no answer")
        told = self._answered("POST", "/api/check", {"state": state})
        self._expect(told["state"]["title"] == self._title, f"the state that came back is that of {told['state']['title']}")
        self._expect(told["state"]["policies"] == state["policies"], "the state that came back has other levers")

    def _moved(self) -> None:
        """Switch a lever on, or move one by some steps."""
        policies = self._state["policies"]
        first, option, step = self._random.choice(LEVERS)
        on = next((use for use in policies if use["use"] == first["use"]), None)
        if on is None:
            on = dict(first)
            policies.append(on)
        on[option] = round(first[option] + step * self._random.randint(0, 15), 2)

    def _watched(self, state: Mapping[str, Any], until: float) -> Any:
        """Lines of a comparison: at least the first, and those that come before a time."""
        answer = self._client.begin("POST", "/api/compare", json.dumps({"state": state, "seeds": PAIRS}).encode())
        self._expect(answer.status == 200, f"/api/compare answered {answer.status}")
        first = answer.readline()
        yield json.loads(first)
        while (left := until - time.monotonic()) > 0:
            try:
                self._client.wait(left)
                line = answer.readline()
            except TimeoutError:
                break
            if not line:
                self._client.wait(None)
                return
            yield json.loads(line)
        self._client.close()

    def _end_report(self) -> None:
        """Wait for the report that was asked for, and open it."""
        last = time.monotonic() + 300
        while self._job:
            found = self._answered("GET", f"/api/jobs/{self._job}", None)
            self._expect(found["status"] != "failed" and time.monotonic() < last, f"the report was not made: {found}")
            if found["status"] == "done":
                status, content = self._client.get(found["files"][0]["url"])
                self._expect(status == 200 and self._title in content.decode(), "the report is not the visitor's own")
                self.record.done["report"] = 1
                self._job = ""
            elif found["status"] == "failed" or time.monotonic() >= last:
                self._job = ""
            time.sleep(0.5)

    def _answered(self, method: str, path: str, body: object) -> Any:
        """The JSON of an answer that must not be a refusal."""
        status, content = self._client.get(path) if method == "GET" else self._client.send(path, body)
        self._expect(status in (200, 202), f"{path} answered {status}: {content[:300]!r}")
        return json.loads(content)

    def _expect(self, holds: bool, words: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.record.wrong.append(f"{self.name}: {words}")
