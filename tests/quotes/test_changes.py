"""The change log: what of the public record changed, in the order in which it was committed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection, transaction

from base import triggers
from people.models import Membership
from quotes import changes, review
from quotes.changes import State, changed_quotes, state
from quotes.choices import Status
from quotes.models import Change, Quote
from quotes.triggers.change import ALL, KEPT, MOST, TRIGGERS
from tests import factories


def changed(edit: Callable[[], object], *, most: int = 100) -> set[int] | None:
    """Return what the log says of an edit; an edit that it does not count is a failure."""
    before = state()
    edit()
    now = state()
    assert now.seq > before.seq
    ids = changed_quotes(before, now=now, most=most)
    return None if ids is None else set(ids)


@pytest.mark.django_db
def test_every_public_change_names_its_quotes_and_nothing_else_is_counted() -> None:
    by, body, speaker = factories.user(), factories.organization(), factories.person()
    quote = factories.quote(speaker=speaker, by=by, on_behalf_of=body)
    other = factories.quote(article=quote.article, by=by)
    accepted = factories.quote(status="accepted", speaker=speaker, by=by)
    rows = Quote.objects.filter(pk=quote.pk)
    stance = factories.stance(quote, factories.target(), "supports", by=by)

    assert changed(lambda: rows.update(kind="mixed")) == {quote.pk}
    assert changed(lambda: type(stance).objects.update(value="mixed")) == {quote.pk}
    assert changed(lambda: stance.delete()) == {quote.pk}
    assert changed(lambda: type(quote.article).objects.update(published_latest=None)) == {
        quote.pk,
        other.pk,
    }
    # Only what a person says in public counts; the accepted quote of theirs is left out.
    role = Membership(person=speaker, organization=body, role="a role")
    assert changed(role.save) == {quote.pk}
    assert changed(role.delete) == {quote.pk}
    people = type(speaker).objects.filter(pk=speaker.pk)
    assert changed(lambda: people.update(protected=True, public_role="a relative")) == {quote.pk}
    assert changed(lambda: review.publish(quote=accepted, by=by)) == {accepted.pk}
    assert changed(lambda: review.withdraw(quote=quote, by=by, reason="error")) == {quote.pk}
    # One quote of theirs says that a speaker's names are others (`quotes/search/known.py`).
    assert changed(lambda: people.update(name="Speaker Z")) == {accepted.pk}
    alias = speaker.other_names.model(person=speaker, name="Speaker Y")
    assert changed(alias.save) == {accepted.pk}
    assert changed(lambda: speaker.other_names.update(name="Speaker X")) == {accepted.pk}
    assert changed(alias.delete) == {accepted.pk}
    # Lists know these by their keys: what they are called is read at each request.
    assert changed(lambda: type(body).objects.update(name="Body Z")) == set()

    before = state()
    candidate = factories.quote(status="candidate", by=by)
    Quote.objects.filter(pk=candidate.pk).update(kind="mixed")
    factories.stance(candidate, factories.target(), "supports", by=by)
    assert state() == before
    assert changed_quotes(before, now=before, most=10) == ()


@pytest.mark.django_db(transaction=True)
def test_changes_are_numbered_in_the_order_of_their_commits() -> None:
    first, second = factories.quote(), factories.quote()
    other = connection.copy()

    def edit_and_commit_elsewhere() -> None:
        with other.cursor() as cursor:
            cursor.execute("UPDATE quotes_quote SET kind = 'mixed' WHERE id = %s", [second.pk])

    before = state()
    try:
        if connection.vendor == "postgresql":  # SQLite has one writer at a time
            with transaction.atomic():
                Quote.objects.filter(pk=first.pk).update(kind="mixed")
                edit_and_commit_elsewhere()
        else:
            edit_and_commit_elsewhere()
            Quote.objects.filter(pk=first.pk).update(kind="mixed")
    finally:
        other.close()

    written = Change.objects.filter(seq__gt=before.seq).order_by("seq")
    assert [row.quote_id for row in written] == [second.pk, first.pk]
    assert [row.seq for row in written] == [before.seq + 1, before.seq + 2]

    before = state()
    with transaction.atomic():
        Quote.objects.filter(pk=first.pk).update(kind="direct")
        assert state().seq == before.seq + 1
        transaction.set_rollback(True)
    assert state() == before


@pytest.mark.django_db(transaction=True)
def test_log_stays_short_and_a_reader_who_fell_behind_reads_all_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    quotes = [factories.quote() for _ in range(3)]
    short = [
        replace(
            trigger,
            sqlite_statement=trigger.sqlite_statement.replace(str(KEPT), "4"),
            postgresql_statement=trigger.postgresql_statement.replace(str(KEPT), "4")
            .replace(str(MOST), "2")
            .replace(str(MOST + 1), "3"),
        )
        for trigger in TRIGGERS
        if trigger.table == "quotes_quote"
    ]
    monkeypatch.setattr(changes, "KEPT", 4)
    triggers.install(connection, short)
    start = state()
    try:
        for kind in ("mixed", "direct", "mixed", "direct"):
            Quote.objects.filter(pk=quotes[0].pk).update(kind=kind)
        assert set(changed_quotes(start, now=state(), most=10) or ()) == {quotes[0].pk}
        Quote.objects.filter(pk=quotes[0].pk).update(kind="mixed")
        assert Change.objects.count() == 4
        assert changed_quotes(start, now=state(), most=10) is None

        before = state()
        Quote.objects.filter(status=Status.PUBLISHED).update(note="")
        if connection.vendor == "postgresql":
            assert [row.quote_id for row in Change.objects.all()] == [ALL]
            assert changed_quotes(before, now=state(), most=10) is None
        assert changed_quotes(before, now=state(), most=2) is None
    finally:
        triggers.install(connection, TRIGGERS)
    # Another count, as after a restored backup: its numbers say nothing about this one's.
    assert changed_quotes(State(start.epoch + 1, state().seq), now=state(), most=10) is None
