"""The step: what becomes of one document."""

import hashlib

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from people.models import Person, PersonName
from quotes import review
from quotes.choices import Status
from quotes.intake import Outcome, ingest
from quotes.intake.speakers import Directory
from quotes.intake.step import Intake
from quotes.models import Article, NearDuplicate, Outlet, Quote, Suggestion
from quotes.parsing import RefusedError
from tests import factories
from tests.intake.documents import document, text

pytestmark = pytest.mark.django_db


def test_document_becomes_an_article_with_candidates() -> None:
    by = factories.user()
    done = ingest(
        document(
            byline="Reporter A",
            url="https://example.org/a",
            published="2009-03-11",
            published_words="11 March 2009",
            boilerplate=((0, 26),),
            source="a.txt",
        ),
        by=by,
    )

    article = Article.objects.get()
    assert done.outcome == Outcome.NEW
    assert article == done.article
    assert article.body == text(1)
    assert article.sha256 == hashlib.sha256(text(1).encode()).hexdigest()
    assert (article.published, article.date_basis) == ("2009-03-11", "printed")
    assert article.date_note == "Printed as “11 March 2009”."
    assert str(article.published_latest) == "2009-03-11"
    assert (article.source_file, article.rights) == ("a.txt", "excerpt")
    assert article.boilerplate == [[0, 26]]
    assert [h.actor_name for h in article.history.all()] == [by.username]
    assert article.history.get().history_change_reason == "Taken in from a.txt"


def test_candidates_are_attributed_and_say_by_what() -> None:
    done = ingest(document(), how=Intake(indirect=False))

    first = done.quotes[0]
    first.refresh_from_db()
    assert (
        first.text == "We will count every blue boat 1, […] And then we will count number 1 again."
    )
    assert (first.speaker_text, first.cue, first.status) == ("Speaker Able", "told", "candidate")
    assert first.method
    assert 0 < (first.confidence or 0) <= 1
    assert first.speaker is None
    assert first.suggestion.spans == [[s.start, s.end] for s in first.spans.all()]
    assert [h.history_type for h in first.history.all()] == ["+"]


def test_speaker_is_the_one_person_that_fits() -> None:
    person = factories.person("Speaker Able")
    PersonName.objects.create(person=factories.person("Jo Baker"), name="Speaker Baker")

    done = ingest(document())

    speakers = {quote.speaker_text: quote.speaker for quote in done.quotes}
    assert speakers["Speaker Able"] == person
    assert speakers["Speaker Baker"] == Person.objects.get(name="Jo Baker")
    assert done.quotes[0].suggestion.person == person


def test_speaker_whom_two_people_fit_stays_open() -> None:
    factories.person("Speaker Able")
    factories.person("Speaker Able")

    done = ingest(document())

    assert {q.speaker for q in done.quotes if q.speaker_text == "Speaker Able"} == {None}


def test_known_text_changes_nothing() -> None:
    done = ingest(document())
    quote = done.quotes[0]
    quote.refresh_from_db()
    review.reject(quote=quote, by=factories.user(), why="Not a quote")
    done.article.refresh_from_db()
    done.article.headline = "What an editor wrote"
    done.article.save()

    again = ingest(document(byline="Somebody else"))

    assert again.outcome == Outcome.KNOWN
    assert again.article.headline == "What an editor wrote"
    assert again.article.byline == ""
    assert len(again.quotes) == len(done.quotes) == Quote.objects.count()
    assert Quote.objects.get(pk=quote.pk).status == Status.REJECTED


def test_copy_is_linked_with_what_was_there_first() -> None:
    first = ingest(document(1))
    other = ingest(document(2))
    copy = ingest(document(text=text(1, opening="From our own reporter. ")))

    assert other.outcome == Outcome.NEW
    assert copy.outcome == Outcome.NEAR_DUPLICATE
    link = NearDuplicate.objects.get()
    assert (link.article, link.earlier) == (copy.article, first.article)
    assert link.similarity > 0.9


def test_outlet_is_matched_by_name_then_by_site() -> None:
    gazette = factories.outlet(name="The Gazette", url="https://www.gazette.example/")
    factories.outlet(name="Other", url="https://gazette.example.org")

    by_name = ingest(document(1, outlet="the gazette")).article
    by_site = ingest(document(2, url="https://news.gazette.example/a")).article
    unknown = ingest(document(3, outlet="The Herald")).article

    assert (by_name.outlet, by_name.outlet_note) == (gazette, "")
    assert by_site.outlet == gazette
    assert by_site.outlet_note == "Inferred from the address https://news.gazette.example/a"
    assert unknown.outlet is None
    assert unknown.outlet_note == "Printed as “The Herald”; no outlet has that name yet."
    assert not Outlet.objects.filter(name="The Herald").exists()


def test_outlet_is_added_when_that_is_asked_for() -> None:
    done = ingest(document(outlet="The Herald"), how=Intake(create_outlets=True))

    assert done.article.outlet == Outlet.objects.get(name="The Herald")


def test_missing_headline_is_said_not_invented() -> None:
    done = ingest(document(headline="", text="One word after another. " * 20))

    assert done.article.headline == "One word after another. " * 3 + "One…"
    assert "prints no headline" in done.warnings[0]


@pytest.mark.parametrize(
    "values",
    [
        {"published": "yesterday"},
        {"url": "javascript:alert(1)"},
        {"url": "https://" + "a" * 2_000},
        {"headline": "x" * 501},
        {"language": "x" * 30},
    ],
)
def test_what_the_columns_do_not_hold_is_refused_and_leaves_nothing(values) -> None:
    with pytest.raises(RefusedError) as refused:
        ingest(document(**values))

    assert refused.value.reason == "bad_metadata"
    assert not Article.objects.exists()


def test_more_quotes_than_an_article_has_are_refused() -> None:
    many = "\n\n".join(f"“We will count boat {n},” Speaker Able said." for n in range(2_100))

    with pytest.raises(RefusedError) as refused:
        ingest(document(text=many))

    assert refused.value.reason == "too_many_quotes"


def test_dry_run_says_the_same_and_stores_nothing() -> None:
    done = ingest(document(outlet="New"), how=Intake(dry_run=True, create_outlets=True))

    assert len(done.quotes) >= 3
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_three_times_the_candidates_take_no_more_queries() -> None:
    people = Directory.read()

    def queries(times: int) -> tuple[int, int]:
        said = "".join(
            f"“Plan {times}{n} costs town {times}{n} too much,” said Speaker Abel.\n\n"
            for n in range(3 * times)
        )
        with CaptureQueriesContext(connection) as asked:
            done = ingest(document(text=f"Report {times}\n\n{said}"), people=people)
        return len(done.quotes), len(asked)

    few, many = queries(1), queries(3)

    assert many[0] == 3 * few[0] >= 9
    assert many[1] == few[1]


@pytest.mark.django_db(transaction=True)
def test_every_statement_that_fails_leaves_nothing() -> None:
    """Fail the first statement that writes, then the second, until none is left to fail."""

    class PlannedError(DatabaseError):
        pass

    failed = 0
    while True:
        left = failed

        def wrapper(execute, sql, params, many, context):
            nonlocal left
            # Django takes a validator's question that fails for one that was answered.
            left -= sql.startswith(("INSERT", "UPDATE", "DELETE"))
            if left == -1:
                raise PlannedError
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(wrapper):
                ingest(document())
            break
        except PlannedError:
            failed += 1
        assert not Article.objects.exists(), failed
        assert not Quote.objects.exists(), failed
    # Article, quotes, spans, both histories, suggestions, sequences: each written once for all.
    assert failed >= 7
    assert Suggestion.objects.count() == Quote.objects.count() >= 3
