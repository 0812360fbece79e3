"""What is wrong (问题) with what is being verified: in which file, by which cause, in Chinese and in English."""

from __future__ import annotations

CHANGED, REMOVED, INSERTED, REORDERED = "changed", "removed", "inserted", "reordered"
FORKED, UNSIGNED, BACK_DATED = "forked", "unsigned", "back-dated"

CAUSES = {
    CHANGED: "被改动",
    REMOVED: "被删除",
    INSERTED: "被插入",
    REORDERED: "被重新排序",
    FORKED: "出现分叉",
    UNSIGNED: "没有有效签名",
    BACK_DATED: "日期被倒签",
}


class Wrong(Exception):
    """Something does not hold: the file where it shows, the cause, and both wordings."""

    def __init__(self, file: str, cause: str, zh: str, en: str) -> None:
        super().__init__(f"{file}: {cause}: {en}")
        self.file, self.cause, self.zh, self.en = file, cause, zh, en


class Unable(Exception):
    """Nothing can be said about what was given: it is no bundle, or something that is needed is missing here."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en
