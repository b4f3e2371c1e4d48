"""What an editor does on the review screen: each an action, and its undoing, in the history."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from base.revisions import StaleRevisionError
from people.models import Person, PersonName
from quotes import review
from quotes.choices import RejectReason
from quotes.models import Article, Quote, ReviewAction, Suggestion
from tests import factories
from tests.candidates import BODY, candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    return factories.user(username="ada")


@pytest.fixture
def article() -> Article:
    return factories.article(BODY)


def settled(quote: Quote, by: User, **card: Any) -> list[Quote]:
    return review.settle(quote=quote, by=by, card=review.Card(**card))


def statuses() -> list[str]:
    return list(Quote.objects.order_by("start", "pk").values_list("status", flat=True))


# --- Accepting --------------------------------------------------------------------------------


def test_settle_adds_the_person_and_gives_them_to_the_same_mention(
    article: Article, by: User
) -> None:
    first = candidate(article, "We will count every boat,", "Anna Example", "Anna Example")
    second = candidate(article, "All of them,", "Example", "Anna Example")
    third = candidate(article, "Twice.", "She", "Anna Example", basis="pronoun")
    other = candidate(article, "Nobody will,", "Bert Sample", "Bert Sample")

    others = settled(first, by, new_person="Anna Example")

    person = Person.objects.get()
    assert others == [second, third]
    assert statuses() == ["accepted", "candidate", "candidate", "candidate"]
    speakers = Quote.objects.order_by("start").values_list("speaker", flat=True)
    assert list(speakers) == [person.pk] * 3 + [None]
    assert other.history.count() == 1
    second.refresh_from_db()
    assert second.history.latest().history_change_reason == f"Same speaker as in {first}"


def test_settle_takes_the_person_who_has_the_name_by_now(article: Article, by: User) -> None:
    anna = factories.person("Anna Example")
    quote = candidate(article, "All of them,", "Example", "Anna Example")

    settled(quote, by, new_person="Anna  Example")

    assert quote.speaker == anna
    assert Person.objects.count() == 1


def test_settle_with_a_name_that_several_have_is_refused(article: Article, by: User) -> None:
    factories.person("Anna Example")
    PersonName.objects.create(person=factories.person("Ann Other"), name="Anna Example")
    quote = candidate(article, "All of them,", "Example", "Anna Example")

    with pytest.raises(review.NotAllowedError, match="Several people are called"):
        settled(quote, by, new_person="Anna Example")

    assert statuses() == ["candidate"]
    assert ReviewAction.objects.count() == 0


def test_a_pronoun_read_wrongly_does_not_spread(article: Article, by: User) -> None:
    bert, anna = factories.person("Bert Sample"), factories.person("Anna Example")
    wrong = candidate(article, "I doubt it,", "he", "Anna Example", basis="pronoun")
    right = candidate(article, "Twice.", "he", "Anna Example", basis="pronoun")

    assert settled(wrong, by, changes={"speaker": bert}) == []

    right.refresh_from_db()
    assert right.speaker is None
    assert settled(right, by, changes={"speaker": anna}) == []


def test_a_corrected_name_spreads_to_the_same_printed_words_only(
    article: Article, by: User
) -> None:
    other = factories.person("Carl Example")
    first = candidate(article, "All of them,", "Example", "Anna Example")
    same = candidate(article, "Twice.", "Example", "Anna Example")
    full = candidate(article, "We will count every boat,", "Anna Example", "Anna Example")

    assert settled(first, by, changes={"speaker": other}) == [same]

    full.refresh_from_db()
    assert full.speaker is None


def test_a_speaker_that_an_editor_chose_is_left_alone(article: Article, by: User) -> None:
    chosen = factories.person("Someone Else")
    first = candidate(article, "All of them,", "Example", "Anna Example")
    second = candidate(article, "Twice.", "Example", "Anna Example")
    review.correct(quote=second, by=by, why="Heard", speaker=chosen)

    assert settled(first, by, new_person="Anna Example") == []

    second.refresh_from_db()
    assert second.speaker == chosen


def test_settle_from_an_old_copy_changes_nothing(article: Article, by: User) -> None:
    quote = candidate(article, "Twice.", "She", "Anna Example")
    stale = Quote.objects.get(pk=quote.pk)
    review.correct(quote=quote, by=factories.user(), why="First", note="x")

    with pytest.raises(StaleRevisionError):
        settled(stale, by, new_person="Anna Example")

    assert statuses() == ["candidate"]
    assert Person.objects.count() == 0


def test_alias_is_kept_with_the_article_as_its_reason(article: Article, by: User) -> None:
    anna = factories.person("Anna Example")
    quote = candidate(article, "Twice.", "Annie Sample", "Anna Example")

    settled(quote, by, changes={"speaker": anna}, alias="Annie Sample")
    alias = anna.other_names.get()
    assert alias.history.get().history_change_reason == f"So named in “{article}”"

    review.undo(article=article, by=by)
    assert not anna.other_names.exists()


# --- Undoing ----------------------------------------------------------------------------------


def test_undo_takes_everything_back_and_the_history_shows_both(article: Article, by: User) -> None:
    first = candidate(article, "All of them,", "Example", "Anna Example")
    second = candidate(article, "Twice.", "Example", "Anna Example")
    before = Quote.objects.order_by("pk").values("speaker", "status", "reviewer", "text", "cue")
    kept = list(before)
    settled(first, by, new_person="Anna Example", changes={"cue": "told"})

    action = review.undo(article=article, by=by)

    assert list(before.all()) == kept
    assert Person.objects.count() == 0
    assert action.undone_at is not None
    assert [row.history_change_reason for row in first.history.all()] == [
        f"Undone: {action.label}",
        "Checked against the article",
        "Corrected on the review screen",
        "Added",
    ]
    assert second.history.count() == 3


def test_undo_goes_back_action_by_action(article: Article, by: User) -> None:
    quote = candidate(article, "All of them,", "Example")
    review.save(quote=quote, by=by, card=review.Card(changes={"cue": "told"}))
    review.save(quote=quote, by=by, card=review.Card(changes={"cue": "asked"}))
    review.turn_down(quote=quote, by=by, reason=RejectReason.DUPLICATE)

    seen = []
    for _ in range(3):
        review.undo(article=article, by=by)
        quote.refresh_from_db()
        seen.append((quote.status, quote.cue, quote.rejected_as))

    assert seen == [
        ("candidate", "asked", ""),
        ("candidate", "told", ""),
        ("candidate", "said", ""),
    ]
    with pytest.raises(review.NotAllowedError, match="nothing of yours left to undo"):
        review.undo(article=article, by=by)


def test_undo_is_of_ones_own_actions(article: Article, by: User) -> None:
    quote = candidate(article, "All of them,", "Example")
    settled(quote, factories.user(username="bob"))

    with pytest.raises(review.NotAllowedError, match="nothing of yours"):
        review.undo(article=article, by=by)

    assert statuses() == ["accepted"]


def test_undo_refuses_when_someone_changed_the_quote_since(article: Article, by: User) -> None:
    quote = candidate(article, "All of them,", "Example")
    settled(quote, by)
    bob = factories.user(username="bob")
    review.correct(quote=quote, by=bob, why="A note", note="Bob's")

    with pytest.raises(review.NotAllowedError, match=r"bob changed .* since: “A note”"):
        review.undo(article=article, by=by)

    quote.refresh_from_db()
    assert (quote.status, quote.note) == ("accepted", "Bob's")


def test_undo_never_takes_back_what_was_published(article: Article, by: User) -> None:
    quote = candidate(article, "All of them,", "Example")
    settled(quote, by)
    done, left = review.publish_accepted(article=article, by=by)
    assert (done, left) == ([quote], [])

    with pytest.raises(review.NotAllowedError, match="withdrawn, never undone"):
        review.undo(article=article, by=by)

    assert statuses() == ["published"]


def test_undo_keeps_a_person_who_is_used_by_now(article: Article, by: User) -> None:
    quote = candidate(article, "All of them,", "Example", "Anna Example")
    settled(quote, by, new_person="Anna Example")
    factories.quote(speaker=Person.objects.get())

    review.undo(article=article, by=by)

    assert Person.objects.filter(name="Anna Example").exists()


# --- Reasons, publishing, what stays ----------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "why", "kept"),
    [
        ("duplicate", "", "Found twice"),
        ("duplicate", "Same as 3", "Found twice: Same as 3"),
        ("other", "A joke", "Something else: A joke"),
    ],
)
def test_reject_keeps_the_reason_for_counting_and_in_words(
    article: Article, by: User, reason: str, why: str, kept: str
) -> None:
    quote = candidate(article, "Twice.")

    review.turn_down(quote=quote, by=by, reason=reason, why=why)

    assert quote.rejected_as == reason
    assert quote.history.latest().history_change_reason == kept
    review.reopen(quote=quote, by=by, why="After all")
    assert quote.rejected_as == ""


@pytest.mark.parametrize(("reason", "why"), [("other", " "), ("dislike", "x"), ("", "")])
def test_reject_refuses_a_reason_that_says_nothing(
    article: Article, by: User, reason: str, why: str
) -> None:
    with pytest.raises(review.NotAllowedError):
        review.turn_down(quote=candidate(article, "Twice."), by=by, reason=reason, why=why)


def test_publish_accepted_says_what_it_leaves(article: Article, by: User) -> None:
    ready = candidate(article, "Twice.", "She")
    silent = candidate(article, "Nobody will,")
    settled(ready, by)
    settled(silent, by)

    done, left = review.publish_accepted(article=article, by=by)

    assert done == [ready]
    assert left == [
        "“Nobody will,”: Not possible yet: the words that the article uses for the speaker missing."
    ]


@pytest.mark.parametrize("column", ["name", "spans", "confidence", "method", "speaker_text"])
def test_what_the_machine_said_is_never_changed(article: Article, column: str) -> None:
    quote = candidate(article, "Twice.", "She", "Anna Example")
    value = {"spans": [[0, 1]], "confidence": 0.1}.get(column, "other")

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Suggestion.objects.filter(quote=quote).update(**{column: value})


def test_what_the_machine_said_of_a_reviewed_quote_is_never_deleted(
    article: Article, by: User
) -> None:
    quote = candidate(article, "Twice.", "She")
    settled(quote, by)

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Suggestion.objects.filter(quote=quote).delete()


def test_an_action_is_never_changed(article: Article, by: User) -> None:
    settled(candidate(article, "Twice.", "She"), by)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ReviewAction.objects.update(label="Something else")
