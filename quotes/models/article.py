"""Where it was printed: outlets and articles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from base.addresses import address
from base.dates import EDTFField, bounds
from base.history import history
from base.ids import new_public_id
from base.revisions import Revisioned
from people.models import LONGEST_NAME, free_slug, validate_name
from quotes.choices import ArticleKind, DateBasis, Rights
from quotes.querysets import ArticleQuerySet, OutletQuerySet


def web_address(field: str) -> Q:
    """Return the condition that an address is empty or http(s); no script goes into a link."""
    return (
        Q(**{field: ""})
        | Q(**{f"{field}__istartswith": "http://"})
        | Q(**{f"{field}__istartswith": "https://"})
    )


class Outlet(Revisioned):
    """Who published: a newspaper, a site, a broadcaster. The word “source” is the speaker's."""

    name = models.CharField(max_length=LONGEST_NAME, unique=True, validators=[validate_name])
    slug = models.SlugField(
        max_length=80,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="The address of its page. Filled in from the name when left empty.",
    )
    url = models.URLField(max_length=500, blank=True, help_text="The outlet's own site.")
    created_at = models.DateTimeField(auto_now_add=True)

    history = history()
    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="outlet_slug_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="outlet_name_not_empty"),
            models.CheckConstraint(condition=web_address("url"), name="outlet_url_is_http"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.slug = self.slug or free_slug(Outlet, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("outlet", self.slug)


class Article(Revisioned):
    """One document: its canonical text, stored once, and what is known about it."""

    public_id = models.CharField(max_length=8, unique=True, default=new_public_id, editable=False)
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    outlet_note = models.CharField(
        max_length=300,
        blank=True,
        help_text="When the document does not print its outlet: what it was inferred from.",
    )
    headline = models.CharField(max_length=500, help_text="As printed.")
    byline = models.CharField(
        max_length=300, blank=True, help_text="The reporters as printed; empty when none is."
    )
    url = models.URLField(max_length=1000, blank=True, help_text="Where it was published.")
    kind = models.CharField(
        max_length=20,
        choices=ArticleKind,
        blank=True,
        default=ArticleKind.UNSTATED,
        help_text="What a citation calls it. Not stated: a newspaper article, or a web page where "
        "no outlet is known.",
    )
    pages = models.CharField(
        max_length=40, blank=True, help_text="Where it stands in print: 5, 5–6, A12."
    )
    published = EDTFField(
        help_text="When it was published: 2008-12-07, 2008-12, or 2009-03? when uncertain."
    )
    published_earliest = models.DateField(null=True, editable=False)
    published_latest = models.DateField(null=True, editable=False)
    date_basis = models.CharField(
        max_length=10, choices=DateBasis, blank=True, default=DateBasis.UNKNOWN
    )
    date_note = models.CharField(
        max_length=500, blank=True, help_text="When the date is inferred: from what."
    )
    retrieved = models.DateField(null=True, blank=True, help_text="When the copy was made.")
    archive_url = models.URLField(
        max_length=1000, blank=True, help_text="A copy that an archive keeps of the page at “url”."
    )
    archived = models.DateField(
        null=True, blank=True, help_text="The day on which the archive made its copy."
    )
    language = models.CharField(
        max_length=20, default="en", help_text="Language tag: en, en-GB, fr."
    )
    body = models.TextField(
        editable=False,
        help_text="The canonical text. Offsets of quotes are code points into it.",
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    boilerplate = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="[start, end] ranges of the body that are site furniture.",
    )
    source_file = models.CharField(max_length=300, blank=True, editable=False)
    rights = models.CharField(
        max_length=10,
        choices=Rights,
        default=Rights.EXCERPT,
        help_text="Whether readers may see the whole text, or quotes with limited context.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # The body never changes once quoted; a copy in each history row would say nothing.
    history = history(excluded_fields=["body"])
    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_earliest", "-pk"]
        constraints = [
            models.CheckConstraint(condition=web_address("url"), name="article_url_is_http"),
            models.CheckConstraint(condition=Q(kind__in=ArticleKind.values), name="article_kind"),
            models.CheckConstraint(
                condition=web_address("archive_url"), name="article_archive_url_is_http"
            ),
            models.CheckConstraint(
                condition=Q(archived__isnull=True) | ~Q(archive_url=""),
                name="article_archived_somewhere",
                violation_error_message="Say where the archive’s copy is, or leave its day empty.",
            ),
            models.CheckConstraint(condition=Q(rights__in=Rights.values), name="article_rights"),
            models.CheckConstraint(condition=~Q(headline=""), name="article_headline_not_empty"),
            models.CheckConstraint(
                condition=Q(published="", date_basis="")
                | (~Q(published="") & Q(date_basis="printed"))
                | (~Q(published="") & Q(date_basis="inferred") & ~Q(date_note="")),
                name="article_date_has_basis",
                violation_error_message="Say whether the date is printed, or inferred and from "
                "what; leave both empty when it is not known.",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        self._fill_bounds()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._fill_bounds()
        super().save(*args, **kwargs)

    def _fill_bounds(self) -> None:
        try:
            found = bounds(self.published)
        except ValueError as error:
            raise ValidationError({"published": str(error)}) from error
        self.published_earliest, self.published_latest = found.earliest, found.latest

    def get_absolute_url(self) -> str:
        return address("article", self.public_id)

    @property
    def furniture(self) -> list[tuple[int, int]]:
        """The boilerplate as (start, end) ranges: never context of a quote."""
        return [(start, end) for start, end in self.boilerplate]
