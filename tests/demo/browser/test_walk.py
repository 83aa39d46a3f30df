"""Every role walks the demo by its links at two widths; nothing may be wrong anywhere."""

from __future__ import annotations

import pytest

from samkoll.ops.pytest_plugin import VAR
from tests.demo.browser.conftest import USERS
from tests.demo.browser.crawler import Crawler, Examined

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVERYBODY = ("/", "/e/KSF/", "/enhet/", "/sok/?q=KSF", "/organisation/", "/tillganglighet")
ALSO = {
    "hrstrateg": ("/kit", "/rapporter/", "/import/", "/import/ny/"),
    "administrator": ("/organisation/personer/", "/organisation/inlasning/", "/logg/"),
}
MEETS = {
    "medarbetare": {"home:start", "home:unit", "org:index"},
    "chef": {"home:start", "home:unit"},
    "forvaltningschef": {"reports:index", "reports:read", "reports:edit", "reports:figure"},
    "skyddsombud": {"reports:index", "reports:read"},
    "hrpartner": {"reports:read", "reports:edit"},
    "hrstrateg": {"reports:read", "reports:question", "imports:detail", "org:people"},
    "sekreterare": {"reports:read", "reports:diary_number"},
    "administrator": {"org:person", "org:person_new", "org:areas", "home:changes"},
    "revisor": {"home:changes", "home:readings"},
}
"""What a role must come across, so that a walk that finds nothing does not count as clean."""


@pytest.fixture(scope="session")
def examined() -> Examined:
    """What axe has seen in this run."""
    return Examined(VAR / "examined")


@pytest.mark.parametrize("user", USERS)
def test_every_page_that_a_role_can_reach_is_in_order(user, signed_in_as, served, examined):
    crawler = Crawler(signed_in_as(user), served, examined)
    wanted = MEETS.get(user, set())
    crawler.walk(*EVERYBODY, *ALSO.get(user, ()), meet=wanted)
    assert not crawler.wrong, "\n".join(crawler.wrong)
    missing = wanted - set(crawler.visits)
    assert not missing, f"never met {missing}; met {dict(crawler.visits)}"
