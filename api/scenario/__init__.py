"""Scenarios (情景): files that say what is done and expected, run over HTTP."""
