"""UI kit: layout, components, helpers. No tables."""
