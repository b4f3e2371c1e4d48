"""Nothing that anybody can send to a public address breaks the site, or keeps it busy."""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tries
from schemathesis.specs.openapi.checks import positive_data_acceptance

from quotes import review
from quotes.api.schema import schema
from tests import factories
from tests.fuzz.strange import bases, requests
from tests.hard import times
from tests.planted import Planted, plant

pytestmark = pytest.mark.django_db
SECONDS = 1.0
INSIDE = ("Traceback", "site-packages", "OperationalError", "DataError", "psycopg2", "sqlite3.")


@pytest.fixture
def planted(settings: Any) -> Planted:
    """One public quote with all around it, one that is withdrawn, one that waits."""
    settings.API_PER_MINUTE = 0
    settings.PUBLISH_CODINGS = True
    gone = plant("zqgone", "published")
    review.withdraw(quote=gone.quote, by=factories.user(), reason="court-order")
    plant("zqwaiting", "candidate")
    return plant("visible", "published")


@pytest.mark.hard
def test_strange_requests_are_answered_calmly(
    planted: Planted, caplog: pytest.LogCaptureFixture
) -> None:
    # A record of each refusal, kept to the end, is what would fill the memory here.
    caplog.set_level(logging.CRITICAL, "django.request")
    client = Client(raise_request_exception=False)
    codes: Counter[int] = Counter()
    broken, slow, leaking = [], [], []
    for method, address in requests(planted, count=times(1_200, 20_000), seed=2026):
        begin = time.process_time()
        response = getattr(client, method)(address)
        text = b"".join(response.streaming_content) if response.streaming else response.content
        spent = time.process_time() - begin
        codes[response.status_code] += 1
        shown = (method, response.status_code, address[:300])
        # oEmbed's own answer to a format that is not offered; it is said on purpose.
        said = response.status_code == 501 and address.startswith("/oembed")
        if response.status_code >= 500 and not said:
            broken.append(shown)
        # What is slow is slow again; a machine that pauses for another is not.
        if spent > SECONDS and seconds(client, method, address) > SECONDS:
            slow.append((round(spent, 2), *shown))
        words = text.decode(errors="replace")
        if response.status_code >= 400 and any(word in words for word in INSIDE):
            leaking.append(shown)
        if "\n" in str(response.headers) or "zqwaiting" in words.replace(address, ""):
            leaking.append(shown)
    assert broken == []
    assert slow == []
    assert leaking == []
    # Strange enough to be refused, and not so strange that nothing is looked at.
    assert {200, 400, 404, 405} <= set(codes)
    assert min(codes[200], codes[400]) > len(bases(planted))


def seconds(client: Client, method: str, address: str) -> float:
    """Return how long the processor takes for one answer."""
    begin = time.process_time()
    response = getattr(client, method)(address)
    for _ in response:
        pass
    return time.process_time() - begin


@pytest.fixture
def kept_open() -> Iterator[None]:
    """Keep the test's transaction over requests that do not come through Django's own client."""
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.hard
def test_api_keeps_to_its_own_description(planted: Planted, kept_open: None) -> None:
    app = WSGIHandler()
    described = schemathesis.openapi.from_dict(schema())
    described.location = "http://testserver/api/v1/schema"
    described.app = app
    asked: Counter[str] = Counter()
    for result in described.get_all_operations():
        operation: Any = result.ok()  # type: ignore[union-attr]

        @given(case=operation.as_strategy())
        @tries(
            max_examples=times(6, 150),
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            response = case.call()
            asked[case.operation.path] += 1
            # A name that nobody has is fit by its form and refused all the same.
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

        ask()
    assert set(asked) == set(schema()["paths"])
