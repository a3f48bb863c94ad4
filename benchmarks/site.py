"""The site that benchmarks run on: the real catalogue where it stands beside the checkout, else the sample."""

from __future__ import annotations

from config import ROOT, Settings
from portal.portal import Portal
from portal.usecases.ingest import open_ingest, work

SHARED = ROOT.parent / "shared"


def bench_settings() -> Settings:
    """Settings over `var/bench`, kept between runs so that only the first one loads."""
    folder = ROOT / "var" / "bench"
    catalogue = SHARED / "catalogo"
    if not catalogue.is_dir():
        return Settings(var=folder / "sample", cache=folder / "cache")
    overlay = ROOT / "tests" / "overlays" / "catalogo"
    return Settings(
        catalog=catalogue, overlay=overlay, territories=SHARED / "geo", var=folder / "real", cache=folder / "cache"
    )


def load(portal: Portal) -> None:
    """Load what is not loaded yet."""
    for _ in work(open_ingest(portal, print)):
        pass
