"""Suggested sentences for the text of a report, by rules from the figures of its section.

No language model and no Django. A sentence is plain Swedish, says only what its figures say, and
carries them, so that it can be told when they have changed. ``docs/rules/suggested-text.md``.
"""
