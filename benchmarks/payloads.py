"""First-visit bytes of each kind of page, compressed, as a browser receives them."""

from __future__ import annotations

import shutil
from types import MappingProxyType

from playwright.sync_api import Page, sync_playwright

from benchmarks.site import bench_settings
from tests.serving import serving

PAGES = MappingProxyType({"home": "/", "search": "/datos", "tools": "/herramientas"})


def main() -> None:
    """Print kilobytes by page."""
    with serving(bench_settings()) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, path in PAGES.items():
            page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
            print(f"{name}: {first_visit_bytes(page, base + path) / 1000:.0f} kB")
        browser.close()


def first_visit_bytes(page: Page, address: str) -> int:
    """Bytes on the wire until the page is quiet; the page's context must be new."""
    received: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.goto(address)
    page.wait_for_selector("main h1")
    page.wait_for_load_state("networkidle")
    return sum(received)
