import pytest
from django.core.exceptions import ValidationError

from quotes import stances
from quotes.choices import StanceBasis
from quotes.models import Quote, Stance, StanceCoding
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "value", "basis"),
    [
        (["supports"], "supports", StanceBasis.SINGLE),
        (["supports", "supports"], "supports", StanceBasis.UNANIMOUS),
        (["supports", "criticises"], "unclear", StanceBasis.DISPUTED),
        (["supports", "mixed", "supports"], "supports", StanceBasis.DISPUTED),
        (["no_stance", "no_stance"], "no_stance", StanceBasis.UNANIMOUS),
    ],
)
def test_public_stance_follows_the_codings(
    values: list[str], value: str, basis: StanceBasis
) -> None:
    quote, target, by = factories.quote(), factories.target(), factories.user()

    for one in values:
        stances.code(quote=quote, target=target, coder=factories.coder(), value=one, by=by)

    stance = Stance.objects.get()
    assert (stance.value, stance.basis) == (value, basis)


def test_code_again_changes_the_coders_one_coding() -> None:
    quote, target, coder = factories.quote(), factories.target(), factories.coder()
    by = factories.user()

    stances.code(quote=quote, target=target, coder=coder, value="supports", by=by)
    stances.code(quote=quote, target=target, coder=coder, value="mixed", by=by, memo="Both")

    coding = StanceCoding.objects.get()
    assert (coding.value, coding.memo) == ("mixed", "Both")
    assert [h.value for h in coding.history.order_by("history_id")] == ["supports", "mixed"]


def test_machine_never_decides_what_the_public_sees() -> None:
    machine = factories.coder(kind="machine")
    stances.code(
        quote=factories.quote(),
        target=factories.target(),
        coder=machine,
        value="supports",
        by=factories.user(),
    )

    assert not Stance.objects.exists()


def test_code_refuses_a_value_of_the_wrong_kind() -> None:
    with pytest.raises(ValidationError, match="is not a value for"):
        factories.stance(factories.quote(), factories.target("claim"), "supports")


def test_code_refuses_evidence_outside_the_quote_and_its_context() -> None:
    article = factories.article("First part. " + "Filler sentence here. " * 20 + "She said “yes”.")
    quote = factories.quote("yes", article=article)
    values = {
        "quote": quote,
        "target": factories.target(),
        "coder": factories.coder(),
        "value": "supports",
        "by": factories.user(),
    }
    start = quote.spans.get().start

    stances.code(evidence=[(start, start + 3)], **values)
    for evidence in ([(0, 5)], [(start, start)], [(start, len(article.body) + 1)]):
        with pytest.raises(ValidationError, match="Evidence"):
            stances.code(evidence=evidence, **values)


def test_tag_of_a_published_quote_makes_a_version() -> None:
    quote = factories.quote()

    factories.stance(quote, factories.target(), "supports")

    assert '"value":"supports"' in quote.versions.get(number=2).snapshot


def test_adjudication_needs_a_rationale_and_outlives_later_codings() -> None:
    quote, target, by = factories.quote(), factories.target(), factories.user()
    for value in ("supports", "criticises"):
        stances.code(quote=quote, target=target, coder=factories.coder(), value=value, by=by)

    with pytest.raises(ValidationError, match="reason"):
        stances.tag(quote=quote, target=target, value="mixed", by=by, adjudicated=True)
    assert Stance.objects.get().basis == StanceBasis.DISPUTED

    stances.tag(
        quote=quote, target=target, value="mixed", by=by, adjudicated=True, rationale="It does both"
    )
    stances.code(quote=quote, target=target, coder=factories.coder(), value="supports", by=by)
    stance = Stance.objects.get()
    assert (stance.value, stance.basis) == ("mixed", StanceBasis.ADJUDICATED)


def test_untag_takes_the_stance_and_keeps_the_codings() -> None:
    quote = factories.quote()
    stance = factories.stance(quote, factories.target(), "supports")

    stances.untag(stance=stance, by=factories.user(), why="Wrong target")

    assert not Stance.objects.exists()
    assert StanceCoding.objects.count() == 1
    assert Quote.objects.get().versions.count() == 3
