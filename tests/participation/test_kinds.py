"""The contract of every file in the drawer of kinds."""

from __future__ import annotations

import re

import pytest

from participation.forms import ANCHOR_FIELDS, HONEYPOT, NAME, TOKEN
from participation.kind import Kind, all_kinds, kind_named
from participation.personal import CONFIRM

POINTER = {"tipo", "sobre", "renglones", "renglon", "columna", "lugar", "punto"}  # what the form says of its place
RESERVED = {HONEYPOT, TOKEN, NAME.name, CONFIRM, "momento", *POINTER, *ANCHOR_FIELDS}


def test_the_kinds_are_those_of_the_policy_in_the_order_in_which_they_are_offered() -> None:
    assert [kind.name for kind in all_kinds()] == ["pregunta", "error", "solicitud", "comentario", "idea"]


def test_an_unknown_kind_is_none() -> None:
    assert kind_named("queja") is None


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_a_kind_says_in_words_what_it_is_and_names_its_fields_apart(kind: Kind) -> None:
    assert kind_named(kind.name) == kind
    assert re.fullmatch("[a-z_]+", kind.name)
    assert all((kind.label, kind.noun, kind.prompt, kind.button))
    assert not kind.title or kind.title in [field.name for field in kind.fields]
    names = [kind.text.name, *(field.name for field in kind.fields)]
    assert len(names) == len(set(names))
    assert not RESERVED & set(names)
    for field in (kind.text, *kind.fields):
        assert field.label
        assert 0 <= field.shortest <= field.longest
