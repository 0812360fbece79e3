"""A process that may deliver the notices of a ledger, until it is killed."""

from __future__ import annotations

import sys
from contextlib import closing
from functools import partial
from ipaddress import ip_network

from api.wiring import Wiring
from infrastructure.postgres.pool import connect
from infrastructure.webhooks.patience import Patience
from infrastructure.webhooks.sending import Sender

HERE = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def main(url: str, jurisdiction: str) -> None:
    """Lead or stand by for ever."""
    sender = Sender(HERE, connect_seconds=1.0, total_seconds=5.0)
    with closing(Wiring(url, sender=sender)) as wiring:
        of_its_own = partial(connect, url, name="test deliverer")
        patience = Patience(attempts=50, first=0.05, longest=0.2)
        deliverer = wiring.place(jurisdiction).outbound.deliverer(of_its_own, patience=patience)
        print("started", flush=True)
        deliverer.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
