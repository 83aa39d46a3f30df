"""Files in: profiles, preview, quarantine, batches, undo."""
