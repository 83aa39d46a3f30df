from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """An app for its style sheet only: the content tree and the writers know no Django."""

    name = "samkoll.documents"
    label = "documents"
