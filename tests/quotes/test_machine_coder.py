"""The machine coder over the record: it learns, suggests, is measured, and decides nothing.

The quotes are made by rule, and a few against the rule, so what there is to learn is known.
"""

from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from quotes import coding, review, stances
from quotes.machine_coder import people_said, train
from quotes.models import (
    Coder,
    Quote,
    QuoteVersion,
    Stance,
    StanceCoding,
    StanceSuggestion,
    Target,
)
from quotes.suggestions import coded_before, least_sure, ordered_by_doubt, suggestion
from tests import factories
from tests.forms import client as client_of

pytestmark = pytest.mark.django_db
FOR, AGAINST = ("praised", "thanked", "defended"), ("blamed", "accused", "faulted")
FILLER = "boat crew harbour committee monday report count again every people".split()


def made(target: Target, n: int, *, uncoded: int = 0, status: str = "published") -> list[Quote]:
    """Add quotes in one article, those coded first; the coder is called “person”."""
    random = Random(5)  # sentences, not secrets
    sentences, values = [], []
    for number in range(n + uncoded):
        good = random.random() < 0.6
        words = [*random.choices(FILLER, k=7), random.choice(FOR if good else AGAINST)]
        random.shuffle(words)
        sentences.append(f"{' '.join(words)} {number}x.")
        values.append("supports" if good != (number % 10 == 9) else "criticises")
    article = factories.article("\n".join(sentences))
    by, speaker = factories.user(), factories.person()
    coder, _ = Coder.objects.get_or_create(slug="person", defaults={"name": "Person"})
    quotes = []
    for number, (sentence, value) in enumerate(zip(sentences, values, strict=True)):
        quote = review.add_candidate(
            article=article,
            spans=factories.spans(article.body, sentence),
            kind="direct",
            by=by,
            speaker=speaker,
            speaker_text="Speaker A",
        )
        quotes.append(quote)
        if number < n:
            StanceCoding.objects.create(quote=quote, target=target, coder=coder, value=value)
    if status != "candidate":
        for quote in quotes:
            review.accept(quote=quote, by=by)
    return quotes


@pytest.fixture
def target() -> Target:
    return factories.target(slug="boats", label="Boats")


def test_it_learns_suggests_and_writes_nothing_that_readers_see(target: Target) -> None:
    quotes = made(target, 80, uncoded=5)
    before = Stance.objects.count(), StanceCoding.objects.count(), QuoteVersion.objects.count()

    done = train(target)

    assert (done.n_codings, done.suggested) == (80, 5)
    figures = done.learned.figures
    assert figures is not None
    assert figures["accuracy"] > figures["majority"] + 0.15
    open_ones = StanceSuggestion.objects.filter(held_out=False)
    assert set(open_ones.values_list("quote", flat=True)) == {quote.pk for quote in quotes[80:]}
    assert StanceSuggestion.objects.filter(held_out=True).count() == 80
    assert {row.coder.kind for row in open_ones.select_related("coder")} == {"machine"}
    for row in open_ones.select_related("quote"):
        rule = "supports" if set(FOR) & set(row.quote.text.split()) else "criticises"
        assert row.value == rule
        assert set(row.reasons[0].split()) & {*FOR, *AGAINST}
    after = Stance.objects.count(), StanceCoding.objects.count(), QuoteVersion.objects.count()
    assert after == before
    assert train(target).suggested == 5
    assert StanceSuggestion.objects.count() == 85


def test_queue_is_ordered_by_doubt(target: Target) -> None:
    quotes = made(target, 80, uncoded=5)
    train(target)

    sure = [row.probability for row in least_sure(target)]

    assert sure == sorted(sure)
    assert len(sure) == 5
    keys = [quote.pk for quote in quotes[78:]]
    ordered = ordered_by_doubt(keys, [target])
    assert ordered[:5] == [row.quote_id for row in least_sure(target)]
    assert ordered[5:] == keys[:2]
    coders = [factories.user("coder"), factories.user("coder")]
    task = coding.make(
        name="A round",
        quotes=Quote.objects.filter(pk__in=keys[2:]),
        targets=[target],
        coders=coders,
        by=factories.user(),
        order=lambda dealt: ordered_by_doubt(dealt, [target]),
    )
    assert task.doubtful_first
    for coder in coders:
        queue = task.assignments.filter(coder__user=coder).order_by("position")
        assert list(queue.values_list("quote", flat=True)) == ordered[:5]
    by = factories.user()
    stances.tag(quote=quotes[80], target=target, value="mixed", by=by)
    assert suggestion(quotes[81], target) is not None
    train(target)
    assert suggestion(quotes[80], target) is None


def test_it_is_silent_below_the_minimum_and_says_so(
    target: Target, capsys: pytest.CaptureFixture[str]
) -> None:
    made(target, 10, uncoded=2)

    call_command("train_coder")

    assert "boats: 10 quotes coded; silent: too few coded quotes: 10 of at least 30" in (
        capsys.readouterr().out
    )
    assert not StanceSuggestion.objects.exists()
    with pytest.raises(CommandError, match="no target"):
        call_command("train_coder", target="nothing")


def test_what_people_said_is_settled_agreed_or_by_majority(target: Target) -> None:
    coders = [factories.coder(slug=f"person-{at}") for at in "abc"]
    cases = {
        "agreed": ("supports", "supports"),
        "majority": ("mixed", "mixed", "supports"),
        "divided": ("supports", "criticises"),
        "unclear": ("unclear", "unclear"),
        "settled": ("supports", "criticises"),
    }
    quotes = {}
    for name, values in cases.items():
        quotes[name] = factories.quote()
        for coder, value in zip(coders, values, strict=False):
            stances.code(
                quote=quotes[name],
                target=target,
                coder=coder,
                value=value,
                by=factories.user(),
            )
    stances.adjudicate(
        quote=quotes["settled"],
        target=target,
        value="criticises",
        reason="By its last word",
        error_type="ambiguous",
        by=factories.user(),
    )
    hidden = factories.quote(status="candidate")
    factories.stance(hidden, target, "supports")

    found = people_said(target)

    assert {name: found[quote.pk] for name, quote in quotes.items() if quote.pk in found} == {
        "agreed": "supports",
        "majority": "mixed",
        "unclear": "unclear",
        "settled": "criticises",
    }
    assert hidden.pk not in found


def test_agreement_page_measures_it_on_published_quotes_it_had_not_seen(
    client: Client, target: Target
) -> None:
    quotes = made(target, 60)
    by = factories.user()
    for quote in quotes[:40]:
        quote.refresh_from_db()
        review.publish(quote=quote, by=by)
        stances.decide(quote=quote, target=target, by=by, why="x")
    train(target)

    response = client.get("/agreement/boats")

    machine = response.context["machine"]
    assert machine.n == 40
    assert machine.accuracy > machine.majority
    assert [(p["first"], p["second"], p["n_units"]) for p in response.context["machines"]] == [
        ("person", "machine-coder", 40)
    ]
    assert response.context["row"].found.coders == ("person",)
    data = client.get("/agreement.json").json()["targets"][0]
    assert (data["coders"], data["machine_coder"]["n"]) == (["person"], 40)
    text = response.content.decode()
    assert "had not seen it" in text
    assert not {word for word in (*FOR, *AGAINST) if f"“{word}”" in text}


def test_same_words_coded_before_are_shown_to_their_own_coder_only(target: Target) -> None:
    speaker = factories.person()
    first, again = factories.quote(speaker=speaker), factories.quote(speaker=speaker)
    other = factories.quote("And then,", "we will count them again.", speaker=speaker)
    elsewhere = factories.quote()
    ada, ben = factories.user("editor"), factories.user("editor")
    for quote, by in ((first, ada), (other, ada), (elsewhere, ada), (first, ben)):
        stances.tag(quote=quote, target=target, value="supports", by=by, rationale="As said")
    coder = Coder.objects.get(user=ada)

    found = coded_before(again, target=target, coder=coder)

    assert [(one.coding.quote, one.coding.coder, one.share) for one in found] == [
        (first, coder, 1.0)
    ]
    page = reverse("admin:quotes_quote_stance", args=[again.pk, target.pk])
    assert "You coded nearly these words before" in client_of(ada).get(page).content.decode()
    third = client_of(factories.user("editor")).get(page).content.decode()
    assert "You coded nearly" not in third


def test_coding_page_keeps_the_suggestion_folded_away(target: Target) -> None:
    quotes = made(target, 60, uncoded=1)
    train(target)
    browser = client_of(factories.user("editor"))
    page = reverse("admin:quotes_quote_stance", args=[quotes[-1].pk, target.pk])

    text = browser.get(page).content.decode()
    assert "<summary>What the machine coder suggests" in text
    assert "Nothing is coded by it" in text
    queue = browser.get(reverse("admin:quotes_stancesuggestion_changelist"))
    assert [row.quote for row in queue.context["cl"].result_list] == [quotes[-1]]
