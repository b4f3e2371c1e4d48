import pytest
from django.core.exceptions import ValidationError

from people.models import validate_name
from people.names import slug_words, sort_name
from tests import factories


@pytest.mark.parametrize(
    ("name", "sorted_name"),
    [
        ("Ed Balls", "Balls, Ed"),
        ("Speaker A", "A, Speaker"),
        ("Baroness de Souza", "de Souza, Baroness"),
        ("Dr Ludwig van der Berg", "van der Berg, Ludwig"),
        ("Anna Berg Jr.", "Berg, Anna Jr."),
        ("Solo", "Solo"),
        ("Lord Laming", "Laming"),
    ],
)
def test_sort_name_puts_the_family_name_first(name: str, sorted_name: str) -> None:
    assert sort_name(name) == sorted_name


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ed Balls", "ed-balls"),
        ("Victoria Climbié", "victoria-climbie"),
        ("O’Neill & Søn", "oneill-søn"),
        ("李明", "李明"),
        ("!!!", "unnamed"),
    ],
)
def test_slug_words_make_an_address(name: str, slug: str) -> None:
    assert slug_words(name) == slug


@pytest.mark.parametrize("name", ["A\u202eb", "A\u200bb", "A\x00b", "A\nb", "\ufeffA"])
def test_name_with_hidden_characters_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_name(name)


@pytest.mark.django_db
def test_people_of_one_name_get_addresses_of_their_own() -> None:
    slugs = [factories.person(name="Speaker A").slug for _ in range(3)]

    assert slugs == ["speaker-a", "speaker-a-2", "speaker-a-3"]
