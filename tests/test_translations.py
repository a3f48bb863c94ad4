"""The English catalogue of messages is complete, agrees with the Spanish texts, and is the one that is served."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from config import ROOT
from model.load import LoadState
from portal.catalogue import FACETS, TERRITORIES
from portal.portal import charts
from query.measures import MEASURES

FOLDER = ROOT / "translations" / "en" / "LC_MESSAGES"
FIELD = re.compile(r"%\([a-z]+\)[sd]")


def texts() -> set[str]:
    """The Spanish texts that the code marks, and the labels that it takes from drawers and tables."""
    with (ROOT / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _notes, _context in extract_from_dir(ROOT, methods, options)
    }
    named = (*charts().values(), *(m for m in MEASURES.values() if m.name != "q"), *LoadState)
    return found | {thing.label for thing in named} | {*FACETS.values(), *TERRITORIES.values()}


def forms(given: object) -> tuple[str, ...]:
    """One text, or one for each number."""
    if isinstance(given, str):
        return (given,)
    return tuple(given) if isinstance(given, (tuple, list)) else ()


def messages() -> Iterator[Message]:
    with (FOLDER / "messages.po").open("rb") as lines:
        yield from (m for m in read_po(lines) if m.id)


def first(message: Message) -> str:
    return forms(message.id)[0]


def test_every_text_has_its_english_one() -> None:
    known = {first(m) for m in messages() if all(forms(m.string)) and m.string}
    assert texts() - known == set()


def test_a_translation_has_the_fields_of_its_text() -> None:
    wrong = []
    for message in messages():
        wanted = {field for text in forms(message.id) for field in FIELD.findall(text)}
        wrong += [first(message) for text in forms(message.string) if set(FIELD.findall(text)) != wanted]
    assert wrong == []


def test_no_translation_is_a_guess() -> None:
    assert [first(m) for m in messages() if m.fuzzy] == []


def test_what_is_served_is_what_is_written() -> None:
    with (FOLDER / "messages.mo").open("rb") as compiled:
        served = gettext.GNUTranslations(compiled)
    for message in messages():
        one, *many = forms(message.id)
        said = [served.ngettext(one, text, n) for text in many for n in (1, 2)] or [served.gettext(one)]
        assert tuple(said) == forms(message.string)


@pytest.mark.parametrize("path", ["/", "/datos?q=agua", "/acerca", "/nada", "/herramientas/homicidios?estado=11"])
def test_a_page_says_its_language_and_leads_to_the_other(client: FlaskClient, path: str) -> None:
    english = f"{path}{'&' if '?' in path else '?'}_lang=en"
    for asked, lang, other, link in ((path, "es", "English", english), (english, "en", "Español", path)):
        text = client.get(asked).get_data(as_text=True)
        assert f'<html lang="{lang}">' in text
        found = re.search(r'<a href="([^"]+)"[^>]*data-lang="[a-z]+">(\w+)</a>', text)
        assert found is not None
        assert (found[1].replace("&amp;", "&"), found[2]) == (link, other)
        assert ("Skip to the content" in text) == (lang == "en")


def test_the_catalogue_lies_where_the_site_looks_for_it() -> None:
    assert sorted(p.name for p in Path(FOLDER).iterdir()) == ["messages.mo", "messages.po"]
