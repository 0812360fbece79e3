"""Erasure of identities (身份销毁): after the time of keeping, by two people of two organs; history stays as it is."""

from domain.cases.erasure.case import Erasure

CASE = Erasure
