"""Encodings: the right accents, no damage of our own, and mixtures said."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.text.encoding import Text, as_utf8, decode_head, guess
from data_loaders.text.scan import scan, valid_utf8
from model.errors import LoadError

SPANISH = "clave,nombre\n01,Ñuñoa «Á» — “AQUÍ” 5 €\n02,Cañón del Sumidero\n"


def through(content: bytes, tmp_path: Path, declared: str = "") -> tuple[str, Text]:
    path = tmp_path / "fuente.csv"
    path.write_bytes(content)
    text = as_utf8(path, tmp_path / "copia.csv", declared)
    return text.path.read_bytes().decode("utf-8-sig"), text


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "windows-1252"),
    ],
)
def test_accents_survive_each_encoding(codec: str, name: str, tmp_path: Path) -> None:
    got, text = through(SPANISH.encode(codec), tmp_path)
    assert got == SPANISH
    assert text.encoding == name


def test_utf8_is_read_in_place(tmp_path: Path) -> None:
    _, text = through(SPANISH.encode(), tmp_path)
    assert text.path == tmp_path / "fuente.csv"


@pytest.mark.parametrize("codec", ["cp850", "mac_roman"])
def test_old_code_pages_are_told_by_the_letters_of_spanish(codec: str, tmp_path: Path) -> None:
    plain = "clave,nombre\n01,Ñuñoa\n02,Cañón\n03,México\n04,Yucatán\n05,Querétaro\n06,Michoacán de Ocampo\n"
    got, text = through(plain.encode(codec), tmp_path)
    assert got == plain
    assert text.encoding != "windows-1252"


def test_mixed_lines_are_each_read_as_what_they_are_and_counted(tmp_path: Path) -> None:
    lines = ["01,México".encode(), "02,Cañón".encode("cp1252"), b"03,Colima", "04,Yucatán".encode()]
    got, text = through(b"a,b\n" + b"\n".join(lines) + b"\n", tmp_path)
    assert got == "a,b\n01,México\n02,Cañón\n03,Colima\n04,Yucatán\n"
    assert text.notes[0].startswith("El archivo mezcla codificaciones: 1 de sus líneas")


def test_a_line_of_both_encodings_keeps_every_letter(tmp_path: Path) -> None:
    line = "01,México,".encode() + "Cañón".encode("cp1252")
    got, _ = through(b"a,b,c\n" + line + "\n02,Querétaro,á\n".encode(), tmp_path)
    assert got.splitlines()[1] == "01,México,Cañón"
    assert "Ã" not in got
    assert "�" not in got


def test_damage_that_the_source_brought_stays_as_it_is(tmp_path: Path) -> None:
    got, _ = through("a,b\n1,Jos� Peña\n".encode(), tmp_path)
    assert got == "a,b\n1,Jos� Peña\n"


def test_a_declared_encoding_is_obeyed_or_refused(tmp_path: Path) -> None:
    got, text = through("a\n¢\n".encode("cp850"), tmp_path, "cp850")
    assert got == "a\n¢\n"
    assert text.encoding == "cp850"
    got, _ = through("a\n“Ñ”\n".encode("cp1252"), tmp_path, "latin-1")
    assert got == "a\n“Ñ”\n"
    with pytest.raises(LoadError, match="no existe"):
        through(b"a\n", tmp_path, "klingon")
    with pytest.raises(LoadError, match="no se puede leer como utf-8"):
        through(b"a\n\xf1\n", tmp_path, "utf-8")


def test_half_a_utf16_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="utf-16"):
        through("a,b\n1,ñ\n".encode("utf-16") + b"\x00", tmp_path)


def test_a_head_cut_inside_a_character_is_still_utf8() -> None:
    head = "a,ñ".encode()[:-1]
    assert guess(head) == "utf-8"
    assert decode_head(head) == "a,"


def test_arrow_and_python_agree_on_what_is_utf8() -> None:
    for data in (b"abc", "ñ€😀".encode(), b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"a\xffb", b""):
        try:
            data.decode("utf-8")
            sound = True
        except UnicodeDecodeError:
            sound = False
        assert valid_utf8(data) is sound


@pytest.mark.parametrize(
    ("content", "flag"),
    [
        (b"a,b\n1,2\n\n3,4\n", "blank"),
        (b"\na,b\n1,2\n", "blank"),
        (b"a,b\n1,2\r3,4\n", "mixed"),
        (b"a,b\r\n1,2\r\n\r\n3,4\r\n", "blank"),
        (b"a,b\n1,2\r\n3,4\n", "mixed"),
        (b"a,b\n1,\x00\n3,4\n", "nul"),
        (b"a,b\n1,2\na,b\n3,4\n", "found"),
    ],
)
def test_the_scan_sees_what_must_be_read_with_care(content: bytes, flag: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    seen = scan(path, (b"a,b",))
    assert getattr(seen, flag)
    assert not seen.sound


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_scan_passes_a_sound_file_whose_last_line_has_no_end(end: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("a,ñ".encode() + end + (b"1,2" + end) * 700_000 + b"3,4")
    assert scan(path, ("a,ñ".encode(),)).sound


@pytest.mark.parametrize(
    ("text", "quoted", "loose"),
    [
        ("a,b\n1,2\n", False, False),
        ('"a","b"\r\n"1, 2","dijo ""sí""\ny se fue"\r\n"",""""\r\n', True, False),
        ('\ufeff"a",b\n1,2', True, False),
        ('a,b\n1,"2"', True, False),
        ('a,b\n1,x"y\n2,z"w\n', True, True),
        ('a,b\n"1"x,2\n', True, True),
        ('a,b\n"1,2\n', True, True),
        ('a,b\n1, "2"\n', True, True),
    ],
)
def test_quotes_that_stand_where_none_should_are_told(text: str, quoted: bool, loose: bool, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    seen = scan(path)
    assert (seen.quoted, seen.loose) == (quoted, loose)


def test_a_quoted_cell_may_go_on_from_one_piece_of_a_file_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + ('1,"' + "línea\n" * 200_000 + '"\n') * 2)
    assert not scan(path).loose
    path.write_text("a,b\n" + ('1,"' + "línea\n" * 200_000 + '"\n') * 2 + '3,x"\n')
    assert scan(path).loose
