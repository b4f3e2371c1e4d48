"""Records that published quotes show: a change of one makes new versions of those quotes."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from base.admin.forms import REASON
from base.admin.records import ReasonedModelAdmin
from quotes import versions
from quotes.models import Quote


class ShownInQuotesAdmin(ReasonedModelAdmin):
    """Records versions after a save, in the transaction of the save."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change and (form.changed_data or any(formset.has_changed() for formset in formsets)):
            versions.record_each(
                quotes=self.quotes_showing(form.instance).distinct(),
                by=request.user,  # type: ignore[arg-type]  # a person who is logged in
                why=form.cleaned_data[REASON],
            )

    def quotes_showing(self, obj: Any) -> QuerySet[Quote]:
        """Return the published quotes that show this record."""
        raise NotImplementedError
