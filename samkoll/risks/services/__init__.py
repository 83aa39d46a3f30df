"""Everything that changes risks, matrices and assessments before a change."""

from samkoll.risks.services.assessing import (
    IncompleteAssessment,
    Told,
    edit_assessment,
    follow_up_assessment,
    lacking,
    make_ready,
    open_assessment,
    withdraw_assessment,
)
from samkoll.risks.services.by_rules import move_assessment, move_risk
from samkoll.risks.services.common import Actor, EditConflict, IncompleteRisk, NotNow, Values
from samkoll.risks.services.ending import close_risk, reopen_risk
from samkoll.risks.services.gathering import (
    CannotGather,
    add_to_common,
    gather,
    remove_from_common,
)
from samkoll.risks.services.judging import (
    add_risk,
    judge_risk,
    propose_risk,
    reject_risk,
    set_after,
)
from samkoll.risks.services.linking import act_on_risks, link_action, unlink_action
from samkoll.risks.services.matrices import (
    BadMatrix,
    choose_matrix,
    save_matrix,
    store_matrices,
    stored_default,
)
from samkoll.risks.services.reporting import CannotReport, report_onward, withdraw_report

__all__ = [
    "Actor",
    "BadMatrix",
    "CannotGather",
    "CannotReport",
    "EditConflict",
    "IncompleteAssessment",
    "IncompleteRisk",
    "NotNow",
    "Told",
    "Values",
    "act_on_risks",
    "add_risk",
    "add_to_common",
    "choose_matrix",
    "close_risk",
    "edit_assessment",
    "follow_up_assessment",
    "gather",
    "judge_risk",
    "lacking",
    "link_action",
    "make_ready",
    "move_assessment",
    "move_risk",
    "open_assessment",
    "propose_risk",
    "reject_risk",
    "remove_from_common",
    "reopen_risk",
    "report_onward",
    "save_matrix",
    "set_after",
    "store_matrices",
    "stored_default",
    "unlink_action",
    "withdraw_assessment",
    "withdraw_report",
]
