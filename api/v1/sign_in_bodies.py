"""What requests about signing in and about credentials say (登录与凭证请求), strict in type and bounded in size."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from api.v1.fields import SHORT, Instant, OrganId, Several, Text
from application.callers import SCOPES
from application.passwords import LEAST, MOST

LOGIN = "^[a-z0-9][a-z0-9._-]{1,63}$"
OFFICER = {"description": "Id of an officer of the register"}
SCOPE = {"description": "read, act, accounts; read and act if not given"}


class SignIn(Schema):
    """Who signs in, and where."""

    jurisdiction = Text(longest=SHORT, required=True)
    login = Text(longest=SHORT, required=True)
    password = Text(longest=MOST, required=True, metadata={"format": "password"})


class Another(Schema):
    """Another password."""

    old = Text(longest=MOST, required=True, metadata={"format": "password"})
    new = Text(
        longest=MOST, required=True, metadata={"format": "password", "description": f"At least {LEAST} characters"}
    )


class NewAccount(Schema):
    """Whose account."""

    login = fields.String(required=True, validate=validate.Regexp(LOGIN), metadata={"pattern": LOGIN})
    officer = Text(longest=SHORT, required=True, metadata=OFFICER)


class ChangedAccount(Schema):
    """Whether an account is closed."""

    disabled = fields.Boolean(required=True, truthy={True}, falsy={False})


class NewToken(Schema):
    """For whom, for what, until when."""

    organ = OrganId(required=True)
    officer = Text(longest=SHORT, metadata=OFFICER)
    scope = Several(fields.String(validate=validate.OneOf(sorted(SCOPES))), metadata=SCOPE)
    label = Text(longest=SHORT, metadata={"description": "What it is for"})
    expires_at = Instant(required=True, metadata={"description": "At most a year from now"})


class NewSubject(Schema):
    """Whom an identity provider means."""

    issuer = Text(longest=SHORT, required=True, metadata={"description": "`iss`, as the setting says"})
    subject = Text(longest=SHORT, required=True, metadata={"description": "`sub`"})
    officer = Text(longest=SHORT, required=True, metadata=OFFICER)


class OneSubject(Schema):
    """Which subject."""

    issuer = Text(longest=SHORT, required=True)
    subject = Text(longest=SHORT, required=True)
