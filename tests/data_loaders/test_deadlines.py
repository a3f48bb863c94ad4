"""What takes too long is ended; what does not is left alone."""

from __future__ import annotations

import threading

from data_loaders.deadlines import Deadlines


def test_a_block_that_takes_too_long_is_ended_once() -> None:
    ended = threading.Event()
    with Deadlines().within(0.01, ended.set):
        assert ended.wait(20)


def test_a_shorter_deadline_that_comes_later_is_kept_first() -> None:
    ended = threading.Event()
    never: list[str] = []
    deadlines = Deadlines()
    with deadlines.within(600, lambda: never.append("long")), deadlines.within(0.01, ended.set):
        assert ended.wait(20)
    assert never == []


def test_nothing_is_ended_after_its_block() -> None:
    deadlines = Deadlines()
    late: list[str] = []
    with deadlines.within(0.05, lambda: late.append("ended")):
        pass
    other = threading.Event()
    with deadlines.within(0.2, other.set):
        assert other.wait(20)
    assert late == []
