"""Threads on the page: lists of them, and one with its history and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask import request

from components.answering import answer_form, report_link
from components.chart import NARROW, PHONE
from components.follows import follow_form
from components.messages import gettext as _
from components.shell import link_button
from components.votes import me_too, vote_button
from model.thread import Thread
from portal.people import signed_in
from portal.person import person_of
from portal.portal import Portal
from portal.telling import Chip, Reply, Step, Told, tell
from portal.usecases.votes import counted

BOARD_KIND = "solicitud"


def thread_list(portal: Portal, threads: Sequence[Thread]) -> Component:
    """Threads with their official answers, in the order given."""
    told = [tell(portal, thread) for thread in threads]
    none = html.P(_("Nadie ha preguntado todavía. La primera pregunta puede ser la suya."), className="muted")
    items = html.Ol([html.Li(_article(one, linked=True)) for one in told], className="threads plain stack")
    return html.Section(
        [html.H2(_("Preguntas y respuestas")), items if told else none],
        id="preguntas",
        className="stack",
    )


def thread_page(portal: Portal, thread: Thread) -> Component:
    """One thread by itself: what was said, about what, what was answered, and what one can do."""
    told = tell(portal, thread)
    trail: list[Component | str] = [
        html.A(_("Preguntas y respuestas"), href="/preguntas"),
        " › ",
        html.Span(thread.folio, className="mono"),
    ]
    header = html.Header(
        [html.P(trail, className="eyebrow"), html.H1(html.Bdi(told.title))],
        className="stack-s",
    )
    counts = counted(portal, [thread.folio], person_of(request, portal.settings)).get(thread.folio)
    vote = vote_button(thread, counts) if thread.kind == BOARD_KIND else me_too(thread, counts)
    staff = answer_form(thread, signed_in(request, portal))
    follow, report = follow_form(told.href), report_link(thread)
    parts = (header, _article(told), vote, _late(told), staff, _history(told), follow, report)
    return html.Div([part for part in parts if part is not None], className="spread")


def _article(told: Told, *, linked: bool = False) -> Component:
    folio = html.Span(told.folio, className="mono")
    about = [
        *_signed(told),
        f" · {told.day} · ",
        html.A(folio, href=told.href) if linked else folio,
        f" · {told.kind}",
    ]
    asked = [
        html.P(about, className="small muted"),
        *(html.P(html.Bdi(text)) for text in told.paragraphs),
        _details(told),
        chip(told.chip),
        html.P(_status(told), className="small"),
    ]
    return html.Article(
        [
            html.Div([part for part in asked if part is not None], className="asked stack-s"),
            *(_reply(reply) for reply in told.replies),
            *_merged(told),
        ],
        className="thread stack",
        id=told.folio,
    )


def _signed(told: Told) -> list[Component | str]:
    """Who asked. A name is what the person wrote, and is said to be that: it cannot pass for an agency's."""
    if not told.signed:
        return [_("Una persona")]
    return [_("Una persona que firma"), " «", html.Bdi(told.signed), "»"]


def _details(told: Told) -> Component | None:
    if not told.details:
        return None
    pairs = [html.Div([html.Dt(name), html.Dd(html.Bdi(value))]) for name, value in told.details]
    return html.Dl(pairs, className="details small")


def chip(about: Chip) -> Component:
    """What was pointed at; opens exactly that, and says what became of it."""
    since: list[Component | str] = [" ", html.A(about.since, href=about.now, className="since")] if about.since else []
    return html.P(
        [
            html.Span(_("Sobre:"), className="label"),
            " ",
            html.A(html.Bdi(about.label), href=about.href, className="chip still"),
            *since,
        ],
        className="about small",
    )


def _status(told: Told) -> list[Component | str]:
    late: list[Component | str] = [" ", html.Span(_("plazo vencido"), className="tag late")] if told.overdue else []
    owed = _("%(agency)s debe responder a más tardar el %(date)s.", agency=told.agency, date=told.due)
    state = html.Span(told.state, className=f"tag state-{told.state.replace(' ', '-')}")
    return [state, *late, f" {owed}" if told.open else ""]


def _reply(reply: Reply) -> Component:
    """An official answer: its seal stands outside the text, where no text can imitate it."""
    head = html.P(
        [
            html.Span(_("Respuesta oficial"), className="seal"),
            html.Strong(reply.agency),
            html.Span(reply.day, className="small muted"),
        ],
        className="row",
    )
    parts = [
        head,
        _said(reply),
        *(html.P(html.Bdi(text)) for text in reply.paragraphs),
        _pair(_("Fundamento legal:"), reply.ground),
        _cited(reply),
        _pair(_("No cita datos del portal:"), reply.uncited),
    ]
    return html.Div([part for part in parts if part is not None], className="official stack-s")


def _said(reply: Reply) -> Component | None:
    if not reply.type:
        return None
    estimate: list[Component | str] = [" ", html.Strong(reply.estimate)] if reply.estimate else []
    return html.P([html.Span(reply.type, className="tag"), *estimate], className="small")


def _pair(label: str, text: str) -> Component | None:
    return html.P([html.Strong(label), " ", html.Bdi(text)], className="small") if text else None


def _cited(reply: Reply) -> Component | None:
    """The view that an answer cites, as its drawing, and the way to it."""
    if not reply.cited:
        return None
    link = html.P(html.A(_("Abrir los datos que cita"), href=reply.cited), className="small")
    if not reply.picture:
        return link
    narrow = html.Source(srcSet=f"{reply.picture}&_width={NARROW}", media=PHONE)
    drawn = html.Img(src=reply.picture, alt=_("La gráfica que cita la respuesta"), className="fitted")
    image = html.Picture([narrow, drawn])
    return html.Div([html.Figure(html.A(image, href=reply.cited), className="sheet"), link], className="stack-s")


def _late(told: Told) -> Component | None:
    if not told.overdue:
        return None
    text = _("Puede hacer una solicitud formal de acceso a la información: el escrito ya está, con esto anexo.")
    return html.Section(
        [
            html.H2(_("El plazo venció sin respuesta")),
            html.P(text),
            html.P(link_button(_("Preparar la solicitud formal"), f"{told.href}/solicitud-formal", strong=True)),
        ],
        className="state",
    )


def _history(told: Told) -> Component:
    body = html.Ol([html.Li(_step(step)) for step in told.history], className="history plain")
    return html.Details([html.Summary(_("Historia")), body], className="fold", open=len(told.history) > 2)


def _step(step: Step) -> list[Component | str]:
    reason: list[Component | str] = [": ", html.Bdi(step.reason)] if step.reason else []
    by = f" · {step.by}" if step.by else ""
    return [html.Span(step.day, className="num"), " ", html.Strong(step.what), by, *reason]


def _merged(told: Told) -> list[Component]:
    if not told.merged_into:
        return []
    link = html.A(told.merged_into, href=f"/pregunta/{told.merged_into}")
    return [html.P([_("Sigue en"), " ", link], className="small")]
