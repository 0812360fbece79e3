"""Attestation (存证): one case of each ledger in which the timer says how far every case has come, and whether the ledger is intact."""

from domain.cases.attestation.case import Attestation

CASE = Attestation
