"""Signing in (登录): passwords, local accounts, sessions, and subjects of an identity provider."""
