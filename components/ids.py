"""Every id that Dash and the scripts in `assets/` share: one place to look, one place to change."""

from __future__ import annotations

EXPLORER = "explorador"  # `assets/explorer.js` starts on it
TITLE = "explora-titulo"
SUBTITLE = "explora-subtitulo"
DESCRIPTION = "explora-descripcion"
NOTES = "explora-notas"
STATUS = "explora-estado"
PROBLEM = "explora-problema"
CONTROLS = "explora-controles"
CHIPS = "explora-fichas"
MODES = "explora-modos"
DRAWING = "explora-dibujo"
PICTURE_BOX = "explora-lamina"
PICTURE = "explora-imagen"
PICTURE_NARROW = "explora-imagen-angosta"
STAGE = "explora-lienzo"
MORE = "explora-mas"
GRAPH = "explora-grafica"
MAP = "explora-mapa"
MAP_AREAS = "explora-mapa-areas"
MAP_BORDERS = "explora-mapa-limites"
MAP_POINTS = "explora-mapa-puntos"
MAP_PANEL = "explora-mapa-panel"
TABLE_BOX = "explora-renglones"
TABLE = "explora-tabla"
PAGER = "explora-paginas"

ASK_SPOT = "explora-preguntar"  # where a question about a point of the drawing is offered

FEEDBACK = "pregunta"  # `assets/replypanel.js` starts on it
FEEDBACK_SLOT = "pregunta-formulario"


def explorer() -> dict[str, str]:
    """The explorer's ids by the short names that the scripts use."""
    return {
        "root": EXPLORER,
        "title": TITLE,
        "subtitle": SUBTITLE,
        "description": DESCRIPTION,
        "notes": NOTES,
        "status": STATUS,
        "problem": PROBLEM,
        "controls": CONTROLS,
        "chips": CHIPS,
        "modes": MODES,
        "drawing": DRAWING,
        "pictureBox": PICTURE_BOX,
        "picture": PICTURE,
        "pictureNarrow": PICTURE_NARROW,
        "stage": STAGE,
        "more": MORE,
        "graph": GRAPH,
        "map": MAP,
        "areas": MAP_AREAS,
        "borders": MAP_BORDERS,
        "points": MAP_POINTS,
        "panel": MAP_PANEL,
        "tableBox": TABLE_BOX,
        "table": TABLE,
        "pager": PAGER,
        "ask": ASK_SPOT,
    }
