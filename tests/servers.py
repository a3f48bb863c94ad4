"""Real servers for tests: a throw-away PostgreSQL cluster."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

OWNER = "ventanilla"
INSTALL = "PostgreSQL's server is not installed; the tests need it: apt-get install postgresql (or run `make test`)"
START_SECONDS = 60


def postgres_folder() -> Path:
    """The folder that holds `initdb` and `postgres`, the newest version first. RuntimeError says how to install it."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    found = [p.parent for p in packaged] + ([Path(on_path).resolve().parent] if on_path else [])
    if not found:
        raise RuntimeError(INSTALL)
    return found[0]


@dataclass
class PostgresServer:
    """A cluster of its own in a temporary folder, reached by a Unix socket only."""

    folder: Path
    process: subprocess.Popen[bytes]
    durable: bool = False

    @classmethod
    def start(cls, durable: bool = False) -> PostgresServer:
        """Make a cluster and wait until it answers; a `durable` one waits for the disk at each commit."""
        user = _unprivileged()
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        if user is not None:
            shutil.chown(folder, user)
        options = ["-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        made = [str(postgres_folder() / "initdb"), "-D", str(folder / "data"), *options]
        subprocess.run(made, user=user, cwd=folder, check=True, capture_output=True)
        server = cls(folder, _serve(folder, durable), durable)
        server.wait()
        return server

    def halt(self) -> None:
        """Stop serving, as in a crash of the machine that it runs on."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)

    def resume(self) -> None:
        """Serve again what was there."""
        self.process = _serve(self.folder, self.durable)
        self.wait()

    def wait(self) -> None:
        """Return once the server answers; RuntimeError with its log if it does not."""
        for _ in range(START_SECONDS * 10):
            try:
                psycopg.connect(self.conninfo("postgres")).close()
            except psycopg.OperationalError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text(errors="replace"))

    def conninfo(self, database: str) -> str:
        return f"host={self.folder} user={OWNER} dbname={database}"

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of its databases."""
        return f"postgresql+psycopg://{OWNER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template0") -> str:
        """Make a database, empty or as a copy; its URL."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        with psycopg.connect(self.conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _serve(folder: Path, durable: bool) -> subprocess.Popen[bytes]:
    settings = ("listen_addresses=", f"fsync={'on' if durable else 'off'}", "max_connections=100")
    options = ["-k", str(folder), *(part for setting in settings for part in ("-c", setting))]
    command = [str(postgres_folder() / "postgres"), "-D", str(folder / "data"), *options]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, user=_unprivileged(), cwd=folder, stdout=log, stderr=log)


def _unprivileged() -> str | None:
    """The user to run PostgreSQL as, which refuses to run as root; None: as we are."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@dataclass
class RedisServer:
    """A Redis of its own in a temporary folder, reached by a Unix socket only."""

    folder: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls) -> RedisServer:
        """Start it and wait until its socket is there."""
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("redis-server is not installed; the tests need it: apt-get install redis-server")
        folder = Path(tempfile.mkdtemp(prefix="redis"))
        options = ["--port", "0", "--unixsocket", str(folder / "socket"), "--save", "", "--dir", str(folder)]
        server = cls(folder, subprocess.Popen([program, *options], stdout=subprocess.DEVNULL))
        for _ in range(START_SECONDS * 10):
            if (folder / "socket").exists():
                return server
            time.sleep(0.1)
        raise RuntimeError("redis-server did not start")

    @property
    def url(self) -> str:
        return f"unix://{self.folder / 'socket'}"

    def stop(self) -> None:
        """Stop it and remove what it wrote."""
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
