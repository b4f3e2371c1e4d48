"""People and organisations as the speakers of quotes."""

from django.contrib import admin
from django.db.models import QuerySet

from people.admin import OrganizationAdmin, PersonAdmin, PersonMergeAdmin
from people.models import Organization, Person, PersonMerge
from quotes.admin.decisions import MERGE, UNMERGE, Decided
from quotes.admin.shown import ShownInQuotesAdmin
from quotes.models import Quote


@admin.register(Person)
class SpeakerAdmin(Decided, ShownInQuotesAdmin, PersonAdmin):
    decisions = (("merge", "Merge with another person…", MERGE),)

    def quotes_showing(self, obj: Person) -> QuerySet[Quote]:
        return Quote.objects.published().filter(speaker=obj)


@admin.register(Organization)
class BodyAdmin(ShownInQuotesAdmin, OrganizationAdmin):
    def quotes_showing(self, obj: Organization) -> QuerySet[Quote]:
        return Quote.objects.published().filter(on_behalf_of=obj)


@admin.register(PersonMerge)
class SpeakerMergeAdmin(Decided, PersonMergeAdmin):
    decisions = (("undo", "Undo the merge…", UNMERGE),)
