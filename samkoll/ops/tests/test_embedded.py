"""The embedded server: real servers, killed in every way that they are killed in real life."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from samkoll.ops import embedded
from samkoll.ops.embedded import account

PROJECT = Path(embedded.__file__).parents[3]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="bara root kan byta användare")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder for the module, below a closed parent, its path too long for a socket."""
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    folder = closed / ("a-long-name-" * 10) / "var"
    folder.mkdir(parents=True)
    yield folder
    assert not embedded.status(folder, "test").pid, "a test left its server running"


@pytest.fixture
def lease(var: Path) -> Iterator[embedded.Lease]:
    with embedded.ensure_running(var, "test") as held:
        yield held


def connect(var: Path, purpose: embedded.Purpose = "test", **other: Any) -> psycopg.Connection[Any]:
    given = embedded.dsn(var, purpose)
    words: dict[str, Any] = {"host": given["HOST"], "port": given["PORT"], "autocommit": True}
    words |= {"user": given["USER"], "password": given["PASSWORD"], "dbname": given["NAME"]}
    return psycopg.connect(**(words | other))


def pid(var: Path, purpose: embedded.Purpose = "test") -> int:
    found = embedded.status(var, purpose).pid
    assert found
    return found


def until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.01)


def user(var: Path, then: str = "sys.stdin.read()") -> subprocess.Popen[str]:
    """Another process that uses the server until its standard input ends."""
    code = f"""if True:
        import os, signal, sys
        from pathlib import Path
        from samkoll.ops import embedded
        lease = embedded.ensure_running(Path({str(var)!r}), "test")
        print("using", flush=True)
        {then}
    """
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), *filter(None, sys.path)])},
    )
    assert process.stdout
    assert process.stdout.readline() == "using\n"
    return process


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)
    assert process.returncode == 0


# --- starting, sharing, stopping ------------------------------------------------------------------


def test_the_server_stops_with_its_last_user_and_leaves_no_socket_folder(var):
    with embedded.ensure_running(var, "test"):
        first = pid(var)
        with embedded.ensure_running(var, "test"):
            assert pid(var) == first
        assert pid(var) == first
    assert embedded.status(var, "test").pid is None
    assert not Path(str(embedded.dsn(var, "test")["HOST"])).exists()


def test_two_processes_share_one_server_and_the_last_one_stops_it(var):
    with embedded.ensure_running(var, "test"):
        other, running = user(var), pid(var)
    assert pid(var) == running
    leave(other)
    assert embedded.status(var, "test").pid is None


def test_processes_that_start_at_the_same_time_make_one_server_and_one_password(tmp_path):
    code = "import sys; from pathlib import Path; from samkoll.ops import embedded as e\n"
    code += "v = Path(sys.argv[1]); d = e.dsn(v, 'test'); x = e.ensure_running(v, 'test')\n"
    code += "print(d['PASSWORD'], e.status(v, 'test').pid, flush=True); sys.stdin.read()"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(PROJECT), *sys.path])}
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(4)
    ]
    lines = {process.stdout.readline() for process in starters if process.stdout}
    assert len(lines) == 1
    for process in starters:
        leave(process)
    assert embedded.status(tmp_path, "test").pid is None


def test_a_forked_child_that_ends_first_does_not_stop_the_server(var):
    forks = "child = os.fork(); child or sys.exit(); os.waitpid(child, 0); sys.stdin.read()"
    parent = user(var, forks)
    with connect(var) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)
    leave(parent)
    assert embedded.status(var, "test").pid is None


def test_a_forked_child_that_ends_last_stops_the_server(var):
    forks = "os.fork() and os._exit(0); sys.stdin.read()"
    parent = user(var, forks)
    parent.wait(10)
    assert pid(var)
    parent.communicate()
    until(lambda: embedded.status(var, "test").pid is None)


def test_ctrl_c_at_the_terminal_does_not_reach_the_server(var, lease):
    assert os.getsid(pid(var)) != os.getsid(0)
    assert os.getpgid(pid(var)) != os.getpgid(0)


# --- after violence -------------------------------------------------------------------------------


def test_a_killed_user_leaves_the_server_to_the_next_one_who_stops_it(var):
    victim = user(var)
    running = pid(var)
    victim.kill()
    victim.communicate()
    assert pid(var) == running
    with embedded.ensure_running(var, "test"):
        assert pid(var) == running
    assert embedded.status(var, "test").pid is None


def test_a_killed_server_recovers_at_once_with_all_that_was_committed(tmp_path):
    running: embedded.Purpose = "development"
    with embedded.ensure_running(tmp_path, running), connect(tmp_path, running) as line:
        line.execute("CREATE TABLE kept AS SELECT 0 AS n")
    for attempt in range(1, 4):
        with (
            embedded.ensure_running(tmp_path, running),
            connect(tmp_path, running) as line,
            connect(tmp_path, running),
        ):
            line.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
            os.kill(pid(tmp_path, running), signal.SIGKILL)
            with embedded.ensure_running(tmp_path, running), connect(tmp_path, running) as again:
                found = again.execute("SELECT count(*), sum(n) FROM kept").fetchone()
        assert found == (1 + 1000 * attempt, 500500 * attempt)


def test_another_process_restarts_what_was_killed_while_its_starter_keeps_a_zombie(var):
    starter = user(var)
    os.kill(pid(var), signal.SIGKILL)
    with embedded.ensure_running(var, "test"), connect(var) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)
    leave(starter)


def test_a_pid_file_with_the_number_of_somebody_else_means_nothing(var):
    with embedded.ensure_running(var, "test"):
        file = var / "postgres-test" / "data" / "postmaster.pid"
        lines = file.read_text().splitlines()
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with embedded.ensure_running(var, "test"):
        assert pid(var) != os.getpid()


def test_half_of_a_data_folder_from_an_interrupted_first_start_is_thrown_away(tmp_path):
    half = tmp_path / "postgres-test" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with embedded.ensure_running(tmp_path, "test"), connect(tmp_path) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)


def test_whoever_waits_for_the_server_hears_about_it(var, monkeypatch):
    monkeypatch.setattr("samkoll.ops.embedded.waiting._TELL_EVERY", 0)
    heard: list[str] = []
    with embedded.ensure_running(var, "test", say=heard.append):
        assert heard
        assert all(sentence.startswith("Databasen") for sentence in heard)


# --- who may, and what ----------------------------------------------------------------------------


def test_the_role_is_plain_and_owns_its_database(var, lease):
    asked = """SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls, rolcreatedb,
        pg_get_userbyid(datdba), datlocprovider, datlocale, current_setting('data_checksums')
        FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()"""
    with connect(var) as line:
        found = line.execute(asked).fetchone()
    assert found == (False, False, False, False, True, "samkoll", "b", "C.UTF-8", "on")


@pytest.mark.parametrize(
    "other",
    [{"password": "wrong"}, {"password": ""}, {"user": "postgres"}, {"user": "root"}],
    ids=["wrong password", "no password", "superuser", "root"],
)
def test_nobody_gets_in_without_the_role_and_its_password(var, lease, other):
    with pytest.raises(
        psycopg.OperationalError, match=r"authentication failed|no pg_hba|no password"
    ):
        connect(var, **other)


def test_the_server_listens_on_no_network_and_its_files_are_closed(var, lease):
    with connect(var) as line:
        assert line.execute("SHOW listen_addresses").fetchone() == ("",)
    own = var / "postgres-test"
    closed = [Path(str(embedded.dsn(var, "test")["HOST"])), own / "data"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in closed] == [0o700, 0o700]
    secret = [own / name for name in ("password", "log", "lease.lock")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}
    assert len(str(closed[0])) < 90
    assert own.stat().st_uid == os.geteuid()


def test_folders_above_keep_their_mode(var, lease):
    assert stat.S_IMODE(var.parents[1].stat().st_mode) == 0o700


@as_root
def test_the_server_has_a_user_of_its_own(var, lease):
    owner = (var / "postgres-test" / "data").stat().st_uid
    assert owner == Path(f"/proc/{pid(var)}").stat().st_uid
    assert owner not in (0, 65534)


@as_root
def test_another_user_of_the_machine_does_not_reach_the_socket(var, lease):
    given = embedded.dsn(var, "test")
    program = embedded.binaries() / "psql"
    words = ["-h", str(given["HOST"]), "-U", "samkoll", "-c", "SELECT 1", "samkoll"]
    env = {"PGPASSWORD": str(given["PASSWORD"])}
    right = subprocess.run([program, *words], env=env, capture_output=True, text=True, check=False)
    assert right.returncode == 0
    wrong = subprocess.run(
        [program, *words],
        env=env,
        capture_output=True,
        text=True,
        user=65534,
        group=65534,
        check=False,
    )
    assert "Permission denied" in wrong.stderr


@as_root
def test_a_folder_of_somebody_else_is_refused_with_the_way_out(var, tmp_path):
    embedded.dsn(tmp_path, "test")
    for folder in (var, tmp_path):  # one that cannot be entered, one that can
        os.seteuid(65534)
        try:
            with pytest.raises(embedded.NotPossible, match="SAMKOLL_VAR"):
                embedded.dsn(folder, "test")
        finally:
            os.seteuid(0)


@as_root
def test_programs_below_a_closed_folder_are_run_from_a_copy(tmp_path, monkeypatch):
    original = embedded.binaries()
    packages = original.parents[2]
    for part in (original.parent, *packages.glob(f"{original.parents[1].name}.libs")):
        shutil.copytree(part, tmp_path / part.relative_to(packages), symlinks=True)
    hidden = tmp_path / original.relative_to(packages)
    monkeypatch.setattr(account, "binaries", lambda: hidden)
    with tempfile.TemporaryDirectory(dir="/tmp") as cache:
        Path(cache).chmod(0o755)
        monkeypatch.setattr(account, "CACHE", Path(cache))
        with embedded.ensure_running(tmp_path, "test"), connect(tmp_path) as line:
            assert line.execute("SELECT 1").fetchone() == (1,)
            program = Path(f"/proc/{pid(tmp_path)}/exe").resolve()
        assert program.is_relative_to(cache)
        assert stat.S_IMODE(program.stat().st_mode) == 0o755
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


@as_root
def test_data_copied_by_root_is_taken_over_by_the_servers_user(var):
    data = var / "postgres-test" / "data"
    with embedded.ensure_running(var, "test"):
        owner = data.stat().st_uid
    for path in (data, *data.rglob("*")):
        os.chown(path, 0, 0, follow_symlinks=False)
    data.chmod(0o755)
    with embedded.ensure_running(var, "test"), connect(var) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)
    assert {path.stat().st_uid for path in (data, *data.rglob("*"))} == {owner}


def test_a_socket_folder_that_is_open_to_others_is_refused(var):
    folder = Path(str(embedded.dsn(var, "test")["HOST"]))
    folder.mkdir()
    folder.chmod(0o777)
    try:
        with pytest.raises(embedded.NotPossible, match="gjord av någon annan"):
            embedded.ensure_running(var, "test")
    finally:
        folder.rmdir()


def test_a_socket_folder_that_is_a_link_is_refused(var, tmp_path):
    folder = Path(str(embedded.dsn(var, "test")["HOST"]))
    folder.symlink_to(tmp_path)
    try:
        with pytest.raises(embedded.NotPossible, match="gjord av någon annan"):
            embedded.ensure_running(var, "test")
    finally:
        folder.unlink()


def test_a_lost_password_is_replaced_at_the_next_start(var):
    with embedded.ensure_running(var, "test"):
        before = embedded.dsn(var, "test")["PASSWORD"]
    (var / "postgres-test" / "password").unlink()
    with embedded.ensure_running(var, "test"), connect(var) as line:
        assert line.execute("SELECT 1").fetchone() == (1,)
    assert embedded.dsn(var, "test")["PASSWORD"] != before


def test_only_tests_run_without_safety_and_on_data_of_their_own(tmp_path, var, lease):
    with connect(var) as line:
        assert line.execute("SHOW fsync").fetchone() == ("off",)
    assert embedded.dsn(tmp_path, "demo") == embedded.dsn(tmp_path, "development")
    assert embedded.dsn(tmp_path, "demo") != embedded.dsn(tmp_path, "test")
    with (
        embedded.ensure_running(tmp_path, "development"),
        connect(tmp_path, "development") as line,
    ):
        assert line.execute("SHOW fsync").fetchone() == ("on",)
        assert line.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_production_is_refused(tmp_path):
    wrong: Any = "production"
    with pytest.raises(embedded.NotForThis, match="DATABASE_URL"):
        embedded.dsn(tmp_path, wrong)


def test_data_of_another_version_is_refused_and_left_alone(var):
    with embedded.ensure_running(var, "test"):
        version = var / "postgres-test" / "data" / "PG_VERSION"
    version.write_text("17\n")
    try:
        with pytest.raises(embedded.NotPossible, match="PostgreSQL 17"):
            embedded.ensure_running(var, "test")
    finally:
        version.write_text("18\n")


def test_looking_changes_nothing(tmp_path):
    assert not embedded.status(tmp_path, "test").ready
    assert list(tmp_path.iterdir()) == []


def test_the_programs_are_those_of_the_servers_version():
    shown = subprocess.check_output([embedded.binaries() / "pg_dump", "--version"], text=True)
    assert "PostgreSQL) 18" in shown
