"""A dump into the database, in one transaction that also empties it first and counts afterwards."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from django.db import connection

from samkoll.ops import programs
from samkoll.ops.archive.layout import PIECE
from samkoll.ops.progress import Tick

# Everything of an empty installation goes; the schema itself stays, for it may not be ours.
_EMPTY = """
BEGIN;
SET LOCAL lock_timeout = '10s';
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT c.oid::regclass AS name, c.relkind AS kind FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE',
      CASE one.kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
      one.name);
  END LOOP;
  FOR one IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
  LOOP EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (
      SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', one.name); END LOOP;
  FOR one IN SELECT t.oid::regtype AS name FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace = 'public'::regnamespace
    AND (t.typtype IN ('e', 'd') OR c.relkind = 'c')
  LOOP EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', one.name); END LOOP;
END $$;
"""


def load(dump: Path, counts: dict[str, int], folder: Path, tick: Tick) -> None:
    """Replace what is in the database with the dump, if every table gets its number of rows.

    The commit is only sent when the whole dump has been read without a fault.

    Raises: ProgramFailed; then the database is as it was.
    """
    where, environment = programs.login()
    # --schema: what lies in the schema, not the schema itself, which is there
    read = [str(folder / "pg_restore"), "--file=-", "--schema=public", "--no-owner", "--no-acl"]
    read.append(str(dump))
    write = [str(folder / "psql"), "-XqAt", "--no-password", "--set=ON_ERROR_STOP=1", where]
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as read_errors:
        reader = subprocess.Popen(read, stdout=subprocess.PIPE, stderr=read_errors, env=environment)
        writer = subprocess.Popen(
            write,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=environment,
        )
        with reader, writer:
            assert reader.stdout and writer.stdin
            with contextlib.suppress(BrokenPipeError):  # psql has ended and says why
                writer.stdin.write(_EMPTY.encode())
                _copy(reader.stdout, writer.stdin, tick)
                if reader.wait() == 0:
                    writer.stdin.write(f"{_counted(counts)}\nCOMMIT;\n".encode())
                writer.stdin.flush()
            with contextlib.suppress(BrokenPipeError):
                writer.stdin.close()
        if reader.returncode and writer.returncode == 0:
            raise programs.failed("pg_restore", _text(read_errors))
        if writer.returncode:
            raise programs.failed("psql", _text(errors))


def _copy(source: IO[bytes], target: IO[bytes], tick: Tick) -> None:
    while piece := source.read(PIECE):
        target.write(piece)
        tick(len(piece))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _counted(counts: dict[str, int]) -> str:
    """SQL that stops the transaction if a table has not the rows that the backup counted."""
    tests = "\n".join(
        f"IF (SELECT count(*) FROM public.{connection.ops.quote_name(table)}) <> {rows} THEN "
        f"RAISE EXCEPTION 'fel antal rader i {table}'; END IF;"
        for table, rows in counts.items()
    )
    return f"DO $$ BEGIN\n{tests}\nNULL; END $$;"
