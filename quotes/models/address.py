"""Addresses that were public once, and where those of merged and split quotes lead now."""

from django.db import models
from django.db.models import F, Q

from base.undoing import Undoable
from quotes.choices import AddressKind
from quotes.models.quote import Quote


class PublishedAddress(models.Model):
    """A page that was public at some time: it answers for ever, if only to say that it is gone."""

    kind = models.CharField(max_length=12, choices=AddressKind)
    key = models.CharField(max_length=80, help_text="The id or slug in the address.")
    first_public_at = models.DateTimeField()

    class Meta:
        verbose_name = "published address"
        verbose_name_plural = "published addresses"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="published_address_once"),
            models.CheckConstraint(
                condition=Q(kind__in=AddressKind.values), name="published_address_kind"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="published_address_key_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class QuoteRedirect(Undoable):
    """A quote merged into another: its address leads to the survivor in one hop."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="redirects")
    into = models.ForeignKey(
        Quote,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="What it was merged into, as the editor decided.",
    )
    survivor = models.ForeignKey(
        Quote,
        on_delete=models.PROTECT,
        related_name="redirected_here",
        help_text="Where its address leads now: the end of the chain, collapsed on write.",
    )

    class Meta(Undoable.Meta):
        verbose_name = "merge"
        ordering = ["-made_at", "-pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(
                fields=["quote"], condition=Q(undone_at__isnull=True), name="redirect_one_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(quote=F("into")) & ~Q(quote=F("survivor")),
                name="quoteredirect_leads_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.public_id} → {self.survivor.public_id}"


class QuoteSplit(Undoable):
    """A quote that was two: the part that stands under an address of its own now."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="splits")
    part = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="split_from")

    class Meta(Undoable.Meta):
        verbose_name = "split"
        ordering = ["-made_at", "-pk"]
        constraints = [
            *Undoable.Meta.constraints,
            models.UniqueConstraint(fields=["part"], name="split_part_once"),
            models.CheckConstraint(
                condition=~Q(quote=F("part")), name="quotesplit_part_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote.public_id} / {self.part.public_id}"
