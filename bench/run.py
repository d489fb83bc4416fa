"""One run of the bench: rounds that are kept apart, and medians that are held against goals."""

from collections import defaultdict
from pathlib import Path

from api import Person
from bench import scenarios, stage
from bench.goals import Goal, held_against
from bench.searching import SEARCHED, searching
from bench.stage import Running, Stage

_DELAYS = (0.5, 2.0)


class Bench:
    """Measures one stage.

    `size` is how many turns each of ten clients takes in a round, `servers` among how many more
    servers is searched at the end.
    """

    def __init__(
        self, setting: Stage, *, rounds: int, size: int, soak: int, servers: int = 5_000
    ) -> None:
        self._setting = setting
        self._rounds = rounds
        self._size = size
        self._soak = soak
        self._servers = servers
        self.figures: dict[str, list[float]] = defaultdict(list)

    async def run(self) -> list[Goal]:
        """All scenarios, then what they came to."""
        script = await stage.script_of(self._setting, stage.ONE)
        for_ten = await stage.script_of(self._setting, stage.TEN)
        self._note("statements", scenarios.statements(script))
        more = scenarios.statements(for_ten) - scenarios.statements(script)
        self._note("more for ten", more)
        self._note("transactions", len(script.transactions))
        for _ in range(self._rounds):
            took, cpu = scenarios.starting(self._setting)
            self._note("start", took)
            self._note("start cpu", cpu)
        path = self._setting.home / "script.json"
        script.write(path)
        with (
            stage.service(self._setting) as server,
            stage.limits(self._setting, path) as least,
            stage.limits(self._setting, path, embeds=True) as embedding,
        ):
            users = await stage.people(self._setting, server.url, 20)
            await scenarios.busy(server, stage.chats(users, scenarios.MESSAGES), 2)
            self._note("held", await scenarios.held(self._setting, server, users[0]))
            readers = await scenarios.readers(self._setting, server)
            for _ in range(self._rounds):
                await scenarios.tidied(self._setting)
                await self._busy(server, least, embedding, path, users[:10])
                await scenarios.tidied(self._setting)
                await self._thinking(server, users)
                await self._paging(server, *readers)
            self._note("memory", server.memory)
            crowd = await scenarios.crowd(self._setting, server, users)
            self._note("crowd failed", len(crowd.failed))
            self._note("crowd memory", server.memory)
            if self._soak:
                grown = await scenarios.soak(server, users, self._soak)
                self._note("growth", 100 * grown)
        # Last, since it fills the catalogue.
        self._note("search", await searching(self._setting.urls, self._servers, SEARCHED))
        return held_against(self.figures)

    async def _busy(
        self,
        server: Running,
        least: Running,
        embedding: Running,
        script: Path,
        users: list[Person],
    ) -> None:
        load, cpu = await scenarios.busy(server, stage.chats(users, [stage.ONE]), self._size)
        self._note("rate", load.rate)
        self._note("cpu", cpu)
        self._note("failed", len(load.failed))
        for name, limits in (("least", least), ("embedding", embedding)):
            others = scenarios.strangers(len(users))
            await scenarios.busy(limits, others, 2)
            load, other_cpu = await scenarios.busy(limits, others, self._size)
            self._note(f"{name} rate", load.rate)
            self._note(f"{name} cpu", other_cpu)
            self._note(f"cpu / {name}", cpu / other_cpu)
            self._note("failed", len(load.failed))
        raw = scenarios.raw_rate(self._setting, script, len(users), max(1, self._size // 10))
        self._note("raw rate", raw)
        self._note("rate / raw", 100 * self.figures["rate"][-1] / raw)

    async def _thinking(self, server: Running, users: list[Person]) -> None:
        for delay in _DELAYS:
            times = max(1, int(self._size / 10 / delay))
            turns, root = await scenarios.thinking(
                self._setting, server, users, delay=delay, times=times
            )
            self._note(f"share at {delay} s", 100 * turns.rate * delay / len(users))
            self._note("root p95", 1000 * root.p95)
            self._note("failed", len(turns.failed) + len(root.failed))

    async def _paging(self, server: Running, few: Person, many: Person) -> None:
        took = await scenarios.paging(server, few, many)
        self._note("last / first", took["last"] / took["first"])
        self._note("long / short", took["first"] / took["short"])

    def _note(self, name: str, value: float) -> None:
        self.figures[name].append(value)
