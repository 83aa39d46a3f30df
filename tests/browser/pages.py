"""Every page that the browser walks: add yours here, with the roles that see it differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samkoll.actions.tests import walk as actions
from samkoll.desk.tests import walk as settings
from samkoll.explore.tests import walk_catalogue as catalogue
from samkoll.explore.tests import walk_chance as chance
from samkoll.explore.tests import walk_comparison as towns
from samkoll.explore.tests import walk_exploring as exploring
from samkoll.explore.tests import walk_sheets as sheets
from samkoll.home.tests import plans, walk
from samkoll.imports.tests import batches, making
from samkoll.reports.tests import walk as reports
from samkoll.reports.tests import walk_chain as chain
from samkoll.reports.tests import walk_documents as report_files
from samkoll.reports.tests import walk_forms as forms
from samkoll.reports.tests import walk_parts as parts
from samkoll.risks.tests import walk as risks
from tests.town import Town


def _none(town: Town) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class PageCase:
    """A page by its URL name; ``arguments`` makes what it shows and gives the parts of its URL."""

    name: str
    roles: tuple[str, ...] = ("manager",)
    arguments: Callable[[Town], Mapping[str, object]] = _none
    query: str = ""


PAGES: tuple[PageCase, ...] = (
    PageCase("web:kit"),
    PageCase("web:kit_form"),
    PageCase("web:kit_confirm"),
    PageCase("web:accessibility", roles=("manager", "")),  # "" is nobody: not signed in
    PageCase("imports:index", roles=("hr_strategist",)),
    PageCase("imports:upload", roles=("hr_strategist",)),
    PageCase("imports:detail", roles=("hr_strategist",), arguments=batches.refused),
    PageCase("imports:detail", roles=("hr_strategist",), arguments=batches.waiting),
    PageCase("imports:detail", roles=("hr_strategist",), arguments=batches.committed),
    PageCase("imports:derivation", roles=("hr_strategist",), arguments=batches.derived),
    PageCase("imports:derivations", roles=("hr_strategist",)),
    PageCase("imports:progress", roles=("hr_strategist",), arguments=batches.received),
    PageCase("imports:faults", roles=("hr_strategist",), arguments=batches.waiting),
    PageCase("imports:undo", roles=("hr_strategist",), arguments=batches.committed),
    PageCase("imports:profile", roles=("hr_strategist",), arguments=making.two_versions),
    PageCase("imports:profile_new", roles=("hr_strategist",)),
    PageCase("imports:profile_step", roles=("hr_strategist",), arguments=making.step("lasning")),
    PageCase("imports:profile_step", roles=("hr_strategist",), arguments=making.step("kolumner")),
    PageCase("imports:profile_step", roles=("hr_strategist",), arguments=making.step("ord")),
    PageCase("imports:profile_step", roles=("hr_strategist",), arguments=making.step("prov")),
    PageCase("imports:profiles", roles=("hr_strategist",)),
    PageCase("home:start", roles=("employee", "manager", "administrator")),
    PageCase("home:search", roles=("administrator",), query="?q=s"),
    PageCase("home:pick", roles=("upper_manager",), query="?q=s"),
    PageCase("home:unit", roles=("employee", "safety_rep"), arguments=walk.figures),
    PageCase("home:unit", roles=("upper_manager",), arguments=walk.unit),
    PageCase("home:figure", roles=("employee",), arguments=walk.figure),
    PageCase("home:start", roles=("upper_manager",), arguments=plans.none),
    PageCase("home:actions", roles=("employee", "board_member"), arguments=plans.none),
    PageCase("home:unit_actions", roles=("manager",), arguments=plans.school),
    PageCase("home:unit_actions", roles=("director",), arguments=plans.school, query="?band=3"),
    PageCase("home:bulk", roles=("manager",), arguments=plans.none, query="?vald=1"),
    PageCase("home:changes", roles=("administrator",)),
    PageCase("home:readings", roles=("administrator",)),
    PageCase("explore:index", roles=("employee",), arguments=exploring.figures),
    PageCase(
        "explore:explore",
        roles=("upper_manager",),
        arguments=exploring.figures,
        query="?enhet=BUF-GRU&dela=enheter&jamfor=kommunen",
    ),
    PageCase(
        "explore:explore",
        roles=("employee",),
        arguments=exploring.figures,
        query="?matt=personalgrupper&dela=personalgrupp",
    ),
    PageCase(
        "explore:figure",
        roles=("employee",),
        arguments=exploring.figures,
        query="?matt=sick_leave&manad=2023-12&kon=women&fonster=ar",
    ),
    PageCase("explore:metrics", roles=("employee",)),
    PageCase("explore:metric", roles=("employee",), arguments=lambda t: {"key": "repeated_share"}),
    PageCase("explore:parameters", roles=("hr_strategist",), arguments=catalogue.both),
    PageCase("explore:limit", roles=("hr_strategist",), arguments=catalogue.limit),
    PageCase("explore:cost_year", roles=("hr_strategist",), arguments=catalogue.year),
    PageCase("explore:sheets", roles=("manager", "hr_strategist"), arguments=sheets.listed),
    PageCase("explore:comparison", roles=("employee",), arguments=towns.figures),
    PageCase("explore:loads", roles=("hr_strategist",), arguments=lambda t: towns.load(t) and {}),
    PageCase("explore:load", roles=("hr_strategist",), arguments=towns.load),
    PageCase("explore:funnel", roles=("board_member",), arguments=chance.figures),
    PageCase("explore:control", roles=("board_member",), arguments=chance.figures),
    PageCase("explore:forecast", roles=("board_member",), arguments=chance.forecast),
    PageCase("explore:forecast_periods", roles=("administrator",)),
    PageCase("desk:notice", arguments=settings.notice),
    PageCase("desk:settings", arguments=settings.weekly),
    PageCase("org:index", roles=("employee", "administrator")),
    PageCase("org:people", roles=("administrator", "hr_strategist")),
    PageCase("org:person", roles=("administrator", "hr_strategist"), arguments=walk.person),
    PageCase("org:leave", roles=("administrator",), arguments=walk.person),
    PageCase("org:person_new", roles=("administrator",)),
    PageCase("org:areas", roles=("administrator",)),
    PageCase("org:area_new", roles=("administrator",)),
    PageCase("org:upload", roles=("administrator",)),
    PageCase("actions:new", arguments=actions.unit),
    PageCase("actions:detail", roles=("manager", "upper_manager"), arguments=actions.own),
    PageCase("actions:detail", roles=("safety_rep",), arguments=actions.full),
    PageCase("actions:edit", arguments=actions.own),
    PageCase("actions:due_date", arguments=actions.own),
    PageCase("actions:done", roles=("employee",), arguments=actions.own),
    PageCase("actions:drop", arguments=actions.own),
    PageCase("actions:reopen", arguments=actions.done),
    PageCase("actions:follow_up", arguments=actions.done),
    PageCase("actions:hand_up", arguments=actions.done),
    PageCase("actions:answer", roles=("upper_manager",), arguments=actions.question),
    PageCase("actions:attach", roles=("employee",), arguments=actions.own),
    PageCase("actions:remove", arguments=actions.file),
    PageCase("reports:read", roles=("director",), arguments=reports.report),
    PageCase("reports:chain", roles=("hr_strategist",), arguments=chain.matrix),
    PageCase("reports:days", roles=("hr_strategist",), arguments=chain.days),
    PageCase("reports:steps", roles=("head_safety_rep",), arguments=chain.in_consultation),
    PageCase("reports:step", roles=("director",), arguments=chain.to_consult),
    PageCase("reports:comment", roles=("hr_partner",), arguments=chain.to_comment),
    PageCase("reports:signing", roles=("director",), arguments=chain.in_consultation),
    PageCase("reports:decide", roles=("secretary",), arguments=reports.report),
    PageCase("reports:send_back", roles=("director",), arguments=chain.in_consultation),
    PageCase("reports:review", roles=("director",), arguments=reports.report),
    PageCase("reports:moved", roles=("director",), arguments=reports.report),
    PageCase("reports:edit", roles=("director",), arguments=reports.section),
    PageCase("reports:edit", roles=("upper_manager",), arguments=parts.gathering),
    PageCase("reports:parts", roles=("upper_manager",), arguments=parts.listed),
    PageCase("reports:look_index", roles=("hr_strategist",)),
    PageCase("reports:look", roles=("hr_strategist",), arguments=reports.unit),
    PageCase("reports:old_index", roles=("hr_strategist",), arguments=reports.old_list),
    PageCase("reports:old", roles=("hr_strategist",), arguments=reports.old),
    PageCase("reports:job", roles=("director",), arguments=reports.job),
    PageCase("reports:documents", roles=("director",), arguments=report_files.with_files),
    PageCase("reports:attach", roles=("director",), arguments=report_files.with_files),
    PageCase("reports:detach", roles=("director",), arguments=report_files.attachment),
    PageCase("reports:package", roles=("secretary",), arguments=report_files.with_files),
    PageCase("published:index", roles=("",), arguments=report_files.listed),
    PageCase("published:read", roles=("",), arguments=report_files.published),
    PageCase("reports:diary_number", roles=("secretary",), arguments=reports.report),
    PageCase("reports:question", roles=("hr_strategist",), arguments=reports.question),
    PageCase("reports:form_index", roles=("hr_strategist",)),
    PageCase("reports:form_version", roles=("hr_strategist",), arguments=forms.version),
    PageCase("reports:form_import", roles=("hr_strategist",)),
    PageCase("reports:form_draft", roles=("hr_strategist",), arguments=forms.draft),
    PageCase("reports:form_preview", roles=("hr_strategist",), arguments=forms.draft),
    PageCase("reports:form_section", roles=("hr_strategist",), arguments=forms.section),
    PageCase("reports:form_part", roles=("hr_strategist",), arguments=forms.questions),
    PageCase("reports:form_part", roles=("hr_strategist",), arguments=forms.rows),
    PageCase("reports:report_form", roles=("hr_strategist",), arguments=reports.report),
    PageCase("reports:plans", roles=("hr_strategist",)),
    PageCase("reports:measures", roles=("hr_strategist",), arguments=forms.plan),
    PageCase("reports:measure", roles=("hr_strategist",), arguments=forms.measure),
    PageCase("reports:read", roles=("hr_strategist",), arguments=forms.plan),
    PageCase("reports:briefs", roles=("director",)),
    PageCase("reports:read", roles=("director",), arguments=forms.brief),
    PageCase("reports:correct", roles=("hr_strategist",), arguments=chain.decided),
    PageCase("risks:index", roles=("upper_manager",), arguments=lambda t: risks.unit(t) and {}),
    PageCase("risks:unit_index", roles=("manager", "employee"), arguments=risks.unit),
    PageCase("risks:matrix", roles=("manager",), arguments=lambda t: risks.unit(t) and {}),
    PageCase("risks:detail", roles=("upper_manager", "safety_rep"), arguments=risks.full),
    PageCase("risks:detail", roles=("upper_manager",), arguments=risks.common),
    PageCase("risks:detail", roles=("employee", "manager"), arguments=risks.proposed),
    PageCase("risks:new", arguments=risks.unit, query="?standard=physical-2"),
    PageCase("risks:propose", roles=("safety_rep",), arguments=risks.unit),
    PageCase("risks:edit", arguments=risks.full),
    PageCase("risks:after", arguments=risks.full),
    PageCase("risks:close", arguments=risks.full),
    PageCase("risks:new_action", arguments=risks.full),
    PageCase("risks:link", arguments=risks.full),
    PageCase("risks:report", arguments=risks.full),
    PageCase("risks:gather_under", arguments=risks.full),
    PageCase("risks:standard"),
    PageCase("risks:assessments", arguments=lambda t: risks.changing(t) and {}),
    PageCase("risks:assessment", roles=("manager", "employee"), arguments=risks.changing),
    PageCase("risks:assessment_edit", arguments=risks.a_step),
    PageCase("risks:new_assessment", arguments=risks.unit),
    PageCase("risks:matrices", roles=("administrator",)),
    PageCase("risks:edit_matrix", roles=("administrator",), arguments=risks.matrix),
)
