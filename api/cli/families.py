"""The families of commands (命令组) with more than one member."""

from __future__ import annotations

from api.cli.command import Family
from api.cli.words import Words

SCENARIO = Family(
    "scenario",
    about=Words("按剧本演练整件案卷", "Play whole cases from a script and compare"),
    members={"run": "api.cli.scenario:run"},
)
CALENDAR = Family(
    "calendar",
    about=Words("放假调休安排", "Holiday arrangements"),
    members={
        "check": "api.cli.calendars:check",
        "preview": "api.cli.calendars:preview",
        "import": "api.cli.calendars:import_",
    },
)
RULES = Family("rules", about=Words("时限规则", "Time limits"), members={"check": "api.cli.rules:check"})
PLAN = Family(
    "plan",
    about=Words("任务清单", "Task plans"),
    members={"import": "api.cli.plans:import_", "list": "api.cli.plans:list_"},
)
JURISDICTION = Family(
    "jurisdiction",
    about=Words("辖区账本", "Jurisdictions and their ledgers"),
    members={
        "add": "api.cli.jurisdictions:add",
        "list": "api.cli.jurisdictions:list_",
        "choose": "api.cli.jurisdictions:choose",
    },
)
TOKEN = Family(
    "token",
    about=Words("机关令牌", "Tokens of organs"),
    members={"add": "api.cli.tokens:add", "list": "api.cli.tokens:list_", "revoke": "api.cli.tokens:revoke"},
)
ACCOUNT = Family(
    "account",
    about=Words("本地账户", "Local accounts of officers"),
    members={
        "add": "api.cli.accounts:add",
        "list": "api.cli.accounts:list_",
        "disable": "api.cli.accounts:disable",
        "enable": "api.cli.accounts:enable",
        "reset": "api.cli.accounts:reset",
    },
)
SUBJECT = Family(
    "subject",
    about=Words("统一身份认证的身份对应", "Whom an identity provider means"),
    members={
        "add": "api.cli.subjects:add",
        "list": "api.cli.subjects:list_",
        "remove": "api.cli.subjects:remove",
    },
)
EVENTS = Family("events", about=Words("事件账", "The event log"), members={"export": "api.cli.events:export"})
PEOPLE = Family(
    "people",
    about=Words("机关和人员名录", "The register of organs and officers"),
    members={
        "list": "api.cli.people:list_",
        "import": "api.cli.people:import_",
        "hand-over": "api.cli.people:hand_over",
    },
)
WEBHOOK = Family(
    "webhook",
    about=Words("推送订阅", "Receivers outside that are told of facts"),
    members={
        "list": "api.cli.webhooks:list_",
        "add": "api.cli.webhooks:add",
        "replay": "api.cli.webhooks:replay",
        "remove": "api.cli.webhooks:remove",
    },
)
KEYS = Family(
    "keys",
    about=Words("保密内容的密钥", "The keys of protected values"),
    members={"list": "api.cli.keys:list_", "rotate": "api.cli.keys:rotate"},
)
RECEIPT = Family(
    "receipt",
    about=Words("入账凭证", "Receipts of what was recorded"),
    members={
        "show": "api.cli.receipts:show",
        "check": "api.cli.receipts:check",
        "rotate-key": "api.cli.receipts:rotate_key",
    },
)
LOG = Family(
    "log",
    about=Words("证明账目未被改动的签名账本", "The signed log that shows that nothing recorded was changed"),
    members={
        "print": "api.cli.log_print:print_",
        "keys": "api.cli.log_keys:keys",
        "rotate-key": "api.cli.log_keys:rotate_key",
        "retire-key": "api.cli.log_keys:retire_key",
        "begin-anew": "api.cli.log_anew:begin_anew",
    },
)
DB = Family("db", about=Words("数据库", "The database"), members={"url": "api.cli.db:url"})
CONFIG = Family("config", about=Words("设置", "Settings"), members={"check": "api.cli.config:check"})
INSPECTION = Family(
    "inspection",
    about=Words("联合检查的随机抽取", "The random draw of a joint inspection"),
    members={"draw": "api.cli.inspection:draw"},
)
WITNESS = Family(
    "witness",
    about=Words("见证机：由另一机关掌管，为账本的检查点作见证", "A witness, held by another office, of what logs sign"),
    members={
        "init": "api.cli.witness:init",
        "trust": "api.cli.witness:trust",
        "distrust": "api.cli.witness:distrust",
        "list": "api.cli.witness:list_",
        "serve": "api.cli.witness:serve",
    },
)
ANCHORS = Family(
    "anchors",
    about=Words("外部锚定：见证机和时间戳", "Witnesses and time-stamping authorities"),
    members={"check": "api.cli.anchors:check"},
)
