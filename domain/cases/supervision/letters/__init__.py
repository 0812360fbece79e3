"""The papers of a supervision record (函件文本): 催办函 and 督办函 as plain text."""

from domain.cases.supervision.letters.text import Names as Names
from domain.cases.supervision.letters.text import letter_text as letter_text
