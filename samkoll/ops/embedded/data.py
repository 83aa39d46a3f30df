"""The data folder: made whole or not at all, and put right before every start."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
from pathlib import Path

from samkoll.ops.embedded.account import VERSION
from samkoll.ops.embedded.cluster import Cluster
from samkoll.ops.embedded.locks import Lock
from samkoll.ops.embedded.place import DATABASE, ROLE, NotPossible

# The superuser has no line, hence no way in, neither by password nor by account.
_HBA = f"# Samkoll, see docs/adr/0010\nlocal all {ROLE} scram-sha-256\n"
_MARK = "samkoll-password.sha256"  # which password the role has


def create(cluster: Cluster, guard: Lock) -> None:
    """A new data folder with role and database; a crash on the way leaves no half of one.

    Raises: DidNotStart.
    """
    place, who = cluster.place, cluster.who
    fresh = place.root / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(0o700)
    if who.switch:
        os.chown(fresh, who.uid, who.gid)
    options = ["--username=postgres", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
    options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options += ["--auth-local=peer", "--auth-host=reject"]  # until _HBA takes their place
    options += ["--no-sync"] if place.purpose == "test" else []
    cluster.run("initdb", fresh, *options, guard=guard)
    (fresh / "pg_hba.conf").write_text(_HBA)
    _as_superuser(
        cluster,
        fresh,
        guard,
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{place.password()}';\n"
        f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n",
    )
    (fresh / _MARK).write_text(_digest(cluster))
    fresh.rename(place.data)


def mend(cluster: Cluster, guard: Lock) -> None:
    """Owner, mode, version and password as they must be. ``guard`` proves that no server runs.

    Raises: NotPossible.
    """
    data = cluster.place.data
    _own(cluster)
    version = data / "PG_VERSION"
    found = version.read_text().strip() if version.exists() else "(okänd version)"
    if found != VERSION:
        raise NotPossible(
            f"Mappen {data} är gjord av PostgreSQL {found}, inte {VERSION}. "
            "Flytta undan den, eller ange en annan mapp med SAMKOLL_VAR."
        )
    # postgres would take a zombie's or a reused pid in it for a living server, and refuse to start
    (data / "postmaster.pid").unlink(missing_ok=True)
    mark = data / _MARK
    if not mark.exists() or mark.read_text() != _digest(cluster):
        command = f"ALTER ROLE {ROLE} PASSWORD '{cluster.place.password()}';\n"
        _as_superuser(cluster, data, guard, command)
        mark.write_text(_digest(cluster))


def _own(cluster: Cluster) -> None:
    """Copied by root, or from a container that knew our user by another number: take it over."""
    data, who = cluster.place.data, cluster.who
    owner = data.stat().st_uid
    if owner != who.uid:
        if not who.switch or (owner != 0 and _has_account(owner)):
            raise NotPossible(
                f"Databasen i {data} tillhör en annan användare. "
                "Kör som den användaren, eller ange en annan mapp med SAMKOLL_VAR."
            )
        for _path, folders, files, handle in os.fwalk(data):
            for name in (*folders, *files):
                os.chown(name, who.uid, who.gid, dir_fd=handle, follow_symlinks=False)
        os.chown(data, who.uid, who.gid)
    data.chmod(0o700)


def _has_account(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _as_superuser(cluster: Cluster, data: Path, guard: Lock, commands: str) -> None:
    """Without any server, thus without any login: PostgreSQL's single-user mode."""
    words = ["--single", "-c", "exit_on_error=on", "postgres"]
    cluster.run("postgres", data, *words, guard=guard, text=commands)


def _digest(cluster: Cluster) -> str:
    """A plain hash is safe: the password is 256 random bits."""
    return hashlib.sha256(cluster.place.password().encode()).hexdigest()
