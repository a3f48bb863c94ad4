"""Specifications to images by vl-convert, in this process, without a browser and without the network."""

from __future__ import annotations

import html

import vl_convert

from figures.drawing import Spec

_NOWHERE: tuple[str, ...] = ()  # the addresses that a specification may load data from


def svg(spec: Spec) -> str:
    """The image as SVG with real text, described for screen readers.

    The first call in a process takes about 0.4 s. It hangs after a fork: call it first in the worker.
    """
    drawn = str(vl_convert.vega_to_svg(spec, allowed_base_urls=list(_NOWHERE)))
    label = html.escape(str(spec.get("description", "")), quote=True)
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def png(spec: Spec, scale: float = 2.0) -> bytes:
    """The image as PNG, `scale` pixels for each pixel of the specification."""
    return bytes(vl_convert.svg_to_png(svg(spec), scale=scale))


def pdf(spec: Spec) -> bytes:
    """The image as PDF."""
    return bytes(vl_convert.svg_to_pdf(svg(spec)))
