"""Asks for addresses, some at once, and says how long each took."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.scale.mix import Request


@dataclass(frozen=True)
class Answer:
    request: Request
    seconds: float
    status: int


class Client:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str) -> tuple[int, bytes]:
        try:
            self.connection.request("GET", path)
            response = self.connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return 0, b""

    def ask(self, request: Request) -> Answer:
        started = time.perf_counter()
        status, _ = self.get(request.path)
        return Answer(request, time.perf_counter() - started, status)


def replay(port: int, requests: Sequence[Request], *, clients: int = 2) -> list[Answer]:
    """Ask for every request by each of the clients, all at once, each from another one on."""
    answers: list[Answer] = []

    def run(number: int) -> None:
        client, start = Client(port), number * len(requests) // clients
        mine = [client.ask(one) for one in [*requests[start:], *requests[:start]]]
        answers.extend(mine)

    _together(run, clients)
    return answers


def saturate(
    port: int, requests: Sequence[Request], *, connections: int = 16, seconds: float = 10
) -> tuple[float, int]:
    """Return the answers a second over so many connections, and how many were none or errors."""
    counts: list[tuple[int, int]] = []
    end = time.perf_counter() + seconds

    def run(number: int) -> None:
        client, done, wrong = Client(port), 0, 0
        place = number * len(requests) // connections
        while time.perf_counter() < end:
            answer = client.ask(requests[place % len(requests)])
            place, done, wrong = place + 1, done + 1, wrong + (answer.status != 200)
        counts.append((done, wrong))

    _together(run, connections)
    return sum(done for done, _ in counts) / seconds, sum(wrong for _, wrong in counts)


def _together(run: object, number: int) -> None:
    threads = [threading.Thread(target=run, args=[one]) for one in range(number)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def share(answers: Sequence[Answer], of: float) -> float:
    """Return the milliseconds within which a share of the answers came."""
    times = sorted(answer.seconds for answer in answers)
    return 1_000 * times[min(len(times) - 1, int(of * len(times)))] if times else float("nan")
