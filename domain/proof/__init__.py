"""Proof (证明): what shows a stranger that a fact is in the log and that nothing in the log was changed, as pure functions of hashes."""
