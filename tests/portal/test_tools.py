"""Tools as files: an edited one is shown as it stands, without a restart."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from config import ROOT
from portal.portal import get_portal
from portal.tools import tools
from tests.conftest import Loaded


def test_an_edited_tool_is_read_again_and_a_new_one_is_found(site: Loaded, tmp_path: Path) -> None:
    folder = tmp_path / "herramientas"
    folder.mkdir()
    source = (ROOT / "catalog" / "herramientas" / "homicidios.toml").read_text()
    edited = folder / "homicidios.toml"
    edited.write_text(source)
    with create_app(replace(site.settings, overlay=tmp_path)).app_context():
        portal = get_portal()
        assert [t.title for t in tools(portal)] == ["Homicidios por estado"]
        edited.write_text(source.replace("Homicidios por estado", "Homicidios en cada estado"))
        os.utime(edited, ns=(1, 1))
        shutil.copy(ROOT / "catalog" / "herramientas" / "lluvia.toml", folder)
        assert [t.title for t in tools(portal)] == ["Homicidios en cada estado", "¿Cuánto llovió?"]


@pytest.mark.parametrize("added", ["fbclid=x", "utm_source=boletin&utm_campaign=", "gclid=1&_lang=en"])
def test_what_social_networks_add_to_a_tools_address_chooses_nothing(client: FlaskClient, added: str) -> None:
    assert client.get(f"/herramientas/homicidios?{added}").status_code == 200


def test_a_choice_that_a_tool_does_not_know_is_still_refused(client: FlaskClient) -> None:
    assert client.get("/herramientas/homicidios?color=rojo").status_code == 400
