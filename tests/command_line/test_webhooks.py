"""A real ledger tells a receiver what was recorded, with nothing but the program and its settings."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from tests.command_line.processes import ROOT, Anjuan
from tests.notices.receiver import Receiver

ORGANS = ROOT / "infrastructure" / "demo" / "xuanen.toml"


def test_what_the_server_records_reaches_a_receiver_once_it_is_subscribed(anjuan: Anjuan) -> None:
    founded = anjuan.run(
        "jurisdiction", "add", "tuisong", "--organs", str(ORGANS), "--kind", "real", "--profiles", "xuanen-2020"
    )
    assert founded.code == 0, founded.err
    receiver = Receiver()
    made = anjuan.run("webhook", "add", receiver.url, "--topic", "jurisdiction.*", "--after", "0", "--json").json
    refused = anjuan.run("webhook", "add", "http://10.0.0.1/", "--json")
    assert (refused.code, refused.error["code"]) == (3, "WEBHOOK_ADDRESS_PLAIN")
    allowing = replace(anjuan, more={**anjuan.more, "ANJUAN_WEBHOOK_NETWORKS": "127.0.0.1/32"})
    with allowing.serving("serve", "--port", "0"):
        receiver.until(lambda: len(receiver.taken) >= 22)
        first = receiver.taken[0].verified_by(made["secret"])
        assert (first["type"], first["position"], first["rehearsal"]) == ("jurisdiction.opened", 1, False)
        (item,) = anjuan.run("webhook", "list", "--json").json["items"]
        assert (item["id"], item["state"], item["url"]) == (made["id"], "active", receiver.url)
        before = len(receiver.taken)
        assert anjuan.run("webhook", "replay", made["id"], "0").code == 0
        receiver.until(lambda: len(receiver.taken) >= 2 * before)
    assert anjuan.run("webhook", "remove", made["id"]).code == 0
    assert anjuan.run("webhook", "remove", str(uuid4())).code == 3
    assert anjuan.run("webhook", "list").out == ""
    receiver.close()
