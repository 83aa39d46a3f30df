"""Pages of imports. Thin: find what the user may see, call one service, render one template."""
