"""Evidence (underlag): what Samkoll itself knows about a question, as numbers and a proposal.

Each domain offers what it has by ``registry.evidence.add``; a question without a provider is
answered by people alone. docs/rules/evidence.md says what is counted and from which share on.
"""
