"""The founding collection: sound, complete, and saying no more than the documents do."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from itertools import pairwise

import pytest

from quotes.collection import AnnotatedArticle, AnnotatedQuote, Collection, load_collection
from tests.collection.conftest import ROOT

SEEDS = ROOT / "seeds"
KEYS = tuple(path.stem for path in sorted((SEEDS / "annotations").glob("*.toml")))

# A mark that opens: curly, or straight with nothing but an opening bracket or space before it.
OPENING = re.compile(r"[“‘]|(?<![^\s(\[])[\"'](?=\S)")
CLOSING = re.compile(r"”|(?<=\S)\"(?!\w)")


@cache
def collection() -> Collection:
    return load_collection(SEEDS)


def article(key: str) -> AnnotatedArticle:
    return next(article for article in collection().articles if article.key == key)


def quotes() -> list[AnnotatedQuote]:
    return [quote for article in collection().articles for quote in article.quotes]


def accounted(article: AnnotatedArticle) -> Iterator[tuple[int, int]]:
    """Yield the passages of an article that an annotation accounts for."""
    for quote in article.quotes:
        yield from ((span.start, span.end) for span in quote.spans)
    yield from ((passage.span.start, passage.span.end) for passage in article.not_quotes)
    yield from ((passage.start, passage.end) for passage in article.boilerplate)


def test_seeds_hold_five_documents_byte_for_byte() -> None:
    documents = sorted((SEEDS / "documents").glob("*.txt"))
    assert [path.stem for path in documents] == list(KEYS)
    assert len(KEYS) == 5
    for path in documents:
        assert sha256(path.read_bytes()).hexdigest() == article(path.stem).sha256


def test_seeds_count() -> None:
    spans = Counter(quote.kind for quote in quotes() for _ in quote.spans)
    assert Counter(quote.kind for quote in quotes()) == {"direct": 17, "mixed": 37, "indirect": 29}
    assert spans == {"direct": 21, "mixed": 38, "indirect": 30}
    assert spans["direct"] + spans["mixed"] >= 55


@pytest.mark.parametrize("key", KEYS)
def test_seeds_account_for_every_marked_passage(key: str) -> None:
    body = article(key).body
    covered = list(accounted(article(key)))
    opened = [match.end() for match in OPENING.finditer(body)]
    closed = [match.start() for match in CLOSING.finditer(body)]
    assert opened
    forgotten = [
        body[at - 20 : at + 40]
        for at in opened
        if not any(start <= at < end for start, end in covered)
    ]
    cut_short = [
        body[at - 40 : at + 20]
        for at in closed
        if not any(start < at <= end for start, end in covered)
    ]
    assert (forgotten, cut_short) == ([], [])


@pytest.mark.parametrize("key", KEYS)
def test_seeds_direct_and_mixed_spans_are_exactly_what_the_marks_hold(key: str) -> None:
    body = article(key).body
    for quote in article(key).quotes:
        if quote.kind == "indirect":
            continue
        for number, span in enumerate(quote.spans, start=1):
            assert body[span.start - 1] in '“‘"', span.words
            # Of one quotation over several paragraphs, only the last paragraph closes.
            continued = number < len(quote.spans) and body[span.end] == "\n"
            assert continued or body[span.end] in '”’"', span.words


@pytest.mark.parametrize("key", KEYS)
def test_seeds_indirect_quotes_hold_no_marked_words(key: str) -> None:
    for quote in article(key).quotes:
        if quote.kind == "indirect":
            assert not re.search(r"[“”\"]", quote.text), quote.key


def test_seeds_spans_are_slices_and_texts_are_their_join() -> None:
    for document in collection().articles:
        for quote in document.quotes:
            for span in quote.spans:
                assert document.body[span.start : span.end] == span.words
            assert document.body[: quote.spans[0].start].endswith(quote.prefix)
            assert document.body[quote.spans[-1].end :].startswith(quote.suffix)


def test_seeds_quotes_of_one_article_do_not_share_words() -> None:
    for document in collection().articles:
        spans = sorted((span.start, span.end) for quote in document.quotes for span in quote.spans)
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start, document.body[start:end]


def test_seeds_context_is_never_furniture() -> None:
    for document in collection().articles:
        for quote in document.quotes:
            first, last = quote.spans[0].start, quote.spans[-1].end
            low, high = first - len(quote.prefix), last + len(quote.suffix)
            assert all(b.end <= low or b.start >= high for b in document.boilerplate), quote.key


def test_seeds_three_paragraphs_are_one_quote() -> None:
    quote = next(q for q in article("003_d5bc9ada2ad0748c").quotes if q.key == "boost-the-standing")
    assert len(quote.spans) == 3
    assert quote.text.count("\n") == 2
    assert quote.text.endswith("do the same thing for social workers.")


def test_seeds_interrupted_quote_shows_the_interruption() -> None:
    quote = next(q for q in article("000_8088c6f23f4cda08").quotes if q.key == "need-support")
    assert "It doesn’t happen often enough, […] In the consultation" in quote.text


def test_seeds_mismatched_inner_marks_stay_as_printed() -> None:
    quote = next(
        q for q in article("002_7e8a9b8413561a46").quotes if q.key == "going-back-to-the-floor"
    )
    assert quote.text == "regularly ‘going back to the floor'"


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("000_8088c6f23f4cda08#challenge-media-pressure", "sharon-shoesmith"),
        ("001_fc9af82186268b55#fiendishly-difficult-job", "david-clark"),
        ("001_fc9af82186268b55#unfashionably-fair", "derek-myers"),
        ("003_d5bc9ada2ad0748c#systems-and-review", "ian-johnston"),
        ("003_d5bc9ada2ad0748c#brought-forward", None),
        ("004_653b9ce953ff35b3#breathtakingly-reckless", "sharon-shoesmith"),
        ("004_653b9ce953ff35b3#heavy-handed", "ed-balls"),
    ],
)
def test_seeds_give_words_to_whom_the_sentence_gives_them(name: str, speaker: str | None) -> None:
    key, _, quote_key = name.partition("#")
    assert next(q for q in article(key).quotes if q.key == quote_key).speaker == speaker


def test_seeds_every_person_speaks_and_every_utterance_has_two_reports() -> None:
    assert {quote.speaker for quote in quotes()} - {None} == {p.key for p in collection().people}
    reports = Counter(quote.utterance for quote in quotes() if quote.utterance)
    assert set(reports) == {utterance.key for utterance in collection().utterances}
    assert min(reports.values()) >= 2


def test_seeds_one_speech_is_found_in_two_documents() -> None:
    where = defaultdict(set)
    for document in collection().articles:
        for quote in document.quotes:
            where[quote.utterance].add(document.key[:3])
    shared = {utterance for utterance, keys in where.items() if keys == {"002", "004"}}
    assert shared == {
        "going-back-to-the-floor",
        "heavy-handed",
        "masters-degree",
        "no-regrets",
        "real-challenge",
        "right-framework",
    }


def test_seeds_print_only_one_date_and_one_outlet() -> None:
    printed = [a.key for a in collection().articles if a.date_basis == "printed"]
    assert printed == [a.key for a in collection().articles if a.outlet_basis == "printed"]
    assert printed == ["003_d5bc9ada2ad0748c"]


def test_seeds_leave_out_what_is_neither_printed_nor_inferred() -> None:
    assert [a.key[:3] for a in collection().articles if a.outlet is None] == ["001", "004"]
    assert [a.byline for a in collection().articles] == [""] * 5


def test_seeds_use_every_side_of_both_targets() -> None:
    values = defaultdict(set)
    for quote in quotes():
        for stance in quote.stances:
            values[stance.target].add(stance.value)
    assert values["social-workers"] >= {"supports", "criticises", "mixed", "neutral", "no_stance"}
    assert values["media-pressure"] >= {"asserts", "denies", "unclear", "no_stance"}
