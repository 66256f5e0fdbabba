"""What is wrong with what was chosen, in the words of the page; a file keeps its lines."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.asgi import Answer, Client, with_app
from support.page_parts import made_up_parts

from sim.errors import InputError
from sim.page.serving.app import create_app
from sim.page.state.page_state import StateReader
from sim.page.state.problems import said_on_the_page

BUY = {"use": "local_spend_target", "share": 0.3}
OUT = {"use": "outreach", "reach": 0.3, "monthly_cost": 300}
#: What only somebody who writes files would understand.
OF_FILES = re.compile(r"localwealth|\[\d|\]|\.use|policies|shocks|write '|[a-z]_[a-z]|None|nan|command line|mapping")


@pytest.fixture(scope="module")
def reader() -> StateReader:
    return StateReader()


#: What was chosen, and what the page must say of it.
CASES: list[tuple[dict[str, Any], str]] = [
    (
        {"policies": [{"use": "local_spend_targt"}]},
        "“local_spend_targt”. Did you mean “Local-spend target”? Allowed: those listed",
    ),
    ({"shocks": [{"use": "budget_cuts"}]}, "A bad year was asked for|Did you mean “A budget cut”?"),
    ({"policies": [{**BUY, "share": 3}]}, "“Local-spend target”, “Share”: 300% can't|Allowed: 0% to 100% of contract value."),
    ({"policies": [{**BUY, "anchors": ["councl"]}]}, "“Who takes part”: “councl” can't|Allowed: “Anytown Council”, “Anytown Hospital"),
    ({"policies": [{"use": "outreach", "reach": 0.3}]}, "“Monthly cost”: nothing is set. Allowed: £0 to £100,000,000 a month. Set it on"),
    ({"policies": [{**OUT, "strange": 1}]}, "nothing to set called “strange”. Allowed: “Who takes part”, “Reach”, “Monthly cost”."),
    ({"policies": [{**BUY, "start": "2050-01"}]}, "“Begins”: “January 2050” can't|Allowed: April 2013 to March 2018.|look further ahead"),
    ({"policies": [{**BUY, "start": "2015-04", "end": "2014-01"}]}, "“Ends”: “January 2014” can't|Allowed: April 2015 or later."),
    ({"policies": [BUY, BUY]}, "is switched on twice at the same time, from April 2013 on.|Switch one of the two off"),
    ({"policies": [BUY] * 30}, "Too many levers are switched on at once. Allowed: 24"),
    ({"policies": [5, {"share": 1}]}, "A lever was asked for that this page does not have. Allowed: those listed on the page."),
    ({"months": 500}, "“How long to look ahead”: 500 can't be used. Allowed: 12 to 120 months.|under “Time and place”"),
    ({"neighbours": "some"}, "“And the others?”: “some” can't be used. Allowed: “Other places carry on as before”"),
    ({"title": "x" * 200}, "“Name what you chose”: the text is too long. Allowed: 120 letters."),
    ({"start": "2013"}, "“First month”: 2013 can't be used. Allowed: a month, such as April 2013."),
    ({"residents": 4}, "“Residents of the copy”: 4 can't be used. Allowed: 1,000 to 6,000"),
    ({"place": "nowhere"}, "There is no place “nowhere” on this page. Allowed: those under “Begin with”."),
    ({"strange": 1}, "“strange” is nothing that can be chosen on this page.|Press “Undo”, or “Back to start”"),
    ({"parameters": {"households.local_shopping": 40}}, "An assumption of the place, “households, local shopping”: 40 can't be used."),
]


@pytest.mark.parametrize(("chosen", "words"), CASES)
def test_what_was_chosen_wrongly_is_told_as_the_page_calls_it(reader: StateReader, chosen: dict[str, Any], words: str) -> None:
    state = {"place": "anytown", **chosen}
    with pytest.raises(InputError) as caught:
        reader.read_state(state)
    sentences = said_on_the_page(caught.value.problems, state, reader.places)
    said = " ".join(sentences)
    assert [one for one in words.split("|") if one not in said] == [], said
    given = {name for use in (*state.get("policies", ()), *state.get("shocks", ())) if isinstance(use, dict) for name in (use.get("use"),)}
    for name in given:  # what was given may be said as it was given
        said = said.replace(f"“{name}”", "")
    assert OF_FILES.search(said) is None, said
    assert all(
        sentence.endswith(".") and ".." not in sentence for sentence in said_on_the_page(caught.value.problems, state, reader.places)
    )


def test_what_is_no_state_at_all_has_no_words(reader: StateReader) -> None:
    with pytest.raises(InputError) as caught:
        reader.read_state([])
    assert said_on_the_page(caught.value.problems, [], reader.places) == []


def test_the_page_gets_keys_for_programs_and_words_for_people_each_once(reader: StateReader, tmp_path: Path) -> None:
    async def talk(client: Client) -> Answer:
        state = {"place": "anytown", "policies": [BUY, BUY, BUY]}
        return await client.post("/api/compare", {"state": state, "seeds": 0})

    parts = made_up_parts(tmp_path)
    vars(parts.reader).update(read_state=reader.read_state, places=reader.places)
    answer = with_app(create_app(parts), talk)
    assert answer.status == 422
    found = answer.json()["problems"]
    assert [one["key"] for one in found] == ["policies[1]", "seeds"]
    assert found[0]["words"].startswith("“Local-spend target” is switched on twice") and "words" not in found[1]


def test_a_file_that_the_page_does_not_run_is_told_with_its_lines(reader: StateReader) -> None:
    text = b"title: Ours\nplace: preston\nresidents: 50000\nmonths: 240\nstart: 2013-04\npolicies: []\n"
    with pytest.raises(InputError) as caught:
        reader.open_text(text)
    found = {one.key: one for one in caught.value.problems}
    assert {key: one.line for key, one in found.items()} == {"residents": 3, "months": 4}
    assert found["months"].given == "240" and found["months"].allowed == "a whole number from 12 to 120 (months)" and found["months"].remedy
