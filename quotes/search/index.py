"""Writes the search rows; whoever changes what a quote shows calls `index_quote`."""

from django.db import transaction

from quotes.choices import Status
from quotes.models import Quote, SearchRow
from quotes.search.words import folded_text, stemmed_text

FIELDS = ("words", "stems", "around_words", "around_stems")


def index_quote(quote: Quote) -> None:
    """Bring the search row of one quote up to date; an unpublished quote loses its row."""
    if quote.status != Status.PUBLISHED:
        SearchRow.objects.filter(quote=quote).delete()
        return
    SearchRow.objects.update_or_create(quote=quote, defaults=search_words(quote))


def search_words(quote: Quote) -> dict[str, str]:
    """Return what may be searched of a quote: exactly what its page shows."""
    speaker, body = quote.speaker, quote.on_behalf_of
    around = [
        speaker.public_name if speaker else quote.speaker_text,
        body.name if body else "",
        quote.article.headline,
    ]
    # Where an article prints the name that is kept back: its page does not show them either.
    if not (speaker and speaker.protected):
        around += [quote.speaker_role, *quote.shown_context]
    return {
        "words": folded_text(quote.text),
        "stems": stemmed_text(quote.text),
        "around_words": folded_text(*around),
        "around_stems": stemmed_text(*around),
    }


def rebuild() -> int:
    """Write every search row anew; return how many there are."""
    with transaction.atomic():
        SearchRow.objects.exclude(quote__status=Status.PUBLISHED).delete()
        quotes = Quote.objects.published().select_related("article", "speaker", "on_behalf_of")
        count = 0
        for quote in quotes.iterator(chunk_size=1_000):
            index_quote(quote)
            count += 1
    return count


def index_rows_wrong() -> list[str]:
    """Return a sentence for each search row that is missing, left over or out of date."""
    faults = [
        f"search row of quote {pk}: the quote is not published"
        for pk in SearchRow.objects.exclude(quote__status=Status.PUBLISHED).values_list(
            "pk", flat=True
        )
    ]
    quotes = Quote.objects.published().select_related(
        "article", "speaker", "on_behalf_of", "search_row"
    )
    for quote in quotes.iterator(chunk_size=1_000):
        row = getattr(quote, "search_row", None)
        if row is None:
            faults.append(f"quote {quote.public_id}: no search row")
        elif {name: getattr(row, name) for name in FIELDS} != search_words(quote):
            faults.append(f"quote {quote.public_id}: its search row is out of date")
    return faults
