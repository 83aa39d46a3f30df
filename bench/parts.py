"""The last minute before the deadline: 200 people write and hand in their parts, of 600 units.

Each opens the form of a section, saves answers and a text, and hands the part in, through gunicorn
(3 workers) on 127.0.0.1. They begin evenly spread over the time. Ours is the 95th percentile of all
requests in seconds; the checksum is the number of answers that were no success. Any is an error.
"""

from __future__ import annotations

import hashlib
import http.client
import re
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

from bench import action_list, installation

CASE = "parts"
SIZES = {
    "40 people in 12 s": {"people": 40, "seconds": 12},
    "200 people in 60 s": {"people": 200, "seconds": 60},
}
DEFAULT = ("40 people in 12 s",)
GOALS = {name: "0 errors" for name in SIZES}
UNITS, YEAR, YEARS = 600, 2024, 9
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECTION = "rounds"
PATIENCE = 300
"""Seconds that a browser waits for an answer before it gives up."""
TEXT = "Ronden gjordes med skyddsombudet. Två rum behöver bättre ljud, och resten är åtgärdat."
ANSWERS = (
    "rounds_carried_out",
    "routines_followed",
    "safety_representatives_took_part",
    "measures_fed_back",
)


def _folder() -> Path:
    """One for each shape of the database: a changed migration begins anew."""
    root = Path(__file__).parents[1] / "samkoll"
    files = sorted([*root.glob("*/migrations/*.py"), *root.glob("reports/data/forms/*.yaml")])
    shape = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
    return installation.FOLDER / f"parts-{shape}"


def _boot() -> None:
    installation.FOLDER.mkdir(exist_ok=True)
    installation.use(_folder())
    from samkoll.project.boot import boot

    boot()


def prepare(people: int, seconds: int) -> None:
    """Build the installation once, and take back what an earlier run wrote."""
    _boot()
    from django.core.management import call_command
    from django.db import connection, transaction

    from samkoll.audit.services import CommandLine
    from samkoll.org.models import Unit
    from samkoll.reports import services
    from samkoll.reports.models import Answer, Event, Kind, Report, SectionState, Status, Text
    from samkoll.reports.parts import services as parts

    call_command("migrate", interactive=False, verbosity=0)
    if not Unit.objects.exists():
        with transaction.atomic():
            keys = installation.organisation(UNITS)
            _add_managers()
            installation.add_facts(keys, years=YEARS)
            services.start_year(year=YEAR, actor=CommandLine(), now=NOW)
            parts.open_parts(year=YEAR, actor=CommandLine(), now=NOW)
        connection.cursor().execute("VACUUM ANALYZE")
    for model in (Answer, Event, SectionState, Text):
        model.objects.all().delete()
    Report.objects.filter(kind=Kind.UNIT).update(status=Status.DRAFT)


def _add_managers() -> None:
    """Every department and unit is led by somebody; those of units can sign in."""
    from samkoll.accounts.models import User
    from samkoll.audit.services import CommandLine
    from samkoll.org import services
    from samkoll.org.models import Unit

    today = date(2026, 11, 22)
    for unit in Unit.objects.filter(kind__in=("department", "unit")).order_by("pk"):
        person = services.add_person(name=f"Chef {unit.code}", actor=CommandLine(), today=today)
        services.appoint(
            person=person,
            unit=unit,
            title="Enhetschef",
            is_manager=True,
            valid_from=installation.START,
            actor=CommandLine(),
        )
        if unit.kind == "unit":
            user = User.objects.create_user(
                f"{unit.code.lower()}@exempel.invalid", name=person.name
            )
            services.link_user(person=person, user=user, actor=CommandLine())
            services.assign_role(
                person=person,
                role="manager",
                unit=unit,
                valid_from=installation.START,
                actor=CommandLine(),
                today=today,
            )


@dataclass(slots=True)
class _Run:
    """What came of the requests: how long each took, and those that failed."""

    port: int
    taken: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Browser:
    """One person's browser: cookies, and the token of the last form."""

    run: _Run
    cookies: dict[str, str]
    token: str = ""

    def ask(self, address: str, form: dict[str, str] | None = None, expected: int = 200) -> None:
        """Ask, and keep how long it took; anything but the expected code is an error."""
        body = urlencode({**form, "csrfmiddlewaretoken": self.token}) if form is not None else None
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": sent, "Host": "localhost"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.run.port, timeout=PATIENCE)
            connection.request("POST" if body else "GET", address, body=body, headers=headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
        except OSError as error:
            self.run.failed.append(f"{address}: {error!r}")
            return
        self.run.taken.append(time.perf_counter() - started)
        if answer.status != expected:
            self.run.failed.append(f"{address}: {answer.status}")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text):
            self.token = found[1]


def ours(people: int, seconds: int) -> tuple[float, int]:
    """The 95th percentile of a request, and how many went wrong."""
    _boot()
    writers = list(_writers(people))
    with action_list._Server() as port:
        run = _Run(port)
        threads = [
            threading.Thread(target=_write, args=(run, cookies, part, place * seconds / people))
            for place, (part, cookies) in enumerate(writers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for problem in run.failed[:10]:
        print(problem, file=sys.stderr)
    taken = sorted(run.taken)
    print(f"{len(taken)} requests, median {taken[len(taken) // 2]:.3f} s", file=sys.stderr)
    _check(people)
    return taken[int(len(taken) * 0.95)], len(run.failed)


def _writers(people: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The part and the signed-in browser of each of them."""
    from django.test import Client

    from samkoll.accounts.models import User
    from samkoll.reports.models import Kind, Report

    parts = Report.objects.filter(kind=Kind.UNIT, unit__kind="unit").order_by("pk")
    for part, code in parts.values_list("pk", "unit__code")[:people]:
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(email=f"{code.lower()}@exempel.invalid"))
        yield part, {name: morsel.value for name, morsel in client.cookies.items()}


def _write(run: _Run, cookies: dict[str, str], part: int, wait: float) -> None:
    time.sleep(wait)
    browser = _Browser(run, cookies)
    form = f"/rapporter/{part}/avsnitt/{SECTION}/"
    browser.ask(form)
    typed = {f"answer-{key}": "yes" for key in ANSWERS} | {f"comment-{key}": "" for key in ANSWERS}
    browser.ask(form, {"version": "0", "text-main": TEXT, **typed}, expected=302)
    step = f"/rapporter/{part}/gang/hand_in/"
    browser.ask(step)
    browser.ask(step, {}, expected=302)


def _check(people: int) -> None:
    """Everything that was sent is there. Stops with what is not."""
    from samkoll.reports.models import Answer, Kind, Report, Status, Text

    handed = Report.objects.filter(kind=Kind.UNIT, status=Status.HANDED_IN).count()
    texts, answers = Text.objects.filter(text=TEXT).count(), Answer.objects.count()
    if (handed, texts, answers) != (people, people, people * len(ANSWERS)):
        raise SystemExit(f"handed in {handed}, texts {texts}, answers {answers} of {people} people")


CONTESTANTS = {"ours": ours}
