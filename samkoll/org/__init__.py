"""Units over time, boards, people, roles, safety areas."""
