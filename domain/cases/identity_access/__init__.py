"""Access to identities (身份查阅): asked for with a motive, granted to one officer for days, each view on record."""

from domain.cases.identity_access.case import IdentityAccess

CASE = IdentityAccess
