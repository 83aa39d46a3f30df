"""Organisation files for tests, as text."""

from __future__ import annotations

HEAD = "kod;namn;typ;överordnad;nämnd;gäller från;gäller till;ersätter"

GOOD = f"""{HEAD}
KS;Kommunstyrelsen;nämnd;;;2015-01-01;;
SN;Socialnämnden;nämnd;;;2015-01-01;;
EXK;Exempelkommunen;kommun;;;2015-01-01;;
KSF;Kommunstyrelsens förvaltning;förvaltning;EXK;KS;2015-01-01;;
SOF;Socialförvaltningen;förvaltning;EXK;SN;2015-01-01;;
SOF-100;Hemtjänst;avdelning;SOF;;2015-01-01;;
SOF-111;Hemtjänst Östra;enhet;SOF-100;;2015-01-01;2023-12-31;
SOF-112;Hemtjänst Västra;enhet;SOF-100;;2015-01-01;2023-12-31;
SOF-110;Hemtjänst Centrum;enhet;SOF-100;;2024-01-01;;SOF-111,SOF-112
"""


def rows(*lines: str) -> bytes:
    """A file of the head and these rows, in Windows-1252 with CRLF as payroll systems write."""
    return ("\r\n".join([HEAD, *lines]) + "\r\n").encode("cp1252")


def changed(old: str, new: str) -> bytes:
    """The good file with one thing changed."""
    assert old in GOOD
    return GOOD.replace(old, new).encode()
