"""Joint rewards (守信激励)."""

from domain.cases.reward.case import Reward

CASE = Reward
