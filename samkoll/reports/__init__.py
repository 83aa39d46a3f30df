"""The yearly work-environment report: form, answers, roll-up, documents."""
