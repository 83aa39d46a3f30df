"""Facts, metrics, figures and what of them may be shown."""
