"""What the access matrix walks over: the town with its reports, imports, jobs and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from samkoll.accounts.models import User
from samkoll.actions.tests import walk as walk_actions
from samkoll.desk import registry
from samkoll.desk import services as desk
from samkoll.explore.tests import walk_catalogue, walk_comparison, walk_sheets
from samkoll.imports import profiles_drafts, profiles_store
from samkoll.imports import services as imports
from samkoll.imports.models import Batch
from samkoll.imports.tests import batches, payroll
from samkoll.org.models import OrganisationFile
from samkoll.reports import services as reports
from samkoll.reports.models import Report, ReportFile
from samkoll.reports.parts import services as parts
from samkoll.reports.storing import path_of
from samkoll.reports.tests import facts, walk_documents, walk_forms
from samkoll.reports.tests import walk as walk_reports
from samkoll.risks.tests import walk as walk_risks
from tests.town import ACTOR, TODAY, Town

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
UNITS = {"own": "BUF-SOL", "subtree": "BUF", "outside": "KSF-INT"}
PEOPLE = {"BUF-SOL": (30, 20), "BUF-ANG": (25, 15), "BUF-TAL": (40, 4), "KSF-INT": (20, 25)}
SECTION, QUESTION = "sick_leave", "rounds_carried_out"
PARTS, FIGURE = ("metric", "sex", "month"), ("sick_leave", "total", "2023-12")
_OTHER = {"hr_strategist": "administrator"}
FOLDERS = ("FACTS", "UPLOADS", "FILES", "RESULTS")


@dataclass
class World:
    """The town, its reports by the place that the matrix names, and its batches by state."""

    town: Town
    folder: Path
    reports: dict[str, Report]
    batches: dict[str, Batch]
    sessions: dict[str, SimpleCookie]
    browser: Client
    actions: walk_actions.Actions = field(default_factory=dict)
    risks: dict[str, walk_risks.Place] = field(default_factory=dict)
    published: dict[str, object] = field(default_factory=dict)
    _attached: dict[str, int] = field(default_factory=dict)

    @classmethod
    def build(cls, folder: Path, area: str) -> World:
        """The town, and what the pages of one area show besides."""
        for name in FOLDERS:
            setattr(settings, name, folder / name.lower())
        town = Town.build()
        User.objects.update(password=make_password("allas lösenord i provet"))
        for user in town.users.values():
            user.refresh_from_db()
        world = cls(town, folder, {}, {}, {}, Client(raise_request_exception=True))
        if area == "desk" and registry.calendar.url is None:
            registry.calendar.url = "/kalender/{}.ics".format
        if area == "home":
            facts.publish(town, PEOPLE)
        if area == "actions":
            world.actions = walk_actions.build(town)
        if area == "published":
            world.published = walk_documents.published(town)
        if area == "risks":
            world.risks = walk_risks.build(town)
        if area == "reports":
            world._add_reports()
        if area == "imports":
            world._add_batches()
        return world

    def client(self, who: str) -> Client:
        """The browser with the session of the person, signed in once; of nobody for ``anonymous``.

        It is one for all: its cookies are changed, and the middleware is loaded once.
        """
        if who not in self.sessions:
            signing_in = Client()
            if who != "anonymous":
                signing_in.force_login(self.town.user(who))
            self.sessions[who] = signing_in.cookies
        self.browser.cookies = SimpleCookie({k: m.value for k, m in self.sessions[who].items()})
        return self.browser

    def arguments(self, page: str, relation: str, who: str) -> dict[str, object]:
        """The parts of the page's address for one person and relation."""
        area, name = page.split(":") if ":" in page else ("", page)
        if name == "job":
            return {"pk": self._job(relation, who)}
        if page in ("desk:rename_view", "desk:remove_view", "desk:notice"):
            make = self._notice if name == "notice" else self._view
            return {"pk": make(relation, who)}
        if area in ("actions", "reports", "risks"):
            of_area = {"actions": self._action, "reports": self._report, "risks": self._risk}
            return of_area[area](name, relation)
        if area == "imports" and name not in ("index", "upload"):
            return self._import(name, relation, who)
        made: dict[str, tuple[str, Callable[[str, str], object]]]
        made = {
            "org:preview": ("pk", self._organisation_file),
            "home:calendar": ("token", self._secret),
            "explore:load": ("pk", self._open_load),
            "explore:sheet_file": ("pk", self._sheet),
            "explore:limit": ("pk", self._limit),
            "explore:remove_limit": ("pk", self._limit),
        }
        if page in made:
            part, maker = made[page]
            return {part: maker(relation, who)}
        employee = self.town.people["employee"]
        fixed: dict[str, dict[str, object]] = {
            "published:read": self.published,
            "published:file": {**self.published, "format_": "json"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "gammal"},
            "desk:draft": {"key": "prov"},
            "desk:save_view": {"page": "actions"},
            "desk:discard_draft": {"key": "prov"},
            "explore:metric": {"key": "sick_leave"},
            "explore:cost_year": {"year": 2024},
            "web:kit_row": {"pk": 1},
            "web:kit_refusal": {"kind": "403"},
            "home:unit": {"code": UNITS.get(relation, "")},
            "home:unit_actions": {"code": UNITS.get(relation, "")},
            "home:figure": {
                "code": UNITS.get(relation, ""),
                **dict(zip(PARTS, FIGURE, strict=True)),
            },
            "org:person": {"pk": employee.pk},
            "org:leave": {"pk": employee.pk},
            "org:role_end": {"pk": employee.assignments.get().pk},
        }
        return fixed.get(page, {})

    def _action(self, name: str, relation: str) -> dict[str, object]:
        return walk_actions.arguments(self.actions, name, relation)

    def _import(self, name: str, relation: str, who: str) -> dict[str, object]:
        if name.startswith("profile"):
            return self._profile(name, relation, who)
        if name.startswith("derivation"):
            return batches.derived(self.town) if name == "derivation" else {}
        return {"pk": self.batches[relation].pk}

    def _profile(self, name: str, relation: str, who: str) -> dict[str, object]:
        """A shipped profile, or a started one: one's own (if one may), or somebody else's."""
        if name in ("profiles", "profile_new", "profile_import"):
            return {}
        if name not in ("profile_step", "profile_drop"):
            version = {"version": 1} if name in ("profile_version", "profile_file") else {}
            return {"name": "lon-manad", **version}
        mine = relation == "own" and who in ("administrator", "hr_strategist")
        draft = profiles_drafts.begin(
            owner=self.town.user(who if mine else _OTHER.get(who, "hr_strategist")),
            base=profiles_store.versions("lon-manad")[0],
            now=NOW,
        )
        return {"pk": draft.pk, **({"step": "lasning"} if name == "profile_step" else {})}

    def _risk(self, name: str, relation: str) -> dict[str, object]:
        return walk_risks.arguments(self.risks, name, relation)

    def _report(self, name: str, relation: str) -> dict[str, object]:
        if name in ("index", "build_many", "chain", "parts"):
            return {}
        if name in ("open_year", "open_parts", "days"):
            return {"year": 2024}
        if name.startswith("look"):
            whole = name in ("look_index", "look_shipped")
            return {} if whole else {"pk": self.town.units["BUF"].pk}
        if name.startswith("old"):
            return {} if name == "old_index" else walk_reports.old(self.town)
        if (about := walk_forms.arguments(self.town, name)) is not None:
            return about
        extra: dict[str, dict[str, object]] = {
            "edit": {"key": SECTION},
            "figure": {"figure": ".".join(FIGURE)},
            "question": {"key": QUESTION},
            "withdraw": {"key": QUESTION},
            "download": {"format_": "pdf"},
            "step": {"step": "consult"},
            "attachment": {"link": self._attached.get(relation, 0)},
            "detach": {"link": self._attached.get(relation, 0)},
            "comment": {"of": "safety"},
        }
        return {"pk": self.reports[relation].pk, **extra.get(name, {})}

    def _sheet(self, _relation: str, _who: str) -> object:
        return walk_sheets.made(self.town)["pk"]

    def _open_load(self, _relation: str, _who: str) -> object:
        return walk_comparison.load(self.town)["pk"]

    def _limit(self, _relation: str, _who: str) -> object:
        return walk_catalogue.limit(self.town)["pk"]

    def _secret(self, relation: str, _who: str) -> str:
        """The key of a calendar feed, or one that has been replaced."""
        owner, now = self.town.user("manager"), timezone.now()
        keys = [desk.open_calendar(owner=owner, now=now) for _each in range(2)]
        return keys[relation == "own"]

    def _job(self, relation: str, who: str) -> int:
        return desk.open_job(owner=self._owner(relation, who), label="Arbete").pk

    def _notice(self, relation: str, who: str) -> int:
        owner = self._owner(relation, who)
        return desk.tell(owner_id=owner.pk, text="Något har hänt.", url="/").pk

    def _view(self, relation: str, who: str) -> int:
        owner = self._owner(relation, who)
        return desk.save_view(owner=owner, page="actions", name="Vy", query="a=1").pk

    def _owner(self, relation: str, who: str) -> User:
        """Whose something is: one's own, or somebody else's."""
        owner = who if relation == "own" and who != "anonymous" else "outsider"
        if relation == "outside" and who == "outsider":
            owner = "employee"
        return self.town.user(owner)

    def _organisation_file(self, relation: str, who: str) -> int:
        owner = who if relation == "own" and who != "anonymous" else "outsider"
        file = OrganisationFile.objects.create(
            owner=self.town.user(owner),
            name="org.csv",
            content=_GOOD,
            day=TODAY,
            uploaded_at=timezone.now(),
        )
        return file.pk

    def _add_reports(self) -> None:
        opened = reports.open_year(year=2024, actor=ACTOR, today=TODAY)
        facts.publish(self.town, PEOPLE)
        reports.extract_facts(year=2024, actor=ACTOR, now=facts.NOW)
        by_key = {(r.unit.code, r.board.code if r.board else ""): r for r in opened}
        places = {"BUF": ("BUF", "GSN"), "KSF": ("KSF", "KS"), "EXK": ("EXK", "")}
        self.reports = {place: by_key[key] for place, key in places.items()}
        walk_forms.draft(self.town)
        walk_forms.plan(self.town)
        self._add_parts()
        self._add_files()
        self._attached = {"BUF": walk_documents.attach(self.reports["BUF"]).pk}

    def _add_parts(self) -> None:
        """Two units' parts: SOL is a school of BUF, INT an office of KSF."""
        parts.open_parts(year=2024, actor=ACTOR, now=NOW)
        found = {part.unit.code: part for part in Report.objects.filter(kind="unit")}
        self.reports |= {"SOL": found["BUF-SOL"], "INT": found["KSF-INT"]}

    def _add_files(self) -> None:
        for report in self.reports.values():
            file = ReportFile.objects.create(
                report=report, format="pdf", name="rapport.pdf", sha256="", size=3, built_at=NOW
            )
            path_of(file).parent.mkdir(parents=True, exist_ok=True)
            path_of(file).write_bytes(b"pdf")

    def _add_batches(self) -> None:
        rows = [payroll.row(n, unit="BUF-SOL", month="2024-01") for n in range(3)]
        self.batches["committed"] = imports.import_file(
            source=payroll.source(payroll.text(rows[0], {**rows[1], "overtime": "x"})),
            profile=payroll.PROFILE,
            actor=ACTOR,
            now=timezone.now(),
            accept_partial=True,
        )
        waiting = imports.receive(
            name="lön.csv",
            blocks=[payroll.text(*rows).encode()],
            profile=payroll.PROFILE,
            actor=ACTOR,
            now=NOW,
        )
        self.batches["waiting"] = imports.preview(batch_id=waiting.pk, actor=ACTOR, now=NOW)


_GOOD = "kod;namn;typ;överordnad;gäller från\nN;Ny;enhet;BUF-GRU;2024-01-01\n".encode()
