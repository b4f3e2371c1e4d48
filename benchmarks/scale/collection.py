"""A deterministic collection of any size, as rows of the project's tables.

At 1,000,000 quotes: 50,000 people who speak by Zipf's law, 250,000 articles, 300 outlets, twelve
years, twenty targets with a million stances, one quote in twenty unpublished. Smaller collections
are the same in small. A piece of a hundred articles depends on its number and on nothing else, so
pieces are made by several processes in any order.
"""

import hashlib
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from itertools import accumulate
from random import Random
from typing import Any

from base import dates
from base.ids import ALPHABET
from benchmarks.scale.language import Language, name
from quotes.choices import VALUES_BY_KIND, Status, TargetKind
from quotes.spans import context

PIECE = 100
QUOTES_AN_ARTICLE = 4
FIRST_DAY, DAYS = date(2012, 1, 1), 12 * 365
ROLES = (
    "minister,shadow minister,chief executive,spokesperson,director,head teacher,doctor,judge,"
    "councillor,chair,union leader,campaigner,professor,inspector,lawyer,police chief,adviser,"
    "member of parliament,resident,parent"
).split(",")
KINDS = (("direct", 62), ("mixed", 18), ("indirect", 20))
CHANNELS = (
    ("", 30),
    ("interview", 25),
    ("speech", 15),
    ("statement", 15),
    ("article", 10),
    ("letter", 5),
)
LANGUAGES = (("en", 80), ("en-GB", 16), ("fr", 3), ("cy", 1))
STANCES_A_QUOTE = ((0, 40), (1, 30), (2, 20), (3, 10))
UNPUBLISHED = 0.05
# An odd number: multiplying by it modulo 2^40 gives each number another id, in no visible order.
SPREAD = 0x9E3779B97F | 1
Row = dict[str, Any]


@dataclass(frozen=True)
class Size:
    quotes: int

    @property
    def articles(self) -> int:
        return max(1, self.quotes // QUOTES_AN_ARTICLE)

    @property
    def people(self) -> int:
        return max(10, self.quotes // 20)

    @property
    def outlets(self) -> int:
        return min(300, max(5, self.quotes // 100))

    @property
    def organizations(self) -> int:
        return min(2_000, max(5, self.quotes // 200))

    @property
    def targets(self) -> int:
        return 20

    @property
    def pieces(self) -> int:
        return -(-self.articles // PIECE)


def public_id(number: int) -> str:
    """Return an id that looks random and is another for each number below 2^40."""
    value, letters = number * SPREAD % 2**40, []
    for _ in range(8):
        value, digit = divmod(value, 32)
        letters.append(ALPHABET[digit])
    return "".join(letters)


@cache
def bounds(text: str) -> dates.DateBounds:
    """Return the first and last day of a date; a plain day need not be parsed."""
    if len(text) == 10:
        return dates.DateBounds(date.fromisoformat(text), date.fromisoformat(text))
    return dates.bounds(text)


def weighted(random: Random, table: tuple[tuple[Any, int], ...]) -> Any:
    return random.choices([value for value, _ in table], [weight for _, weight in table])[0]


class Collection:
    """Everything that there is, by number. Keys are numbers from 1."""

    def __init__(self, quotes: int) -> None:
        self.size = Size(quotes)
        # A test's few quotes do not wait for a vocabulary that they can't use.
        self.language = Language() if quotes >= 10_000 else Language(2_000)
        self.made = datetime(2024, 1, 1, tzinfo=UTC)

    @cached_property
    def speaking(self) -> list[float]:
        """Cumulated weights of the people: the one of rank r speaks 1 / (r + 5) as often."""
        return list(accumulate(1 / (rank + 5) for rank in range(1, self.size.people + 1)))

    @cached_property
    def people(self) -> list[Row]:
        random = Random(2)
        rows = []
        for number in range(1, self.size.people + 1):
            # A number in the name says at once that nobody is meant.
            called = f"{name(random)} {number}"
            protected = number % 211 == 0
            first, last, _ = called.split()
            rows.append(
                {
                    "id": number,
                    "public_id": public_id(3 * number),
                    "name": called,
                    "sort_name": f"{last} {number}, {first}",
                    "slug": called.lower().replace(" ", "-"),
                    "protected": protected,
                    "public_role": "a resident" if protected else "",
                    "created_at": self.made,
                }
            )
        return rows

    @cached_property
    def organizations(self) -> list[Row]:
        random = Random(3)
        rows = []
        for number in range(1, self.size.organizations + 1):
            called = f"{name(random).split()[0]} Council {number}"
            slug = called.lower().replace(" ", "-")
            rows.append({"id": number, "name": called, "slug": slug, "created_at": self.made})
        return rows

    @cached_property
    def memberships(self) -> list[Row]:
        """Two people in three held a role, one in four two of them one after the other."""
        random = Random(4)
        rows: list[Row] = []
        for person in self.people:
            start = FIRST_DAY + timedelta(days=random.randrange(-900, DAYS))
            for _ in range(random.choice((0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2))):
                end = start + timedelta(days=random.randrange(200, 2_500))
                open_end = random.random() < 0.3
                rows.append(
                    {
                        "id": len(rows) + 1,
                        "person_id": person["id"],
                        "organization_id": random.randrange(self.size.organizations) + 1,
                        "role": random.choice(ROLES),
                        "start": start.isoformat(),
                        "end": "" if open_end else end.isoformat(),
                        "start_earliest": start,
                        "end_latest": None if open_end else end,
                    }
                )
                if open_end:
                    break
                start = end + timedelta(days=1)
        return rows

    @cached_property
    def outlets(self) -> list[Row]:
        return [
            {
                "id": number,
                "name": f"Outlet {number:03}",
                "slug": f"outlet-{number:03}",
                "created_at": self.made,
            }
            for number in range(1, self.size.outlets + 1)
        ]

    @cached_property
    def targets(self) -> list[Row]:
        rows = []
        for number in range(1, self.size.targets + 1):
            word = self.language.topics[number][0]
            kind = TargetKind.SUBJECT if number % 5 < 3 else TargetKind.CLAIM
            rows.append(
                {
                    "id": number,
                    "slug": f"target-{number:02}",
                    "label": f"Target {number:02}: {word}",
                    "kind": kind.value,
                    "proposition": f"It was about {word}." if kind == TargetKind.CLAIM else "",
                    "version": 1,
                    "meaning_version": 1,
                    "created_at": self.made,
                }
            )
        return rows

    def pieces(self) -> Iterator[int]:
        return iter(range(self.size.pieces))

    def articles(self, piece: int) -> Iterator[tuple[Row, list[Row]]]:
        """Yield each article of a piece with its quotes; a quote's row holds its stances too."""
        random = Random(f"piece {piece}")
        first = piece * PIECE + 1
        for number in range(first, min(first + PIECE, self.size.articles + 1)):
            yield self._article(random, number)

    def _article(self, random: Random, number: int) -> tuple[Row, list[Row]]:
        topic = random.randrange(len(self.language.topics))
        published = self._date(random)
        article: Row = {
            "id": number,
            "public_id": public_id(3 * number + 1),
            "outlet_id": 1 + int(self.size.outlets * random.random() ** 2),
            "headline": self.language.sentence(random, random.randrange(6, 11), topic),
            "byline": name(random) if random.random() < 0.6 else "",
            "url": f"https://news.example/{number}",
            "published": published,
            "published_earliest": bounds(published).earliest,
            "published_latest": bounds(published).latest,
            "date_basis": "printed" if published else "",
            "language": weighted(random, LANGUAGES),
            "source_file": f"{number}.txt",
            "created_at": self.made,
        }
        said = [self._quote(random, article, topic, place) for place in range(QUOTES_AN_ARTICLE)]
        body = self._body(random, topic, said)
        article["body"] = body
        article["sha256"] = hashlib.sha256(body.encode()).hexdigest()
        for row in said:
            row["prefix"], row["suffix"] = context(body, row["start"], row["end"])
        return article, said

    def _date(self, random: Random) -> str:
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        chance = random.random()
        if chance < 0.01:
            return ""
        return day.isoformat()[:7] if chance < 0.04 else day.isoformat()

    def _quote(self, random: Random, article: Row, topic: int, place: int) -> Row:
        number = (article["id"] - 1) * QUOTES_AN_ARTICLE + place + 1
        total = self.speaking[-1]
        speaker = self.people[bisect(self.speaking, random.random() * total)]
        published = random.random() >= UNPUBLISHED
        status = Status.PUBLISHED if published else random.choice(("candidate", "accepted"))
        said = article["published"] if random.random() < 0.3 else ""
        days = bounds(said or article["published"])
        added = self.made + timedelta(seconds=number // 10, microseconds=number % 1_000)
        return {
            "id": number,
            "article_id": article["id"],
            "public_id": public_id(3 * number + 2) if published else None,
            "text": self.language.sentence(random, self.language.length(random), topic),
            "kind": weighted(random, KINDS),
            "speaker_id": speaker["id"],
            "speaker_text": speaker["name"],
            "on_behalf_of_id": (
                random.randrange(self.size.organizations) + 1 if random.random() < 0.08 else None
            ),
            "speaker_role": random.choice(ROLES) if random.random() < 0.5 else "",
            "cue": "said",
            "basis": "named",
            "said": said,
            "said_basis": "printed" if said else "",
            "channel": weighted(random, CHANNELS),
            "method": "editor",
            "status": str(status),
            "created_at": added,
            "reviewer_id": 1 if published or status == "accepted" else None,
            "reviewed_at": added if published or status == "accepted" else None,
            "published_at": added if published else None,
            "date_earliest": days.earliest,
            "date_latest": days.latest,
            "stances": self._stances(random),
        }

    def _stances(self, random: Random) -> list[Row]:
        wanted = weighted(random, STANCES_A_QUOTE)
        chosen = {1 + int(self.size.targets * random.random() ** 1.5) for _ in range(wanted)}
        rows = []
        for number in sorted(chosen):
            target = self.targets[number - 1]
            values = VALUES_BY_KIND[TargetKind(target["kind"])]
            rows.append(
                {
                    "target_id": number,
                    "value": random.choice(values).value,
                    "basis": "disputed" if random.random() < 0.04 else "single",
                    "decided_at": self.made,
                    "codebook_version": 1,
                }
            )
        return rows

    def _body(self, random: Random, topic: int, said: list[Row]) -> str:
        """Return the article's text, and write into each quote where it stands there."""
        parts: list[str] = []
        length = 0

        def write(text: str) -> None:
            nonlocal length
            parts.append(text)
            length += len(text)

        for row in said:
            for _ in range(2):
                count = random.randrange(12, 26)
                write(f"{self.language.sentence(random, count, topic)}. ")
            reported = row["kind"] == "indirect"
            write(f"{row['speaker_text']} said that " if reported else "“")
            row["start"], row["end"] = length, length + len(row["text"])
            write(row["text"])
            write(". " if reported else f",” {row['speaker_text']} said. ")
        return "".join(parts).strip()
