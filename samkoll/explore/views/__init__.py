"""Views of the statistics pages, a module for each kind."""
