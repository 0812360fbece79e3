"""The checkpoint on paper (纸质检查点): a page that loads nothing, to be printed each day, signed by hand and kept in a register."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from html import escape

import segno

from api.guarding import NOTHING
from application.shown import in_china
from domain.proof.checkpoint import Checkpoint
from domain.proof.note import Note

STYLE = """
@page { size: A4; margin: 20mm }
body { font-family: "Noto Serif CJK SC", SimSun, serif; max-width: 170mm; margin: 0 auto; color: #000 }
h1 { font-size: 20pt; margin: 0 0 2mm } p, td { font-size: 11pt; line-height: 1.6 }
pre { font-size: 11pt; border: 1px solid #000; padding: 4mm; white-space: pre-wrap; overflow-wrap: anywhere }
.small { font-size: 8pt } table { width: 100%; border-collapse: collapse; margin-top: 6mm }
td { border: 1px solid #000; padding: 3mm; width: 50% } td.open { height: 18mm; vertical-align: top }
"""

PAGE = """\
<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head><body>
<h1>账目检查点<br>Checkpoint of the log</h1>
<p>{place}{rehearsal}</p>
<p>以下三行说明：账目截至打印时共有 <b>{size}</b> 条，其内容由第三行唯一确定。今后任何人改动其中任何一条，都不能再得出这三行。<br>
These three lines say that the log had <b>{size}</b> entries, and the third line is what they hash to. Nobody can change one of them
afterwards and still arrive at these lines.</p>
<pre>{text}</pre>
<p>{code}</p>
<p class="small">二维码内容为上述三行及账目签名，可用任何扫码软件读出。核对方法：<code>anjuan verify</code>，或取
<code>/log/proof/consistency?from={size}</code>，见 docs/proof.md。<br>The QR code holds the three lines and the signature of the log, for
any program that reads such codes. To compare: <code>anjuan verify</code>, or <code>/log/proof/consistency?from={size}</code>; see
docs/proof.md.</p>
<pre class="small">{signatures}</pre>
<table>
<tr><td>打印时间 Printed at<br>{at}</td><td>登记册页码 Page of the register<br>&nbsp;</td></tr>
<tr><td class="open">经办人签名 Signed by</td><td class="open">见证人签名 Witnessed by</td></tr>
<tr><td class="open">日期 Date</td><td class="open">日期 Date</td></tr>
</table>
</body></html>
"""


def checkpoint_page(jurisdiction: str, note: Note, *, at: datetime, rehearsal: bool) -> str:
    """The page about a signed checkpoint, printed at an instant, in Chinese and English."""
    head = Checkpoint.parse(note.text)
    return PAGE.format(
        title=escape(f"{jurisdiction} {head.size}"),
        style=STYLE,
        place=escape(jurisdiction),
        rehearsal="（演练 rehearsal）" if rehearsal else "",
        size=head.size,
        text=escape(note.text),
        code=qr_code(note, head.origin),
        signatures=escape("".join(str(each) for each in note.signatures)),
        at=in_china(at).strftime("%Y-%m-%d %H:%M:%S %z"),
    )


def qr_code(note: Note, origin: str) -> str:
    """The three lines with the signatures of the log itself as a QR code; those of witnesses would not fit."""
    own = Note(note.text, tuple(each for each in note.signatures if each.name == origin))
    return str(segno.make(str(own), error="m", micro=False, encoding="utf-8").svg_inline(scale=3, border=4))


def policy() -> str:
    """What a browser may do with the page: apply its one style, and nothing else."""
    return f"{NOTHING}; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
