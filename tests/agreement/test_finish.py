"""Untouched targets: no stance once the quote is finished, missing until then."""

from quotes.agreement.finish import completed, to_write

TARGETS = ("social-workers", "minister", "media-pressure")


def test_finished_quote_has_no_stance_for_untouched_targets() -> None:
    found = completed({"minister": "supports"}, targets=TARGETS, finished=True)

    assert found == {
        "social-workers": "no_stance",
        "minister": "supports",
        "media-pressure": "no_stance",
    }


def test_unfinished_quote_is_missing_for_untouched_targets() -> None:
    found = completed({"minister": "supports"}, targets=TARGETS, finished=False)

    assert [target for target, value in found.items() if value is None] == [
        "social-workers",
        "media-pressure",
    ]


def test_finishing_writes_only_what_is_not_there() -> None:
    assert to_write({"minister"}, targets=TARGETS) == ["social-workers", "media-pressure"]
