"""Did both find the quote, and the same words of it?"""

import pytest

from quotes.agreement.records import CodingsRefusedError
from quotes.agreement.units import Span, UnitAgreement, unit_agreement

TEXT = "one two three four five six seven eight"
BOTH = {"d": ["a", "b"]}


def found(*spans: tuple[str, str], **coded: list[str]) -> UnitAgreement:
    rows = []
    for coder, words in spans:
        start = TEXT.index(words)
        rows.append(Span("d", coder, start, start + len(words)))
    return unit_agreement(rows, texts={"d": TEXT}, coded=coded or BOTH)


def test_spans_that_touch_are_found() -> None:
    pair = found(("a", "one two"), ("a", "five"), ("b", "two three"), ("b", "seven")).pairs[0]

    assert (pair.n_first, pair.n_second, pair.found, pair.right, pair.exact) == (2, 2, 1, 1, 0)
    assert (pair.precision, pair.recall, pair.f1) == (0.5, 0.5, 0.5)


def test_one_long_span_finds_two_short_ones() -> None:
    pair = found(("a", "one"), ("a", "three"), ("b", "one two three"), ("b", "eight")).pairs[0]

    assert (pair.recall, pair.precision) == (1.0, 0.5)
    assert pair.f1 == pytest.approx(2 / 3)


def test_spans_that_only_meet_do_not_touch() -> None:
    spans = [Span("d", "a", 0, 3), Span("d", "b", 3, 5)]

    assert unit_agreement(spans, texts={"d": TEXT}, coded=BOTH).pairs[0].found == 0


def test_long_span_before_a_short_one_still_touches() -> None:
    spans = [Span("d", "a", 10, 12), Span("d", "b", 0, 20), Span("d", "b", 1, 3)]

    assert unit_agreement(spans, texts={"d": TEXT}, coded=BOTH).pairs[0].found == 1


def test_coder_who_found_nothing_still_counts() -> None:
    result = found(("a", "one two"))

    assert (result.pairs[0].precision, result.pairs[0].recall, result.pairs[0].f1) == (
        None,
        0.0,
        None,
    )
    assert result.token_alpha.value is not None
    assert result.token_alpha.value < 0


def test_token_alpha_of_equal_spans_is_one() -> None:
    result = found(("a", "one two"), ("b", "one two"))

    assert (result.token_alpha.value, result.n_tokens, result.pairs[0].exact) == (1.0, 8, 1)


def test_token_alpha_is_that_of_the_table_of_tokens() -> None:
    # Tokens inside: a 1-4, b 3-6. Coincidences: in/in 4, out/out 4, in/out 4 each way.
    result = found(("a", "one two three four"), ("b", "three four five six"))

    assert result.token_alpha.value == pytest.approx(1 - 15 * 8 / 128)


def test_only_documents_both_went_through_are_compared() -> None:
    result = found(("a", "one two"), d=["a"])

    assert (result.n_documents, result.pairs) == (0, ())
    assert result.token_alpha.why == "no text was gone through by two coders"


def test_no_span_at_all_is_undefined() -> None:
    assert found().token_alpha.why == "every token is inside for all coders, or outside for all"


@pytest.mark.parametrize("ends", [(-1, 3), (3, 3), (5, 99)])
def test_span_outside_its_text_is_refused(ends: tuple[int, int]) -> None:
    with pytest.raises(CodingsRefusedError, match="is not a stretch of d"):
        unit_agreement([Span("d", "a", *ends)], texts={"d": TEXT}, coded=BOTH)


def test_span_of_a_coder_who_was_not_there_is_refused() -> None:
    with pytest.raises(CodingsRefusedError, match="x did not go through d"):
        unit_agreement([Span("d", "x", 0, 3)], texts={"d": TEXT}, coded=BOTH)
