"""Start, join and stop the server of a cluster; always under the start lock (``lease``)."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess

from samkoll.ops.embedded import data
from samkoll.ops.embedded.cluster import Cluster, DidNotStart
from samkoll.ops.embedded.locks import Lock
from samkoll.ops.embedded.place import PORT, NotPossible, Say, tell
from samkoll.ops.embedded.waiting import Progress

_SETTINGS = {
    "listen_addresses": "",  # explicit: the default also takes localhost:5432
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "cluster_name": "samkoll",
}
# Tests can be repeated; losing their data in a power cut costs nothing.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_STOP_WITHIN = 60.0  # seconds; a fast stop writes at most the 256 MB of shared_buffers
_UNREACHABLE_AFTER = 5.0  # seconds

# Children that we started: kept so that they can be reaped and Python does not warn about them.
_children: list[subprocess.Popen[bytes]] = []


def ensure(cluster: Cluster, say: Say) -> None:
    """Join the server that lives, whatever state it is in, or start one; then it is ready.

    Raises: DidNotStart, NotPossible.
    """
    progress = Progress("Databasen återställer sig efter ett avbrott", say)
    with cluster.lock() as guard:
        while not guard.exclusive():  # its processes live: up, starting, or dying
            if cluster.ready():
                return
            if progress.seconds > _UNREACHABLE_AFTER and _out_of_reach(cluster):
                raise NotPossible(
                    f"Databasen i {cluster.place.data} körs redan men nås inte härifrån "
                    f"({cluster.socket_folder} saknas). Avsluta programmen som använder den."
                )
            progress.step()
        if not cluster.place.data.exists():
            data.create(cluster, guard)
        data.mend(cluster, guard)
        _start(cluster, guard, say)


def stop(cluster: Cluster) -> None:
    """A fast stop (open connections are ended). Does nothing if no server is within reach."""
    pid = cluster.pid()
    if pid is None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)  # SIGTERM would wait for every connection to end
    with cluster.lock() as guard:
        gone = guard.wait("Databasen stannar", tell, within=_STOP_WITHIN)
    for child in _children:
        child.poll()
    if gone:
        with contextlib.suppress(OSError):
            cluster.socket_folder.rmdir()


def _start(cluster: Cluster, guard: Lock, say: Say) -> None:
    """Wait until it takes connections, as long as it lives, however long its recovery is."""
    _make_socket_folder(cluster)
    process = _launch(cluster, guard)
    progress = Progress("Databasen återställer sig efter ett avbrott", say)
    while not cluster.ready():
        if process.poll() is not None:
            raise DidNotStart(f"Databasen startade inte. Orsaken står i {cluster.place.log}.")
        progress.step()


def _launch(cluster: Cluster, guard: Lock) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | (_FAST if cluster.place.purpose == "test" else {})
    words = ["-k", str(cluster.socket_folder), *(f"--{k}={v}" for k, v in settings.items())]
    with cluster.open_log() as log, cluster.who.opened(cluster.place.data) as (path, handles):
        process = subprocess.Popen(
            [str(cluster.bin / "postgres"), "-D", path, *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C at the terminal ends us, and only then the server
            pass_fds=(*handles, guard.handle),
            **cluster.who.popen(),
        )
    _children.append(process)
    return process


def _out_of_reach(cluster: Cluster) -> bool:
    """It says that it is up, but its socket is not here (removed, or in another container)."""
    try:
        lines = (cluster.place.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return lines[-1:] == ["ready   "] and not cluster.socket.exists()


def _make_socket_folder(cluster: Cluster) -> None:
    """Empty, 0700 and the server's own; one that is not ours is refused, whoever made it."""
    folder, who = cluster.socket_folder, cluster.who
    refused = NotPossible(
        f"Mappen {folder} är gjord av någon annan eller öppen för andra. "
        "Ta reda på varför, ta bort den och försök igen."
    )
    with contextlib.suppress(FileExistsError):
        folder.mkdir(0o700)
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        raise refused from None
    try:
        found = os.fstat(handle)
        if found.st_uid not in (os.geteuid(), who.uid) or stat.S_IMODE(found.st_mode) & 0o77:
            raise refused
        for left in os.listdir(handle):  # a killed server's lock file, like its pid file, may
            os.unlink(left, dir_fd=handle)  # name a zombie, for which postgres would stand back
        if who.switch:
            os.fchown(handle, who.uid, who.gid)
    finally:
        os.close(handle)
