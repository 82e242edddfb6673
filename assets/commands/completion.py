"""`copydesk completion`: a script by which a shell completes commands, options and file names."""

import argparse


def run(options: argparse.Namespace) -> int:
    import shtab

    from assets.cli import parser

    print(shtab.complete(parser(), shell=options.shell))
    return 0
