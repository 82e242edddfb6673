"""What a command raises where nothing could be done."""


class CommandError(Exception):
    """The message says the value, what was allowed and what to do."""


class UsageError(CommandError):
    """The options do not go together: wrong usage, not a failure."""
