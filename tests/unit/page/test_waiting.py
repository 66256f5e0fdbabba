"""Who is next: what is seen first comes first, then everyone in turn, and nobody can fill the room."""

from __future__ import annotations

import asyncio

import pytest
from support.page_jobs import Echo

from sim.page.serving.refusal import Refusal
from sim.page.work.kept import Kept
from sim.page.work.waiting import FIRST, FURTHER, LOOK, Asked, Waiting


def asked(words: str, visitor: str, rank: int, opening: str | None = None) -> Asked:
    """A job that was asked for."""
    loop = asyncio.new_event_loop()
    loop.close()
    return Asked(Echo(words, opening), words, opening, rank, asyncio.Future(loop=loop), [visitor])


def taken(waiting: Waiting, held: tuple[str, ...] = (), elsewhere: tuple[str, ...] = ()) -> list[str]:
    """All jobs in the order in which a worker would take them."""
    found = []
    while (one := waiting.take(held, elsewhere)) is not None:
        found.append(one.key)
    return found


def test_the_first_pair_of_anyone_comes_before_a_look_and_that_before_further_pairs() -> None:
    waiting = Waiting()
    for words, visitor, rank in (("a2", "a", FURTHER), ("web", "b", LOOK), ("a1", "a", FIRST), ("b1", "b", FIRST)):
        waiting.add(asked(words, visitor, rank))
    assert taken(waiting) == ["a1", "b1", "web", "a2"]


def test_further_pairs_go_round_among_visitors_however_many_one_of_them_has() -> None:
    waiting = Waiting()
    for number in range(6):
        waiting.add(asked(f"a{number}", "a", FURTHER))
    for number in range(3):
        waiting.add(asked(f"b{number}", "b", FURTHER))
    assert taken(waiting) == ["a0", "b0", "a1", "b1", "a2", "b2", "a3", "a4", "a5"]


def test_whoever_comes_later_has_the_next_turn() -> None:
    waiting = Waiting()
    for number in range(4):
        waiting.add(asked(f"a{number}", "a", FURTHER))
    first = waiting.take()
    waiting.add(asked("b0", "b", FURTHER))
    assert first is not None and [first.key, *taken(waiting)] == ["a0", "b0", "a1", "a2", "a3"]


def flooded(waiting: Waiting, ids: range, rank: int = FIRST) -> None:
    """Both arms for each of many ids of one address."""
    for number in ids:
        for arm in ("reference", "policy"):
            waiting.add(asked(f"{number} {arm}", f"192.0.2.1 made-up-{number}", rank))


@pytest.mark.parametrize("rank", [FIRST, LOOK, FURTHER])
def test_sixty_ids_of_one_address_do_not_make_another_address_wait(rank: int) -> None:
    waiting = Waiting()
    flooded(waiting, range(60), rank)
    first = waiting.take()
    for arm in ("reference", "policy"):
        waiting.add(asked(f"honest {arm}", "192.0.2.2 honest-one", rank))
    order = taken(waiting)
    assert first is not None and first.key == "0 reference" and len(order) == 121
    wanted = ["0 policy", "honest reference", "honest policy"] if rank == FIRST else ["honest reference", "1 reference", "honest policy"]
    assert order[:3] == wanted
    # The choice after it: the flood goes on with new ids, and has one turn before it at most.
    flooded(waiting, range(100, 160), rank)
    waiting.add(asked("honest again", "192.0.2.2 honest-one", rank))
    assert taken(waiting).index("honest again") <= 2


def test_at_one_address_visitors_take_turns_and_new_ids_do_not_hold_up_whoever_waits() -> None:
    waiting = Waiting()
    waiting.add(asked("old", "127.0.0.1 honest-one", FIRST))
    assert taken(waiting) == ["old"]
    flooded(waiting, range(3))
    assert taken(waiting)[:2] == ["0 reference", "0 policy"]
    waiting.add(asked("honest", "127.0.0.1 honest-one", FIRST))
    order = []
    for number in range(10, 20):
        flooded(waiting, range(number, number + 1))
        order += [one.key for one in (waiting.take(), waiting.take()) if one is not None]
    assert order[0] == "honest"


def test_both_arms_of_a_first_pair_are_one_turn_and_no_more() -> None:
    waiting = Waiting()
    for words, visitor in (("a1", "a"), ("b1", "b"), ("a2", "a"), ("a3", "a"), ("b2", "b")):
        waiting.add(asked(words, visitor, FIRST))
    assert taken(waiting) == ["a1", "a2", "b1", "b2", "a3"]


def test_an_other_arm_that_nobody_wants_any_more_is_forgotten() -> None:
    waiting = Waiting()
    other = asked("a2", "a", FIRST)
    for each in (asked("a1", "a", FIRST), other, asked("b1", "b", FIRST)):
        waiting.add(each)
    assert waiting.take() is not None and waiting.drop(other)
    assert taken(waiting) == ["b1"]


def test_a_run_that_several_want_comes_with_whoever_is_next() -> None:
    waiting = Waiting()
    flooded(waiting, range(30))
    shared = asked("shared", "192.0.2.1 made-up-99", FIRST)
    waiting.add(shared)
    first = waiting.take()
    shared.visitors.append("192.0.2.2 honest-one")
    assert first is not None and taken(waiting)[:2] == ["0 policy", "shared"]


def test_a_worker_takes_the_towns_it_has_opened_before_new_ones_and_those_before_another_workers() -> None:
    waiting = Waiting()
    for words, opening in (("theirs", "x"), ("new", "y"), ("mine", "z")):
        waiting.add(asked(words, "a", FURTHER, opening))
    assert taken(waiting, held=("z",), elsewhere=("x",)) == ["mine", "new", "theirs"]


def test_a_job_that_was_lost_comes_back_to_its_old_place() -> None:
    waiting = Waiting()
    for words in ("one", "two"):
        waiting.add(asked(words, "a", FIRST))
    lost = waiting.take()
    assert lost is not None
    waiting.again(lost)
    assert taken(waiting) == ["one", "two"]


def test_a_dropped_job_is_gone_and_the_room_is_bounded_in_words() -> None:
    waiting = Waiting(most=2)
    one, two = asked("one", "a", FURTHER), asked("two", "c", FURTHER)
    waiting.add(one)
    waiting.add(two)
    with pytest.raises(Refusal, match="too many runs are waiting on this machine; wait a minute") as refused:
        waiting.add(asked("three", "b", FIRST))
    assert refused.value.status == 503
    assert waiting.drop(one) and not waiting.drop(one)
    assert taken(waiting) == ["two"] and len(waiting) == 0


def test_where_the_room_is_full_whoever_has_the_most_gives_way_to_whoever_has_fewer() -> None:
    waiting = Waiting(most=6)
    for words, rank in (("web", LOOK), ("far", FURTHER), ("first", FIRST), ("far too", FURTHER), ("shared", FURTHER)):
        waiting.add(asked(words, f"192.0.2.1 made-up-{words}", rank))
    waiting.add(asked("other", "192.0.2.2 other", FURTHER))
    shared = next(one for one in waiting._jobs.values() if one.key == "shared")
    shared.visitors.append("192.0.2.2 other")  # somebody elsewhere waits for it too: it stays
    given = [waiting.add(asked(words, "192.0.2.2 other", FURTHER)) for words in ("second",)]
    given.append(waiting.add(asked("third", "192.0.2.3 third", FIRST)))
    assert [one.key for one in given if one is not None] == ["far too", "far"]
    with pytest.raises(Refusal, match="too many runs are waiting on this machine"):
        waiting.add(asked("again", "192.0.2.1 made-up-web", FIRST))  # it has no fewer than another
    assert len(waiting) == 6


def test_within_an_address_the_visitor_with_the_most_gives_way() -> None:
    waiting = Waiting(most=4)
    for number in range(4):
        waiting.add(asked(f"a{number}", "127.0.0.1 a", FURTHER))
    given = waiting.add(asked("b", "127.0.0.1 b", FIRST))
    assert given is not None and given.key == "a3"
    assert taken(waiting) == ["b", "a0", "a1", "a2"]


def test_kept_results_are_bounded_and_the_last_used_stay() -> None:
    kept = Kept(most_bytes=30)
    for key in "abc":
        kept.put(key, key.encode() * 10)
    assert kept.get("a") == b"a" * 10
    kept.put("d", b"d" * 10)
    assert [kept.get(key) for key in "abcd"] == [b"a" * 10, None, b"c" * 10, b"d" * 10] and (kept.size, len(kept)) == (30, 3)
    kept.put("huge", b"h" * 31)
    assert kept.get("huge") is None and kept.size == 30
    kept.put("a", b"again")
    assert kept.get("a") == b"again" and kept.size == 25
