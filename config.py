"""Settings, read once from the environment."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from model.errors import PortalError

ROOT = Path(__file__).parent
SHORTEST_SECRET = 32
TERMS = ("habiles", "naturales")


class InvalidSettings(PortalError):
    """A setting that the server refuses to start with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting; `docs/settings.md` explains each. Folders are absolute paths."""

    catalog: Path = ROOT / "catalog"
    overlay: Path | None = None
    territories: Path | None = None
    var: Path = ROOT / "var"
    cache: Path = ROOT / "cache"
    database_url: str = ""
    redis_url: str = ""
    secret_key: str = ""
    host: str = "127.0.0.1"
    port: int = 8050
    base_url: str = ""
    production: bool = False
    proxies: int = 0
    workers: int = 2
    engine: str = "duckdb"
    query_seconds: float = 10.0
    query_memory: str = "2GB"
    query_threads: int = 2
    cache_bytes: int = 512 * 1024 * 1024
    ingest_seconds: int = 1800
    reharvest_minutes: float = 10.0
    ingest_memory_bytes: int = 6 * 1024**3
    ingest_file_bytes: int = 20 * 1024**3
    export_rows: int = 1_000_000
    plazo: int = 30
    plazo_tipo: str = "habiles"
    legal_text: Path | None = None
    limit_factor: float = 1.0
    form_seconds: float = 3.0
    form_links: int = 3
    words: Path | None = None
    session_idle_minutes: int = 60
    session_hours: int = 12
    smtp_url: str = ""
    mail_from: str = ""
    mail_operator: str = ""

    @property
    def lake(self) -> Path:
        """The folder of versions."""
        return self.var / "lake"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the store; SQLite under `var` by default."""
        return self.database_url or f"sqlite:///{self.var / 'ventanilla.sqlite'}"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from environment variables named as the fields, in capitals.

    Raises InvalidSettings for a value of the wrong kind, or a missing or short SECRET_KEY in production.
    """
    given: dict[str, object] = {}
    for name, default in _defaults().items():
        text = environment.get(name.upper(), "").strip()
        if text:
            given[name] = _convert(name, text, default)
    settings = Settings(**given)  # type: ignore[arg-type]
    if settings.plazo_tipo not in TERMS:
        raise InvalidSettings(f"PLAZO_TIPO={settings.plazo_tipo!r}: there is {', '.join(TERMS)}")
    if settings.smtp_url and "@" not in settings.mail_from:
        raise InvalidSettings("SMTP_URL needs MAIL_FROM, the address that mails come from")
    if settings.smtp_url and not settings.smtp_url.startswith(("smtp://", "smtps://")):
        raise InvalidSettings("SMTP_URL must be smtp://host:port or smtps://host:port")
    if settings.production and len(settings.secret_key) < SHORTEST_SECRET:
        raise InvalidSettings(
            f"SECRET_KEY must have at least {SHORTEST_SECRET} characters in production; "
            "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return settings


def local_secret(var: Path) -> str:
    """The secret of a machine that was given none: made at random on first use, kept in `var/secret`."""
    path = var / "secret"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        _keep_first(path, secrets.token_urlsafe(48))
    return path.read_text()


def _keep_first(path: Path, text: str) -> None:
    """Make the file whole in one step; of processes that do so at the same time, the first one's stays."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.unlink(name)


def _defaults() -> dict[str, object]:
    blank = Settings()
    return {name: getattr(blank, name) for name in Settings.__slots__}


def _convert(name: str, text: str, default: object) -> object:
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "0": False, "false": False}[text.lower()]
        if isinstance(default, (int, float)):
            return type(default)(text)
    except (KeyError, ValueError):
        raise InvalidSettings(f"{name.upper()}={text!r} is not a {type(default).__name__}") from None
    if isinstance(default, Path) or name in ("overlay", "territories", "words", "legal_text"):
        return Path(text).expanduser().resolve()
    return text
