"""What each answer holds: the columns of the downloads for quotes, an allow-list for the rest."""

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from base.dates import display
from people.models import Organization, Person
from quotes.choices import CoderKind, StanceValue
from quotes.exports.columns import COLUMNS, LIST, NUMBER, NUMBERS, Record, as_data
from quotes.models import Article, Outlet, Stance, StanceCoding, Target


class Address(serializers.CharField):
    """The page of a row on the site."""

    def __init__(self, **options: Any) -> None:
        super().__init__(source="*", read_only=True, help_text="Its page.", **options)

    def to_representation(self, row: Any) -> str:
        return str(self.context["request"].build_absolute_uri(row.get_absolute_url()))


class QuoteRecord(serializers.Serializer):
    """A version of a quote: every column of the downloads, under the same name."""

    def get_fields(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for column in COLUMNS:
            options = {"help_text": column.description, "read_only": True}
            if column.type == LIST:
                made[column.name] = serializers.ListField(**options)
            elif column.type == NUMBER:
                made[column.name] = serializers.IntegerField(**options)
            else:
                made[column.name] = serializers.CharField(**options)
        return made

    def to_representation(self, record: Record) -> dict[str, Any]:
        return as_data(record)


class PersonRecord(serializers.ModelSerializer):
    """Someone who speaks in the record; protected people are in no list."""

    address = Address()
    other_names = serializers.SlugRelatedField("name", many=True, read_only=True)
    roles = serializers.SerializerMethodField(help_text="What they were, where, from when to when.")
    quotes = serializers.IntegerField(source="quote_count", help_text="Published quotes.")

    class Meta:
        model = Person
        fields = (
            *("slug", "address", "name", "sort_name", "other_names", "summary", "identifiers"),
            *("roles", "quotes"),
        )

    def get_roles(self, person: Person) -> list[dict[str, str]]:
        return [
            {
                "role": row.role,
                "organization": row.organization.slug if row.organization else "",
                "organization_name": row.organization.name if row.organization else "",
                "start": row.start,
                "end": row.end,
            }
            for row in person.memberships.all()
        ]


class OrganizationRecord(serializers.ModelSerializer):
    """A body that people belong to or speak for."""

    address = Address()
    quotes = serializers.IntegerField(source="quote_count", help_text="Quotes said for it.")

    class Meta:
        model = Organization
        fields = (
            *("slug", "address", "name", "classification", "other_names", "summary"),
            *("identifiers", "quotes"),
        )


class OutletRecord(serializers.ModelSerializer):
    """Who published."""

    address = Address()
    quotes = serializers.IntegerField(source="quote_count", help_text="Published quotes.")

    class Meta:
        model = Outlet
        fields = ("slug", "address", "name", "url", "quotes")


class ArticleRecord(serializers.ModelSerializer):
    """What is known of an article; its text only as the quotes' own words and context."""

    id = serializers.CharField(source="public_id")
    address = Address()
    outlet = serializers.SlugRelatedField("slug", read_only=True)
    outlet_name = serializers.CharField(source="outlet.name", default="")
    published_words = serializers.SerializerMethodField(help_text="The date as it is spoken.")
    quotes = serializers.IntegerField(source="quote_count", help_text="Published quotes in it.")

    class Meta:
        model = Article
        fields = (
            *("id", "address", "headline", "byline", "outlet", "outlet_name", "url", "published"),
            *("published_words", "date_basis", "date_note", "language", "rights", "sha256"),
            "quotes",
        )

    def get_published_words(self, article: Article) -> str:
        return display(article.published)


class TargetRecord(serializers.ModelSerializer):
    """What stances are about: the public entry of the codebook."""

    address = Address()
    values = serializers.SerializerMethodField(help_text="The values that its stances may have.")

    class Meta:
        model = Target
        fields = (
            *("slug", "address", "label", "kind", "proposition", "brief_definition"),
            *("full_definition", "when_to_use", "when_not_to_use", "value_definitions"),
            *("version", "values"),
        )

    def get_values(self, target: Target) -> list[str]:
        return [str(value) for value in target.values]


class StanceRecord(serializers.ModelSerializer):
    """The public stance of a quote on a target."""

    quote = serializers.CharField(source="quote.public_id")
    address = serializers.SerializerMethodField()
    target = serializers.CharField(source="target.slug")
    number = serializers.SerializerMethodField(
        help_text="1 supports or asserts, -1 criticises or denies, 0 between, null none."
    )

    class Meta:
        model = Stance
        fields = (
            *("quote", "address", "target", "value", "number", "basis", "rationale"),
            "codebook_version",
        )

    def get_number(self, stance: Stance) -> int | None:
        return NUMBERS.get(stance.value)

    def get_address(self, stance: Stance) -> str:
        path = reverse("quote", args=[stance.quote.public_id])
        return str(self.context["request"].build_absolute_uri(path))


class CodingRecord(serializers.ModelSerializer):
    """What one coder made of one quote; the coder by a key, never by name."""

    quote = serializers.CharField(source="quote.public_id")
    target = serializers.CharField(source="target.slug")
    coder = serializers.CharField(source="coder.slug")
    coder_kind = serializers.ChoiceField(source="coder.kind", choices=CoderKind.choices)
    value = serializers.ChoiceField(choices=StanceValue.choices)

    class Meta:
        model = StanceCoding
        fields = (
            *("quote", "target", "coder", "coder_kind", "value", "confidence"),
            "codebook_version",
        )


class VersionRecord(serializers.Serializer):
    """One version of a quote, in its list of versions."""

    version = serializers.IntegerField()
    address = serializers.CharField()
    recorded = serializers.CharField()
    why = serializers.CharField()
    sha256 = serializers.CharField(help_text="Chained to the version before.")


class OptionRecord(serializers.Serializer):
    """One value of a facet."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField(help_text="Quotes it would show, whatever else is chosen.")
    selected = serializers.BooleanField()
    left_out = serializers.BooleanField()


class FacetRecord(serializers.Serializer):
    """One facet of the list with its values."""

    name = serializers.CharField()
    label = serializers.CharField()
    options = OptionRecord(many=True)


class ProblemRecord(serializers.Serializer):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = serializers.ListField(required=False, help_text="Each parameter that is wrong.")
    repaired = serializers.CharField(required=False, help_text="An address that works.")
