"""One contract over the drawer of survey questions: its examples are taken, refused and summed up as they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.survey import Option, Tally
from participation.question import QuestionType, Wrong, all_types, type_named

TYPES = all_types()
names = pytest.mark.parametrize("kind", TYPES, ids=[kind.name for kind in TYPES])


def test_the_drawer_holds_the_four_types_in_order() -> None:
    assert [kind.name for kind in TYPES] == ["single", "multiple", "scale", "text"]
    with pytest.raises(LookupError):
        type_named("video")


@names
def test_the_valid_example_is_taken_whole(kind: QuestionType) -> None:
    example = kind.example()
    assert example.question.kind == kind.name
    assert set(kind.check(example.question, example.valid)) == set(example.valid)


@names
def test_each_invalid_example_is_refused_in_a_sentence(kind: QuestionType) -> None:
    example = kind.example()
    for answer in example.invalid:
        with pytest.raises(Wrong, match=r"^[A-ZÉ¿].*\.$"):
            kind.check(example.question, answer)


@names
def test_the_summary_says_what_came_out(kind: QuestionType) -> None:
    example = kind.example()
    people = sum(example.counts.values()) if example.question.kind != "multiple" else 4
    counts = tuple((option, example.counts.get(option.id, 0)) for option in example.question.options)
    assert kind.summary(Tally(example.question, people, counts)) == example.summary
    empty = tuple((option, 0) for option in example.question.options)
    assert kind.summary(Tally(example.question, 0, empty)) == ""


@names
def test_a_removed_option_cannot_be_chosen(kind: QuestionType) -> None:
    example = kind.example()
    if not example.question.options:
        return
    gone = Option("gone", "Antes", removed=True)
    question = type(example.question)(example.question.id, kind.name, "¿?", options=(*example.question.options, gone))
    with pytest.raises(Wrong):
        kind.check(question, ("gone",))


@names
@given(given_values=st.lists(st.text(max_size=20), max_size=12).map(tuple))
def test_whatever_is_sent_is_kept_within_the_options_or_refused(
    kind: QuestionType, given_values: tuple[str, ...]
) -> None:
    question = kind.example().question
    try:
        kept = kind.check(question, given_values)
    except Wrong:
        return
    if question.options:
        assert set(kept) <= {option.id for option in question.options}
        assert len(set(kept)) == len(kept)
    else:
        assert all(0 < len(value) <= 500 for value in kept)
