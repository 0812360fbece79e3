"""The bundle (证据包) of a case: everything that a stranger needs to check it without us, and the program that does."""
