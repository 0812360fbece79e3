"""Whether a complainant has come before: asked by who receives complaints, answered with what may be, seldom and on record."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.http.client import Answer, Client
from tests.http.conftest import County

PATH = "/api/v1/identity/same-complainant"


@contextmanager
def officer(county: County, name: str) -> Iterator[Client]:
    """A client for one officer."""
    client = Client(county.port, county.token(name.partition("-")[0], name))
    yield client
    client.close()


def ask(county: County, who: str, /, **number: Any) -> Answer:
    with officer(county, who) as client:
        return client.post(PATH, number)


@pytest.fixture
def person() -> str:
    """An id number that no other test uses."""
    return f"4228251990{secrets.randbelow(10**8):08}"


def test_who_receives_complaints_learns_which_cases_may_be_of_the_same_complainant(
    county: County, number: str, person: str
) -> None:
    again, elsewhere = f"{number}-二", f"{number}-三"
    county.client("zjj").open_complaint(number, complainant="张三", id_number=person)
    county.client("zjj").open_complaint(again, complainant="张叁", id_number=f"{person[:6]} {person[6:]}")
    county.client("slj").open_complaint(elsewhere, complainant="张三", id_number=person)
    told = ask(county, "zjj-colleague", id_number=person)
    assert (told.status, told.headers["Cache-Control"]) == (200, "no-store")
    assert told.json == {"cases": [number, again], "others": 1, "rehearsal": True}
    assert ask(county, "slj-colleague", id_number=person).json["cases"] == [elsewhere]
    assert ask(county, "jyzx-colleague", id_number=person).json == {"cases": [], "others": 3, "rehearsal": True}
    assert ask(county, "zwj-colleague", id_number=person).json["others"] == 0, "the office reads every case"
    assert "张" not in told.raw.decode()


def test_a_telephone_is_recognised_and_a_name_is_not(county: County, number: str) -> None:
    phone = f"139{secrets.randbelow(10**8):08}"
    county.client("zjj").open_complaint(number, complainant="李四", phone=f"+86 {phone}")
    assert ask(county, "zjj-colleague", phone=phone).json["cases"] == [number]
    for wrong in ({"name": "李四"}, {"complainant": "李四"}, {}, {"phone": phone, "id_number": phone}):
        assert ask(county, "zjj-colleague", **wrong).status == 422


@pytest.mark.parametrize("name", ["zjj-officer", "jwjc-colleague", "sjj-colleague"])
def test_nobody_else_asks(county: County, name: str) -> None:
    assert ask(county, name, phone="13800138000").problem == "forbidden"


def test_a_system_of_the_organ_does_not_ask(county: County) -> None:
    client = Client(county.port, county.token("zjj"))
    assert client.post(PATH, {"phone": "13800138000"}).problem == "forbidden"
    client.close()


def test_numbers_are_not_tried_out_one_after_the_other(county: County) -> None:
    with officer(county, "gaj-colleague") as client:
        answers = [client.post(PATH, {"phone": f"1380013{each:04}"}) for each in range(21)]
    assert [each.status for each in answers] == [200] * 20 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
    assert ask(county, "slj-colleague", phone="13800138000").status == 200, "another officer is not stopped"


def test_the_question_is_on_record_and_the_number_is_not(county: County, owner: Any, person: str) -> None:
    ask(county, "zjj-colleague", id_number=person)
    schema = county.wiring.place(county.name).schema
    rows = owner.execute(f"select * from {schema}.access where route like '%same-complainant'".encode()).fetchall()
    assert ("zjj-colleague" in str(rows[-1]), "body=id_number" in str(rows[-1])) == (True, True)
    assert person not in str(rows)
