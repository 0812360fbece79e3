"""What is wrong with a field, in Chinese (中文提示): the messages of fields and validators, which come in English."""

from __future__ import annotations

import re
from typing import Any

PATTERNS = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"Missing data for required field\.", "缺少必填项"),
        (r"Unknown field\.", "没有该字段"),
        (r"Field may not be null\.", "不能为空"),
        (r"Invalid input type\.", "内容须为对象"),
        (r"Invalid (?:type|value)\.|Not a valid .*\.|Number too large\.", "类型或格式不对"),
        (r"Must be one of: (.*)\.", r"须为以下之一：\1"),
        (r"Shorter than minimum length (\d+)\.", r"长度不得少于\1"),
        (r"Longer than maximum length (\d+)\.", r"长度不得超过\1"),
        (r"Length must be between (\d+) and (\d+)\.", r"长度须为\1至\2"),
        (r"Must be greater than or equal to (\S+) and less than or equal to (\S+)\.", r"须在\1与\2之间"),
        (r"must lie between (\d+) and (\d+)", r"须在\1年至\2年之间"),
        (r"must have 1 to (\d+) characters", r"须为1至\1个字符"),
        (r"must not begin or end with blanks", "首尾不得有空白"),
        (r"must not hold / \? # .* or control characters", "不得含有 / ? # \\\\ 或控制字符"),
        (r"must not look like an id", "不得与标识同形"),
        (r"is reserved", "系统保留"),
        (r"is no unified social credit code", "不是有效的统一社会信用代码"),
        (r"no organ (.*)", r"没有机关 \1"),
        (r"no profile (.*)", r"没有规则包 \1"),
        (r"give either `profile` or `calendar`", "须给出 profile 或 calendar 之一"),
        (r"give either `id_number` or `phone`", "须给出 id_number 或 phone 之一"),
        (r"never corrected", "该事件不得更正"),
        (r"no calendar (.*)", r"没有日历 \1"),
        (r"no topic (.*)", r"没有事件类型 \1"),
        (r"leads to an address that nothing may be sent to", "该地址不允许推送"),
        (r"must be a position, from 1 on", "须为自1起的序号"),
        (r"a number is needed, or the file that the case joins", "须给出案号或所并入的案卷号"),
        (r"cannot be combined with as_of", "不能与 as_of 同时使用"),
        (r"must not lie before `from`", "不得早于 from"),
        (r"must lie 0 to (\d+) days after `from`", r"须在 from 之后0至\1日内"),
        (r"not a date or a description of this event", "不是该事件的日期或说明"),
        (r"must be a text", "须为文本"),
        (r"must be a list", "须为列表"),
        (r"must be a date, or an instant with its offset", "须为日期，或带时区的时刻"),
        (r"nothing is corrected", "没有要更正的内容"),
        (r"no case type (.*)", r"没有案件类型 \1"),
        (r"no step (.*)", r"没有步骤 \1"),
        (r"is missing: the step acts in a case", "缺少案号：该步骤在已立案件中办理"),
        (r"cannot be given: the step opens a case", "不能给出案号：该步骤为立案"),
        (r"goes with `case`", "须与 case 一并给出"),
        (r"String does not match expected pattern\.", "类型或格式不对"),
        (r"in the future", "晚于当前时间"),
        (r"must have (\d+) to (\d+) characters", r"须为\1至\2个字符"),
        (r"must not hold control characters", "不得含有控制字符"),
        (r"repeats a few characters", "重复少数几个字符"),
        (r"must not hold the name of the account", "不得含有账户名"),
        (r"is one of the passwords that are tried first", "属于最先被猜到的口令"),
        (r"is the old one", "与原口令相同"),
        (r"serves another organ", "在其他机关任职"),
        (r"no officer (.*) who serves", r"没有在职人员 \1"),
        (r"must lie in the future, at most a year from now", "须晚于当前时间，且不超过一年"),
        (r"no event of this case", "本案没有该事件"),
        (r"a correction is corrected by correcting the first event again", "更正本身有误的，再次更正原事件"),
    )
)


def in_chinese(errors: Any) -> Any:
    """The same errors with every message that is known put into Chinese."""
    if isinstance(errors, dict):
        return {name: in_chinese(wrong) for name, wrong in errors.items()}
    if isinstance(errors, list):
        return [in_chinese(wrong) for wrong in errors]
    return _sentence(errors) if isinstance(errors, str) else errors


def _sentence(message: str) -> str:
    for pattern, chinese in PATTERNS:
        if found := pattern.fullmatch(message):
            return found.expand(chinese)
    return message
