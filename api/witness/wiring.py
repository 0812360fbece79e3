"""Builds a witness (见证装配): the only module of this folder that meets infrastructure; nothing of a ledger is built."""

from __future__ import annotations

from infrastructure.proof.ed25519 import BadKey as BadKey
from infrastructure.witness.desk import Desk as Desk
from infrastructure.witness.desk import found_desk as found_desk
from infrastructure.witness.desk import open_desk as open_desk
