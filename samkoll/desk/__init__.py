"""What one person has on the desk: jobs, drafts, saved views, reminders, the calendar."""
