"""An answer that is kept is what the database holds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from quotes import codebook, review
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


def test_kept_page_of_a_target_shows_a_relation_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SLOW", 0)
    claim, other = (factories.target("claim", label=label) for label in ("Claim A", "Claim B"))
    for one in (claim, other):
        factories.stance(factories.quote(), one, "asserts")
    by, address = factories.user(), claim.get_absolute_url()
    plain = client.get(address).content

    relation = codebook.relate(claim=claim, other=other, kind="equivalent", by=by, why="By words")

    assert b"Claim B" not in plain
    assert b"Claim B" in client.get(address).content
    codebook.unrelate(relation=relation, by=by, why="Not quite")
    assert b"Claim B" not in client.get(address).content
