"""The words that the scripts in `assets/` say: they hold no Spanish of their own."""

from __future__ import annotations

from components.messages import gettext as _

STAGED = ("map", "search", "noPlace", "rank", "pick", "keys", "unmatched", "points", "failed", "offline")


def control_words() -> dict[str, str]:
    """Labels of the explorer's controls, by the short names that the scripts use."""
    return _control_labels() | _filter_labels() | _state_labels()


def _control_labels() -> dict[str, str]:
    return {
        "place": _("Lugar"),
        "state": _("Estado"),
        "municipality": _("Municipio"),
        "country": _("Todo el país"),
        "wholeState": _("Todo el estado"),
        "chart": _("Cómo verlo"),
        "table": _("Tabla de este recurso"),
        "measure": _("Qué medir"),
        "function": _("Medida"),
        "raw": _("Ninguna: los renglones tal cual"),
        "of": _("De la columna"),
        "as": _("Expresada como"),
        "figure": _("Cifra"),
        "groups": _("Agrupar"),
        "groupBy": _("Agrupar por"),
        "andBy": _("y por"),
        "step": _("Cada"),
        "nothing": _("Nada"),
        "drawing": _("Dibujo"),
        "facet": _("Una gráfica por cada"),
        "highlight": _("Resaltar"),
        "highlighted": _("Resaltado"),
        "choose": _("Elija…"),
        "map": _("Mapa"),
        "level": _("Nivel"),
        "classes": _("Colores"),
    }


def _filter_labels() -> dict[str, str]:
    return {
        "filters": _("Filtrar por columna"),
        "another": _("Otro filtro"),
        "seek": _("Buscar en la lista"),
        "blank": _("(texto vacío)"),
        "from": _("Desde"),
        "to": _("Hasta"),
        "range": _("De"),
        "contains": _("Contiene"),
        "rows": _("Renglones"),
        "everyRow": _("Todos"),
        "onlyPresent": _("Solo con dato"),
        "onlyMissing": _("Solo sin dato"),
        "present": _("con dato"),
        "active": _("con filtro"),
        "activeFilters": _("Filtros puestos"),
        "remove": _("quitar"),
        "removeAll": _("Quitar todo"),
    }


def _state_labels() -> dict[str, str]:
    return {
        "loading": _("Consultando los datos…"),
        "failed": _("No pudimos obtener estos datos."),
        "offline": _("No hay conexión con el sitio. Revise su red e intente de nuevo."),
        "retry": _("Intentar de nuevo"),
        "back": _("Volver a lo anterior"),
        "sort": _("Ordenar"),
        "columns": _("Columnas"),
        "ofTotal": _("de"),
        "noRows": _("Ningún renglón"),
        "pages": _("Páginas de la tabla"),
        "previous": _("Anterior"),
        "next": _("Siguiente"),
        "goPage": _("Ir a la página"),
        "search": _("Buscar un lugar"),
        "noPlace": _("Ese lugar no está en el mapa."),
        "rank": _("Lugar %(rank)s de %(n)s", rank="{rank}", n="{n}"),
        "pick": _("Elija un lugar en el mapa o búsquelo por su nombre."),
        "unmatched": _("%(n)s renglones no corresponden a ningún lugar del mapa.", n="{n}"),
        "points": _("%(n)s puntos", n="{n}"),
        "keys": _("Con el teclado: las flechas van de un lugar a otro; Inicio y Fin, al más alto y al más bajo."),
        "ask": _("Preguntar sobre este dato"),
    }


def steps() -> dict[str, list[dict[str, str]]]:
    """The steps by which a time or a number may be grouped, by the kind of column."""
    days = [
        {"value": "year", "label": _("año")},
        {"value": "quarter", "label": _("trimestre")},
        {"value": "month", "label": _("mes")},
        {"value": "week", "label": _("semana")},
        {"value": "day", "label": _("día")},
    ]
    bins = [{"value": f"bin{n}", "label": _("%(n)s intervalos", n=n)} for n in (10, 20, 50)]
    return {"date": days, "timestamp": [*days, {"value": "hour", "label": _("hora")}], "bins": bins}


def stage_words() -> dict[str, str]:
    """What a drawing outside the explorer says: its map, its panel, its failures."""
    said = _control_labels() | _state_labels()
    return {name: said[name] for name in STAGED}
