"""Word templates that others have written: filled in a process of its own, with limits.

Such a template may use ``{{ fält }}``, conditions and loops on its cover, in headers and footers.
What it may not do, and why it ended, comes back as a sentence.
"""
