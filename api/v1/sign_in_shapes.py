"""The shapes of sessions, accounts, tokens and subjects as JSON Schema; none of them shows a secret twice."""

from __future__ import annotations

from collections.abc import Mapping

from api.v1.shapes import ID, INSTANT, TEXT, YES_NO, Shape, named, null, several, shape
from application.callers import JWT, SCOPES, SESSION, TOKEN

SCOPE: Shape = several({"type": "string", "enum": sorted(SCOPES)})
ONCE: Shape = {**TEXT, "description": "Shown this once"}

SIGN_IN_SHAPES: Mapping[str, Shape] = {
    "Session": shape(
        {
            "jurisdiction": TEXT,
            "organ": TEXT,
            "officer": null(TEXT),
            "credential": {"type": "string", "enum": [TOKEN, SESSION, JWT]},
            "scope": SCOPE,
        },
        {
            "login": TEXT,
            "must_change": {**YES_NO, "description": "Nothing but the password can be changed before it is"},
            "begun_at": INSTANT,
            "ends_at": INSTANT,
            "csrf": {**TEXT, "description": "To be sent as Anjuan-CSRF with every request that changes something"},
        },
    ),
    "Sessions": shape(
        {
            "items": several(
                shape(
                    {
                        "handle": ID,
                        "begun_at": INSTANT,
                        "seen_at": INSTANT,
                        "ends_at": INSTANT,
                        "address": null(TEXT),
                        "agent": null(TEXT),
                        "here": {**YES_NO, "description": "Whether it is the one that asks"},
                    }
                )
            )
        }
    ),
    "Account": shape(
        {
            "login": TEXT,
            "officer": TEXT,
            "organ": null(TEXT),
            "must_change": YES_NO,
            "demonstration": YES_NO,
            "made_by": null(TEXT),
            "made_at": INSTANT,
            "changed_at": INSTANT,
            "signed_in_at": null(INSTANT),
            "disabled_at": null(INSTANT),
        }
    ),
    "Accounts": shape({"items": several(named("Account"))}),
    "AccountMade": shape({"login": TEXT, "officer": TEXT, "password": ONCE}),
    "PasswordReset": shape({"login": TEXT, "password": ONCE}),
    "Token": shape(
        {
            "prefix": TEXT,
            "organ": TEXT,
            "officer": null(TEXT),
            "scope": SCOPE,
            "label": null(TEXT),
            "made_by": null(TEXT),
            "demonstration": YES_NO,
            "made_at": INSTANT,
            "expires_at": null(INSTANT),
            "last_used_at": {**null(INSTANT), "description": "To the minute"},
            "revoked_at": null(INSTANT),
        }
    ),
    "Tokens": shape({"items": several(named("Token"))}),
    "TokenMade": shape({"prefix": TEXT, "token": ONCE, "expires_at": INSTANT}),
    "Subject": shape({"issuer": TEXT, "subject": TEXT, "officer": TEXT, "made_by": null(TEXT), "made_at": INSTANT}),
    "Subjects": shape({"items": several(named("Subject"))}),
}
"""What answers about signing in look like."""
