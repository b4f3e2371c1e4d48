"""A quote's card, and the pieces of it that stand on other pages too.

In Python and not in templates: a list has twenty cards of a dozen pieces each, and as included
templates they took longer than finding and counting among a million quotes.
"""

from django import template
from django.utils.safestring import SafeString

from base.html import joined, piece
from quotes.cards import Card, Speaker, StanceMark, Words, card
from quotes.citing import quote_coins
from quotes.inferred import InferredStance
from quotes.models import Quote

register = template.Library()
NOTHING = SafeString()


@register.simple_tag
def quote_card(
    quote: Quote,
    stems: frozenset[str] = frozenset(),
    level: int = 2,
    context: bool = False,
    prefixes: tuple[str, ...] = (),
) -> SafeString:
    """Show a quote as a card: `level` is its heading's, `context` adds what stands around."""
    shown = card(quote, stems, prefixes)
    return piece(
        '<article class="card" aria-labelledby="by-{key}">\n'
        '<div class="card-by"><h{level} id="by-{key}">{speaker}</h{level}>{roles}</div>\n'
        '<blockquote class="{words_class}">{words}</blockquote>\n{context}{stances}{inferred}'
        '<p class="card-source">{source}</p>\n'
        '<span class="Z3988" title="{coins}"></span>\n</article>\n',
        key=quote.public_id,
        level=level,
        speaker=speaker_name(shown.speaker),
        roles=_roles(shown.speaker),
        words_class="words" if shown.words.marked else "words words-reported",
        words=quote_words(shown.words),
        context=card_context(shown) if context else "",
        stances=_list("stances", "Stances", [stance_mark(one) for one in shown.stances]),
        inferred=_list(
            "stances inferred", "Inferred, not coded", [inferred_mark(i) for i in shown.inferred]
        ),
        source=_source(shown),
        coins=quote_coins(quote),
    )


@register.simple_tag
def speaker_name(speaker: Speaker) -> SafeString:
    if not speaker.url:
        return piece("<bdi>{}</bdi>", speaker.label)
    return piece('<a href="{}"><bdi>{}</bdi></a>', speaker.url, speaker.label)


@register.simple_tag
def quote_words(words: Words) -> SafeString:
    """Show the paragraphs of a quote: the words that were searched for marked, and its own marks
    of quotation, which open each paragraph and close the last."""
    last = len(words.paragraphs) - 1
    return joined(
        piece(
            '<p dir="auto">{}{}{}</p>',
            "“" if words.marked else "",
            joined(piece("<mark>{}</mark>" if hit else "{}", text) for text, hit in paragraph),
            "”" if words.marked and number == last else "",
        )
        for number, paragraph in enumerate(words.paragraphs)
    )


@register.simple_tag
def card_context(shown: Card) -> SafeString:
    """Show what stands before and after the words, if that may be shown."""
    if not (shown.prefix or shown.suffix):
        return NOTHING
    return piece(
        '<p class="context" lang="{}" dir="auto">{}<b>{}</b>{}</p>\n',
        shown.quote.article.language,
        shown.prefix,
        shown.short,
        shown.suffix,
    )


@register.simple_tag
def stance_mark(mark: StanceMark) -> SafeString:
    return piece(
        '<span class="stance stance-{}"><span class="stance-verb">{}</span> '
        '<a href="{}"><bdi>{}</bdi></a>{}</span>',
        mark.value,
        mark.verb,
        mark.target_url,
        mark.target,
        piece(' <span class="quiet">(coders disagree)</span>') if mark.disputed else "",
    )


@register.simple_tag
def inferred_mark(stance: InferredStance) -> SafeString:
    return piece(
        '<span class="quiet">inferred, not coded: {} <a href="{}"><bdi>{}</bdi></a></span>',
        stance.verb,
        stance.url,
        stance.label,
    )


def _roles(speaker: Speaker) -> SafeString:
    role, body = NOTHING, NOTHING
    if speaker.role:
        role = piece(' <span class="card-role"><bdi>{}</bdi></span>', speaker.role)
    if speaker.on_behalf_of:
        body = piece(
            ' <span class="card-role">for <a href="{}"><bdi>{}</bdi></a></span>',
            speaker.on_behalf_of_url,
            speaker.on_behalf_of,
        )
    return joined([role, body])


def _list(kind: str, label: str, items: list[SafeString]) -> SafeString:
    if not items:
        return NOTHING
    rows = joined(piece("<li>{}</li>", item) for item in items)
    return piece('<ul class="{}" aria-label="{}">{}</ul>\n', kind, label, rows)


def _source(shown: Card) -> SafeString:
    """Show where the quote stands and when, and its own address."""
    outlet = shown.quote.article.outlet
    return piece(
        '{outlet} <span>{date}</span>{kind} <span class="card-link">'
        '<a href="{url}" aria-label="Quote {key}"><code>{key}</code></a> '
        '<button class="copy" type="button" hidden data-copy="{url}" '
        'aria-label="Copy the link to quote {key}">Copy link</button></span>',
        outlet=piece('<a href="{}"><bdi>{}</bdi></a>', outlet.get_absolute_url(), shown.outlet)
        if outlet
        else piece("<span>outlet not printed</span>"),
        date=shown.date,
        kind="" if shown.words.marked else piece(" <span>{} quote</span>", shown.kind.lower()),
        url=shown.url,
        key=shown.quote.public_id,
    )
