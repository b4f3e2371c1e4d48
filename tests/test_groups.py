"""The groups' rights are there again after a test that empties the database."""

import pytest
from django.contrib.auth.models import Group


@pytest.mark.parametrize("turn", ["first", "after a flush"])
def test_editors_rights_return(turn: str, transactional_db: None) -> None:
    rights = set(Group.objects.get(name="editor").permissions.values_list("codename", flat=True))

    assert {"change_quote", "add_withdrawal", "view_report", "add_quoteredirect"} <= rights
