"""Start page and pages that compose several domains. No tables."""
