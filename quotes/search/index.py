"""Writes the search rows; whoever changes what a quote shows calls `index_quote`."""

from django.db import transaction

from quotes.changes import everything_changed
from quotes.choices import Status
from quotes.models import Quote, SearchRow, SearchWord
from quotes.search.words import BOUNDARY, folded_text, stemmed_text

LONGEST_WORD = 40
FIELDS = ("words", "stems", "around_words", "around_stems")


def index_quote(quote: Quote) -> None:
    """Bring the search row of one quote up to date; an unpublished quote loses its row."""
    if quote.status != Status.PUBLISHED:
        SearchRow.objects.filter(quote=quote).delete()
        return
    row, _ = SearchRow.objects.update_or_create(quote=quote, defaults=search_words(quote))
    learn(vocabulary(row.words, row.around_words))


def vocabulary(*texts: str) -> set[str]:
    """Return the words of folded texts that a misspelt one may be held against."""
    found = {word for text in texts for word in text.split() if len(word) <= LONGEST_WORD}
    return found - {BOUNDARY}


def learn(words: set[str]) -> None:
    """Add words to the vocabulary; in one order, so that two writers can't wait for each other."""
    rows = [SearchWord(word=word) for word in sorted(words)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=900)


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
        rebuild_vocabulary()
        # What searches found before is not what the mended index finds.
        everything_changed()
    return count


def rebuild_vocabulary() -> int:
    """Write the vocabulary anew from the search rows; return how many words it has.

    For whoever fills search rows in bulk: a million rows take about a minute.
    """
    found: set[str] = set()
    rows = SearchRow.objects.order_by().values_list("words", "around_words")
    for texts in rows.iterator(chunk_size=5_000):
        found |= vocabulary(*texts)
    with transaction.atomic():
        SearchWord.objects.all().delete()
        learn(found)
    return len(found)


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
