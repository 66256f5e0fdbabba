"""Routes of what a visitor keeps or brings: scenario files, reports, spend files, and the files that come of them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from sim.errors import Problem
from sim.page.parts import Parts, State
from sim.page.serving.bodies import RAW, check_type, choice, json_object, problem, raise_problems, read_body, whole_number
from sim.page.serving.limits import PageLimits
from sim.page.serving.turns import Turnstile
from sim.page.serving.visitor import client_address, visitor_of
from sim.page.work.job_queue import Job, Jobs
from sim.page.work.saving import ARCHIVE, POLICY, report_job, scenario_archive
from sim.page.work.uploads import opened, spend_job, upload_name

__all__ = ["Keeping"]

#: Files that a browser shows; every other is downloaded.
REPORT_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; sandbox allow-downloads"
)
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".yaml": "application/yaml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PRIVATE: Final = {"cache-control": "no-store"}
StateOf = Callable[[Request, object, list[Problem]], Awaitable[State]]


class Keeping:
    """Answers requests about files.

    Parameters
    ----------
    parts : Parts
        What the page is made of.
    state_of : callable
        Reads a state, and raises its problems with those of the rest of the request.
    """

    def __init__(self, parts: Parts, state_of: StateOf) -> None:
        self._parts = parts
        self._state_of = state_of
        self._jobs = Jobs(parts.out, parts.limits)
        limits = parts.limits
        self._opening = Turnstile(limits.openings, limits.address_openings, 0, 0.0, "files are being opened")
        self._reading = Turnstile(
            limits.readings, max(1, limits.readings - 1), limits.openings, limits.turn_seconds, "files are being opened"
        )
        self._uploading = Turnstile(
            limits.uploads, limits.address_uploads, limits.waiting_uploads, limits.turn_seconds, "files are being sent"
        )

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/api/save", self.save, methods=["POST"]),
            Route("/api/save-all", self.save_all, methods=["POST"]),
            Route("/api/open", self.open, methods=["POST"]),
            Route("/api/report", self.report, methods=["POST"]),
            Route("/api/spend", self.spend, methods=["POST"]),
            Route("/api/jobs/{job}", self.job, methods=["GET"]),
            Route("/api/jobs/{job}", self.cancel, methods=["DELETE"]),
            Route("/results/{job}/{name}", self.file),
        ]

    async def start(self) -> None:
        """Begin to work through jobs."""
        await self._jobs.start()

    async def close(self) -> None:
        """End the jobs that run."""
        await self._jobs.close()

    async def save(self, request: Request) -> Response:
        """The scenario file of a state."""
        asked = await json_object(request, self._parts.limits, ["state"])
        state = await self._state_of(request, asked["state"], [])
        headers = {**PRIVATE, "content-disposition": f'attachment; filename="{POLICY}"'}
        return Response(state.yaml(), headers=headers, media_type=TYPES[".yaml"])

    async def save_all(self, request: Request) -> Response:
        """Both scenario files of a state and how to run them, in one archive."""
        limits = self._parts.limits
        asked = await json_object(request, limits, ["state"], ["seeds"])
        seeds = asked.get("seeds", 8)
        state = await self._state_of(request, asked["state"], whole_number(seeds, "seeds", limits.compare_seeds))
        headers = {**PRIVATE, "content-disposition": f'attachment; filename="{ARCHIVE}"'}
        return Response(scenario_archive(state, seeds), headers=headers, media_type="application/zip")

    async def open(self, request: Request) -> Response:
        """The state of a scenario file, or of an archive that the page saved."""
        limits, address = self._parts.limits, client_address(request.scope)
        check_type(request, RAW)
        async with self._opening.turn(address):
            body = await read_body(request, limits.scenario_bytes, limits.body_seconds, limits.idle_seconds)
            async with self._reading.turn(address):
                found = await opened(body, self._parts.out, limits, await self._own_files(request))
        state = await self._state_of(request, found["state"], [])
        return JSONResponse({"state": state.as_dict(), "lines": state.lines()}, headers=PRIVATE)

    async def _own_files(self, request: Request) -> list[str]:
        """Business as usual of the places that the page was started with, each with its place written out."""
        return [
            (await self._state_of(request, {"place": name}, [])).full_reference_yaml() for name in getattr(self._parts.reader, "own", ())
        ]

    async def report(self, request: Request) -> Response:
        """Begin a report."""
        limits, visitor = self._parts.limits, visitor_of(request.scope)
        asked = await json_object(request, limits, ["state"], ["seeds", "size"])
        seeds, size = asked.get("seeds", 8), asked.get("size", "copy")
        problems = [*whole_number(seeds, "seeds", limits.report_seeds), *choice(size, "size", ("copy", "full"))]
        state = await self._state_of(request, asked["state"], problems)
        self._jobs.check_room(visitor, "report")
        return await self._begun(lambda: report_job(self._jobs, state, seeds, size, visitor, limits))

    async def spend(self, request: Request) -> Response:
        """Begin the analysis of a spend file."""
        limits, visitor = self._parts.limits, visitor_of(request.scope)
        check_type(request, RAW)
        query = request.query_params
        raise_problems(
            [
                problem(key[:60], key[:60], "name, place", "this is not known", "leave it out")
                for key in query
                if key not in ("name", "place")
            ]
        )
        name, place = query.get("name", ""), query.get("place")
        own = getattr(self._parts.reader, "own", {}).get(place)
        upload_name(name)
        self._jobs.check_room(visitor, "spend")
        async with self._uploading.turn(client_address(request.scope)):
            body = await read_body(request, limits.spend_bytes, _seconds_for(request, limits), limits.idle_seconds)
            self._jobs.check_room(visitor, "spend")
            return await self._begun(lambda: spend_job(self._jobs, name, body, own.place if own else place, visitor, limits))

    async def _begun(self, make: Callable[[], Job]) -> Response:
        """A job in the queue; its files are written while the server goes on answering."""
        job = await asyncio.to_thread(make)
        self._jobs.add(job)
        return JSONResponse({"job": job.name}, 202, headers=PRIVATE)

    async def job(self, request: Request) -> Response:
        """How a job stands."""
        job = self._jobs.get(request.path_params["job"])
        return JSONResponse(job.as_dict(self._jobs.before(job)), headers=PRIVATE)

    async def cancel(self, request: Request) -> Response:
        """End a job and remove its files."""
        await self._jobs.cancel(request.path_params["job"])
        return JSONResponse({"ok": True}, headers=PRIVATE)

    async def file(self, request: Request) -> Response:
        """A file of a job."""
        path, found = self._jobs.file(request.path_params["job"], request.path_params["name"])
        headers = dict(PRIVATE)
        if path.suffix == ".html":
            headers["content-security-policy"] = REPORT_POLICY
        else:
            headers["content-disposition"] = f'attachment; filename="{found.name}"'
        return FileResponse(path, headers=headers, media_type=TYPES[path.suffix])


def _seconds_for(request: Request, limits: PageLimits) -> float:
    """How long an upload may take: as long as its stated length needs, so that a small one does not hold its place for long."""
    stated = request.headers.get("content-length", "")
    size = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 12 else 0
    return limits.body_seconds + limits.upload_seconds * min(1.0, size / limits.spend_bytes)
