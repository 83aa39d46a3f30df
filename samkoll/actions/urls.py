"""Addresses of actions. The lists are ``home``'s: they show what other packages know too."""

from __future__ import annotations

from django.urls import path

from samkoll.actions.views import detail, hand_ups, moving, promising

app_name = "actions"
urlpatterns = [
    path("e/<str:code>/atgarder/ny/", promising.new, name="new"),
    path("atgarder/personer/", promising.people, name="people"),
    path("atgarder/lyft/<int:pk>/svar/", hand_ups.answer, name="answer"),
    path("atgarder/lyft/<int:pk>/last/", hand_ups.seen, name="seen"),
    path("atgarder/<int:pk>/", detail.detail, name="detail"),
    path("atgarder/<int:pk>/andra/", promising.edit, name="edit"),
    path("atgarder/<int:pk>/slutdatum/", promising.due_date, name="due_date"),
    path("atgarder/<int:pk>/paborja/", moving.start, name="start"),
    path("atgarder/<int:pk>/genomford/", moving.done, name="done"),
    path("atgarder/<int:pk>/genomfors-inte/", moving.drop, name="drop"),
    path("atgarder/<int:pk>/oppna/", moving.reopen, name="reopen"),
    path("atgarder/<int:pk>/uppfoljning/", moving.follow_up, name="follow_up"),
    path("atgarder/<int:pk>/lyft/", hand_ups.hand_up, name="hand_up"),
    path("atgarder/<int:pk>/kommentar/", detail.comment, name="comment"),
    path("atgarder/<int:pk>/bilagor/", detail.attach, name="attach"),
    path("atgarder/<int:pk>/bilagor/<int:link>/", detail.file, name="file"),
    path("atgarder/<int:pk>/bilagor/<int:link>/ta-bort/", detail.remove, name="remove"),
]
