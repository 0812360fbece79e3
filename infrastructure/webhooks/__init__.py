"""Webhooks (推送): the log as it is sent to receivers outside, at least once and in order."""
