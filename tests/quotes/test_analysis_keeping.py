"""What is kept in memory is what the database holds: answers, and columns of stances."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.models import Person
from quotes import record, review, stances
from quotes.models import Stance
from quotes.record import Record
from quotes.views import keeping
from tests import discourse, factories
from tests.discourse import PAGES, said

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


def test_columns_in_memory_are_the_same_as_the_query(
    client: Client, camp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [*PAGES, "/network", "/network?kind=direct&actors=outlet", "/camps"]
    by_query = [_main(client, url) for url in urls]
    monkeypatch.setattr(record, "KEPT_FROM", 1)

    assert [_main(client, url) for url in urls] == by_query

    # Edits of each kind: the kept columns follow them, one change at a time or several.
    editor = factories.user()
    person = Person.objects.get(slug="speaker-b")
    edits: list[Callable[[], object]] = [
        lambda: review.withdraw(quote=camp["c1"], by=editor, reason="error"),
        lambda: stances.tag(
            quote=camp["a1"], target=factories.target(), value="neutral", by=editor
        ),
        lambda: stances.untag(stance=Stance.objects.get(quote=camp["b2"]), by=editor, why="Wrong"),
        lambda: Person.objects.filter(pk=person.pk).update(protected=True, public_role="a witness"),
        lambda: said(person, factories.target(), "mixed"),
    ]
    for edit in edits:
        edit()
        _same(record.kept(), record.read(Stance.objects.published()))


def _same(kept: Record | None, fresh: Record) -> None:
    assert kept is not None
    assert len(kept) == len(fresh)
    for name in (
        "quote",
        "target",
        "speaker",
        "body",
        "outlet",
        "article",
        "value",
        "earliest",
        "latest",
        "public_id",
    ):
        assert getattr(kept, name).tolist() == getattr(fresh, name).tolist(), name


def _main(client: Client, url: str) -> str:
    return client.get(url).content.decode().split("<main", 1)[1]
