"""What most stages need, imported once in the process from which those of a load are forked."""

import atexit
import gc
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the load alone

import numba  # noqa: E402, F401

import assets.stages.parallel  # noqa: E402, F401
import pipelines.stages  # noqa: E402, F401
from warehouse.memory import share_arenas  # noqa: E402

share_arenas()
gc.collect()
gc.freeze()
atexit.register(gc.unfreeze)  # modules of C++ say what they think was left, when a load ends
