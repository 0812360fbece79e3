"""How far the past is settled (已定): up to which instant nothing can be recorded any more, all that was recorded having its position."""

from __future__ import annotations

from datetime import UTC, datetime

from infrastructure.postgres.session import Session


class Past:
    """What one process knows of the settled past of a ledger; it only ever grows."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._through = datetime.min.replace(tzinfo=UTC)
        self._mark: tuple[datetime, int] | None = None

    def settled(self, instant: datetime) -> bool:
        """Whether the instant lies in the settled past; asks the database only about what is not known to be."""
        if instant > self._through:
            self._look()
        return instant <= self._through

    def _look(self) -> None:
        at, mark, oldest, waiting = self._session.read("settling")[0]
        for then, before in filter(None, (self._mark, (at, mark))):
            if oldest >= before and (waiting is None or waiting >= before):
                self._through = max(self._through, then)
        # A mark is kept until it is passed: while others write, the present one never is.
        if self._mark is None or self._mark[0] <= self._through:
            self._mark = (at, mark)
