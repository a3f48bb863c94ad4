"""«Avíseme»: following what a page shows, by e-mail or Atom."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from components.elements import marks
from components.messages import gettext as _
from portal.feeds import feed_of

FOLLOW = "/seguir?sobre="
FEED = "/feed"
SLOT = "avisos"


def follow_form(target: str) -> Component:
    """The way to follow what stands at a site-relative address: a thread, a dataset or a view.

    The form itself comes into the page when it is asked for; without scripts the link leads to it. On a page whose view
    changes, `assets/share.js` keeps both links at the view that is shown.
    """
    seen = target.startswith("/explora/")
    words = {
        "/pregunta/": _("Avíseme cuando respondan"),
        "/datos/": _("Avíseme cuando se actualicen estos datos"),
        "/explora/": _("Avíseme si cambian estas cifras"),
    }
    label = next((text for start, text in words.items() if target.startswith(start)), _("Avíseme"))
    here = {"data-here": FOLLOW} if seen else {}
    feed = {"data-here": FEED} if seen else {}
    address = f"{FOLLOW}{quote(target, safe='/')}"
    links = [
        html.A(label, href=address, className="btn", **marks({"data-load": SLOT, **here})),
        html.A(_("Atom"), href=feed_of(target), className="btn quiet", **marks(feed)),
    ]
    slot = html.Div(id=SLOT, **marks({"data-slot": ""}))
    return html.Section(
        [html.P(links, className="row"), slot], className="following stack-s", **marks({"aria-label": _("Avisos")})
    )
