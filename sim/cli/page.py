"""The command ``page``: the workshop page on this machine."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Annotated, Final

import typer

from sim.cli.common import friendly, say
from sim.cli.options import Workers
from sim.errors import InputError, Problem

__all__ = ["page"]

OPEN: Final = "--open-to-the-network"
WARNING: Final = (
    "Warning: everybody who reaches this machine over the network can now use the page, without a password and unencrypted.\n"
    "They can run scenarios, upload spend files and make reports, which lie in the folder given with --out.\n"
    "Use it in a room you know, on a network you trust, and end it with Ctrl-C when the session is over."
)


@friendly
def page(
    scenario: Annotated[str | None, typer.Argument(help="Name or path of the scenario to begin with.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Port; the first free one from 8765 when left out.")] = None,
    host: Annotated[str, typer.Option("--host", help="Address to serve on; this machine alone when left out.")] = "127.0.0.1",
    open_to_the_network: Annotated[
        bool, typer.Option(OPEN, help="Needed for another --host: whoever reaches this machine can then use the page.")
    ] = False,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the reports of visitors.")] = Path("results/page"),
    workers: Workers = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print the address alone.")] = False,
) -> None:
    """Open the workshop page: move a lever, and see the place beside business as usual. Needs no internet; Ctrl-C ends it.

    \b
    Examples:
      localwealth page
      localwealth page preston/buy-local --no-browser
      localwealth page --host 0.0.0.0 --open-to-the-network
    """
    from sim.page.serving.server import address_of, is_loopback, listen, serve

    if not is_loopback(host) and not open_to_the_network:
        message, remedy = "on this address others could use the page", f"add {OPEN} if that is meant, or leave --host out"
        raise InputError([Problem("", None, "--host", host, f"127.0.0.1, or another with {OPEN}", None, remedy, message, "host")])
    found, taken = listen(host, port)
    if not quiet:
        _tell(taken, is_loopback(host))
    from sim.page.serving.app import create_app
    from sim.page.start import page_parts

    with found:
        parts = page_parts(scenario, out, workers, host)
        address = address_of(found, host)

        def ready() -> None:
            typer.echo(address)
            if not no_browser:
                threading.Thread(target=_show, args=(address, quiet), daemon=True).start()

        serve(create_app(parts), found, parts.limits, ready)
    if not quiet:
        say("The page is closed.")


def _tell(taken: list[int], loopback: bool) -> None:
    """Say what whoever opens the page should know before it is there."""
    if taken:
        say(f"Port {taken[0]} is taken: the next free one is used.")
    if not loopback:
        say(WARNING)
    say("The page opens; this takes a few seconds. Ctrl-C ends it.")


def _show(address: str, quiet: bool) -> None:
    """Open a browser, or say what to do where there is none."""
    import webbrowser

    try:
        shown = webbrowser.open(address)
    except (webbrowser.Error, OSError):
        shown = False
    if not shown and not quiet:
        say(f"No browser could be opened. Open {address} yourself.")
