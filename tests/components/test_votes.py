"""The vote and the follow as a Dash page draws them: plain forms and links, which need no callback."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from components.follows import follow_form
from components.votes import me_too, vote_button
from model.thread import Anchor, Author, Message, Thread, ThreadState
from model.vote import Votes
from tests.conftest import Loaded

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = Message(Author.CITIZEN, "", "¿Qué cuenta esta columna?", NOW)


def thread(kind: str = "pregunta") -> Thread:
    state = ThreadState.RECEIVED
    return Thread("VEN-2026-000001", kind, state, Anchor("/datos"), NOW, date(2027, 1, 4), "inegi", (ASKED,))


def written(component: object) -> str:
    """The component as the browser gets it."""
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)


def test_a_vote_is_a_form_that_works_without_scripts(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        text = written(me_too(thread(), Votes(3, 9)))
    assert '"action": "/pregunta/VEN-2026-000001/voto"' in text
    assert '"method": "post"' in text
    assert '"name": "clave"' in text
    assert "(3 con correo confirmado, 9 sin confirmar)" in text
    assert "No es una votación" in text
    assert "A mí también" in text


def test_who_voted_is_told_so_and_may_take_it_back(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        text = written(vote_button(thread("solicitud"), Votes(0, 1, True)))
    assert "Su voto cuenta." in text
    assert '"value": "retirar"' in text
    assert "Yo también los necesito" not in text


def test_while_the_store_is_down_no_vote_is_offered(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        assert "form" not in written(me_too(thread(), None)).lower()


def test_following_leads_to_the_form_and_to_the_feed_of_what_is_shown(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        view = written(follow_form("/explora/a/b?_entidad=11&_group=anio"))
        dataset = written(follow_form("/datos/a"))
    assert '"href": "/seguir?sobre=/explora/a/b%3F_entidad%3D11%26_group%3Danio"' in view
    assert '"href": "/feed/explora/a/b.atom?_entidad=11&_group=anio"' in view
    assert "Avíseme si cambian estas cifras" in view
    assert '"href": "/feed/datos/a.atom"' in dataset
    assert "data-here" not in dataset
