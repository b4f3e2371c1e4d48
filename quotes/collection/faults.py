"""What is wrong with a collection: every fault, each with its file, its entry and the reason."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend."""

    file: str
    entry: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.reason}"


class CollectionError(Exception):
    """The collection is refused; the message lists every fault, one a line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@dataclass(slots=True)
class FaultList:
    """Gathers faults while a collection is read, so that one run shows all of them."""

    items: list[Fault] = field(default_factory=list)

    def raise_any(self) -> None:
        """Refuse the collection if anything was found."""
        if self.items:
            raise CollectionError(tuple(self.items))


@dataclass(frozen=True, slots=True)
class Place:
    """A file and an entry in it, and where to report what is wrong there."""

    faults: FaultList
    file: str
    entry: str

    def fault(self, reason: str) -> None:
        """Report that something is wrong here."""
        self.faults.items.append(Fault(self.file, self.entry or "file", reason))

    def inside(self, entry: str) -> "Place":
        """Return the place of an entry within this one."""
        return Place(self.faults, self.file, f"{self.entry}, {entry}" if self.entry else entry)
