"""What a visitor keeps and brings: the saved scenario gives the page's numbers on the command line, reports, scenario and spend files."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.browser import SystemBrowser
from support.page_server import PageServer
from support.page_window import SHORT, PageWindow

from sim.runs import load_result

pytestmark = pytest.mark.browser

TITLE = "What <b>room 2</b> chose"
CHOSEN = {
    "place": "anytown",
    "months": 12,
    "title": TITLE,
    "policies": [
        {"use": "local_spend_target", "share": 0.35, "maximum_premium": 0.05, "ramp_months": 12},
        {"use": "outreach", "reach": 0.3, "monthly_cost": 300},
    ],
    "shocks": [{"use": "export_recession", "fall": 0.1, "start": "2013-10"}],
}
SPEND = "Body Name,Payment Date,Supplier Name,Net Amount\nAnytown Council,01/04/2024,Acorn Building Ltd,1200.50\n"


def command(folder: Path, *arguments: str) -> None:
    """Run the command line in a folder."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-m", "sim", *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr


def pence_of_last_month(folder: Path, names: list[str]) -> dict[str, int]:
    """Whole pence that a result of one arm and one seed holds for the last month."""
    result = load_result(folder)
    return {name: round(float(result.values(name)[0, -1]) * 100) for name in names}


def save(found: PageWindow, folder: Path) -> Path:
    """Save the scenario as a visitor does, and unpack what was saved."""
    with found.page.expect_download() as begun:
        found.at("save").click()
    assert begun.value.suggested_filename == "localwealth-scenario.zip"
    path = folder / "saved.zip"
    begun.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["policy.yaml", "reference.yaml", "README.txt"]
        archive.extractall(folder)
    return path


def test_a_saved_scenario_gives_the_numbers_of_the_page_to_the_penny(visit: Callable[..., PageWindow], tmp_path: Path) -> None:
    found = visit(accept_downloads=True).open(CHOSEN)
    saved, view = save(found, tmp_path), found.view()
    command(tmp_path, "run", "policy.yaml", "--seed", "1", "--out", "one", "--quiet", "--workers", "1")
    exact = view["exact"]["policy"]
    assert len(exact) > 3
    assert pence_of_last_month(tmp_path / "one", list(exact)) == exact
    readme = (tmp_path / "README.txt").read_text(encoding="utf-8")
    (told,) = [line.split() for line in readme.splitlines() if line.strip().startswith("localwealth")]
    assert told == ["localwealth", "compare", "reference.yaml", "policy.yaml", "--seeds", "2"]
    command(tmp_path, *told[1:], "--out", "two", "--quiet", "--no-report", "--workers", "1")
    summary = load_result(tmp_path / "two").tables["summary"].set_index("measure")
    for row in view["rows"]:
        line = summary.loc[row["measure"]]
        told = [row["reference"]["value"], row["policy"]["value"], *(row["difference"][name] for name in ("mean", "low", "high"))]
        assert told == plain(line[["reference", "value", "difference", "low", "high"]]), row["measure"]
    # The same file opened again is the same state.
    again = visit().open(SHORT)
    with again.moved():
        again.at("open").set_input_files(saved)
    assert {**again.state(), "title": TITLE} == found.state() | {"title": TITLE}
    assert again.state()["title"] == TITLE
    assert again.numbers()["rows"].keys() == found.numbers()["rows"].keys()


def plain(values: Any) -> list[float | None]:
    """Numbers with none for what is not there."""
    return [float(value) if math.isfinite(value) else None for value in values]


def test_a_report_is_made_and_opens_from_a_folder(
    visit: Callable[..., PageWindow], browser: SystemBrowser, page_server: PageServer, tmp_path: Path
) -> None:
    found = visit().open({**SHORT, "title": TITLE})
    found.at("report").click()
    assert found.at("report-size").inner_text() == "the town seen here"
    found.at("report-seeds").fill("2")
    found.at("report-begin").click()
    found.at("job-done").wait_for()
    links = {link.get_attribute("href") for link in found.at("job-file").all()}
    names = {str(link).rpartition("/")[2] for link in links}
    assert {"report.html", "report.xlsx", "policy.yaml"} <= names
    client = page_server.client("who-keeps-it-000")
    for link in links:
        status, content = client.get(str(link))
        assert status == 200 and content
        (tmp_path / str(link).rpartition("/")[2]).write_bytes(content)
    client.close()
    report = browser.window()
    report.context.set_offline(True)
    page = report.open(tmp_path / "report.html")
    assert TITLE in page.locator("body").inner_text() and page.locator("b", has_text="room 2").count() == 0
    assert page.locator("h1").count() == 1
    assert (report.errors, report.refused) == ([], [])


def test_wrong_files_are_told_in_words_and_nothing_changes(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    numbers, state = found.numbers(), found.state()
    wrong = b"based_on: anytown/business-as-usual\ntitle: Wrong\nmonths: 1\npolicies:\n  - use: local_spend_targt\n    share: 3\n"
    for name, content, words in (
        ("wrong.yaml", wrong, ("Line 5, policies[0].use: there is no policy 'local_spend_targt'. Given: local_spend_targt.",)),
        ("no-text.yml", b"\xff\xfe\x00\x01" * 20, ("text", "utf-8", "character")),
    ):
        found.at("open").set_input_files({"name": name, "mimeType": "text/yaml", "buffer": content})
        found.at("error").wait_for(state="visible")
        said = found.trouble()
        assert any(word in said for word in words), (name, said)
        assert said.startswith(f"{name} can") and "be opened as it is." in said
        assert "Traceback" not in said and "/tmp" not in said
        assert (found.numbers(), found.state()) == (numbers, state)
        found.at("error-close").click()
        assert found.trouble() == ""


def test_a_spend_file_is_read_and_its_report_offered(visit: Callable[..., PageWindow]) -> None:
    found = visit().open(SHORT)
    state = found.state()
    with found.page.expect_request("**/api/spend*") as sent:
        found.at("open").set_input_files({"name": "spend <b>.csv", "mimeType": "text/csv", "buffer": SPEND.encode()})
    assert sent.value.url.endswith("&place=anytown")
    found.at("job-done").wait_for()
    assert found.at("job-file").count() > 0
    found.at("dialog-close").click()
    assert found.state() == state
