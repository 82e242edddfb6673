"""What each asset does: asks the working file what is stale, calls the pure stage on bounded batches, writes each in one transaction."""

from assets.stages.load import Load

__all__ = ["Load"]
