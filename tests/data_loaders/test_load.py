"""A load publishes a whole version or nothing, whatever happens to it."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import psutil
import pytest

from data_loaders.lake import NATIVE, Lake
from data_loaders.limits import LIMITS
from data_loaders.load import Limits, LoadOrder, Progress, complete, load, version_of
from data_loaders.scratch import held_alone, scratch_folder, sweep
from model.errors import LoadError
from model.recipe import Lookup, Recipe
from model.version import Manifest, TableRef

ROOT = Path(__file__).parents[2]
ROWS = 20_000
PLAIN = Recipe()
USUAL = Limits()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A CSV of 20,000 rows."""
    path = tmp_path / "fuente" / "ventas.csv"
    path.parent.mkdir()
    path.write_text("estado,n\n" + "".join(f"{('Colima', 'Jalisco', 'Sonora')[i % 3]},{i}\n" for i in range(ROWS)))
    return path


def order_of(source: Path, tmp_path: Path, recipe: Recipe = PLAIN, limits: Limits = USUAL) -> LoadOrder:
    return LoadOrder("datos", "ventas", source, recipe, tmp_path / "lake", limits)


def left_over(order: LoadOrder) -> list[str]:
    return [p.name for p in (order.lake / order.dataset / order.resource).iterdir() if p.name.startswith(".")]


def test_a_load_gives_the_manifest_that_stays_in_the_lake(source: Path, tmp_path: Path) -> None:
    order = order_of(source, tmp_path)
    heard: list[Progress] = []
    manifest = load(order, heard.append)
    lake = Lake(order.lake)
    assert lake.manifest("datos", "ventas", manifest.version) == manifest
    assert manifest.report.tables[0].rows_kept == ROWS
    assert manifest.source_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert lake.original("datos", "ventas", manifest.version).read_bytes() == source.read_bytes()
    ref = TableRef("datos", "ventas", manifest.version)
    assert lake.tables(ref).is_file()
    assert lake.parquet(ref).is_file()
    assert left_over(order) == []
    assert {"Se copia el archivo", "Se convierten las filas"} <= {p.phase for p in heard}


def test_the_same_bytes_and_recipe_are_loaded_once(source: Path, tmp_path: Path) -> None:
    order = order_of(source, tmp_path)
    first = load(order)
    heard: list[Progress] = []
    assert load(order, heard.append) == first
    assert heard == []


def test_another_recipe_or_lookup_is_another_version(source: Path, tmp_path: Path) -> None:
    plain = version_of(source, Recipe())[0]
    lookup = Lookup("est", "d", "r", (("a", "b"),), version="0" * 12)
    others = [Recipe(masks=("0",)), Recipe(lookups=(lookup,)), Recipe(lookups=(replace(lookup, version="1" * 12),))]
    assert len({plain, *(version_of(source, r)[0] for r in others)}) == 4
    assert load(order_of(source, tmp_path, others[1])).lookups == (lookup,)


def test_outlines_that_come_later_give_another_version(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "geo"
    folder.mkdir()
    plain = version_of(source, Recipe())[0]
    assert version_of(source, Recipe(), folder)[0] == plain
    (folder / "municipios.geojson").write_text("{}")
    first = version_of(source, Recipe(), folder)[0]
    (folder / "municipios.geojson").write_text('{"features": []}')
    assert len({plain, first, version_of(source, Recipe(), folder)[0]}) == 3


def test_the_version_does_not_depend_on_the_file_name(source: Path) -> None:
    other = source.with_name("otro.csv")
    other.write_bytes(source.read_bytes())
    assert version_of(other, Recipe()) == version_of(source, Recipe())


def test_a_part_of_a_hive_folder_is_told_apart_by_its_folder(source: Path) -> None:
    found = []
    for name in ("uso=a", "uso=b"):
        part = source.parent / name / "part.csv"
        part.parent.mkdir()
        part.write_bytes(source.read_bytes())
        found.append(version_of(part, Recipe())[0])
    assert len(set(found)) == 2


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="no está"):
        load(order_of(tmp_path / "nada.csv", tmp_path))


def test_a_file_without_rows_is_a_clear_error_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "solo.csv"
    path.write_text("a,b\n")
    order = order_of(path, tmp_path)
    with pytest.raises(LoadError):
        load(order)
    assert list((order.lake / "datos" / "ventas").iterdir()) == []


def test_too_long_a_load_is_killed(source: Path, tmp_path: Path) -> None:
    order = order_of(source, tmp_path, limits=Limits(seconds=0.05))
    with pytest.raises(LoadError, match="segundos"):
        load(order)
    assert list((order.lake / "datos" / "ventas").iterdir()) == []


def test_too_little_memory_is_a_clear_error(source: Path, tmp_path: Path) -> None:
    order = order_of(source, tmp_path, limits=Limits(memory_bytes=150 * 1024**2))
    with pytest.raises(LoadError):
        load(order)
    assert list((order.lake / "datos" / "ventas").iterdir()) == []


def test_the_child_sees_no_secrets(monkeypatch: pytest.MonkeyPatch, source: Path, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "muy-secreto")
    seen: list[str] = []

    def look(_: Progress) -> None:
        seen.extend(str(child.environ()) for child in psutil.Process().children() if child.is_running())

    load(order_of(source, tmp_path), look)
    assert any(seen)
    assert not any("muy-secreto" in text for text in seen)


def test_the_parent_never_imports_the_engine() -> None:
    code = "import sys, data_loaders.load; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("victim", ["child", "parent"])
@pytest.mark.parametrize("delay", [0.02, 0.6, 1.0, 1.4])
def test_a_load_killed_at_any_moment_publishes_all_or_nothing(
    victim: str, delay: float, source: Path, tmp_path: Path
) -> None:
    order = order_of(source, tmp_path)
    parent = subprocess.Popen(
        [sys.executable, "-c", _CODE, str(source), str(order.lake)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    child = _child_of(parent)
    time.sleep(delay)
    family = [parent.pid, *([child.pid] if child else [])]
    target = parent.pid if victim == "parent" or child is None else child.pid
    if psutil.pid_exists(target):
        os.kill(target, signal.SIGKILL)
    parent.wait(60)
    _all_gone(family)
    for path in (order.lake / "datos" / "ventas").glob("[!.]*"):
        manifest = Lake(order.lake).manifest("datos", "ventas", path.name)
        assert isinstance(manifest, Manifest)
    assert load(order).report.tables[0].rows_kept == ROWS
    deadline = time.monotonic() + 10  # the last thread of a dead child may hold its lock for a moment more
    while left_over(order) and time.monotonic() < deadline:
        load(order)
    assert left_over(order) == []


_CODE = """
import sys
from pathlib import Path
from data_loaders.load import LoadOrder, load
from model.recipe import Recipe
load(LoadOrder("datos", "ventas", Path(sys.argv[1]), Recipe(), Path(sys.argv[2])))
"""

_COPY = """
import sys
from pathlib import Path
from data_loaders.lake import Lake
from data_loaders.load import Limits, complete
from model.version import TableRef
complete(Lake(Path(sys.argv[1])), TableRef(*sys.argv[2:]), Limits())
"""


def _child_of(parent: subprocess.Popen[bytes]) -> psutil.Process | None:
    watched = psutil.Process(parent.pid)
    while parent.poll() is None:
        if found := watched.children():
            return found[0]
        time.sleep(0.005)
    return None


def _all_gone(pids: list[int]) -> None:
    """Wait until the child has noticed that its parent died."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        alive = [p for p in pids if psutil.pid_exists(p) and psutil.Process(p).status() != psutil.STATUS_ZOMBIE]
        if not alive:
            return
        time.sleep(0.02)
    raise AssertionError("the ingest child outlived its parent")


def test_folders_in_use_are_not_swept_and_abandoned_ones_are(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as (folder, _):
        sweep(tmp_path)
        assert folder.is_dir()
        (tmp_path / ".carga-viejo-1").mkdir()
        (tmp_path / ".carga-viejo-1.en-uso").touch()
        sweep(tmp_path)
        assert [p.name for p in tmp_path.glob(".carga-viejo*")] == []
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A plain CSV that is large enough to go straight to Parquet."""
    path = tmp_path / "fuente" / "grande.csv"
    path.parent.mkdir()
    rows = (
        f"{('Colima', 'Jalisco', 'Sonora')[i % 3]},2024-01-{i % 28 + 1:02},{i * 7919 % 100_003}\n"
        for i in range(400_000)
    )
    path.write_text("estado,fecha,n\n" + "".join(rows))
    assert path.stat().st_size > LIMITS.careful_bytes
    return path


def test_a_large_plain_file_answers_before_its_native_copy_which_follows(large: Path, tmp_path: Path) -> None:
    order = order_of(large, tmp_path)
    manifest, lake = load(order), Lake(order.lake)
    ref = TableRef("datos", "ventas", manifest.version)
    assert manifest.tables[0].rows == 400_000
    assert manifest.tables[0].places == ("_entidad",)
    assert not lake.tables(ref).exists()
    assert load(order) == manifest
    before = {path.name for path in lake.tables(ref).parent.iterdir()}
    assert complete(lake, ref, USUAL)
    assert {path.name for path in lake.tables(ref).parent.iterdir()} == before | {NATIVE}
    with duckdb.connect(str(lake.tables(ref)), read_only=True) as con:
        copied = con.execute("SELECT count(*), sum(n), count(DISTINCT _entidad) FROM datos").fetchone()
    with duckdb.connect() as con:
        kept = f"SELECT count(*), sum(n), count(DISTINCT _entidad) FROM '{lake.parquet(ref)}'"
        assert con.execute(kept).fetchone() == copied
    assert not complete(lake, ref, USUAL)
    assert left_over(order) == []


def test_a_copy_that_fails_or_is_killed_leaves_the_version_as_it_was(large: Path, tmp_path: Path) -> None:
    order = order_of(large, tmp_path)
    manifest, lake = load(order), Lake(order.lake)
    ref = TableRef("datos", "ventas", manifest.version)
    with pytest.raises(LoadError):
        complete(lake, ref, Limits(seconds=0.05))

    arguments = [sys.executable, "-c", _COPY, str(order.lake), ref.dataset, ref.resource, ref.version]
    parent = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.DEVNULL)
    child = _child_of(parent)
    time.sleep(0.4)
    parent.kill()
    parent.wait(60)
    _all_gone([child.pid] if child else [])
    assert lake.manifest("datos", "ventas", manifest.version) == manifest
    assert complete(lake, ref, USUAL) or lake.tables(ref).is_file()
    sweep(lake.tables(ref).parent.parent)
    assert left_over(order) == []


def test_only_one_process_copies_a_version(large: Path, tmp_path: Path) -> None:
    order = order_of(large, tmp_path)
    manifest, lake = load(order), Lake(order.lake)
    ref = TableRef("datos", "ventas", manifest.version)
    with held_alone(lake.tables(ref).parent) as alone:
        assert alone
        assert not complete(lake, ref, USUAL)
    assert complete(lake, ref, USUAL)
