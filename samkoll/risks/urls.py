"""Addresses of risks, of assessments before a change, and of the matrices."""

from __future__ import annotations

from django.urls import path

from samkoll.risks.views import acting, assessments, detail, judging, lists, matrices

app_name = "risks"
urlpatterns = [
    path("risker/", lists.index, name="index"),
    path("e/<str:code>/risker/", lists.index, name="unit_index"),
    path("risker/matris/", lists.matrix, name="matrix"),
    path("e/<str:code>/risker/matris/", lists.matrix, name="unit_matrix"),
    path("e/<str:code>/risker/ny/", judging.new, name="new"),
    path("e/<str:code>/risker/foresla/", judging.propose, name="propose"),
    path("risker/nivaforslag/", judging.proposal, name="proposal"),
    path("risker/vanliga/", acting.standard, name="standard"),
    path("risker/samla/", acting.gather, name="gather"),
    path("risker/<int:pk>/", detail.detail, name="detail"),
    path("risker/<int:pk>/bedom/", judging.edit, name="edit"),
    path("risker/<int:pk>/efter/", judging.after, name="after"),
    path("risker/<int:pk>/avsla/", detail.reject, name="reject"),
    path("risker/<int:pk>/atgardad/", detail.close, name="close"),
    path("risker/<int:pk>/oppna/", detail.reopen, name="reopen"),
    path("risker/<int:pk>/ny-atgard/", acting.new_action, name="new_action"),
    path("risker/<int:pk>/koppla/", acting.link, name="link"),
    path("risker/<int:pk>/koppla-bort/<int:action>/", acting.unlink, name="unlink"),
    path("risker/<int:pk>/samla/", acting.gather_under, name="gather_under"),
    path("risker/<int:pk>/ta-ur/", detail.ungather, name="ungather"),
    path("risker/<int:pk>/rapportera/", acting.report, name="report"),
    path("risker/rapporterad/<int:pk>/ta-tillbaka/", detail.withdraw, name="withdraw"),
    path("andringar/", assessments.assessments, name="assessments"),
    path("e/<str:code>/andringar/", assessments.assessments, name="unit_assessments"),
    path("e/<str:code>/andringar/ny/", assessments.new, name="new_assessment"),
    path("andringar/<int:pk>/", assessments.assessment, name="assessment"),
    path("andringar/<int:pk>/risk/", judging.new_for_change, name="assessment_risk"),
    path("andringar/<int:pk>/klar/", assessments.ready, name="assessment_ready"),
    path("andringar/<int:pk>/uppfoljning/", assessments.follow_up, name="assessment_follow_up"),
    path("andringar/<int:pk>/avsluta/", assessments.withdraw, name="assessment_withdraw"),
    path("andringar/<int:pk>/steg/<slug:step>/", assessments.edit, name="assessment_edit"),
    path("matriser/", matrices.matrices, name="matrices"),
    path("matriser/valj/", matrices.choose, name="choose_matrix"),
    path("matriser/<str:code>/<int:version>/", matrices.edit, name="edit_matrix"),
]
