"""Attachments: checked, stripped of what they say about people, stored."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "samkoll.files"
    label = "files"

    def ready(self) -> None:
        """Tell the words of the change log."""
        from samkoll.files import log_words

        log_words.register()
