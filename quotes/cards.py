"""A quote prepared for a template: words in pieces, speaker, stances and date in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from base.dates import display
from base.visible import visible
from quotes.choices import Channel, DateBasis, Kind
from quotes.inferred import InferredStance
from quotes.models import Article, Quote, Stance
from quotes.search import mark
from quotes.wording import VERBS

EDGE_WORDS = 8
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Speaker:
    """Who says it, as the public may know them; `url` is empty where there is no page."""

    label: str
    url: str
    role: str
    on_behalf_of: str = ""
    on_behalf_of_url: str = ""
    named: bool = True


@dataclass(frozen=True)
class StanceMark:
    """A stance in words; the value also names its shape in the style sheet."""

    value: str
    verb: str
    target: str
    target_url: str
    disputed: bool


@dataclass(frozen=True)
class Words:
    """The paragraphs of a quote and the marks that stand around them."""

    paragraphs: list[Pieces]
    marked: bool


@dataclass(frozen=True)
class Card:
    quote: Quote
    words: Words
    speaker: Speaker
    stances: list[StanceMark]
    date: str
    kind: str
    channel: str
    inferred: Sequence[InferredStance] = ()
    """What follows from related claims, where a list asked for it."""

    @property
    def prefix(self) -> str:
        return self.quote.shown_context[0]

    @property
    def suffix(self) -> str:
        return self.quote.shown_context[1]

    @property
    def short(self) -> str:
        """The quote for its place in the context: a long one by its first and last words."""
        words = self.quote.text.split()
        if len(words) <= 2 * EDGE_WORDS + 4:
            return self.quote.text
        return f"{' '.join(words[:EDGE_WORDS])} … {' '.join(words[-EDGE_WORDS:])}"

    @cached_property
    def url(self) -> str:
        return self.quote.get_absolute_url()

    @property
    def outlet(self) -> str:
        return visible(self.quote.article.outlet.name) if self.quote.article.outlet else ""


def card(quote: Quote, stems: frozenset[str] = frozenset(), prefixes: tuple[str, ...] = ()) -> Card:
    """Return a card of a quote from `for_cards`, with words of these stems or beginnings marked."""
    return Card(
        quote=quote,
        words=words(quote, stems, prefixes),
        speaker=speaker(quote),
        stances=[stance_mark(stance) for stance in quote.stances.all()],
        date=quote_date(quote),
        kind=Kind(quote.kind).label,
        channel=Channel(quote.channel).label if quote.channel else "",
        inferred=getattr(quote, "inferred_stances", ()),
    )


def words(
    quote: Quote, stems: frozenset[str] = frozenset(), prefixes: tuple[str, ...] = ()
) -> Words:
    """Return the words by paragraph; an indirect quote stands in no quotation marks."""
    # A paraphrase may hold quoted words of its own, and these keep their marks.
    has_own = "“" in quote.text or "”" in quote.text
    marked = quote.kind == Kind.DIRECT or (quote.kind == Kind.MIXED and not has_own)
    return Words([mark(line, stems, prefixes) for line in quote.text.split("\n")], marked)


def speaker(quote: Quote) -> Speaker:
    """Return who says it: a person, else the body spoken for, else the words printed."""
    person, body = quote.speaker, quote.on_behalf_of
    if person:
        return Speaker(
            label=visible(person.public_name),
            url="" if person.protected else person.get_absolute_url(),
            role="" if person.protected else visible(quote.speaker_role),
            on_behalf_of=visible(body.name) if body else "",
            on_behalf_of_url=body.get_absolute_url() if body else "",
        )
    printed = visible(quote.speaker_role or quote.speaker_text)
    if body:
        own_name = printed.casefold() == body.name.casefold()
        return Speaker(
            label=visible(body.name),
            url=body.get_absolute_url(),
            role="" if own_name else printed,
        )
    return Speaker(label=printed, url="", role="", named=False)


def stance_mark(stance: Stance) -> StanceMark:
    return StanceMark(
        value=stance.value,
        verb=VERBS[stance.value],
        target=visible(stance.target.label),
        target_url=stance.target.get_absolute_url(),
        disputed=stance.basis == "disputed",
    )


def quote_date(quote: Quote) -> str:
    """Return the date with what it is: "said 5 March 2009", "published 2009 (inferred)"."""
    if quote.said:
        return _with_basis("said", quote.said, quote.said_basis)
    return article_date(quote.article)


def article_date(article: Article) -> str:
    if not article.published:
        return "date not known"
    return _with_basis("published", article.published, article.date_basis)


def _with_basis(word: str, edtf: str, basis: str) -> str:
    words = f"{word} {display(edtf)}"
    if basis != DateBasis.INFERRED:
        return words
    # One bracket, not two: "March 2009 (uncertain, inferred)".
    return f"{words[:-1]}, inferred)" if words.endswith(")") else f"{words} (inferred)"
