import pytest

from base.ids import ALPHABET, canonical_id, new_public_id


def test_new_public_id_is_eight_letters_of_the_alphabet() -> None:
    ids = {new_public_id() for _ in range(1_000)}

    assert len(ids) == 1_000
    assert all(len(i) == 8 and set(i) <= set(ALPHABET) for i in ids)
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("Q7K3M9P2", "Q7K3M9P2"),
        ("q7k3m9p2", "Q7K3M9P2"),
        ("OIL0OIL0", "01100110"),
        ("Q7K3M9P", None),
        ("Q7K3M9P22", None),
        ("Q7K3M9PU", None),
        ("Q7K3-9P2", None),
        ("Q7K3M9P٢", None),
        ("", None),
    ],
)
def test_canonical_id_reads_what_people_type(typed: str, canonical: str | None) -> None:
    assert canonical_id(typed) == canonical
