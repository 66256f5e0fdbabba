"""The routes of the page: what a browser may ask, and who answers it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sim import __version__
from sim.errors import InputError, LocalWealthError, Problem, UnknownNameError
from sim.page.parts import Parts, State
from sim.page.serving.assets import Asset, read_assets
from sim.page.serving.bodies import choice, json_object, number, raise_problems, short_text, whole_number
from sim.page.serving.guard import Guard, log_fault, refused
from sim.page.serving.keeping import Keeping
from sim.page.serving.refusal import FAULT, Refusal
from sim.page.serving.turns import Turnstile
from sim.page.serving.visitor import client_address, visitor_of
from sim.page.state.problems import StateError, said_on_the_page

__all__ = ["create_app"]

Read = TypeVar("Read")
#: Requests of one address that may wait for the thread that reads states, and the seconds for which they may.
MOST_READS: Final = 200
READ_SECONDS: Final = 60.0
#: Problems that are told at once.
MOST_TOLD: Final = 40


def create_app(parts: Parts) -> Starlette:
    """The page as an ASGI application.

    Parameters
    ----------
    parts : Parts
        What it is made of. The team is started and closed with the application.
    """
    service = _Service(parts)
    keeping = Keeping(parts, service.state)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await service.start()
        await keeping.start()
        try:
            yield
        finally:
            await end()

    async def end() -> None:
        await keeping.close()
        await service.close()

    routes = [
        Route("/", service.page),
        Route("/static/{name:path}", service.static),
        Route("/health", service.health),
        Route("/api/start", service.beginning),
        Route("/api/check", service.check, methods=["POST"]),
        Route("/api/compare", service.compare, methods=["POST"]),
        Route("/api/web", service.web, methods=["POST"]),
        Route("/api/follow", service.follow, methods=["POST"]),
        *keeping.routes(),
    ]
    guard = Middleware(Guard, limits=parts.limits, hosts=parts.hosts, addresses=parts.addresses)
    handlers: dict[Any, Any] = {
        HTTPException: _http_error,
        InputError: _problems,
        Refusal: _refusal,
        LocalWealthError: _failed,
    }
    app = Starlette(routes=routes, middleware=[guard], exception_handlers=handlers, lifespan=lifespan)
    app.router.redirect_slashes = False
    app.state.end = end
    return app


class _Service:
    """Answers requests."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._assets = read_assets()
        self._reading = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._readers = Turnstile(1, 1, MOST_READS, READ_SECONDS, "visitors ask")
        self._gathering: asyncio.Future[bytes]

    async def start(self) -> None:
        """Begin what works beside the server, and gather what the page begins with before anybody asks."""
        await self._parts.team.start()
        self._gather()

    async def close(self) -> None:
        """End what works beside the server."""
        await self._parts.team.close()
        self._reading.shutdown(wait=False, cancel_futures=True)

    async def page(self, request: Request) -> Response:
        """The page itself."""
        return self._asset(request, "index.html")

    async def static(self, request: Request) -> Response:
        """A file of the page."""
        return self._asset(request, request.path_params["name"])

    def _asset(self, request: Request, name: str) -> Response:
        """A file of the page by its exact name."""
        asset: Asset | None = self._assets.get(name)
        if asset is None:
            raise Refusal(404, "there is no such file of the page", "load the page again")
        headers = {"cache-control": "no-cache", "etag": asset.tag}
        if request.headers.get("if-none-match") == asset.tag:
            return Response(status_code=304, headers=headers)
        return Response(asset.content, headers=headers, media_type=asset.media)

    async def health(self, _: Request) -> Response:
        """Whether the server answers."""
        return _json({"ok": True})

    async def beginning(self, _: Request) -> Response:
        """What the page begins with."""
        if self._gathering.done() and (self._gathering.cancelled() or self._gathering.exception() is not None):
            self._gather()  # what failed once need not fail again
        content = await asyncio.shield(self._gathering)  # whoever goes away takes it from nobody else
        return Response(content, headers={"cache-control": "no-store"}, media_type="application/json")

    def _gather(self) -> None:
        """Begin to gather what the page begins with."""
        self._gathering = asyncio.get_running_loop().run_in_executor(self._reading, self._gathered)

    def _gathered(self) -> bytes:
        """What the page begins with, as it is sent."""
        offer = dict(self._parts.reader.offer())
        offer["version"] = __version__
        offer["limits"] = {**offer.get("limits", {}), **self._parts.limits.as_dict()}
        offer["first"] = offer.get("first") if self._parts.first is None else dict(self._parts.first)
        return bytes(_json(offer).body)

    async def check(self, request: Request) -> Response:
        """A state in its one form, as files and in words."""
        asked = await json_object(request, self._parts.limits, ["state"])

        def read() -> dict[str, Any]:
            state = self._state_of(asked["state"])
            files = {"yaml": state.yaml(), "reference_yaml": state.reference_yaml()}
            return {"state": state.as_dict(), **files, "lines": state.lines()}

        return _json(await self._read(read, client_address(request.scope)))

    async def compare(self, request: Request) -> Response:
        """A state beside its business as usual, line by line as runs end."""
        limits = self._parts.limits
        asked = await json_object(request, limits, ["state"], ["seeds"])
        seeds = asked.get("seeds", 8)
        state = await self.state(request, asked["state"], whole_number(seeds, "seeds", limits.compare_seeds))
        lines = self._parts.team.compare(state, seeds, visitor_of(request.scope))
        return StreamingResponse(_told(lines), media_type="application/x-ndjson", headers={"cache-control": "no-store"})

    async def web(self, request: Request) -> Response:
        """Who pays whom in one arm of a state, for some months."""
        asked = await json_object(request, self._parts.limits, ["state", "arm"])
        state = await self.state(request, asked["state"], choice(asked["arm"], "arm", ("reference", "policy")))
        return _json({"months": await self._parts.team.web(state, asked["arm"], visitor_of(request.scope))})

    async def follow(self, request: Request) -> Response:
        """Some pounds of an anchor, followed in both arms."""
        asked = await json_object(request, self._parts.limits, ["state", "anchor", "month"], ["pounds"])
        pounds = asked.get("pounds", 100)
        problems = [*short_text(asked["anchor"], "anchor"), *whole_number(asked["month"], "month", (1, 120)), *number(pounds, "pounds")]
        state = await self.state(request, asked["state"], problems)
        return _json(await self._parts.team.follow(state, asked["anchor"], asked["month"], float(pounds), visitor_of(request.scope)))

    async def state(self, request: Request, given: object, problems: list[Problem]) -> State:
        """A state, or all its problems with those of the rest of the request."""
        try:
            state = await self._read(lambda: self._state_of(given), client_address(request.scope))
        except StateError as error:
            raise StateError(error.problems, error.words, problems) from None
        raise_problems(problems)
        return state

    def _state_of(self, given: object) -> State:
        """A state; its problems come in the words of the page too."""
        try:
            return self._parts.reader.read_state(given)
        except InputError as error:
            places = getattr(self._parts.reader, "places", {})
            raise StateError(error.problems, said_on_the_page(error.problems, given, places)) from None

    async def _read(self, what: Callable[[], Read], address: str) -> Read:
        """Read in the one thread for it, while the server goes on answering; addresses take turns."""
        async with self._readers.turn(address):
            return await asyncio.get_running_loop().run_in_executor(self._reading, what)


async def _told(lines: AsyncIterator[Mapping[str, Any]]) -> AsyncIterator[bytes]:
    """Lines of JSON; what goes wrong on the way is the last of them."""
    try:
        async for line in lines:
            yield _line(line)
    except Refusal as refusal:
        yield _line({"kind": "error", **refusal.as_dict()})
    except LocalWealthError as error:
        yield _line({"kind": "error", "message": _first_line(error), "remedy": "change what you chose, or go back to the start"})
    except Exception as error:  # the stream has begun: the words go into it
        log_fault(error)
        yield _line({"kind": "error", **FAULT.as_dict()})


def _line(value: Mapping[str, Any]) -> bytes:
    """A value as one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"


def _json(value: Any, status: int = 200) -> JSONResponse:
    """An answer that no browser keeps."""
    return JSONResponse(value, status, headers={"cache-control": "no-store"})


def _first_line(error: Exception) -> str:
    """The first line of an error."""
    return (str(error).splitlines() or ["this failed"])[0][:300]


def _http_error(_: Request, error: Any) -> Response:
    """A path or method that is not served."""
    words = {404: ("there is no such page", "begin at the first page"), 405: ("this can't be done here", "use the page itself")}
    message, remedy = words.get(error.status_code, ("this request can't be read", "use the page itself"))
    response = refused(Refusal(error.status_code, message, remedy))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _problems(_: Request, error: Any) -> Response:
    """Every problem of what was given, without files of this machine; those of a state in the words of the page too."""
    found = [{name: value for name, value in problem.as_dict().items() if name not in ("file", "kind")} for problem in error.problems]
    words = error.words if isinstance(error, StateError) else ()
    told, said = [], set()
    for at, problem in enumerate(found):
        sentence = words[at] if at < len(words) else None
        if sentence is None or sentence not in said:  # what a room would read twice is told once
            told.append(problem if sentence is None else problem | {"words": sentence})
            said.add(sentence)
    return _json({"problems": told[:MOST_TOLD]}, 422)


def _refusal(_: Request, error: Any) -> Response:
    """A refusal."""
    return refused(error)


def _failed(_: Request, error: Any) -> Response:
    """A run that failed, or a name that is not known."""
    status = 422 if isinstance(error, UnknownNameError) else 500
    return refused(Refusal(status, _first_line(error), "change what you chose, or go back to the start"))
