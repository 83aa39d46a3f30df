"""Statistics: facts from payroll, metrics, the cube, and what of it may be published."""
