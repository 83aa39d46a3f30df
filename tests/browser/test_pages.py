"""Each role walks its pages at two widths, by keyboard, and without JavaScript."""

from __future__ import annotations

from collections import Counter

import pytest
from django.urls import reverse

from tests.browser.check import check_page, check_without_script
from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser
_PAGES_OF = Counter(role for case in PAGES for role in case.roles)
ROLES = sorted(_PAGES_OF, key=lambda role: (-_PAGES_OF[role], role))  # the longest begin


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_every_page_of_a_role_is_accessible(page, no_script, signed_in, live_server, town, role):
    if role:
        signed_in(page, town.user(role))
        signed_in(no_script, town.user(role))
    wrong = []
    for case in (case for case in PAGES if role in case.roles):
        path = reverse(case.name, kwargs=dict(case.arguments(town)))
        picture = f"{role or 'nobody'}-{case.name.replace(':', '-')}"
        try:
            check_page(page, f"{live_server.url}{path}{case.query}", picture=picture)
            check_without_script(no_script, f"{live_server.url}{path}{case.query}")
        except AssertionError as error:
            wrong.append(str(error))
    assert not wrong, "\n\n".join(wrong)
