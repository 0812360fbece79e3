"""What a body asks for (请求内容): the arguments of a step with ids for organs and references for what is protected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from api.errors import Invalid
from api.v1.schemas import MARK, Form
from application.ledger import Ledger
from domain.register import Register


@dataclass(frozen=True, slots=True)
class Asked:
    """A body taken apart. `protected`: values by reference; `envelope`: what is said around the step."""

    arguments: dict[str, Any]
    protected: Mapping[UUID, tuple[str, str]]
    envelope: dict[str, Any]


def asked(form: Form, body: Mapping[str, Any], ledger: Ledger, reference: Callable[[str], UUID] | None = None) -> Asked:
    """Take apart a body as a form has read it; raises Invalid where an organ is not in the register.

    `reference`: the reference of a protected value, by the name of its argument; a new one if nothing is said.
    """
    arguments = {name: value for name, value in body.items() if name[0] != MARK}
    envelope = {name[1:]: value for name, value in body.items() if name[0] == MARK}
    _check_organs(form, arguments, envelope, ledger)
    return Asked(arguments, _protect(form, arguments, reference or (lambda name: uuid4())), envelope)


def _check_organs(form: Form, arguments: dict[str, Any], envelope: dict[str, Any], ledger: Ledger) -> None:
    """Every organ that is named is one of the register; aliases become ids."""
    if not form.organs and envelope.get("on_behalf_of") is None:
        return
    register = ledger.at_hand().case.register
    if any(register.organ(each) is None for each in _named(form, arguments, envelope)):
        register = ledger.register()
    errors: dict[str, Any] = {}
    for name, key in form.organs:
        if (said := arguments.get(name)) is not None:
            arguments[name] = _known(register, said, key, errors)
    if (said := envelope.get("on_behalf_of")) is not None:
        envelope["on_behalf_of"] = _known(register, said, "on_behalf_of", errors)
    if errors:
        raise Invalid(errors)


def _named(form: Form, arguments: Mapping[str, Any], envelope: Mapping[str, Any]) -> Iterator[str]:
    for said in (*(arguments.get(name) for name, _ in form.organs), envelope.get("on_behalf_of")):
        yield from said if isinstance(said, tuple) else () if said is None else (said,)


def _known(register: Register, said: Any, key: str, errors: dict[str, Any]) -> Any:
    if isinstance(said, tuple):
        return tuple(_known(register, each, key, errors) for each in said)
    found = register.organ(said)
    if found is None:
        errors.setdefault(key, []).append(f"no organ {said}")
        return said
    return found.id


def _protect(form: Form, arguments: dict[str, Any], reference: Callable[[str], UUID]) -> dict[UUID, tuple[str, str]]:
    """Put references in the place of protected values."""
    kept: dict[UUID, tuple[str, str]] = {}
    for name in form.protected:
        if value := arguments.get(name):
            kept[made := reference(name)] = (name, value)
            arguments[name] = str(made)
    return kept
