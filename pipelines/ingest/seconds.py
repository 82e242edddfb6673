"""An end to work that takes too long: documents that are unpacked by libraries can be made to keep them busy for hours."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pipelines.ingest.entry import FileRejectedError
from pipelines.vocabulary import RejectReason


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises FileRejectedError where what is inside takes longer. Only the main thread can be ended so; in others there is no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        message = f"the document was not read within the {seconds:g} seconds allowed; write its text to a .txt file, or raise the setting limits.max_seconds"
        raise FileRejectedError(RejectReason.TOO_LARGE, message)

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
