"""The log's proofs (证明) at work: the tree in the database, the keys outside it, who signs, and who reads."""
