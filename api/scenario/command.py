"""`anjuan scenario run`: a scenario on a rehearsal ledger of its own, over real HTTP, gone when it is done."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from api.app import create_app
from api.scenario.compare import Mismatch
from api.scenario.files import Scenario, Step, read
from api.scenario.http import Client
from api.scenario.office import officer_of, opened_at
from api.scenario.runner import Run
from api.wiring import Administration, Wiring, found_ledger

HOST = "127.0.0.1"
LOOK = 0.05
"""How often the server looks whether it is to end, in seconds."""


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def run(
    path: Path,
    wiring: Wiring,
    owner: Administration,
    told: Callable[[Step], None] = lambda step: None,
    app: Flask | None = None,
) -> list[Mismatch]:
    """Run the scenario in a file; answers where the product differs. Raises BadScenario.

    `app`: the application over the wiring, for who runs several scenarios; None: a new one.
    """
    scenario = read(path)
    name = f"scenario-{secrets.token_hex(6)}"
    try:
        at = opened_at(scenario)
        found_ledger(wiring, owner, name, kind="rehearsal", calendar="national", profiles=scenario.profiles, at=at)
        with served(wiring, app) as port, listing(wiring):
            return Run(scenario, clients(scenario, owner, name, port)).run(told)
    finally:
        owner.drop_rehearsal(name)


def clients(scenario: Scenario, owner: Administration, name: str, port: int) -> Callable[[str], Client]:
    """A client for each department of the scenario, made with its token when it is first needed."""
    made: dict[str, Client] = {}

    def client(organ: str) -> Client:
        if organ not in made:
            made[organ] = Client(
                HOST, port, owner.create_token(jurisdiction=name, organ=organ, officer=officer_of(organ))
            )
        return made[organ]

    return client


@contextmanager
def served(wiring: Wiring, app: Flask | None = None) -> Iterator[int]:
    """A real server on a free port for as long as it is needed; answers the port."""
    server = make_server(HOST, 0, app or create_app(wiring), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(LOOK,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def listing(wiring: Wiring) -> Iterator[None]:
    """The lists are kept for as long as they are needed."""
    background = wiring.background()
    background.start()
    try:
        yield
    finally:
        background.stop()
