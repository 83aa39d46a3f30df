"""The package for a board's secretary: report, summary, proposal, figures, attachments, archive.

Other packages enter through ``packing`` (the ZIP), ``proposing`` (the text that the board is asked
to decide) and ``papers`` (the summary).
"""
