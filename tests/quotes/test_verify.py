"""`verify` finds each kind of damage: planted here behind the triggers' back."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from base import triggers
from people.models import PersonRedirect
from quotes import merging
from quotes.models import (
    Article,
    PublishedAddress,
    Quote,
    QuoteRedirect,
    QuoteSpan,
    QuoteVersion,
    SearchRow,
    Stance,
    Withdrawal,
)
from quotes.triggers import all_triggers, suspended
from tests import factories

pytestmark = pytest.mark.django_db


def verify() -> tuple[int, str]:
    """Return the exit code and the output of `manage.py verify`."""
    out = StringIO()
    try:
        call_command("verify", stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def quote() -> Quote:
    quote = factories.quote("And then,", "count them")
    factories.stance(quote, factories.target(), "supports")
    return quote


def test_sound_database_has_no_faults(quote: Quote) -> None:
    assert verify() == (
        0,
        "triggers: 0 faults\narticles: 0 faults\nquotes: 0 faults\nversions shown: 0 faults\n"
        "version chains: 0 faults\nwithdrawals: 0 faults\nstances: 0 faults\n"
        "addresses: 0 faults\nmerges: 0 faults\nmerged targets: 0 faults\n"
        "search: 0 faults\n0 faults\n",
    )


def test_dropped_trigger_is_named(quote: Quote) -> None:
    triggers.remove(connection, [all_triggers(connection.vendor)[0]])

    code, out = verify()

    assert code == 1
    assert "first: trigger people_person_id_stays is missing" in out


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda: Article.objects.update(body="Changed"), "its text differs from its SHA-256"),
        (lambda: Article.objects.update(published_earliest=None), "the days it sorts by differ"),
        (lambda: QuoteSpan.objects.filter(ordinal=1).update(words="xx"), "the words of span 1"),
        (
            lambda: QuoteSpan.objects.filter(ordinal=1).update(joiner="\n"),
            "joined in the wrong way",
        ),
        (lambda: QuoteSpan.objects.all().delete(), "it has no span"),
        (lambda: Quote.objects.update(text="Other words"), "its text differs from its spans"),
        (lambda: Quote.objects.update(suffix="!"), "its context is not what stands around it"),
        (
            lambda: Quote.objects.update(speaker_role="x"),
            "its last version is not what readers see",
        ),
        (lambda: QuoteVersion.objects.filter(number=1).update(why="x"), "differs from its hash"),
        (lambda: QuoteVersion.objects.filter(number=1).delete(), "the number before it is missing"),
        (lambda: Stance.objects.update(value="denies"), "“denies” is no value of"),
        (lambda: PublishedAddress.objects.all().delete(), "is public, and was not written down"),
        (
            lambda: PublishedAddress.objects.create(
                kind="outlet", key="lost", first_public_at=timezone.now()
            ),
            "outlet lost was public once, and nothing answers there",
        ),
        (lambda: SearchRow.objects.update(words="x"), "its search row is out of date"),
        (lambda: SearchRow.objects.all().delete(), "no search row"),
    ],
)
def test_damage_is_found_and_its_row_named(quote: Quote, damage: object, named: str) -> None:
    with suspended():
        damage()  # type: ignore[operator]

    code, out = verify()

    assert code == 1
    assert named in out
    assert "first: " in out


def test_withdrawn_quote_without_its_reason_is_found(quote: Quote) -> None:
    with suspended():
        Quote.objects.update(status="withdrawn")
        Withdrawal.objects.all().delete()

    assert "withdrawn without a reason" in verify()[1]


def test_redirect_over_a_living_address_is_found(quote: Quote) -> None:
    one, other = factories.person(), factories.person()
    with suspended():
        PersonRedirect.objects.create(slug=other.slug, person=one, reason="x")

    assert "is also a person's address" in verify()[1]


def test_merge_that_leads_nowhere_on_or_past_is_found(quote: Quote) -> None:
    one, two, three = (factories.quote() for _ in range(3))
    by = factories.user()
    merging.merge(quote=one, into=two, by=by, why="Same")
    merging.merge(quote=two, into=three, by=by, why="Same")
    assert verify()[0] == 0
    with suspended():
        QuoteRedirect.objects.filter(quote=one).update(survivor=two)

    assert "leads to a quote that leads on" in verify()[1]
    with suspended():
        QuoteRedirect.objects.all().delete()

    assert "merged, and leads nowhere" in verify()[1]
