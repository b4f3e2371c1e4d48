"""Which editor takes which article."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet

from base.history import save_as
from quotes.models import Article, Assignment


def editors() -> QuerySet[User]:
    """Return the accounts that may review: what an article can be assigned to."""
    allowed = User.objects.filter(
        Q(is_superuser=True)
        | Q(groups__permissions__codename="change_quote")
        | Q(user_permissions__codename="change_quote")
    )
    return allowed.filter(is_active=True, is_staff=True).distinct().order_by("username")


def assign(*, article: Article, editor: User | None, by: User) -> Assignment | None:
    """Give an article to an editor, or to nobody; return the assignment, if there is one now."""
    with transaction.atomic():
        found = Assignment.objects.filter(article=article).first()
        if editor is None:
            if found:
                found._history_user, found._change_reason = by, "Assigned to nobody"
                found.delete()
            return None
        if found and found.editor_id == editor.pk:
            return found
        assignment = found or Assignment(article=article)
        assignment.editor = editor
        return save_as(assignment, by=by, why=f"Assigned to {editor.get_username()}")
