"""Changes `domain/proof` in one place after the other and runs its tests each time: `make mutants`. A change that no test notices
survives; ends with 1 if one does that is not known to change nothing."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from tests.mutation.changing import Mutant, mutants

ROOT = Path(__file__).parents[2]
TESTS = [
    each
    for each in sorted((ROOT / "tests/proof").glob("test_*.py"))
    if not {"infrastructure.postgres", "tests.proof.ledgers"}
    & set(re.findall(r"[\w.]+", each.read_text(encoding="utf-8")))
]
"""Those that need no database."""
SECONDS = 5
"""Of computing in one test, after which a change that never ends is taken for noticed."""
BROKEN = 3
CHECKED = (
    *("merkle", "checkpoint", "inclusion", "note", "witness", "anchors", "entry", "tiles"),
    *("roots", "ranges", "trust", "receipt", "manifest", "findings", "faults", "volumes"),
)
"""What verifies: each module has tests of its own that need no database."""
SAME = ROOT / "tests/mutation/same.txt"
"""Changes that change nothing, each with its reason on the line before."""


class Mutating:
    """Runs the collected tests that name a module in a process for each change of it."""

    def __init__(self, names: list[str], workers: int) -> None:
        self.names, self.workers = names, workers
        self.survived: list[str] = []
        self.many = 0
        self._failed = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Few examples, none made smaller, none kept."""
        import hypothesis

        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        hypothesis.settings.register_profile(
            "mutants", deadline=None, derandomize=True, database=None, phases=phases, max_examples=60
        )
        hypothesis.settings.load_profile("mutants")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One failure is enough."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Change, run, ask how it went; as many at once as there are workers."""
        for each in session.items:
            _text(each.path)
        assert self._wait(self._begin(session, None)), "the tests fail as it is"
        running: dict[int, Mutant] = {}
        for mutant in self._all():
            running[self._begin(session, mutant)] = mutant
            if len(running) == self.workers:
                self._end(running)
        while running:
            self._end(running)
        return True

    def _all(self) -> Iterator[Mutant]:
        for name in self.names:
            yield from mutants(import_module(name))

    def _begin(self, session: pytest.Session, mutant: Mutant | None) -> int:
        sys.stdout.flush()
        if child := os.fork():
            return child
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        code = BROKEN
        try:
            self._run(session, mutant)
            code = int(self._failed)
        finally:
            os._exit(code)

    def _run(self, session: pytest.Session, mutant: Mutant | None) -> None:
        items = session.items
        if mutant:
            own = f"test_{mutant.module.rpartition('.')[2]}"
            items = [each for each in items if mutant.module in _text(each.path)]
            items.sort(key=lambda item: item.path.stem != own)
        if mutant:
            mutant.apply()
        if not items:
            return
        for item, following in zip(items, [*items[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return

    def _wait(self, child: int) -> bool:
        return os.waitpid(child, 0)[1] == 0

    def _end(self, running: dict[int, Mutant]) -> None:
        child, status = os.wait()
        mutant = running.pop(child)
        assert os.waitstatus_to_exitcode(status) != BROKEN, f"the run itself broke at {mutant}"
        self.many += 1
        if status == 0:
            self.survived.append(str(mutant))
            print(f"survived: {mutant}", flush=True)
        if not self.many % 50:
            print(f"{self.many} changes", flush=True)


def main(names: list[str]) -> int:
    """Change these modules of domain/proof, or all that verify."""
    began = time.monotonic()
    work = Mutating([f"domain.proof.{each}" for each in names or CHECKED], int(os.environ.get("WORKERS", "2")))
    quiet = ["-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:terminal"]
    if code := pytest.main([*quiet, *map(str, TESTS)], plugins=[work]):
        return int(code)
    same = {each for each in SAME.read_text(encoding="utf-8").splitlines() if each and not each.startswith("#")}
    found = [each for each in work.survived if _told(each) not in same]
    print(
        f"{work.many} changes, {len(work.survived)} survived, {len(found)} of them unexplained, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _told(mutant: str) -> str:
    """A change without its line, which moves."""
    module, _, rest = mutant.partition(":")
    return f"{module} {rest.partition(' ')[2]}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
