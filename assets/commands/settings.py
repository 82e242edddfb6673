"""`copydesk settings`: every setting, its value, and where that comes from."""

import argparse
import json

from assets.settings import SETTINGS, resolved, settings_file


def run(options: argparse.Namespace) -> int:
    values = resolved()
    if options.json:
        found = {
            s.name: {"value": values[s.name].value, "from": values[s.name].place, "variable": s.variable, "means": s.means}
            for s in SETTINGS
        }
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    shown = [
        (setting.name, json.dumps(values[setting.name].value, ensure_ascii=False), values[setting.name].place)
        for setting in SETTINGS
    ]
    widths = [max(len(row[column]) for row in shown) for column in (0, 1)]
    for name, value, place in shown:
        print(f"{name:{widths[0]}}  {value:{widths[1]}}  {place}")
    there = "" if settings_file().is_file() else ", which is not there"
    print(f"Set them in {settings_file()}{there}, or in variables such as {SETTINGS[0].variable}.")
    return 0
