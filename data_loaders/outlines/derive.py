"""Makes `estados.geojson` from the example `mexico` of libpysal 4.14.1 (BSD-3, notice in LICENSE-libpysal.txt).

    pip download libpysal==4.14.1 --no-deps -d /tmp/libpysal
    unzip /tmp/libpysal/libpysal-4.14.1-py3-none-any.whl 'libpysal/examples/mexico/*' -d /tmp/libpysal
    python -m data_loaders.outlines.derive /tmp/libpysal/libpysal/examples/mexico/mexicojoin.shp

States are joined to INEGI keys by NAME: the file's CODE is FIPS, whose 05 to 08 are another permutation.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import shapefile

from model.territory import STATES, state_key, state_name

TARGET = Path(__file__).parent / "estados.geojson"
DECIMALS = 4  # about 11 m; neighbours round alike, so borders stay shared
LEAST_POINTS = 4


def derive(source: Path) -> dict[str, Any]:
    """A FeatureCollection of the 32 states in order of key, properties `cve_ent` and `nom_ent`.

    ValueError if a state is missing or a name is not known.
    """
    features: dict[str, dict[str, Any]] = {}
    with shapefile.Reader(str(source), encoding="latin-1") as reader:
        for record in reader.iterShapeRecords():
            key = state_key(record.record["NAME"])
            if key is None or key in features:
                raise ValueError(f"unknown or repeated state: {record.record['NAME']}")
            geometry = _rounded(record.shape.__geo_interface__)
            features[key] = {
                "type": "Feature",
                "properties": {"cve_ent": key, "nom_ent": state_name(key)},
                "geometry": geometry,
            }
    if len(features) != len(STATES):
        raise ValueError(f"{len(features)} states instead of {len(STATES)}")
    return {"type": "FeatureCollection", "features": [features[key] for key in sorted(features)]}


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    """The polygons with few decimals, without repeated points or rings that vanish."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    kept = [
        rings for polygon in polygons if (rings := [r for ring in polygon if len(r := _ring(ring)) >= LEAST_POINTS])
    ]
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def _ring(points: Any) -> list[list[float]]:
    out: list[list[float]] = []
    for x, y in points:
        point = [round(x, DECIMALS), round(y, DECIMALS)]
        if not out or out[-1] != point:
            out.append(point)
    return out


def main() -> None:
    """Write the file that comes with the project."""
    collection = derive(Path(sys.argv[1]))
    TARGET.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
