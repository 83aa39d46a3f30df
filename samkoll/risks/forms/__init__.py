"""Web forms of risks, assessments and matrices."""

from samkoll.risks.forms.assessing import AssessmentForm, ResultForm
from samkoll.risks.forms.judging import AfterForm, ProposeForm, RiskForm
from samkoll.risks.forms.matrices import MatrixForm
from samkoll.risks.forms.small import CommonForm, GatherForm, LinkForm, ReasonForm, ReportForm

__all__ = [
    "AfterForm",
    "AssessmentForm",
    "CommonForm",
    "GatherForm",
    "LinkForm",
    "MatrixForm",
    "ProposeForm",
    "ReasonForm",
    "ReportForm",
    "ResultForm",
    "RiskForm",
]
