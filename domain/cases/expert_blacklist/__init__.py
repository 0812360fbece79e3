"""Expert blacklist (专家“黑名单”)."""

from domain.cases.expert_blacklist.case import ExpertBlacklist

CASE = ExpertBlacklist
