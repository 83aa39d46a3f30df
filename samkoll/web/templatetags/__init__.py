"""Template tags; loaded everywhere (``builtins`` in settings)."""
