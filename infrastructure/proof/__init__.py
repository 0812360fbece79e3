"""Proof (证明) outside the domain: signatures that are computed, and what is stored and read."""
