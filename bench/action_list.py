"""The list of 10,000 actions over 110 units, through gunicorn (3 workers), and the same as files.

Ours is the time of one request while four clients ask without pause: 0.0227 s is 44 requests a
second. Each case first asks as every role and stops when any page costs more than twelve queries.
The alternative is CISO Assistant, measured once with the same data and workers (see
``../shared/design/peers.md``, section 5); its PDF is an action plan of 100 actions, ours too.
"""

from __future__ import annotations

import hashlib
import http.client
import subprocess
import sys
import threading
import time
from datetime import date, timedelta
from pathlib import Path

from bench import installation

CASE = "action_list"
SIZES = {
    "first page": {"what": "first"},
    "last page": {"what": "last"},
    "search": {"what": "search"},
    "sees one unit": {"what": "narrow"},
    "XLSX, 10,000 rows": {"what": "xlsx"},
    "CSV, 10,000 rows": {"what": "csv"},
    "PDF, 100 actions": {"what": "pdf"},
}
GOALS = {
    "first page": "0.0227 s",
    "last page": "1.5 x first page",
    "search": "1.5 x first page",
    "sees one unit": "0.0227 s",
    "XLSX, 10,000 rows": "2 s",
}
PEER = {
    "first": 1 / 2.2,
    "last": 1 / 1.1,
    "search": 1 / 2.2,
    "narrow": 1 / 4.1,
    "xlsx": 39.0,
    "csv": 34.0,
    "pdf": 11.3,
}
"""Seconds; first and last page, search: its lists seen by somebody who sees everything."""
ACTIONS, UNITS = 10_000, 110
CLIENTS, WORKERS, SECONDS = 4, 3, 10.0
MOST_QUERIES = 12
PATHS = {
    "first": "/atgarder/?status=alla",
    "last": "/atgarder/?status=alla&sida=200",
    "search": "/atgarder/?status=alla&q=buller&ordning=traff",
    "narrow": "/atgarder/?status=alla",
    "xlsx": "/atgarder/?status=alla&format=xlsx",
    "csv": "/atgarder/?status=alla&format=csv",
    "pdf": "/atgarder/?status=alla&q=hundratal&format=pdf",
}
ROLES = {
    "everything": ("auditor", "EXK"),
    "strategist": ("hr_strategist", "EXK"),
    "director": ("director", "A0"),
    "manager": ("manager", "U0"),
    "employee": ("employee", "U1"),
    "nothing": ("board_member", "A1"),
}
THINGS = ("buller", "kemikalier", "hot och våld", "ensamarbete", "hög arbetsbelastning", "lyft")


def _folder() -> Path:
    """One for each shape of the database: a changed migration begins anew."""
    root = Path(__file__).parents[1] / "samkoll"
    files = sorted(root.glob("*/migrations/*.py"))
    shape = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
    return installation.FOLDER / f"actions-{shape}"


def _boot() -> None:
    installation.FOLDER.mkdir(exist_ok=True)
    installation.use(_folder())
    from samkoll.project.boot import boot

    boot()


def prepare(what: str) -> None:
    """Build the installation once."""
    _boot()
    from django.core.management import call_command
    from django.db import connection, transaction

    from samkoll.actions.models import Action

    call_command("migrate", interactive=False, verbosity=0)
    if not Action.objects.exists():
        with transaction.atomic():
            installation.organisation()
            _add_people()
            _add_actions()
        connection.cursor().execute("VACUUM ANALYZE")


def _add_people() -> None:
    from samkoll.accounts.models import User
    from samkoll.audit.services import CommandLine
    from samkoll.org import services
    from samkoll.org.models import Person, Unit

    today = date(2026, 11, 22)
    for name, (role, code) in ROLES.items():
        user = User.objects.create_user(f"{name}@exempel.invalid", name=f"Prov {name}")
        person = services.add_person(
            name=user.name, email=user.email, actor=CommandLine(), today=today
        )
        services.link_user(person=person, user=user, actor=CommandLine())
        services.assign_role(
            person=person,
            role=role,
            unit=Unit.objects.get(code=code),
            valid_from=installation.START,
            actor=CommandLine(),
            today=today,
        )
    Person.objects.bulk_create(Person(name=f"Chef {n}") for n in range(UNITS))


def _add_actions() -> None:
    """Each with a risk of its own; every hundredth is one of the hundred that the PDF prints."""
    from samkoll.actions.models import Action, Severity, Status
    from samkoll.org.models import Person, Unit
    from samkoll.risks.models import Risk, RiskAction

    units, people = list(Unit.objects.order_by("pk")), list(Person.objects.order_by("pk"))
    statuses, today = list(Status), date(2026, 11, 22)
    actions, risks = [], []
    for number in range(ACTIONS):
        status = statuses[number % len(statuses)]
        ended = today - timedelta(days=number % 300) if status in statuses[2:] else None
        unit, level = units[number % len(units)], number % 16 + 1
        severity = Severity(1 + (level >= 4) + (level >= 8) + (level >= 12))
        thing = THINGS[number % len(THINGS)]
        mark = " hundratal" if number % 100 == 0 else ""
        risks.append(
            Risk(
                title=f"Risk {number}: {thing} i verksamheten",
                unit=unit,
                matrix="4x4/1",
                probability=level % 4 + 1,
                consequence=level % 4 + 1,
                level=level,
                severity=severity,
                serious=level >= 8,
                found_on=today,
                area="physical",
            )
        )
        actions.append(
            Action(
                title=f"Åtgärd {number}: minska {thing}{mark}",
                wanted_effect="Färre än två av tio besväras i nästa mätning.",
                unit=unit,
                responsible=people[number % len(people)],
                responsible_title="Enhetschef",
                added_on=today - timedelta(days=400),
                due_date=today + timedelta(days=number % 700 - 350),
                status=status,
                ended_on=ended,
                follow_up_on=ended + timedelta(days=90) if ended and status == "done" else None,
                effect="reached" if status == Status.CLOSED else "",
                level=level,
                severity=severity,
            )
        )
    Action.objects.bulk_create(actions, batch_size=2000)
    Risk.objects.bulk_create(risks, batch_size=2000)
    RiskAction.objects.bulk_create(
        (RiskAction(risk=r, action=a) for r, a in zip(risks, actions, strict=True)), batch_size=2000
    )


def ours(what: str) -> tuple[float, int]:
    """Seconds for one request; the checksum is the code of its answer."""
    _boot()
    address = PATHS[what]
    cookie = _cookie("manager" if what == "narrow" else "everything")
    if what in ("first", "last", "search"):
        _check_queries(address)
    with _Server() as port:
        _ask(port, address, cookie)
        if what in ("xlsx", "csv", "pdf"):
            started = time.perf_counter()
            status = _ask(port, address, cookie)
            return time.perf_counter() - started, status
        return _under_load(port, address, cookie)


def _cookie(who: str) -> str:
    from django.test import Client

    from samkoll.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=f"{who}@exempel.invalid"))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _check_queries(address: str) -> None:
    """Every role: at most twelve queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from samkoll.accounts.models import User

    counts = {}
    for who in ROLES:
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(email=f"{who}@exempel.invalid"))
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts[who] = len(captured)
    print(f"queries of {address}: {counts}", file=sys.stderr)
    if max(counts.values()) > MOST_QUERIES:
        raise SystemExit(f"{address}: more than {MOST_QUERIES} queries: {counts}")


class _Server:
    """gunicorn on a free port, as ``samkoll serve`` starts it."""

    def __enter__(self) -> int:
        import socket

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "gunicorn", "-c", "python:samkoll.ops.web_server"]
        command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
        self.process = subprocess.Popen(command, cwd=Path(__file__).parents[1])
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                _ask(port, "/logga-in/", "")
                time.sleep(5)  # until every worker has warmed itself
                return port
            except OSError:
                time.sleep(0.2)
        raise SystemExit("gunicorn did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def _ask(port: int, address: str, cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", address, headers={"Cookie": cookie, "Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _under_load(port: int, address: str, cookie: str) -> tuple[float, int]:
    """Seconds between answers while several clients ask."""
    answers: list[int] = []
    until = time.perf_counter() + SECONDS

    def client() -> None:
        while time.perf_counter() < until:
            answers.append(_ask(port, address, cookie))

    started = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return (time.perf_counter() - started) / len(answers), max(answers)


def peer(what: str) -> tuple[float, int]:
    """What was measured of CISO Assistant: a constant."""
    return PEER[what], 200


CONTESTANTS = {"ours": ours, "CISO Assistant (measured)": peer}
