"""What the chain adds to a document: comments, the decision, why a version replaces another."""

from __future__ import annotations

from samkoll.documents.content import Block, Heading, Note, Paragraph, text_blocks
from samkoll.reports.material import Decided, Material


def facts(report: Material) -> tuple[tuple[str, str], ...]:
    """Lines of the cover: the decision and the version."""
    decision = report.decision
    return (
        ("Beslut", _decided(decision) if decision else ""),
        ("Version", str(report.version) if report.version > 1 else ""),
    )


def _decided(decision: Decided) -> str:
    return f"{decision.nature} {decision.decided_on} § {decision.paragraph}"


def consultation(report: Material) -> list[Block]:
    """The section of comments and the decision; often nothing."""
    blocks: list[Block] = []
    if report.comments or report.decision:
        blocks.append(Heading(1, "Samverkan och synpunkter", "samverkan-och-synpunkter"))
    for place, said in enumerate(report.comments, start=1):
        blocks.append(Heading(2, said.of, f"synpunkter-{place}"))
        if said.held_on:
            blocks.append(Paragraph(f"Behandlad {said.held_on}."))
        blocks += text_blocks(said.text)
    if report.decision:
        blocks.append(Heading(2, "Beslut", "beslut"))
        blocks.append(Paragraph(f"{_decided(report.decision)}."))
        blocks += text_blocks(report.decision.text)
    return blocks


def correction(report: Material) -> list[Block]:
    """Why this version replaces the one before; it stands first."""
    if not report.correction:
        return []
    return [Note(f"Rättad, version {report.version}", report.correction, "override")]
