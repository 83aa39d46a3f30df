"""The floor: errors, verdicts, months, keys, Swedish text. No tables."""
