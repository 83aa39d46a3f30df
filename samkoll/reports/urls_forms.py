"""Addresses of the forms of reports (``mallar/``), of plans and of briefs."""

from __future__ import annotations

from django.urls import path

from samkoll.reports.views import briefs, form_editor, form_parts, looks, plans

forms = [
    path("", form_editor.index, name="form_index"),
    path("word/", looks.index, name="look_index"),
    path("word/var-mall/", looks.shipped, name="look_shipped"),
    path("word/<int:pk>/", looks.look, name="look"),
    path("word/<int:pk>/prov/", looks.trial, name="look_trial"),
    path("word/<int:pk>/ta-bort/", looks.end, name="look_end"),
    path("las-in/", form_editor.import_file, name="form_import"),
    path("<int:pk>/", form_editor.version, name="form_version"),
    path("<int:pk>/fil/", form_editor.version_file, name="form_version_file"),
    path("utkast/<int:pk>/", form_editor.draft, name="form_draft"),
    path("utkast/<int:pk>/fil/", form_editor.draft_file, name="form_draft_file"),
    path("utkast/<int:pk>/forhandsvisa/", form_editor.draft_preview, name="form_preview"),
    path("utkast/<int:pk>/publicera/", form_editor.publish, name="form_publish"),
    path("utkast/<int:pk>/ta-bort/", form_editor.discard, name="form_discard"),
    path("utkast/<int:pk>/<slug:key>/", form_parts.section, name="form_section"),
    path("utkast/<int:pk>/<slug:key>/flytta/", form_editor.move, name="form_move"),
    path("utkast/<int:pk>/<slug:key>/ny-del/", form_parts.part_new, name="form_part_new"),
    path("utkast/<int:pk>/<slug:key>/<int:place>/", form_parts.part, name="form_part"),
    path(
        "utkast/<int:pk>/<slug:key>/<int:place>/flytta/",
        form_parts.part_move,
        name="form_part_move",
    ),
]
single = [
    path("planer/", plans.index, name="plans"),
    path("brev/", briefs.index, name="briefs"),
    path("<int:pk>/mall/", form_editor.report_form, name="report_form"),
    path("<int:pk>/atgarder/", plans.measures, name="measures"),
    path("<int:pk>/atgarder/ny/", plans.measure_new, name="measure_new"),
    path("<int:pk>/atgarder/<int:measure>/", plans.measure, name="measure"),
    path("<int:pk>/atgarder/<int:measure>/flytta/", plans.measure_move, name="measure_move"),
]
