"""Units' and departments' parts (delar) of the board reports: opening, gathering, proposing.

``services`` opens them, ``places`` says what each is gathered by, ``queries`` finds them and
proposes answers from them, ``listing`` shows them as a table.
"""
