"""Files in: mapping profiles, preview, faults by row, quarantine, batches and their undoing."""
