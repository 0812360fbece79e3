"""The grounds (理由) on which the timer is refused an attestation."""

from __future__ import annotations

from domain.kernel import Ground

KEEPING = "存证规则"

ONE_ATTESTATION = Ground(
    "ONE_ATTESTATION", KEEPING, "一账一档", "每一账本只有一个存证案卷", "A ledger has one attestation, under its own number"
)  # fmt: skip
NOT_LATER = Ground(
    "MANIFEST_NOT_LATER", KEEPING, "只增不减", "清单不得早于上一份清单", "A manifest is of a later position than the one before"
)  # fmt: skip
NOT_ANOTHER_VOLUME = Ground(
    "NOT_ANOTHER_VOLUME", KEEPING, "只增不减", "另起账册，册次应当大于此前各册", "A volume that begins has a higher number than those before"
)  # fmt: skip
NO_CAUSE = Ground(
    "NO_CAUSE", KEEPING, "据实记载", "核验发现问题或者另起账册的，应当载明情形和缘由",
    "What was found wrong, or makes the log begin anew, is recorded with its causes",
)  # fmt: skip
NO_LAW = Ground(
    "NO_LAW", KEEPING, "法据存证", "法据应当逐项列明名称和散列", "The law is attested by its parts, each with its hash"
)  # fmt: skip
LAW_UNCHANGED = Ground(
    "LAW_UNCHANGED", KEEPING, "法据存证", "法据与上次存证相同", "The law is what was attested last"
)  # fmt: skip
