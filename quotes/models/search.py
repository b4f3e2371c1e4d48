"""The public words of a published quote, as search reads them."""

from django.db import models

from quotes.models.quote import Quote


class SearchRow(models.Model):
    """What may be searched of one published quote; an unpublished quote has no row.

    The text indexes (FTS5 on SQLite, GIN on PostgreSQL) are built on this table, so nothing but
    public text can ever match or be counted. Words are folded and stemmed before they are stored
    (`quotes.search.words`), which is why both databases find the same.
    """

    quote = models.OneToOneField(
        Quote, on_delete=models.CASCADE, primary_key=True, related_name="search_row"
    )
    words = models.TextField(help_text="The quote's words, folded.")
    stems = models.TextField(help_text="The same, stemmed.")
    around_words = models.TextField(
        blank=True, help_text="Speaker, role, headline and shown context, folded."
    )
    around_stems = models.TextField(blank=True, help_text="The same, stemmed.")

    class Meta:
        verbose_name = "search row"

    def __str__(self) -> str:
        return self.words


class SearchWord(models.Model):
    """A folded word that stands, or stood, in some search row: what a misspelt one is held against.

    Words are added and hardly ever taken away, so whoever suggests one makes sure first that it
    finds something that is published.
    """

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        verbose_name = "search word"

    def __str__(self) -> str:
        return self.word
