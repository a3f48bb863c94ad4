"""A walk over the page registry in a browser: question panel, axe, no sideways scroll, no error."""

from __future__ import annotations

import dash

from tests.journeys.conftest import Watched

EXAMPLES = {
    "/datos/<dataset>": "/datos/homicidios-por-entidad",
    "/explora/<dataset>/<resource>": "/explora/homicidios-por-entidad/serie-anual?_chart=bar&_group=_entidad",
    "/herramientas/<slug>": "/herramientas/homicidios",
    "/dependencia/<siglas>": "/dependencia/inegi",
}
WITHOUT_EXAMPLE = ("/pregunta/<folio>",)  # walked by test_loop, which has a folio


def test_every_public_page_has_its_question_panel_and_passes_axe(visitor: Watched) -> None:
    found = {}
    for page in dash.page_registry.values():
        template = page["path_template"] or page["path"]
        if "not_found" in page["module"] or template in WITHOUT_EXAMPLE:
            continue
        path = EXAMPLES.get(template, template)
        opened = visitor.open(path)
        assert (path, opened.locator("#pregunta").count()) == (path, 1)
        found[path] = (visitor.violations(), visitor.scrolls_sideways())
    assert found == dict.fromkeys(found, ([], False))
    assert len(found) >= 8
