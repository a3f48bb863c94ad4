"""The interactive map; the only module that knows dash-leaflet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import dash_leaflet as dl
from dash_extensions.javascript import Namespace
from plotly.utils import PlotlyJSONEncoder

from components import ids
from config import Settings
from portal.static import static_files
from portal.territory import LEVELS

MIDDLE = (23.9, -102.3)  # dash-leaflet fails on a move unless the map was given a middle and a zoom
FUNCTIONS = Namespace("ventanilla", "map")
CLUSTERS = MappingProxyType({"radius": 60, "maxZoom": 11, "minPoints": 3})


def outline_urls(settings: Settings) -> dict[str, str]:
    """The address of the outlines of each level that the operator has."""
    files = static_files(settings)
    return {level: files[level].url for level in LEVELS.values() if level in files}


def map_schema(outlines: Mapping[str, str]) -> dict[str, Any]:
    """What `assets/map.js` fills in: the map of areas, the map of points, and the address of each level's outlines."""
    return {"areas": _plain(_areas()), "points": _plain(_points(outlines)), "outlines": dict(outlines)}


def _areas() -> dl.Map:
    """Areas coloured by the values in `hideout`; the outlines come from their own immutable address."""
    return _map(
        dl.GeoJSON(
            id=ids.MAP_AREAS,
            style=FUNCTIONS("style"),
            hoverStyle=FUNCTIONS("hover"),
            onEachFeature=FUNCTIONS("each"),
            filter=FUNCTIONS("filter"),
            hideout={},
            zoomToBounds=True,
        )
    )


def _points(outlines: Mapping[str, str]) -> dl.Map:
    """Points in clusters over the states' outlines, where there are any."""
    under = [
        dl.GeoJSON(
            id=ids.MAP_BORDERS, url=outlines["entidad"], style=FUNCTIONS("border"), interactive=False, zoomToBounds=True
        )
        for _ in range("entidad" in outlines)
    ]
    return _map(
        *under,
        dl.GeoJSON(
            id=ids.MAP_POINTS,
            cluster=True,
            superClusterOptions=dict(CLUSTERS),
            pointToLayer=FUNCTIONS("point"),
            clusterToLayer=FUNCTIONS("cluster"),
            zoomToBoundsOnClick=True,
            hideout={},
        ),
    )


def _map(*layers: dl.GeoJSON) -> dl.Map:
    return dl.Map(
        [*layers, dl.AttributionControl(prefix="Leaflet")],
        id=ids.MAP,
        className="leaflet-box",
        preferCanvas=True,
        attributionControl=False,
        scrollWheelZoom=False,
        center=list(MIDDLE),
        zoom=5,
        minZoom=3,
        maxZoom=15,
        zoomSnap=0.25,
    )


def _plain(component: dl.Map) -> Any:
    return json.loads(json.dumps(component, cls=PlotlyJSONEncoder))
