"""A report's way on phones without JavaScript, by seven roles: the year opened, a part written,
given back and handed in again, a board's report written, discussed, signed, decided, published;
the municipality's after it; read by anybody; corrected."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from samkoll.accounts.models import User
from samkoll.reports import editing, queries
from samkoll.reports.chain import queries as chain
from samkoll.reports.chain import services
from samkoll.reports.editing import AnswerInput, SectionInput
from samkoll.reports.models import Kind, Report
from samkoll.reports.template_reader import form_of
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import PEOPLE

pytestmark = pytest.mark.browser

PART = "Vi har bytt två lysrör och väntar på ljudabsorbenter i matsalen."
AGAIN = "Slöjdsalen återstår. Vi går dit i mars."
BOARD = "Ronderna är gjorda på alla skolor utom en."
SAFETY = "Skyddsombuden behöver mer tid för ronderna."
GROUP = "Gruppen vill att ljudnivån följs upp."
WHY = "Antalet skolor var fel i avsnittet om ronder."


@pytest.fixture
def town(transactional_db, town):
    User.objects.update(is_demo=True)
    facts.publish(town, PEOPLE)
    return town


@pytest.fixture
def as_(browser: Browser, town, live_server):
    """The start page of a role, on a phone of its own without JavaScript."""
    phones: dict[str, Page] = {}

    def start(role: str) -> Page:
        if role not in phones:
            phones[role] = phone(browser)
            phones[role].goto(live_server.url)
            phones[role].get_by_role("button", name=f"Test {role}").click()
        else:
            phones[role].goto(live_server.url)
        expect(phones[role].locator("h1")).to_have_text("Att göra")
        return phones[role]

    yield start
    for page in phones.values():
        page.context.close()


def phone(browser: Browser) -> Page:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="sv-SE"
    )
    context.set_default_timeout(10_000)
    return context.new_page()


def test_from_a_units_part_to_the_municipalitys_decision(as_, browser, town, live_server):
    open_the_year(as_("hr_strategist"))
    write_the_part(as_("manager"))
    gather_and_return(as_("upper_manager"))
    hand_in_again(as_("manager"))
    gather(as_("upper_manager"))
    write_the_board(as_("hr_partner"))
    answer_the_rest(town, "hr_partner")
    consult(as_("hr_partner"))
    comment(as_("head_safety_rep"))
    sign(as_("director"))
    decide(as_("secretary"), paragraph="14", number="GSN-2024/7")
    publish(as_("secretary"), "Grundskolenämnden")
    write_the_municipality(as_("hr_strategist"))
    sign_all_but_the_first(town.user("hr_strategist"))
    sign_the_municipality(as_("hr_strategist"))
    decide(as_("secretary"), paragraph="88", number="KS-2024/9")
    publish(as_("secretary"), "Exempelkommunen")
    everybody = phone(browser)
    everybody.goto(f"{live_server.url}/publicerat/")
    read(everybody)
    correct(as_("hr_partner"))
    everybody.reload()
    expect(everybody.get_by_role("main")).to_contain_text(BOARD)  # until the new one is decided
    everybody.context.close()


def open_the_year(page: Page) -> None:
    menu(page, "Rapporter")
    press(page, "Öppna 2024 och ta ut underlaget")
    told(page, "Underlaget är uttaget för 4 rapporter.")
    follow(page, "Enheternas delar")
    press(page, "Öppna delar som saknas för 2024")
    told(page, "3 delar är öppnade.")


def write_the_part(page: Page) -> None:
    """A suggested sentence, an answer and a text; handed in."""
    row(page, "Solskolan 2024", "Enhetens del av arbetsmiljörapporten")
    section(page, "Sjukfrånvaro")
    page.get_by_text(re.compile(r"^Förslag på text \(\d+\)$")).click()
    page.get_by_role("group", name="Föreslagna meningar").get_by_role("checkbox").first.check()
    press(page, "Lägg in i texten")
    expect(page.locator("[name=text-main]")).to_have_value(re.compile("sjukfrånvaro", re.I))
    press(page, "Spara avsnittet")
    section(page, "Arbetsmiljöronder")
    choose(page, "Har kartläggning av arbetsmiljön", "Delvis")
    page.locator("[name=text-main]").fill(PART)
    press(page, "Spara avsnittet")
    told(page, "Avsnittet är sparat.")
    step(page, "Lämna in delen")
    told(page, "Delen är inlämnad.")


def gather_and_return(page: Page) -> None:
    open_part(page, "Solskolan")
    expect(page.locator("div.doc")).to_contain_text(PART)
    follow(page, "Lämna tillbaka")
    page.get_by_label("Vad behöver ändras?").fill("Skriv när slöjdsalen får sin rond.")
    press(page, "Lämna tillbaka")


def hand_in_again(page: Page) -> None:
    row(page, "Solskolan 2024", "Rapport som kom tillbaka")
    expect(page.get_by_role("main")).to_contain_text("Skriv när slöjdsalen får sin rond.")
    follow(page, "Läs rapporten")
    section(page, "Arbetsmiljöronder")
    text = page.locator("[name=text-main]")
    text.fill(f"{text.input_value()}\n\n{AGAIN}")
    press(page, "Spara avsnittet")
    step(page, "Lämna in delen")


def gather(page: Page) -> None:
    """The department's part: its units' texts and answers beside."""
    open_part(page, "Grundskola")
    section(page, "Arbetsmiljöronder")
    page.get_by_role("group").filter(has_text="Solskolan").locator("summary").first.click()
    expect(page.get_by_text(AGAIN)).to_be_visible()
    press(page, "Använd delarnas svar")
    press(page, "Spara avsnittet")
    step(page, "Lämna in delen")


def write_the_board(page: Page) -> None:
    """The proposal of the parts beside the answer, their texts beside the text."""
    open_report(page, "Grundskolenämnden")
    section(page, "Arbetsmiljöronder")
    expect(page.get_by_text("Delarna ger: Delvis").first).to_be_visible()
    press(page, "Använd delarnas svar")
    page.locator("[name=text-main]").fill(BOARD)
    press(page, "Spara avsnittet")
    told(page, "Avsnittet är sparat.")


def consult(page: Page) -> None:
    open_report(page, "Grundskolenämnden")
    step(page, "Lämna till samverkan")
    enter_the_group(page)


def enter_the_group(page: Page) -> None:
    follow(page, "För in samverkansgruppens synpunkter")
    page.get_by_label("Gruppen behandlade rapporten").fill(timezone.localdate().isoformat())
    page.get_by_label("Synpunkter").fill(GROUP)
    press(page, "Spara synpunkterna")
    expect(page.get_by_role("main")).to_contain_text(GROUP)


def comment(page: Page) -> None:
    row(page, "Grundskolenämnden 2024", "Rapport att lämna synpunkter på")
    expect(page.locator("div.doc")).to_contain_text(BOARD)
    follow(page, "Lämna huvudskyddsombudets synpunkter")
    page.get_by_label("Synpunkter").fill(SAFETY)
    press(page, "Spara synpunkterna")


def sign(page: Page) -> None:
    row(page, "Grundskolenämnden 2024", "Rapport att godkänna")
    sign_every_section(page)
    follow(page, "Till gången")
    step(page, "Godkänn rapporten")
    told(page, "Rapporten är godkänd och väntar på nämnden.")


def sign_every_section(page: Page) -> None:
    buttons = page.get_by_role("main").get_by_role("button", name=re.compile("^Godkänn "))
    for left in range(buttons.count(), 0, -1):
        expect(buttons).to_have_count(left)
        buttons.first.click()
    expect(buttons).to_have_count(0)


def decide(page: Page, *, paragraph: str, number: str) -> None:
    page.get_by_role("main").get_by_role("link", name="För in beslutet").first.click()
    choose(page, "Vad gjorde nämnden?", "Beslutade")
    page.get_by_label("Sammanträdesdag").fill(timezone.localdate().isoformat())
    page.get_by_label("Paragraf").fill(paragraph)
    page.get_by_label("Diarienummer").fill(number)
    page.get_by_label("Beslutets text").fill("Rapporten godkänns.")
    press(page, "För in beslutet")
    expect(page.get_by_role("main")).to_contain_text(f"§ {paragraph}")


def publish(page: Page, about: str) -> None:
    menu(page, "Att göra")
    row(page, f"{about} 2024", "Rapport att publicera")
    step(page, "Publicera")
    told(page, "Rapporten är publicerad.")


def write_the_municipality(page: Page) -> None:
    """The boards' texts beside."""
    open_report(page, "Exempelkommunen")
    section(page, "Arbetsmiljöronder")
    page.get_by_role("group").filter(has_text="Grundskolenämnden").locator("summary").first.click()
    expect(page.get_by_text(BOARD)).to_be_visible()
    page.locator("[name=text-main]").fill("Nästan alla ronder är gjorda.")
    press(page, "Spara avsnittet")
    step(page, "Lämna till samverkan")
    enter_the_group(page)


def sign_the_municipality(page: Page) -> None:
    """HR answers for its own report."""
    row(page, "Exempelkommunen 2024", "Kommunens rapport i samverkan")
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^\d+ av ")).click()
    sign_every_section(page)
    follow(page, "Till gången")
    step(page, "Godkänn rapporten")


def read(page: Page) -> None:
    """What anybody reads, signed in or not."""
    link(page, re.compile("Grundskolenämnden")).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for told_there in (BOARD, GROUP, SAFETY, "GSN-2024/7"):
        expect(page.get_by_role("main")).to_contain_text(told_there)
    expect(page.get_by_role("main")).not_to_contain_text(PART)


def correct(page: Page) -> None:
    open_report(page, "Grundskolenämnden")
    follow(page, "Rätta med en ny version")
    page.get_by_label("Varför rättas rapporten?").fill(WHY)
    press(page, "Öppna en ny version")
    told(page, "Den nya versionen är öppnad.")
    expect(page.get_by_role("main")).to_contain_text("version 2")
    expect(page.locator("div.doc")).to_contain_text(BOARD)


def answer_the_rest(town, role: str) -> None:
    """The board's other questions, which are answered like the first."""
    report = Report.objects.get(kind=Kind.BOARD, board=town.boards["GSN"])
    answered = set(report.answers.exclude(value="").values_list("question", flat=True))
    for part in form_of(report.template.content).sections:
        left = {q.key: AnswerInput(q.answers[0]) for q in part.questions if q.key not in answered}
        if left:
            editing.edit_section(
                report_id=report.pk, section=part.key,
                version=queries.section_state(report, part.key)[0],
                typed=SectionInput(answers=left), actor=town.user(role), today=timezone.localdate(),
            )  # fmt: skip
    assert chain.standing(report).unanswered == 0


def sign_all_but_the_first(user: User) -> None:
    """The municipality's sections, of which a person signs the first: the director has signed
    all of the board's on a page."""
    report = Report.objects.get(kind=Kind.MUNICIPALITY)
    for key in chain.standing(report).sections[1:]:
        services.sign_section(
            report_id=report.pk, section=key, version=queries.section_state(report, key)[0],
            actor=user, now=timezone.now(),
        )  # fmt: skip


def menu(page: Page, entry: str) -> None:
    page.get_by_role("link", name="Mer", exact=True).click()
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=entry).click()


def link(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=name, exact=True).first


def follow(page: Page, name: str) -> None:
    link(page, name).click()


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=re.compile(question)).get_by_label(answer).first.check()


def told(page: Page, sentence: str) -> None:
    expect(page.get_by_text(sentence).first).to_be_visible()


def step(page: Page, label: str) -> None:
    """A step that asks before it is taken."""
    follow(page, label)
    press(page, label)


def row(page: Page, about: str, what: str) -> None:
    """What waits, by its one button."""
    item = page.get_by_role("main").get_by_role("listitem").filter(has_text=what)
    item.filter(has_text=about).first.get_by_role("link").click()


def open_part(page: Page, unit: str) -> None:
    menu(page, "Rapporter")
    follow(page, "Enheternas delar")
    follow(page, unit)


def open_report(page: Page, board: str) -> None:
    menu(page, "Rapporter")
    page.get_by_role("main").get_by_role("row", name=board).get_by_role("link").first.click()


def section(page: Page, heading: str) -> None:
    page.get_by_text("Skriv i rapporten", exact=True).click()
    page.locator("details[open]").get_by_role("link", name=heading).first.click()
