"""Loading the demo: where it may not, all of it or nothing, its people and risks.

That the whole of it is right is tested on the loaded demo, in ``tests/demo``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.audit import services as audit
from samkoll.audit.models import Change
from samkoll.demo import building, loader
from samkoll.demo.cli import demo
from samkoll.demo.generator import GeneratedFiles
from samkoll.demo.generator.organisation import exempelkommunen
from samkoll.demo.generator.payroll import HEADER
from samkoll.demo.loading import people, risks, waiting
from samkoll.demo.steps import Steps
from samkoll.org import queries as org
from samkoll.org import services as organisation
from samkoll.org.models import Person, Position, Unit, UnitKind
from samkoll.reports.services import NoFacts
from samkoll.risks.models import ReportedOnward, Risk

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
TODAY = NOW.date()
ACTOR = audit.CommandLine()

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path):
    """Exempelkommunen's organisation file, and no payroll."""
    path = tmp_path / "organisation.csv"
    exempelkommunen().write_csv(path)
    return GeneratedFiles(tmp_path, path, (), 0, 0)


@pytest.fixture
def units(files):
    """The units of the file, loaded."""
    organisation.import_organisation(
        content=files.organisation.read_bytes(), day=date(2015, 1, 1), actor=ACTOR, today=TODAY
    )
    return {unit.code: unit for unit in Unit.objects.filter(valid_to=None)}


def open_top():
    return organisation.open_unit(
        code="EXK", name="Annan", kind="municipality", parent=None, valid_from=TODAY, actor=ACTOR
    )


def test_an_empty_database_takes_a_demo():
    assert not loader.is_loaded(seed=1)


def test_real_users_are_left_alone(town):
    before = Unit.objects.count()
    with pytest.raises(loader.NotEmpty, match="riktiga användare"):
        loader.load(seed=1, steps=Steps(), now=NOW)
    assert Unit.objects.count() == before


def test_an_organisation_that_is_no_demo_is_left_alone():
    open_top()
    with pytest.raises(loader.NotEmpty, match="redan en organisation"):
        loader.is_loaded(seed=1)


def test_outside_a_demo_nothing_is_loaded(settings):
    settings.DEMO_SIGN_IN = False
    with pytest.raises(loader.NotForDemos, match="SAMKOLL_PURPOSE=demo"):
        loader.is_loaded(seed=1)


def test_the_same_demo_is_not_loaded_again_and_another_is_refused():
    audit.record(loader.LOADED, ACTOR, open_top(), seed=1)
    before = Change.objects.count()
    assert not loader.load(seed=1, steps=Steps(), now=NOW)
    assert Change.objects.count() == before
    with pytest.raises(loader.NotEmpty, match="seed 1"):
        loader.load(seed=2, steps=Steps(), now=NOW)


def test_a_load_that_fails_leaves_nothing(files):
    with pytest.raises(NoFacts):
        loader._load(files, 1, Steps(), NOW)
    for model in (Unit, User, Person, Risk, Change):
        assert not model.objects.exists()


def test_payroll_files_lie_in_the_demos_own_folder_and_a_killed_loads_are_removed(
    settings, tmp_path
):
    settings.VAR = tmp_path / "var"
    left = settings.VAR / "tmp" / "demo-killed"
    left.mkdir(parents=True)
    (left / "lon_2023.csv").write_text("x")
    with loader._payroll_folder() as folder:
        assert folder.parent == left.parent
        assert folder.stat().st_mode & 0o777 == 0o700
        assert not left.exists()
    assert list(left.parent.iterdir()) == []


def test_the_waiting_file_has_both_months_and_its_faults_only(tmp_path):
    rows = [
        f"{month};{person};1;{unit};Kvinna;Tillsvidare;Ja;Lärare;100,00;168,00;0,00;0,00;0,00;0,00;"
        f"{end};;Nej;0,00;0;0;"
        for month in ("2024-03", "2024-04")
        for person, unit, end in (
            [(n, "KSF-110", "") for n in range(20)]
            + [(90, "GAF-110", ""), (91, "KSF-110", "2024-04-30")]
        )
    ]
    path = tmp_path / "lon_2024.csv"
    path.write_text("\r\n".join([";".join(HEADER), *rows, ""]), encoding="cp1252", newline="")
    made = waiting.content(path).decode("cp1252").split("\r\n")
    assert made[0] == ";".join(HEADER)
    assert made[-1] == ""
    april = [line for line in made if line.startswith("2024-04")]
    may = [line for line in made if line.startswith("2024-05")]
    assert april == [row for row in rows[22:] if "GAF" not in row]
    before = [row.replace("2024-04;", "2024-05;") for row in rows[22:] if "04-30" not in row]
    assert len(may) == len(before) == 21
    assert sum(a != b for a, b in zip(may, before, strict=True)) == 6


def test_every_open_unit_has_one_manager_and_only_demo_users_sign_in(units):
    known = people.load_people(today=TODAY)
    below = [unit.pk for unit in units.values() if unit.kind != UnitKind.MUNICIPALITY]
    led = Position.objects.filter(is_manager=True, valid_to=None).values_list("unit", flat=True)
    assert sorted(led) == sorted(below)
    assert set(User.objects.filter(is_demo=True)) == set(known.users.values())
    assert len(known.users) == 13
    assert User.objects.filter(person=None).count() == 0
    names = list(Person.objects.values_list("name", flat=True))
    assert len(names) == len(set(names)) == known.count


def test_demo_users_hold_the_roles_that_their_buttons_tell(units):
    known = people.load_people(today=TODAY)
    said = org.describe_users([user.pk for user in known.users.values()], TODAY)
    assert all(said[user.pk] for user in known.users.values())
    assert org.may(known.users["chef"], "report:write", TODAY, unit=units["KSF-320"])
    assert not org.may(known.users["chef"], "report:write", TODAY, unit=units["KSF"])
    assert org.may(known.users["hrstrateg"], "report:municipal", TODAY, unit=units["EXK"])


def test_names_never_run_out():
    data = {"first_names": ["A", "B"], "surnames": ["X", "Y"]}
    names = people._names(data)
    first = [next(names) for _ in range(9)]
    assert first[:4] == ["A X", "B Y", "A Y", "B X"]
    assert len(set(first)) == 9


def test_risks_are_reported_onward_with_the_actions_of_their_year(units):
    comments = risks.load_risks(people.load_people(today=TODAY), today=TODAY)
    ks = ReportedOnward.objects.filter(board__code="KS")
    assert sorted((each.year, each.risk.level, each.actions.count()) for each in ks) == [
        (2023, 8, 4),
        (2023, 12, 2),
        (2024, 12, 5),
    ]
    assert Risk.objects.count() == risks.count()
    assert set(comments["KS", "selected_comments"]) == {f"risk-{ks.get(year=2024).risk_id}"}
    ended = Action.objects.filter(status="closed")
    assert all(action.ended_on == action.due_date and action.effect for action in ended)


def test_the_director_answers_for_the_administrations_own_risks(units):
    known = people.load_people(today=TODAY)
    risks.load_risks(known, today=TODAY)
    action = Action.objects.get(title="Gemensamma prioriteringar")
    assert action.responsible == known.users["forvaltningschef"].person
    changed = Change.objects.filter(object_type="actions.action", object_id=str(action.pk))
    assert {change.actor_name for change in changed} == {"Demo Förvaltningslund"}


def test_a_folder_that_cannot_be_written_is_told_before_anything_starts(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(building.FolderUnusable, match="Välj en annan med --out"):
        building.usable(tmp_path / "file" / "out")
    assert building.usable(tmp_path / "a" / "b").is_dir()


def test_the_command_refuses_in_one_sentence_outside_a_demo(settings, tmp_path):
    settings.DEMO_SIGN_IN = False
    refused = CliRunner().invoke(demo, ["run", "--out", str(tmp_path / "out")])
    assert isinstance(refused.exception, loader.NotForDemos)
    assert not (tmp_path / "out").exists()


def test_files_of_another_size_are_written_without_a_database(tmp_path):
    wanted = ["generate", "--employees", "60", "--years", "1", "--out", str(tmp_path)]
    done = CliRunner().invoke(demo, wanted)
    assert done.exit_code == 0, done.output
    assert "lon_2023.csv" in done.output
    assert {path.name for path in tmp_path.iterdir()} == {"organisation.csv", "lon_2023.csv"}


def test_steps_tell_their_time_and_a_failed_one_is_not_kept():
    steps = Steps()
    with steps.step("Ett") as step:
        step.tell(1, 2)
        step.result = "klart"
    with pytest.raises(ZeroDivisionError), steps.step("Två"):
        raise ZeroDivisionError
    assert [(s.name, s.result) for s in steps.done] == [("Ett", "klart")]
    assert steps.done[0].seconds >= 0
