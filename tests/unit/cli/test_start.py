"""The command begins quickly, explains itself, and stops cleanly: tried in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sim
from sim.cli import app

COMMANDS = ["demo", "run", "compare", "explain", "spend", "report", "page", "check", "list", "describe", "schema"]
COMMANDS += ["new place", "new scenario"]
HEAVY = {"mesa", "numpy", "pandas", "scipy", "pyarrow", "matplotlib", "networkx"}
#: Runs the command, then prints which packages were imported on the way.
SPY = """
import atexit, sys
atexit.register(lambda: print("IMPORTED", *sorted({name.partition(".")[0] for name in sys.modules})))
sys.argv = ["localwealth", *sys.argv[1:]]
from sim.cli import main
main()
"""


def start(*arguments: str, program: tuple[str, ...] = ("-m", "sim")) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(sim.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])}
    command = [sys.executable, "-W", "error", *program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("compare", "--help"), ("spend", "--help"), ("new", "scenario", "--help"), ("nonsense",)]
)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    result = start(*arguments, program=("-c", SPY))
    imported = set(result.stdout.splitlines()[-1].split())
    assert imported > {"IMPORTED", "typer", "sim"}
    assert not imported & HEAVY


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "policies"),
        ("list", "places"),
        ("describe", "local_spend_target"),
        ("check", "anytown/buy-local"),
        ("new", "scenario", "anytown"),
    ],
)
def test_what_only_reads_declarations_needs_no_mesa(arguments: tuple[str, ...]) -> None:
    result = start(*arguments, program=("-c", SPY))
    assert result.returncode == 0, result.stderr
    assert not set(result.stdout.splitlines()[-1].split()) & (HEAVY - {"numpy"})


def test_help_names_every_command() -> None:
    result = start("--help")
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: localwealth")
    for name in COMMANDS:
        assert f"\n  {name.split()[0]} " in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_an_example(name: str) -> None:
    result = CliRunner().invoke(app, [*name.split(), "--help"], prog_name="localwealth")
    assert result.exit_code == 0
    assert "Example" in result.stdout
    assert f"    localwealth {name}" in result.stdout


def test_no_argument_shows_the_help() -> None:
    result = start()
    assert "Usage: localwealth" in result.stdout + result.stderr


def test_a_mistake_in_a_process_ends_with_2() -> None:
    result = start("run", "no-such/scenario")
    assert result.returncode == 2
    assert result.stdout == ""
    assert "there is no scenario 'no-such/scenario'" in result.stderr


def test_output_that_no_one_reads_is_no_traceback() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1])}
    command = [sys.executable, "-m", "sim", "schema", "scenario"]
    reader, writer = os.pipe()
    os.close(reader)
    try:
        result = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, env=environment, timeout=60, check=False)
    finally:
        os.close(writer)
    assert result.returncode == 1
    assert result.stderr == ""


def test_words_that_the_terminal_does_not_know_are_no_error() -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1]), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "sim", "describe", "preston"]
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
