"""Every error as problem+json: one table from exceptions to status, stable code and words in both languages."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, SecurityError

from api.strict import BadJson, write
from api.v1.chinese import in_chinese
from application.accesses import NotRecorded
from application.bundling import NotYetSigned, OtherLaw
from application.callers import CredentialTaken, NoSuchCredential, OutOfScope, TooMany, WrongPassword
from application.correct import NotCorrectable
from application.decide import NoSuchStep
from application.handle import InFuture, NotFound, Stale
from application.permissions import Forbidden
from application.ports import BadCursor, FileMoved, KeyReused, OutcomeUnknown, Unavailable, UnknownToken
from application.receipts import NoReceipt
from application.shown import plain
from domain.kernel import Refused

log = logging.getLogger("anjuan.http")

TYPE = "urn:anjuan:problem:"
BASIC = 'Basic realm="anjuan", charset="UTF-8"'
MEDIA_TYPE = "application/problem+json"


class Unauthenticated(Exception):
    """The request carries no token that is known."""


class CrossSite(Exception):
    """A request with a cookie does not show that a page of this service sent it."""


class Invalid(ValueError):
    """Fields of the request are missing or wrong; `errors` says what is wrong with which."""

    def __init__(self, errors: Mapping[str, Any]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class BadHeader(ValueError):
    """A header of the request cannot be read; the message names it."""


class PreconditionRequired(Exception):
    """A step was asked for without saying which version of the case the caller has seen."""


class NotYetVisible(Exception):
    """The lists have not come to the event that the caller waits for."""


class NotReady(Exception):
    """Something that the service rests on fails; `checks` says what."""

    def __init__(self, checks: Iterable[Mapping[str, Any]]) -> None:
        super().__init__("not ready")
        self.checks = list(checks)


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of problem: its status, the code that clients may rely on, and its title."""

    status: int
    code: str
    zh: str
    en: str


PROBLEMS: Mapping[type[Exception], Problem] = {
    Refused: Problem(409, "refused", "依据规定不能办理", "The law does not allow this step"),
    Forbidden: Problem(403, "forbidden", "无权办理", "This organ may not take this step"),
    Unauthenticated: Problem(401, "unauthenticated", "未提供有效令牌", "A known bearer token is needed"),
    WrongPassword: Problem(401, "wrong-password", "账户或口令不对", "No account opens with this password"),
    OutOfScope: Problem(403, "out-of-scope", "凭证不能用于此项操作", "The credential is not made for this"),
    CrossSite: Problem(
        403, "cross-site", "请求不是由本系统页面发出", "The request does not come from a page of this service"
    ),
    NoSuchCredential: Problem(404, "no-such-credential", "没有该凭证", "There is no such token, account or subject"),
    CredentialTaken: Problem(409, "taken", "名称已使用", "The name is taken"),
    NotFound: Problem(404, "not-found", "未找到", "There is no such case, file or rule at that moment"),
    NoSuchStep: Problem(404, "not-found", "没有该步骤", "There is no such step"),
    Stale: Problem(412, "stale", "案件已有变动", "The case has moved since it was read"),
    PreconditionRequired: Problem(428, "precondition-required", "缺少 If-Match", "If-Match is missing"),
    Invalid: Problem(422, "invalid", "内容不符合要求", "Some fields are missing or wrong"),
    NotCorrectable: Problem(422, "not-correctable", "不能这样更正", "This cannot be corrected"),
    InFuture: Problem(422, "in-future", "办理时间晚于当前时间", "An act cannot be recorded before it happened"),
    KeyReused: Problem(422, "key-reused", "幂等键已用于其他请求", "The idempotency key was used for another request"),
    BadCursor: Problem(422, "bad-cursor", "游标无效", "The cursor is none of this list"),
    UnknownToken: Problem(422, "unknown-token", "没有该事件", "No event has the id given in `after`"),
    BadJson: Problem(400, "bad-json", "不是严格的 JSON", "The body is not strict JSON"),
    BadHeader: Problem(400, "bad-header", "请求头无效", "A header cannot be read or is not allowed here"),
    TooMany: Problem(429, "too-many", "请求过于频繁", "Asked too often; Retry-After says when it may be asked again"),
    FileMoved: Problem(503, "busy", "案卷正被频繁修改", "The file is changing too fast; try again"),
    OutcomeUnknown: Problem(503, "outcome-unknown", "结果未知", "Send the same request with the same key again"),
    Unavailable: Problem(503, "unavailable", "数据库不可用", "The database cannot be reached"),
    NotYetVisible: Problem(503, "not-yet-visible", "列表尚未更新", "The lists have not come so far yet"),
    NotYetSigned: Problem(
        503, "not-yet-signed", "账本尚未签署至此", "The log is not signed so far yet; try again in seconds"
    ),
    OtherLaw: Problem(
        409,
        "other-law",
        "该检查点时存证的法据与现行法据不同",
        "As of that checkpoint another law was attested; ask for a later one",
    ),
    NotRecorded: Problem(
        503, "not-recorded", "查阅未能留痕，不予显示", "The read cannot be recorded, so nothing is shown"
    ),
    NoReceipt: Problem(
        503, "no-receipt", "无法签发入账凭证，未予记录", "No receipt can be signed, so nothing is recorded"
    ),
    NotReady: Problem(503, "not-ready", "未就绪", "Not ready"),
}
"""What each exception is towards the outside; everything else is a defect."""

OF_HTTP: Mapping[int, Problem] = {
    400: Problem(400, "bad-request", "请求无效", "The request cannot be read"),
    404: Problem(404, "no-such-path", "没有该路径", "There is nothing at this path"),
    405: Problem(405, "method-not-allowed", "不支持该方法", "The path does not take this method"),
    413: Problem(413, "too-large", "请求过大", "The request is too large"),
    415: Problem(415, "unsupported-media-type", "内容类型不支持", "The body must be application/json"),
    500: Problem(500, "defect", "系统内部错误", "A defect of the service; it has been logged"),
}

UNTRUSTED = Problem(400, "untrusted-host", "主机名未列入允许范围", "The Host is none of ANJUAN_TRUSTED_HOSTS")
"""The request calls the service by a name that is not its own."""

RETRY = {"Retry-After": "1"}


def register_errors(app: Flask) -> None:
    """Let every exception of the table, and every error of the framework, answer as a problem."""
    for kind in PROBLEMS:
        app.register_error_handler(kind, answer_known)
    app.register_error_handler(HTTPException, answer_http)


def answer_known(error: Exception) -> Response:
    """The answer to an exception of the table."""
    problem = problem_of(error)
    return problem_response(problem, _particulars(error), _headers(error, problem))


def problem_of(error: Exception) -> Problem:
    """What an exception of the table is towards the outside."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


def problem_told(error: Exception, instance: str) -> dict[str, Any]:
    """An exception of the table as the body of a problem."""
    return _body(problem_of(error), instance, _particulars(error))


def _body(problem: Problem, instance: str, more: Mapping[str, Any]) -> dict[str, Any]:
    title = getattr(problem, language())
    return {"type": TYPE + problem.code, "title": title, "status": problem.status, "instance": instance, **more}


def answer_unavailable(error: Exception) -> Response:
    """The answer where the database is away or full."""
    log.error("unavailable error=%s", type(error).__name__)
    return answer_known(Unavailable())


def answer_http(error: HTTPException) -> Response:
    """The answer to an error of the framework; the cause of a defect is logged, never told."""
    status = error.code or 500
    known = UNTRUSTED if isinstance(error, SecurityError) else OF_HTTP.get(status)
    problem = known or Problem(status, str(status), error.name, error.name)
    kept = {name: value for name, value in error.get_headers() if name.lower() in ("allow", "retry-after")}
    return problem_response(problem, {}, kept)


def problem_response(problem: Problem, more: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """A problem with its particulars in the language that the caller prefers."""
    body = _body(problem, request.path, more)
    response = Response(write(body), problem.status, mimetype=MEDIA_TYPE)
    response.headers.update(headers)
    response.vary.add("Accept-Language")
    return response


def language() -> str:
    """`zh` or `en`, as the caller prefers; Chinese if it does not say."""
    return request.accept_languages.best_match(["zh", "en"], "zh")


def _particulars(error: Exception) -> dict[str, Any]:
    match error:
        case Refused(ground=ground):
            return {
                "detail": getattr(ground, language()),
                "code": ground.code,
                "article": {"instrument": ground.instrument, "clause": ground.clause},
                "text": {"zh": ground.zh, "en": ground.en},
                "facts": plain(error.facts),
            }
        case Invalid() | NotCorrectable():
            return {"errors": in_chinese(error.errors) if language() == "zh" else error.errors}
        case Stale():
            return {"version": error.version}
        case NotReady():
            return {"checks": error.checks}
        case BadJson() | BadHeader() | NotFound() | Forbidden() | OutOfScope() | CrossSite():
            return {"detail": str(error)}
    return {}


def _headers(error: Exception, problem: Problem) -> dict[str, str]:
    match error:
        case Stale():
            return {"ETag": f'"{error.version}"'}
        case TooMany():
            return {"Retry-After": str(error.seconds)}
        case Unauthenticated(args=(said,)) if said == BASIC:
            return {"WWW-Authenticate": BASIC}
        case Unauthenticated() | WrongPassword():
            return {"WWW-Authenticate": 'Bearer realm="anjuan"' + (', error="invalid_token"' if error.args else "")}
    return dict(RETRY) if problem.status == 503 else {}
