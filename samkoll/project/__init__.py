"""Wiring only: settings, addresses, the web application and the ``samkoll`` command."""
