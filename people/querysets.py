"""Readings of people and organisations."""

from django.db import models
from django.db.models import Exists, OuterRef, Q


class PersonQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "PersonQuerySet":
        """Keep the people whom a published quote names as its speaker; nobody else is public."""
        quotes = self.model._meta.get_field("quotes").related_model
        spoken = quotes._base_manager.filter(status="published", speaker=OuterRef("pk"))
        return self.filter(Exists(spoken))

    def unprotected(self) -> "PersonQuerySet":
        """Leave out children, victims and private third parties."""
        return self.filter(protected=False)


class OrganizationQuerySet(models.QuerySet):  # type: ignore[type-arg]  # the models import this module
    def published(self) -> "OrganizationQuerySet":
        """Keep bodies that a published quote speaks for, or whose public members are published."""
        quotes = self.model._meta.get_field("quotes").related_model
        person = self.model._meta.get_field("memberships").related_model._meta.get_field("person")
        spoken_for = quotes._base_manager.filter(status="published", on_behalf_of=OuterRef("pk"))
        people = person.related_model._base_manager.filter(
            memberships__organization=OuterRef("pk"), protected=False, quotes__status="published"
        )
        return self.filter(Q(Exists(spoken_for)) | Q(Exists(people)))
