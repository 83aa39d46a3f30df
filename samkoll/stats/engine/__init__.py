"""From facts to figures: leaf cells, the cube, disclosure control. No Django here."""
