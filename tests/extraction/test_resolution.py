"""From a mention to a person. All people are invented."""

from datetime import date

from quotes.extraction import Candidate, KnownPerson, Role, extract


def only(text: str, *people: KnownPerson, published: date | None = None) -> Candidate:
    found = extract(text, known_people=people, published=published, indirect=False).candidates
    return found[-1]


def test_surname_becomes_the_full_name() -> None:
    text = "Mara Quill opened the bridge.\n\n“It is a fine bridge for us,” Quill said."

    assert only(text).name == "Mara Quill"


def test_title_tells_namesakes_apart() -> None:
    text = "Mara Quill and John Quill opened it.\n\n“It is a fine bridge for us,” Mr Quill said."

    assert only(text).name == "John Quill"


def test_namesakes_stay_ambiguous() -> None:
    text = "Mara Quill and Jo Quill opened the bridge.\n\n“It is a fine bridge,” Quill said."
    found = only(text)

    assert {other.name for other in found.alternatives} == {"Mara Quill", "Jo Quill"}
    assert found.person_key is None


def test_pronoun_goes_to_the_agreeing_subject() -> None:
    text = (
        "Mary Quill met Peter Orme on the quay.\n\n"
        "“It is a fine bridge for us,” she said. “It is a dear one,” he replied."
    )
    found = extract(text, indirect=False).candidates

    assert [candidate.name for candidate in found] == ["Mary Quill", "Peter Orme"]


def test_closing_tag_is_nobody_named_in_its_sentence() -> None:
    text = (
        "Mr Peter Orme criticised the trust. John Quill would “never pay for the bridge”, he said."
    )

    assert only(text).name == "Peter Orme"


def test_role_goes_to_who_was_given_it() -> None:
    text = (
        "Peter Orme, the mayor, opened the bridge.\n\nThe day was cold.\n\n"
        "“It is a fine bridge for us,” the mayor said."
    )

    assert only(text).name == "Peter Orme"


def test_office_goes_to_who_stands_out() -> None:
    text = (
        "The bridge must be closed, Peter Orme has said.\n\n"
        "The children's secretary said it was “no longer fit for the work it does”."
    )

    assert only(text).name == "Peter Orme"


def test_known_person_is_found_by_alias() -> None:
    person = KnownPerson("p1", "Mara Elisabeth Quill", aliases=("Mara Quill",))
    text = "Mara Quill opened the bridge.\n\n“It is a fine bridge for us,” Quill said."

    assert only(text, person).person_key == "p1"


def test_known_role_counts_only_on_its_days() -> None:
    then = KnownPerson(
        "p1", "Mara Quill", roles=(Role("harbour minister", until=date(2008, 6, 1)),)
    )
    now = KnownPerson("p2", "Dan Orme", roles=(Role("harbour minister", since=date(2008, 6, 2)),))
    text = "“It is a fine bridge for us,” the harbour minister said."

    assert only(text, then, now, published=date(2008, 1, 1)).person_key == "p1"
    assert only(text, then, now, published=date(2009, 1, 1)).person_key == "p2"
    undated = only(text, then, now)
    assert undated.person_key is None
    assert {other.person_key for other in undated.alternatives} == {"p1", "p2"}


def test_two_known_people_of_one_name_stay_ambiguous() -> None:
    people = (KnownPerson("p1", "Mara Quill"), KnownPerson("p2", "Mara Quill"))
    found = only("“It is a fine bridge for us,” Mara Quill said.", *people)

    assert found.person_key is None
    assert {other.person_key for other in found.alternatives} == {"p1", "p2"}


def test_unnamed_spokesman_has_no_name() -> None:
    found = only("“It is a fine bridge for us,” a council spokesman said.")

    assert found.name is None
    assert found.basis == "role"
