"""What one person has on the desk: progress of jobs."""
