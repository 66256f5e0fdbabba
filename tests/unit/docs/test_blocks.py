"""Every fenced block of bash, Python or YAML in a page is run by a test, or stands here with the reason why it is not."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from support.pages import DOCS, ROOT, Block, blocks, pages, shown

LANGUAGES = ("bash", "python", "yaml")
#: Marks that other tests read: tests/scenario/test_{extending,adding_a_lever}.py, tests/unit/runs/sweep/test_readers.py, .ci/run.
OTHER_MARKS = re.compile(r"^<!-- (?:file|line|test|scenario|read|command): .+ -->\n```\w+$", re.MULTILINE)
BATCH = "needs a batch system or other machines; what was tried is told beside it"
SERVES = "serves until it is stopped: tests/scenario/test_page_*.py drive it in a browser"
HOURS = "takes minutes to hours; the command and its options are checked"
SCRIPT = "takes minutes to hours; the script is there and knows its options"
WHOLE = "needs what a reader has made before, at full length; the same commands run smaller on this page or in tests of their own"
#: Why a block is not run: page, then how it begins.
NOT_RUN = {
    ("docs/clusters.md", "#!/bin/bash"): BATCH,
    ("docs/clusters.md", "sbatch sweep.sh"): BATCH,
    ("docs/clusters.md", "pip install 'localwealth[cluster]' dask-jobqueue"): BATCH,
    ("docs/clusters.md", "from dask_jobqueue"): BATCH,
    ("docs/clusters.md", "pip install 'localwealth[cluster]'\n"): BATCH,
    ("docs/clusters.md", "dask scheduler"): BATCH,
    ("docs/clusters.md", "dask worker"): BATCH,
    ("docs/clusters.md", "localwealth sweep"): BATCH,
    ("docs/clusters.md", "from dask_cloudprovider"): BATCH,
    ("docs/sweeps.md", "#!/bin/bash"): BATCH,
    ("docs/sweeps.md", "localwealth sweep spare-capacity"): HOURS,
    ("docs/explain.md", "localwealth report results/full"): WHOLE,
    ("docs/facilitator/session.md", "localwealth check policy.yaml"): WHOLE,
    ("docs/page.md", "localwealth page\n"): SERVES,
    ("docs/page.md", "localwealth page --host"): SERVES,
    ("docs/tutorial-facilitator.md", "localwealth page\n"): SERVES,
    ("docs/tutorial-facilitator.md", "python -m pip install"): "the command of README.md, which .ci/run runs",
    ("CONTRIBUTING.md", "python -m pip install -e"): "the command of README.md, which .ci/run runs",
    ("CONTRIBUTING.md", "python -m pip install pre-commit"): "installs; test_contributing.py reads the hooks",
    ("docs/this-site.md", "python -m pip install"): "installs; test_site.py runs the second line",
    ("docs/quality.md", "python experiments/rest.py"): SCRIPT,
    ("docs/quality.md", "python tests/property/packages.py"): SCRIPT,
    ("docs/adding-a-lever.md", "python experiments/levers.py"): SCRIPT,
    ("docs/extending.md", "python docs/generate.py"): "test_docs.py compares what it gives with every page",
    ("docs/tutorial-policy-team.md", "localwealth compare preston/"): HOURS,
    ("docs/tutorial-spend.md", "localwealth spend august-2019.csv"): WHOLE,
    ("docs/tutorial-spend.md", "localwealth spend contracts.jsonl"): "needs a file that the reader has; docs/contract-files.md runs one",
    ("docs/validation.md", "localwealth validate"): HOURS,
    (
        "docs/scenario-files.md",
        "  - name: city-council",
    ): "part of a place file with a list that the reader has; docs/tutorial-spend.md makes one",
    ("docs/scenario-files.md", "published:"): "a fact of Preston with the keys one under another, and their meaning beside them",
}
#: Pages whose blocks are examples of the help of each command: test_docs.py checks commands and options, each command has tests of its own.
ONLY_CHECKED = ("docs/reference/commands.md", "results/published/experiments/README.md")


def marked_elsewhere(page: Path) -> set[int]:
    """Lines in which blocks begin that other tests run."""
    text = page.read_text(encoding="utf-8")
    return {text.count("\n", 0, match.end()) + 1 for match in OTHER_MARKS.finditer(text)}


ALL = [(page, block) for page in pages() for block in blocks(page) if block.language in LANGUAGES]
LEFT = [
    (page, block) for page, block in ALL if not block.asked and block.line not in marked_elsewhere(page) and shown(page) not in ONLY_CHECKED
]


def reason(page: Path, block: Block) -> tuple[str, str] | None:
    """The entry above for a block."""
    return next((key for key in NOT_RUN if key[0] == shown(page) and block.text.startswith(key[1])), None)


def test_every_block_is_run_or_has_a_reason() -> None:
    silent = [f"{shown(page)}, line {block.line}: {block.text.splitlines()[0]}" for page, block in LEFT if reason(page, block) is None]
    assert silent == [], "mark them <!-- check: ... --> (tests/support/page_reader.py), or give a reason here"


def test_every_reason_is_of_a_block_that_is_not_run() -> None:
    assert set(NOT_RUN) == {reason(page, block) for page, block in LEFT}


def test_most_blocks_are_run() -> None:
    counted = [block for page, block in ALL if shown(page) not in ONLY_CHECKED]
    assert len(LEFT) <= 30
    assert len(counted) - len(LEFT) >= 85


@pytest.mark.parametrize(("page", "block"), LEFT, ids=[f"{shown(page)}-{block.line}" for page, block in LEFT])
def test_a_block_that_is_not_run_can_at_least_be_read(page: Path, block: Block) -> None:
    if block.language == "python":
        ast.parse(block.text)
    elif block.language == "yaml":
        assert YAML(typ="safe").load(block.text) is not None
    else:
        assert subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True, check=False).returncode == 0


SCRIPTS = [
    (page, line) for page, block in ALL if block.language == "bash" for line in block.text.splitlines() if line.startswith("python ")
]


@pytest.mark.parametrize(("page", "line"), SCRIPTS, ids=[f"{shown(page)}: {line}" for page, line in SCRIPTS])
def test_a_script_in_a_page_is_there_and_knows_its_options(page: Path, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    if words[0] == "-m" and words[1] in ("pip", "pytest"):
        return
    script = ROOT / words[1].replace(".", "/") / "__main__.py" if words[0] == "-m" else ROOT / words[0]
    assert script.is_file()
    text = script.read_text(encoding="utf-8")
    for option in (word for word in words[1:] if word.startswith("--")):
        assert f'"{option}"' in text, f"{words[0]} knows no {option}"


def test_a_block_without_mark_or_reason_is_noticed(tmp_path: Path) -> None:
    assert reason(DOCS / "sweeps.md", Block("", "bash", "localwealth sweep something-else\n", 1)) is None
    page = tmp_path / "page.md"
    page.write_text("<!-- file: a.py -->\n```python\n1\n```\n\n```python\n2\n```\n", encoding="utf-8")
    first, second = blocks(page)
    assert marked_elsewhere(page) == {first.line}
    assert second.line not in marked_elsewhere(page)
