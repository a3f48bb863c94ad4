"""Archives made to harm: bombs, lies about sizes, names that leave their folder."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest

from data_loaders.archives import unpack
from data_loaders.archives.unpack import open_zip, write_gzip, write_member
from data_loaders.limits import LIMITS, MIB, FileLimits
from model.errors import LoadError
from tests.data_loaders.formats.reading import cells, only, read_bytes


def archive(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries:
            target.writestr(name, content)
    return out.getvalue()


def test_a1_a_zip_bomb_is_stopped_while_it_inflates(tmp_path: Path) -> None:
    path = tmp_path / "bomba.zip"
    path.write_bytes(archive(("datos.csv", b"0,0\n" * 2_000_000)))
    limits = FileLimits(ratio_from=MIB, inflated_ratio=200)
    with pytest.raises(LoadError, match="crece más de 200 veces"), open_zip(path, limits):
        pytest.fail("the bomb was opened")


def test_a1_a_gzip_bomb_is_stopped_while_it_inflates(tmp_path: Path) -> None:
    path, target = tmp_path / "bomba.csv.gz", tmp_path / "datos.csv"
    path.write_bytes(gzip.compress(b"0,0\n" * 4_000_000))
    with pytest.raises(LoadError, match="crece más de 200 veces"):
        write_gzip(path, target, FileLimits(ratio_from=MIB))
    assert target.stat().st_size <= 4 * MIB
    with pytest.raises(LoadError, match="GB al descomprimirse"):
        write_gzip(path, target, FileLimits(inflated_bytes=2 * MIB))


def test_a2_an_archive_inside_an_archive_is_not_read(tmp_path: Path) -> None:
    inner = archive(("datos.csv", b"a,b\n1,2\n"))
    with pytest.raises(LoadError, match="dentro de otro"):
        read_bytes(archive(("dentro.zip", inner)), "fuera.zip", tmp_path)
    with pytest.raises(LoadError, match="dentro de otro"):
        read_bytes(gzip.compress(inner), "fuera.zip.gz", tmp_path)


def test_a3_too_many_entries_are_refused_before_unpacking(tmp_path: Path) -> None:
    content = archive(*((f"{i}.csv", b"") for i in range(LIMITS.entries + 1)))
    with pytest.raises(LoadError, match=r"1,001 archivos; el límite es 1,000"):
        read_bytes(content, "muchos.zip", tmp_path)


def test_a4_overlapping_entries_are_refused(tmp_path: Path) -> None:
    content = archive(("a.csv", b"x,y\n" * 1000))
    directory = content.rindex(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    entry = content[directory:end]
    twice = entry + entry.replace(b"a.csv", b"b.csv")
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2, 2, len(twice), directory, 0)
    with pytest.raises(LoadError, match="encimados"):
        read_bytes(content[:directory] + twice + tail, "encimados.zip", tmp_path)


def test_a5_a_lying_size_does_not_get_past_the_count(tmp_path: Path) -> None:
    content = bytearray(archive(("datos.csv", b"0,0\n" * 1_000_000)))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 100)
    with pytest.raises(LoadError, match="dañado"):
        read_bytes(bytes(content), "miente.zip", tmp_path)


def test_a5_the_count_is_of_real_bytes(tmp_path: Path) -> None:
    path = tmp_path / "datos.zip"
    path.write_bytes(archive(("datos.csv", b"a,b\n" * 1000)))
    budget = unpack.Budget(path.stat().st_size, FileLimits(inflated_bytes=100))
    with open_zip(path) as (opened, (member,)), pytest.raises(LoadError, match="al descomprimirse"):
        write_member(opened, member, tmp_path / "salida.csv", budget)


@pytest.mark.parametrize("name", ["../fuera.csv", "/etc/fuera.csv", "a/../../fuera.csv", "C:\\fuera.csv", "..\\f.csv"])
def test_a6_names_that_leave_their_folder_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="sale de su carpeta"):
        read_bytes(archive((name, b"a,b\n1,2\n")), "ruta.zip", tmp_path)
    assert not list(tmp_path.rglob("fuera*"))


def test_a6_a_backslash_between_folders_is_harmless(tmp_path: Path) -> None:
    raw = read_bytes(archive(("datos\\uno.csv", b"a,b\n1,2\n")), "windows.zip", tmp_path)
    assert cells(only(raw)) == [("1", "2")]


def test_a7_a_symlink_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        info = zipfile.ZipInfo("datos.csv")
        info.external_attr = 0o120777 << 16
        target.writestr(info, "/etc/passwd")
    with pytest.raises(LoadError, match="enlace simbólico"):
        read_bytes(out.getvalue(), "enlace.zip", tmp_path)


def test_two_entries_of_one_name_and_a_password_are_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        double = archive(("a.csv", b"1"), ("a.csv", b"2"))
    with pytest.raises(LoadError, match="mismo nombre"):
        read_bytes(double, "doble.zip", tmp_path)
    locked = bytearray(archive(("a.csv", b"a,b\n")))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(LoadError, match="contraseña"):
        read_bytes(bytes(locked), "cerrado.zip", tmp_path)
