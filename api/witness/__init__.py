"""A witness (见证) over HTTP and its commands: a second deployment that shares nothing with a ledger."""
