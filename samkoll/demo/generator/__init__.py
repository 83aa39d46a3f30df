"""Generator of Exempelkommunen: made-up people whose statistics are known in advance. No Django.

``generate`` is the only door. The rules stand in ``docs/rules/demo-data.md``.
"""

from __future__ import annotations

from samkoll.demo.generator.building import GeneratedFiles, generate

__all__ = ["GeneratedFiles", "generate"]
