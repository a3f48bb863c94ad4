"""A component as the browser gets it."""

from __future__ import annotations

import json


def written(component: object) -> str:
    """The component as JSON text."""
    return json.dumps(component, default=lambda c: c.to_plotly_json(), ensure_ascii=False)
