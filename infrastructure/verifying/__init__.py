"""Verifying (核验): checks all that is stored of one ledger against what was signed, in one snapshot, without changing anything."""
