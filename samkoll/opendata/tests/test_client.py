"""The reader of the API against a small server of our own that speaks as Kolada documents."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from samkoll.opendata.client import Client as Reader
from samkoll.opendata.client import KoladaUnreachable
from samkoll.opendata.tests import replies

SIXTY = {f"{number:04d}": f"Provkommun {number}" for number in range(1000, 1060)}


class Pretend:
    """A server whose answers a test decides; it notes what it was asked."""

    def __init__(self):
        self.asked: list[str] = []
        self.answers: dict[str, Any] = {}
        self.busy: list[int] = []
        pretend = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                pretend.asked.append(self.path)
                status, body = pretend.answer(self.path)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}/v3"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path):
        if self.busy:
            return self.busy.pop(0), b"{}"
        name = path.removeprefix("/v3/").split("/")[0].split("?")[0]
        found = self.answers.get(name, lambda path: {"values": []})(path)
        return (404, b"") if found is None else (200, json.dumps(found).encode())


@pytest.fixture
def pretend():
    made = Pretend()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Waits:
    """A clock that only moves when somebody sleeps."""

    def __init__(self):
        self.now, self.slept = 0.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds

    def clock(self):
        return self.now


def reader(pretend):
    waits = Waits()
    return Reader(pretend.base, sleep=waits.sleep, clock=waits.clock), waits


def values_of(path):
    parts = re.match(r"/v3/data/kpi/(.+)/municipality/(.+)/year/([^?]+)", path)
    assert parts is not None
    kpis, towns, years = parts.groups()
    assert max(len(part.split(",")) for part in (kpis, towns, years)) <= 25
    return {
        "values": [
            replies.data(town, 7.2, code=code, year=int(year))
            for code in kpis.split(",") for town in towns.split(",") for year in years.split(",")
        ],
        "count": 1,
    }  # fmt: skip


def test_it_asks_for_at_most_25_ids_at_a_time_and_at_most_five_times_a_second(pretend):
    pretend.answers = {
        "kpi": lambda path: {"values": [replies.kpi()]},
        "municipality": lambda path: {"values": replies.towns(SIXTY)},
        "data": values_of,
    }
    client, waits = reader(pretend)
    bundle = client.fetch(["N00090"], [2022, 2023])
    assert len(bundle.values) == 120
    assert len([path for path in pretend.asked if "/data/" in path]) == 3
    assert sum(waits.slept) == pytest.approx(0.2 * (len(pretend.asked) - 1))


@pytest.mark.parametrize("name", ["next_page", "next_url"])
def test_it_follows_pages_whichever_name_they_have(pretend, name):
    first, second = dict(list(SIXTY.items())[:5]), dict(list(SIXTY.items())[5:9])

    def towns(path):
        if "page=2" in path:
            return {"values": replies.towns(second), name: None}
        return {"values": replies.towns(first), name: f"{pretend.base}/municipality?page=2"}

    pretend.answers = {"municipality": towns, "data": values_of}
    client, _waits = reader(pretend)
    assert len(client.fetch(["N00090"], [2023]).municipalities) == 9


def test_a_page_on_another_server_is_not_followed(pretend):
    row = {"values": replies.towns(), "next_url": "http://169.254.1.1/latest/meta-data"}
    pretend.answers = {"municipality": lambda path: row}
    with pytest.raises(KoladaUnreachable, match="en annan server"):
        reader(pretend)[0].fetch(["N00090"], [2023])


def test_a_busy_server_is_asked_again_a_few_times(pretend):
    pretend.busy = [503, 429, 500]
    pretend.answers = {"kpi": lambda path: {"values": [replies.kpi()]}}
    client, waits = reader(pretend)
    assert client.fetch(["N00090"], [2023]).kpis
    assert [each for each in waits.slept if each >= 1] == [1, 2, 4]
    pretend.busy = [500] * 4
    with pytest.raises(KoladaUnreachable, match="svar 500"):
        client.fetch(["N00090"], [2023])


def test_a_refusal_is_a_sentence_and_is_not_repeated(pretend):
    pretend.busy = [400]
    with pytest.raises(KoladaUnreachable, match="avvisade"):
        reader(pretend)[0].fetch(["N00090"], [2023])
    assert len(pretend.asked) == 1


def test_key_figures_that_are_gone_are_simply_not_in_the_reply(pretend):
    pretend.answers = {
        "kpi": lambda path: None,
        "municipality": lambda path: {"values": replies.towns()},
    }
    assert reader(pretend)[0].fetch(["N99999"], [2023]).kpis == {}


def test_no_contact_is_a_sentence():
    waits = Waits()
    client = Reader("http://127.0.0.1:9/v3", sleep=waits.sleep, clock=waits.clock)
    with pytest.raises(KoladaUnreachable, match="läs in en fil"):
        client.fetch(["N00090"], [2023])
