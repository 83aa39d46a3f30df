"""The edge of the desk: drafts, saved views of lists, a person's own settings."""
