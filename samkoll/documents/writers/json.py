"""JSON: the whole content tree, and what the figures in it are made of. See
``docs/developers/report-json.md``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from samkoll.documents import stored
from samkoll.documents.content import Document


def write(document: Document, data: Mapping[str, Any]) -> bytes:
    """The document as ``stored.to_json`` has it, and ``data`` beside it, as UTF-8."""
    whole = {**stored.to_json(document), **data}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=False)
    return f"{text}\n".encode("utf-8", "replace")
