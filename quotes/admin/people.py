"""People and organisations as the speakers of quotes."""

from django.contrib import admin
from django.db.models import QuerySet

from people.admin import OrganizationAdmin, PersonAdmin
from people.models import Organization, Person
from quotes.admin.shown import ShownInQuotesAdmin
from quotes.models import Quote


@admin.register(Person)
class SpeakerAdmin(ShownInQuotesAdmin, PersonAdmin):
    def quotes_showing(self, obj: Person) -> QuerySet[Quote]:
        return Quote.objects.published().filter(speaker=obj)


@admin.register(Organization)
class BodyAdmin(ShownInQuotesAdmin, OrganizationAdmin):
    def quotes_showing(self, obj: Organization) -> QuerySet[Quote]:
        return Quote.objects.published().filter(on_behalf_of=obj)
