"""A statement that takes too long is cut off on either database, and a page says so (B14)."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client, RequestFactory

from base.limits import QueryLimit, was_cut_off

pytestmark = pytest.mark.django_db


def count(to: int) -> int:
    """Count in the database: ten million take either of them seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s) "
            "SELECT COUNT(*) FROM n",
            [to],
        )
        return int(cursor.fetchone()[0])


@pytest.fixture
def hasty(settings: Any) -> None:
    """Give a statement next to no time."""
    settings.QUERY_SECONDS = 0.05
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("address", "seam", "kind"),
    [
        ("/", "quotes.views.home.overview", "text/html; charset=utf-8"),
        ("/api/v1/quotes", "quotes.api.quotes.selected", "application/problem+json"),
    ],
)
def test_long_statement_is_cut_off_and_the_answer_says_what_to_do(
    address: str, seam: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seam, lambda *_, **__: count(10_000_000))

    response = Client(raise_request_exception=False).get(address)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Content-Type"] == kind
    said = response.content.decode()
    assert "takes too long" in said
    assert "filter" in said


@pytest.mark.usefixtures("hasty")
def test_streamed_files_and_commands_take_their_time() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # the server limits whoever asks
            cursor.execute("SET LOCAL statement_timeout = 0")

    def streamed(_: HttpRequest) -> Any:
        return StreamingHttpResponse(str(count(3_000_000)) for _ in "1")

    response: Any = QueryLimit(streamed)(RequestFactory().get("/quotes.csv"))

    assert b"".join(response.streaming_content) == b"3000000"
    assert count(3_000_000) == 3_000_000


def test_other_faults_of_the_database_are_not_taken_for_it() -> None:
    assert not was_cut_off(OperationalError("database is locked"))
    assert not was_cut_off(ValueError("interrupted"))
