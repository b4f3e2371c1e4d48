"""What intake leaves beside an article and its candidates: likeness, and what the machine said."""

from django.db import models
from django.db.models import F, Q

from people.models import Person
from quotes.models.article import Article
from quotes.models.quote import Quote


class ArticleShingle(models.Model):
    """One of the few word sequences by which copies of an article are found."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="shingles")
    value = models.BigIntegerField(help_text="The number of five words in a row.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["value", "article"], name="shingle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.value:016x}"


class NearDuplicate(models.Model):
    """Two articles with largely the same words, as when papers print one agency report."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="near_duplicates", help_text="The later."
    )
    earlier = models.ForeignKey(
        Article,
        on_delete=models.CASCADE,
        related_name="later_copies",
        help_text="The one that was here first.",
    )
    similarity = models.FloatField(
        help_text="The share of the shorter article's word sequences that stand in both."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-similarity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "earlier"], name="near_duplicate_once"),
            models.CheckConstraint(
                condition=~Q(article=F("earlier")), name="near_duplicate_of_another"
            ),
            models.CheckConstraint(
                condition=Q(similarity__gte=0) & Q(similarity__lte=1),
                name="near_duplicate_similarity_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} / {self.earlier}"


class Suggestion(models.Model):
    """What extraction said of a candidate. It stays as it was, whatever an editor decides."""

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, related_name="suggestion")
    spans = models.JSONField(help_text="[start, end] ranges of the article's body.")
    clause = models.JSONField(
        null=True, help_text="[start, end] of the reporter's clause around a mixed quote."
    )
    kind = models.CharField(max_length=10)
    speaker_text = models.CharField(max_length=300, blank=True)
    name = models.CharField(
        max_length=300, blank=True, help_text="The fullest name that the article gives the speaker."
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", help_text="If one fits."
    )
    alternatives = models.JSONField(
        default=list, help_text='Who else it may be, as {"name": ..., "person": id or null}.'
    )
    cue = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=10, blank=True)
    confidence = models.FloatField()
    method = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name or self.speaker_text
