"""Editing the forms of reports: drafts of versions, their preview, and moving a report to one."""
