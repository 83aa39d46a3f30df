"""Attachments: checked, stripped of what they say about people, stored."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "samkoll.files"
    label = "files"
