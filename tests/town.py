"""The named town: a small municipality that all tests share, one person for every role.

EXK municipality
  BUF administration > BUF-GRU department > BUF-SOL (Solskolan), BUF-ANG (Ängsskolan)
  KSF administration > KSF-STO department > KSF-INT (Internservice)
Boards: GSN and FSN served by BUF (FSN by BUF-FSK below it), KS served by KSF and by the top.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from datetime import date

from django.apps import apps
from django.db import connection, transaction

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.org import services
from samkoll.org.models import Board, Person, SafetyArea, Unit

START = date(2020, 1, 1)
TODAY = date(2024, 5, 15)
ACTOR = CommandLine()

ROLES = {
    # role: unit code where it is held (with everything below)
    "employee": "BUF-SOL",
    "manager": "BUF-SOL",
    "upper_manager": "BUF-GRU",
    "director": "BUF",
    "hr_partner": "BUF",
    "hr_strategist": "EXK",
    "secretary": "EXK",
    "board_member": "BUF",
    "security": "EXK",
    "administrator": "EXK",
    "auditor": "EXK",
    "head_safety_rep": "BUF",
}


@dataclass
class Town:
    """Units by code, boards by code, and one user for every role (``town.user("manager")``)."""

    units: dict[str, Unit] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def build(cls) -> Town:
        """The town in the database. The second time in a process it is written down, not built.

        It then has the same numbers as before, which no sequence gives again.
        """
        name = connection.settings_dict["NAME"]
        if name not in _KEPT:
            numbers = _last_numbers()
            town = cls._from_the_ground()
            _KEPT[name] = (pickle.dumps(town), _rows_after(numbers))
            return town
        pickled, rows = _KEPT[name]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(rows)
        found: Town = pickle.loads(pickled)
        return found

    @classmethod
    def _from_the_ground(cls) -> Town:
        town = cls()
        town._open_units()
        town._open_boards()
        for role, code in ROLES.items():
            town.add_user(role, role, code)
        town.add_user("outsider", "manager", "KSF-INT")
        town._add_safety_rep()
        return town

    @property
    def top(self) -> Unit:
        return self.units["EXK"]

    @property
    def education(self) -> Unit:
        return self.units["BUF"]

    @property
    def school(self) -> Unit:
        return self.units["BUF-SOL"]

    @property
    def office(self) -> Unit:
        return self.units["KSF-INT"]

    def user(self, role: str) -> User:
        return self.users[role]

    def unit(self, code: str, name: str, kind: str, parent: str | None) -> Unit:
        self.units[code] = services.open_unit(
            code=code,
            name=name,
            kind=kind,
            parent=self.units[parent] if parent else None,
            valid_from=START,
            actor=ACTOR,
        )
        return self.units[code]

    def add_user(self, key: str, role: str, code: str) -> User:
        """A signed-in person with a role at a unit and all below it."""
        person = self._person(key)
        services.assign_role(
            person=person,
            role=role,
            unit=self.units[code],
            valid_from=START,
            actor=ACTOR,
            today=TODAY,
        )
        if role in ("manager", "upper_manager", "director"):
            services.appoint(
                person=person,
                unit=self.units[code],
                title="Chef",
                is_manager=True,
                valid_from=START,
                actor=ACTOR,
            )
        return self.users[key]

    def _person(self, key: str) -> Person:
        user = User.objects.create_user(f"{key}@exempel.invalid", name=f"Test {key}")
        person = services.add_person(name=user.name, email=user.email, actor=ACTOR, today=TODAY)
        services.link_user(person=person, user=user, actor=ACTOR)
        self.users[key], self.people[key] = user, person
        return person

    def _open_units(self) -> None:
        self.unit("EXK", "Exempelkommunen", "municipality", None)
        self.unit("BUF", "Barn- och utbildningsförvaltningen", "administration", "EXK")
        self.unit("BUF-GRU", "Grundskola", "department", "BUF")
        self.unit("BUF-SOL", "Solskolan", "unit", "BUF-GRU")
        self.unit("BUF-ANG", "Ängsskolan", "unit", "BUF-GRU")
        self.unit("BUF-FSK", "Förskola", "department", "BUF")
        self.unit("BUF-TAL", "Tallbackens förskola", "unit", "BUF-FSK")
        self.unit("KSF", "Kommunstyrelsens förvaltning", "administration", "EXK")
        self.unit("KSF-STO", "Stöd och service", "department", "KSF")
        self.unit("KSF-INT", "Internservice", "unit", "KSF-STO")

    def _open_boards(self) -> None:
        names = {"KS": "Kommunstyrelsen", "GSN": "Grundskolenämnden", "FSN": "Förskolenämnden"}
        for code, name in names.items():
            self.boards[code] = services.open_board(
                code=code, name=name, valid_from=START, actor=ACTOR
            )
        for unit, board in {"EXK": "KS", "BUF": "GSN", "BUF-FSK": "FSN", "KSF": "KS"}.items():
            services.serve_board(
                unit=self.units[unit], board=self.boards[board], valid_from=START, actor=ACTOR
            )

    def _add_safety_rep(self) -> None:
        person = self._person("safety_rep")
        area = SafetyArea.objects.create(name="Skyddsområde Grundskola", valid_from=START)
        area.units.add(self.units["BUF-SOL"])
        services.assign_role(
            person=person,
            role="safety_rep",
            safety_area=area,
            valid_from=START,
            actor=ACTOR,
            today=TODAY,
        )


_KEPT: dict[str, tuple[bytes, str]] = {}
"""By database: the town, pickled, and the statements that write its rows."""


def _tables() -> dict[str, str]:
    """The tables that the town may have rows in, with the columns that are written."""
    found = {}
    for app in ("accounts", "org", "audit"):
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            if model._meta.managed:
                fields = (f for f in model._meta.concrete_fields if not f.generated)
                found[model._meta.db_table] = ", ".join(f'"{field.column}"' for field in fields)
    return found


def _last_numbers() -> dict[str, int]:
    """The highest primary key of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def _rows_after(numbers: dict[str, int]) -> str:
    """Statements that write the rows that are there now and were not before."""
    statements = []
    with connection.cursor() as cursor:
        for table, columns in _tables().items():
            cursor.execute(f"SELECT json_agg(t)::text FROM {table} t WHERE id > {numbers[table]}")
            if rows := cursor.fetchone()[0]:
                records = f"json_populate_recordset(NULL::{table}, $town${rows}$town$)"
                statements.append(
                    f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {records}"
                )
    return ";\n".join(statements)
