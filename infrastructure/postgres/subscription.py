"""A subscription to the log that polls: it needs no LISTEN, misses nothing at its start, and wakes up at a bell."""

from __future__ import annotations

from collections.abc import Sequence

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from infrastructure.bell import Bell

PAGE = 500
POLL_SECONDS = 0.05


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Yields the notifications after a position for ever, waiting for those to come, until it is stopped."""

    def __init__(self, recorder: ApplicationRecorder, gt: int | None, topics: Sequence[str], *, bell: Bell) -> None:
        super().__init__(recorder, gt, topics)
        self._bell = bell
        self._page: list[Notification] = []

    def stop(self) -> None:
        """End the iteration, also one that waits."""
        super().stop()
        self._bell.ring()

    def __next__(self) -> Notification:
        while not self._page and not self._has_been_stopped:
            heard = self._bell.rung
            self._page = self._next_page()
            if not self._page:
                self._bell.wait(heard, POLL_SECONDS)
        if self._has_been_stopped:
            raise StopIteration
        found = self._page.pop()
        self._last_notification_id = found.id
        return found

    def _next_page(self) -> list[Notification]:
        found = self._recorder.select_notifications(
            self._last_notification_id, PAGE, topics=self._topics, inclusive_of_start=False
        )
        return list(reversed(found))
