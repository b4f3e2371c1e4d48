"""An answer that is kept is what the database holds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from quotes import review
from quotes.views import keeping
from tests import discourse, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp() -> dict[str, Any]:
    return discourse.camp()


def test_kept_answer_ends_with_the_record_it_was_made_from(
    client: Client,
    camp: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    monkeypatch.setattr(keeping, "SLOW", 0)
    before = client.get("/compare?target=boats").content
    with django_assert_num_queries(1):
        assert client.get("/compare?target=boats").content == before
    assert client.get("/compare?target=storm").content != before

    review.withdraw(quote=camp["c1"], by=factories.user(), reason="error")

    after = client.get("/compare?target=boats").content
    assert after != before
    assert b"7 coded quotes" in b" ".join(before.split())
    assert b"6 coded quotes" in b" ".join(after.split())
