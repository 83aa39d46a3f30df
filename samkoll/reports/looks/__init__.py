"""Word templates that HR writes, and logos, by administration."""
