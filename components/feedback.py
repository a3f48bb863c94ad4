"""The question panel of every public page, and the questions with their official answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from dash import Dash, Input, Output, State, html, no_update
from dash.development.base_component import Component

from components import ids
from components.dates import local_day
from components.elements import Control, marks
from components.messages import gettext as _
from figures.formats import day
from model.errors import InvalidForm, PortalError
from model.thread import Message, Thread
from participation.forms import HONEYPOT, NAME, TOKEN
from participation.kind import Kind, kind_named
from portal.portal import get_portal
from portal.usecases.replies import open_question

KIND = "pregunta"


def panel(path: str) -> Component:
    """The panel, closed; `path` is what it is anchored to until the page says something finer."""
    kind = kind_named(KIND)
    if kind is None:
        raise LookupError(KIND)
    names = {
        "text": ids.FEEDBACK_TEXT,
        "name": ids.FEEDBACK_NAME,
        "anchor": ids.FEEDBACK_ANCHOR,
        "token": ids.FEEDBACK_TOKEN,
        "chip": ids.FEEDBACK_CHIP,
        "done": ids.FEEDBACK_DONE,
    }
    return html.Details(
        [
            html.Summary([html.Span(_("Pregunte sobre lo que ve aquí"), className="ask-title")]),
            html.Div([_form(kind, path), html.Div(id=ids.FEEDBACK_DONE, role="status", tabIndex="-1")]),
        ],
        id=ids.FEEDBACK,
        className="panel-ask",
        **marks({"data-ids": json.dumps(names)}),
    )


def _form(kind: Kind, path: str) -> Component:
    hidden: dict[str, str | int | bool] = {"hidden": True, "aria-hidden": "true", "tabIndex": -1}
    return html.Div(
        [
            html.P(kind.prompt),
            html.P([html.Span(_("Sobre:")), " ", html.Span(path, id=ids.FEEDBACK_CHIP, className="chip still")]),
            html.P(
                _("Esta no es una solicitud formal de acceso a la información: es más rápida, pública y sin cuenta."),
                className="small muted",
            ),
            _field(ids.FEEDBACK_TEXT, kind.text.label, kind.text.hint, "textarea", kind.text.longest),
            _field(ids.FEEDBACK_NAME, NAME.label, "", "input", NAME.longest),
            html.Div(
                [
                    html.Label(_("No llene este campo"), htmlFor=ids.FEEDBACK_TRAP),
                    Control(id=ids.FEEDBACK_TRAP, type="text", attributes={"autoComplete": "off", "tabIndex": -1}),
                ],
                className="trap",
                **marks({"aria-hidden": "true"}),
            ),
            Control(id=ids.FEEDBACK_ANCHOR, type="hidden", value=path, attributes=hidden),
            Control(id=ids.FEEDBACK_TOKEN, type="hidden", attributes=hidden),
            html.Div(id=ids.FEEDBACK_PROBLEM, role="alert"),
            html.Button(kind.button, id=ids.FEEDBACK_SEND, type="button", className="btn strong"),
        ],
        id=ids.FEEDBACK_FORM,
        className="stack",
    )


def _field(name: str, label: str, hint: str, tag: str, longest: int) -> Component:
    attributes: dict[str, str | int | bool] = {"maxLength": longest}
    if hint:
        attributes["aria-describedby"] = f"{name}-ayuda"
    kind = "" if tag == "textarea" else "text"
    return html.Div(
        [
            html.Label(label, htmlFor=name),
            Control(id=name, tag=tag, type=kind, attributes=attributes),
            html.P(hint, id=f"{name}-ayuda", className="hint") if hint else None,
        ],
        className="field",
    )


def send(
    _clicks: int | None, text: object, name: object, trap: object, anchor: object, token: object
) -> tuple[Component | object, Component | str, bool]:
    """Open the thread: (what happened, what is wrong with the form, whether the form goes away)."""
    given = {"texto": text, NAME.name: name, HONEYPOT: trap, TOKEN: token}
    form = {field: value if isinstance(value, str) else "" for field, value in given.items()}
    try:
        thread = open_question(get_portal(), KIND, form, anchor if isinstance(anchor, str) else "/")
    except InvalidForm as invalid:
        return no_update, _problems(invalid.problems), False
    except PortalError as error:
        return no_update, html.P(error.message, className="problem"), False
    return _sent(thread), "", True


def _problems(problems: Mapping[str, str]) -> Component:
    return html.Ul([html.Li(text) for text in problems.values()], className="problem plain")


def _sent(thread: Thread) -> Component:
    """Folio, public link, date and what comes next."""
    steps = (
        _("Su pregunta ya es pública en esta página."),
        _("La dependencia responsable debe contestar a más tardar el %(date)s.", date=day(thread.deadline)),
        _("La respuesta oficial aparecerá aquí y en la página de su pregunta. Guarde el enlace o anote el folio."),
    )
    return html.Section(
        [
            html.H3(_("Recibimos su pregunta")),
            html.P([_("Folio: "), html.Strong(thread.folio, className="mono")]),
            html.Ol([html.Li(step) for step in steps]),
            html.P(html.A(_("Ver mi pregunta"), href=f"/pregunta/{thread.folio}", className="btn"), className="row"),
        ],
        className="stack-s sent",
        **marks({"data-sent": thread.folio}),
    )


def thread_list(threads: Sequence[Thread]) -> Component:
    """Questions with their official answers, in the order given."""
    if not threads:
        return html.Section(
            [
                html.H2(_("Preguntas y respuestas")),
                html.P(_("Nadie ha preguntado todavía. La primera pregunta puede ser la suya."), className="muted"),
            ],
            className="stack",
        )
    return html.Section(
        [
            html.H2(_("Preguntas y respuestas")),
            html.Ol([html.Li(_thread(t)) for t in threads], className="threads plain stack"),
        ],
        className="stack",
    )


def thread_page(thread: Thread) -> Component:
    """One thread by itself: what was asked, about what, and what the agency answered."""
    return html.Div(
        [
            html.Header(
                [
                    html.P(thread.folio, className="eyebrow mono"),
                    html.H1(_("Pregunta sobre %(what)s", what=thread.anchor.label or thread.anchor.page)),
                ],
                className="stack-s",
            ),
            _thread(thread),
        ],
        className="spread",
    )


def _thread(thread: Thread) -> Component:
    question = thread.question
    answers = thread.answers
    waiting = html.P(
        _("En espera de respuesta, a más tardar el %(date)s.", date=day(thread.deadline)), className="small muted"
    )
    about = html.A(thread.anchor.label or thread.anchor.page, href=thread.anchor.view or thread.anchor.page)
    return html.Article(
        [
            html.Div(
                [
                    html.P(
                        [
                            html.Strong(question.name or _("Una persona")),
                            " · ",
                            local_day(question.created),
                            " · ",
                            html.Span(thread.folio, className="mono"),
                            " · ",
                            thread.state.label,
                        ],
                        className="small muted",
                    ),
                    *_paragraphs(question.text),
                    html.P([_("Sobre: "), about], className="small"),
                ],
                className="asked stack-s",
            ),
            *([_answer(a) for a in answers] or [waiting]),
        ],
        className="thread stack-s",
        id=thread.folio,
    )


def _answer(message: Message) -> Component:
    """An official answer: its seal stands outside the text, where no text can imitate it."""
    return html.Div(
        [
            html.P(
                [
                    html.Span(_("Respuesta oficial"), className="seal"),
                    html.Strong(message.name),
                    html.Span(local_day(message.created), className="small muted"),
                ],
                className="row",
            ),
            *_paragraphs(message.text),
        ],
        className="official stack-s",
    )


def _paragraphs(text: str) -> list[Component]:
    return [html.P(part.strip()) for part in text.split("\n\n") if part.strip()]


def register(app: Dash) -> None:
    """The one callback that writes."""
    app.callback(
        Output(ids.FEEDBACK_DONE, "children"),
        Output(ids.FEEDBACK_PROBLEM, "children"),
        Output(ids.FEEDBACK_FORM, "hidden"),
        Input(ids.FEEDBACK_SEND, "n_clicks"),
        State(ids.FEEDBACK_TEXT, "value"),
        State(ids.FEEDBACK_NAME, "value"),
        State(ids.FEEDBACK_TRAP, "value"),
        State(ids.FEEDBACK_ANCHOR, "value"),
        State(ids.FEEDBACK_TOKEN, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.FEEDBACK_SEND, "disabled"), True, False)],
    )(send)
