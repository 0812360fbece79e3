"""The one table from the scenarios' commands to the product's routes."""

from __future__ import annotations

from collections.abc import Mapping

from api.scenario.commands import (
    assistance,
    complaint,
    crime,
    inspection,
    meeting,
    punishment,
    referral,
    remedies,
    reporting,
    task,
)
from api.scenario.world import Translation

COMMANDS: Mapping[str, Translation] = {
    **complaint.COMMANDS,
    **referral.COMMANDS,
    **crime.COMMANDS,
    **punishment.COMMANDS,
    **assistance.COMMANDS,
    **inspection.COMMANDS,
    **reporting.COMMANDS,
    **remedies.COMMANDS,
    **task.COMMANDS,
    **meeting.COMMANDS,
    **meeting.beside(referral.COMMANDS),
}

PREPARATIONS: Mapping[str, Translation] = meeting.PREPARATIONS
"""What is asked before a command where a scenario is silent about what goes without saying."""
