"""What a kind of feedback is: its name, its prompt and its own fields; each file in `kinds/` declares one."""

from __future__ import annotations

from dataclasses import dataclass

from model.registry import discover
from participation import kinds

TEXT_SHORTEST = 10
TEXT_LONGEST = 4_000
PUBLIC = "Entre 10 y 4,000 caracteres. Será público: no escriba datos personales."


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. Lengths are in characters after cleaning; `choices` are (value, label), if it has them.

    `type` is the input's: text, date (ISO), url, email. `page_filled`: holds the address of the page one came from.
    """

    name: str
    label: str
    hint: str = ""
    required: bool = False
    shortest: int = 0
    longest: int = 200
    multiline: bool = False
    type: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    page_filled: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of feedback: `label` for people, `prompt` above its form, `button` to send it.

    `noun` follows «su»: «Recibimos su pregunta». `text` is the one field that every kind has; `fields` are its own
    further ones, kept as the thread's details; `title` names the field that says best what it is about ("": the text).
    """

    name: str
    label: str
    noun: str
    prompt: str
    button: str
    text: Field
    order: int = 100
    fields: tuple[Field, ...] = ()
    title: str = ""


def text_field(label: str, hint: str = PUBLIC) -> Field:
    """The field `texto`: what the person has to say."""
    return Field("texto", label, hint, True, TEXT_SHORTEST, TEXT_LONGEST, multiline=True)


def all_kinds() -> tuple[Kind, ...]:
    """Every kind of the drawer, in the order in which they are offered."""
    found = [kind for kind in discover(kinds, "KIND") if isinstance(kind, Kind)]
    return tuple(sorted(found, key=lambda kind: kind.order))


def kind_named(name: str) -> Kind | None:
    """The kind with this name, or None."""
    return next((kind for kind in all_kinds() if kind.name == name), None)


def choice_label(field: Field, value: str) -> str:
    """What people read for a value of a field: the choice's label, where it has choices."""
    return dict(field.choices).get(value, value)
