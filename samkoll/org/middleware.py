"""Each request reads its user's roles once."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from samkoll.org import queries

GetResponse = Callable[[HttpRequest], HttpResponse]


class RolesOnce:
    """Menu, views and policies of a request share what they have asked about its user."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            queries.keep_for_request(request.user)
        return self.get_response(request)
