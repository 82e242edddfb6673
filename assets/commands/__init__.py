"""One module for each command of the command line, each with `run(options) -> exit status`."""
