"""Verdicts: a yes, or a no with its reason. Buttons, pages and services show the same reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of a policy. True when allowed; otherwise ``reason`` is a Swedish sentence."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOW = Verdict(allowed=True)


def deny(reason: str) -> Verdict:
    """A refusal with the sentence that says why and what to do instead."""
    return Verdict(allowed=False, reason=reason)


def require(verdict: Verdict) -> None:
    """Go on only with an allowing verdict.

    Raises: PermissionDenied with the verdict's reason; the web answers 403 with that sentence.
    """
    if not verdict:
        raise PermissionDenied(verdict.reason)
