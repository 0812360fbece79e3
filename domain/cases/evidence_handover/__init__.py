"""Evidence hand-over (证据移交): what the trading centre found, in writing, to whoever supervises."""

from domain.cases.evidence_handover.case import EvidenceHandover

CASE = EvidenceHandover
