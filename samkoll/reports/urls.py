"""Addresses of the reports, below ``/rapporter/``."""

from __future__ import annotations

from django.urls import include, path

from samkoll.reports import urls_forms
from samkoll.reports.views import chain, documents, editing, old, parts, reports, then_and_now

app_name = "reports"
urlpatterns = [
    path("", reports.index, name="index"),
    path("filer/", reports.build_many, name="build_many"),
    path("arbete/<int:pk>/", reports.job, name="job"),
    path("ar/<int:year>/oppna/", reports.open_year, name="open_year"),
    path("tidigare/", old.index, name="old_index"),
    path("tidigare/<int:pk>/", old.confirm, name="old"),
    path("tidigare/<int:pk>/kasta/", old.discard, name="old_discard"),
    path("tidigare/<int:pk>/dokument/", old.document, name="old_document"),
    path("delar/", parts.index, name="parts"),
    path("delar/<int:year>/oppna/", parts.open_parts, name="open_parts"),
    path("gang/", chain.matrix, name="chain"),
    path("gang/<int:year>/dagar/", chain.days, name="days"),
    path("<int:pk>/gang/", chain.show, name="steps"),
    path("<int:pk>/gang/<slug:step>/", chain.step, name="step"),
    path("<int:pk>/synpunkter/<slug:of>/", chain.comment, name="comment"),
    path("<int:pk>/godkann/", chain.signing, name="signing"),
    path("<int:pk>/beslut/", chain.decide, name="decide"),
    path("<int:pk>/tillbaka/", chain.send_back, name="send_back"),
    path("<int:pk>/ratta/", chain.correct, name="correct"),
    path("<int:pk>/paminn/", chain.remind, name="remind"),
    path("mallar/", include(urls_forms.forms)),
    *urls_forms.single,
    path("<int:pk>/", reports.read, name="read"),
    path("<int:pk>/granskning/", reports.review, name="review"),
    path("<int:pk>/avsnitt/<slug:key>/", editing.edit, name="edit"),
    path("<int:pk>/siffra/<str:figure>/", reports.figure, name="figure"),
    path("<int:pk>/andrade-siffror/", then_and_now.moved, name="moved"),
    path("<int:pk>/fraga/<slug:key>/", reports.question, name="question"),
    path("<int:pk>/fraga/<slug:key>/aterta/", reports.withdraw, name="withdraw"),
    path("<int:pk>/diarienummer/", reports.diary_number, name="diary_number"),
    path("<int:pk>/filer/", reports.build, name="build"),
    path("<int:pk>/dokument/", documents.documents, name="documents"),
    path("<int:pk>/bilagor/", documents.attach, name="attach"),
    path("<int:pk>/bilagor/<int:link>/", documents.attachment, name="attachment"),
    path("<int:pk>/bilagor/<int:link>/ta-bort/", documents.detach, name="detach"),
    path("<int:pk>/namndpaket/", documents.package, name="package"),
    path("<int:pk>/namndpaket/skapa/", documents.make_package, name="make_package"),
    path("<int:pk>/filer/<slug:format_>/", reports.download, name="download"),
]
