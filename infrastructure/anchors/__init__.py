"""Anchors (外部锚定): what others, who share nothing with the ledger, say of its checkpoints, and where it is kept."""
