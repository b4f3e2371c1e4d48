"""Every public route, asked by everybody, in every way and about a quote in every state.

The admin's routes have their table in tests/quotes/test_admin_permissions.py. Each route's
addresses come from tests/addresses.py; tests/test_leaks.py fails for a route without them.
"""

import re
import time
from statistics import median
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.csp import POLICY
from quotes import review
from tests import factories
from tests.addresses import addresses
from tests.forms import client as signed_in
from tests.hard import times
from tests.planted import Planted, plant
from tests.quotes.test_admin_permissions import addresses as admin_addresses
from tests.quotes.test_admin_permissions import rows as admin_rows

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "viewer", "coder", "editor", "admin")
STATES = ("published", "withdrawn", "closed", "candidate", "accepted", "rejected")
# What a route answers while its quote is published, withdrawn with its citation, withdrawn
# without (a court's order), and while it has never been public. Of several addresses, the first.
ALWAYS = (200, 200, 200, 200)
PAGE = (200, 410, 410, 404)
OF_A_QUOTE: dict[str, tuple[int, int, int, int]] = {
    "quote": PAGE,
    "quote_version": (200, 200, 410, 404),
    "quote_history": PAGE,
    "quote_file": PAGE,
    "version_file": (200, 200, 410, 404),
    "timegate": (302, 410, 410, 404),
    "timemap": PAGE,
    "quote_words": (301, 301, 301, 301),
    "linkset": (200, 200, 410, 404),
    "share_card": (200, 200, 410, 404),
    "embed": PAGE,
    "oembed": (200, 410, 410, 404),
    "article": PAGE,
    "outlet": PAGE,
    "target": PAGE,
    "codebook_entry": PAGE,
    "target_agreement": PAGE,
    "utterance": PAGE,
    "person": PAGE,
    "organization": PAGE,
    "network_tie": (200, 404, 404, 404),
    "person_file": PAGE,
    "target_file": PAGE,
    "api_nothing": (404, 404, 404, 404),
    "api_quote": PAGE,
    # None is offered until whoever runs the site makes one.
    "dataset_archive": (404, 404, 404, 404),
    "api_versions": PAGE,
    "api_version": (200, 200, 410, 404),
    **dict.fromkeys(
        (
            f"api_{kind}_one"
            for kind in ("people", "organizations", "outlets", "articles", "targets")
        ),
        PAGE,
    ),
}
BY_SLUG = ("outlet", "target", "codebook_entry", "target_agreement", "person", "organization")
BY_ID = ("article", "utterance")
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "BREW")


@pytest.fixture(autouse=True)
def everything_is_open(settings: Any) -> None:
    """As a collection may choose; and the API answers however often it is asked."""
    settings.PUBLISH_CODINGS, settings.API_PER_MINUTE = True, 0
    settings.CONTACT = "editors@example.org"


def planted_in(state: str) -> Planted:
    public = state in ("published", "withdrawn", "closed")
    planted = plant(f"zq{state}", "published" if public else state)
    if state in ("withdrawn", "closed"):
        reason = "error" if state == "withdrawn" else "court-order"
        review.withdraw(quote=planted.quote, by=factories.user(), reason=reason)
    return planted


def browser(role: str) -> Client:
    return Client() if role == "anonymous" else signed_in(factories.user(role))


@pytest.mark.parametrize("state", STATES)
def test_every_route_answers_each_role_and_state_as_its_row_says(state: str) -> None:
    """Signing in shows a reader nothing more: whether a page is there is the quote's alone (A1)."""
    planted = planted_in(state)
    column = min(STATES.index(state), 3)
    browsers = {role: browser(role) for role in ROLES}
    wrong = {}
    for name, urls in addresses(planted).items():
        expected = OF_A_QUOTE.get(name, ALWAYS)[column]
        answers = {role: who.get(urls[0]).status_code for role, who in browsers.items()}
        if set(answers.values()) != {expected}:
            wrong[name] = answers

    assert wrong == {}


def test_no_route_takes_a_method_that_it_does_not_know() -> None:
    """405 for every method but GET, HEAD and POST; 403 for a form without its token (A7)."""
    planted, person = planted_in("published"), factories.user("admin")
    free, strict = signed_in(person), Client(enforce_csrf_checks=True)
    strict.force_login(person)
    public = {name: urls[0] for name, urls in addresses(planted).items()}
    forms = admin_addresses() | {"report": public["report"]}
    before = everything_stored()
    wrong = {}
    for name, url in (public | forms).items():
        for method in METHODS if name in forms else (*METHODS, "POST"):
            # Where nothing stands, nothing is there to be refused.
            status = free.generic(method, url).status_code
            if status != 405 and (name, status) != ("api_nothing", 404):
                wrong[method, name] = status
        if (status := strict.post(url).status_code) not in (403, 404, 405):
            wrong["POST without token", name] = status

    assert wrong == {}
    assert everything_stored() == before


def everything_stored() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("quotes_", "people_", "auth_")):
                cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of our own
                found[table] = cursor.fetchone()[0]
        return found


@pytest.mark.parametrize("state", ["candidate", "accepted", "rejected"])
def test_draft_and_what_never_was_answer_alike(client: Client, state: str) -> None:
    """Same status, headers, body and number of queries: nothing tells that it exists (A3)."""
    planted = planted_in(state)
    for name in (*BY_SLUG, *BY_ID):
        url = addresses(planted)[name][0]
        key = url.rsplit("/", 1)[1]
        never = "ZZZZZZZZ" if name in BY_ID else "z" * len(key)
        assert told(client, url, key) == told(client, url.replace(key, never), never), name


@pytest.mark.hard
def test_draft_and_what_never_was_take_the_same_time(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked in turn, 400 times with `make check-hard`; the bound allows for a busy machine (A3)."""
    draft_of = planted_in("candidate")
    urls = (addresses(draft_of)["article"][0], "/articles/ZZZZZZZZ")
    taken: dict[str, list[float]] = {url: [] for url in urls}
    for _ in range(times(40, 400)):
        for url in urls:
            began = time.perf_counter()
            assert client.get(url).status_code == 404
            taken[url].append(time.perf_counter() - began)
    draft, never = (median(taken[url]) for url in urls)
    with capsys.disabled():
        print(f"\ndraft {1000 * draft:.2f} ms, never was {1000 * never:.2f} ms")

    assert 0.5 < draft / never < 2


def told(client: Client, url: str, key: str) -> tuple[Any, ...]:
    """Return all that an answer tells, without what was asked for."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(url)
    headers = {k: v for k, v in response.headers.items() if k != "X-Request-ID"}
    text = re.sub(re.escape(key), "KEY", response.content.decode())
    return response.status_code, headers, text, len(queries)


def test_caches_keep_nothing_that_is_somebodys(client: Client) -> None:
    """Pages of readers set no cookie, for nobody; what only an editor sees stays theirs (A4)."""
    planted, editor = planted_in("published"), browser("editor")
    for name, urls in addresses(planted).items():
        if name == "report":  # a form: its token is a cookie, and the page is never kept
            assert "no-store" in client.get(urls[0]).headers["Cache-Control"]
            continue
        for who in (client, editor):
            assert not who.get(urls[0]).cookies, name
            assert not who.head(urls[0], headers={"authorization": "Basic eDp4"}).cookies, name
        theirs, everybodys = editor.get(urls[0]), client.get(urls[0])
        if "Edit this quote" in text_of(theirs):
            assert theirs.headers["Cache-Control"] == "private, no-store", name
        assert "Edit this quote" not in text_of(everybodys), name
    assert not [name for name in configured.MIDDLEWARE if "Cache" in name]


def text_of(response: Any) -> str:
    return b"".join(response).decode(errors="replace")


def test_every_page_of_staff_says_that_nobody_may_keep_it() -> None:
    who = browser("admin")
    kept = {}
    for row, url in admin_addresses().items():
        if "a" in admin_rows()[row][0]:
            header = who.get(url).headers.get("Cache-Control", "")
            if not {"private", "no-store"} <= set(re.split(r",\s*", header)):
                kept[row] = header

    assert kept == {}


@pytest.mark.parametrize("role", ["viewer", "coder", "editor"])
def test_fields_that_a_form_does_not_show_are_not_taken(role: str) -> None:
    """Owner, status, id, flags, sent along with every form that there is (A5)."""
    planted, person = planted_in("candidate"), factories.user(role)
    who = signed_in(person)
    smuggled = {
        "status": "published", "public_id": "ZZZZZZZZ", "reviewed_by": person.pk, "text": "x",
        "is_superuser": "on", "is_staff": "on", "groups": ["1", "2", "3", "4"], "kind": "machine",
        "user_permissions": ["1"], "sha256": "0" * 64, "body": "x", "revision": "99",
        "_to_field": "id", "_popup": "1", "reason": "x", "machine": "on", "decided_by": person.pk,
    }  # fmt: skip
    for row, url in admin_addresses().items():
        if not row.startswith(("log", "password", "quotes_quote_step", "quotes_quote_bulk")):
            who.post(url, smuggled)

    planted.quote.refresh_from_db()
    planted.article.refresh_from_db()
    person.refresh_from_db()
    assert (planted.quote.status, planted.quote.public_id) == ("candidate", None)
    assert planted.article.sha256 != "0" * 64
    assert (person.is_superuser, list(person.groups.values_list("name", flat=True))) == (
        False,
        [role],
    )
    assert not type(planted.quote).objects.filter(public_id="ZZZZZZZZ").exists()


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_sign_in_leads_to_this_site_only(settings: Any, address: str) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    factories.user("editor", username="reader-b", password="a long password 1")
    data = {"username": "reader-b", "password": "a long password 1", "next": address}

    answer = Client().post(reverse("admin:login") + f"?next={address}", data)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")


def test_every_kind_of_answer_carries_the_headers(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A10, with https as in production; an embed alone may stand in frames, tried in a browser."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    planted, gone = planted_in("published"), planted_in("withdrawn")
    id_, client = str(planted.quote.public_id), Client(raise_request_exception=False)
    monkeypatch.setattr("quotes.views.home.overview", lambda *_: 1 / 0)
    kinds = {
        f"/q/{id_}": 200, f"/q/{id_.lower()}": 301, "/quotes?unknown=1": 400,
        "/q/00000000": 404, f"/q/{gone.quote.public_id}": 410, "/": 500,
        f"/q/{id_}.json": 200, f"/q/{id_}.ris": 200, "/sitemap.xml": 200, "/healthz": 200,
        "/static/admin/css/base.css": 200, "/admin/": 302, "/admin/login/": 200,
    }  # fmt: skip
    if id_ == id_.lower():  # an id of digits only has one spelling
        del kinds[id_]
    for url, status in kinds.items():
        response = client.get(url, secure=True)
        response.getvalue()
        assert response.status_code == status, url
        check_headers(response, url)
    check_headers(client.post("/quotes", secure=True), "405")
    check_headers(Client(enforce_csrf_checks=True).post("/admin/login/", secure=True), "403")


def check_headers(response: Any, url: str) -> None:
    headers = response.headers
    assert headers["Content-Security-Policy"] == POLICY, url
    assert "includeSubDomains" in headers["Strict-Transport-Security"], url
    assert "max-age=31536000" in headers["Strict-Transport-Security"], url
    assert headers["X-Content-Type-Options"] == "nosniff", url
    assert headers["Referrer-Policy"] == "same-origin", url
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", url
    assert "camera=()" in headers["Permissions-Policy"], url
    if not url.startswith("/static/"):  # answered before; its policy says the same
        assert headers["X-Frame-Options"] == "DENY", url


@pytest.mark.parametrize(
    ("address", "seam", "kind"),
    [
        ("/", "quotes.views.home.overview", "text/html; charset=utf-8"),
        ("/api/v1/quotes", "quotes.api.quotes.selected", "application/problem+json"),
        ("/api/v1/people", "quotes.api.base.read", "application/problem+json"),
    ],
)
def test_database_that_is_away_is_said_and_not_shown(
    address: str, seam: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 and when to ask again, without a word of the fault (F3, B14)."""
    from django.db import OperationalError  # as psycopg2 and sqlite3 report it

    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("could not connect to server zqdatabase")

    monkeypatch.setattr(seam, away)
    response = Client(raise_request_exception=False).get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.headers["Content-Type"] == kind
    assert "zqdatabase" not in response.content.decode()
    if kind.endswith("json"):
        assert response.json()["title"] == "Not available at the moment"
        assert response.json()["status"] == 503
        assert response.headers["Access-Control-Allow-Origin"] == "*"
