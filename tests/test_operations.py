"""What operators are given is in order: the container file, the service unit, the commands in them."""

import configparser
import re
from pathlib import Path

from assets.settings import BY_NAME

ROOT = Path(__file__).resolve().parent.parent
INSTRUCTIONS = "FROM RUN WORKDIR COPY USER ENV VOLUME EXPOSE STOPSIGNAL HEALTHCHECK CMD".split()


def test_the_container_file_is_as_a_linter_wants_it():
    """The rules of hadolint that say something of it."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in re.sub(r"\\\n\s*", " ", text).splitlines() if line and not line.startswith("#")]
    words = [line.split()[0] for line in lines]
    assert set(words) <= set(INSTRUCTIONS)
    of = {word: [line for line in lines if line.startswith(word + " ")] for word in INSTRUCTIONS}
    [base], [command], [user] = of["FROM"], of["CMD"], of["USER"]
    assert re.fullmatch(r"FROM \S+:(?!latest)\S+", base)
    assert user.split()[1] != "root"
    assert words.index("USER") > max(place for place, word in enumerate(words) if word == "RUN")
    assert command.startswith('CMD ["')
    assert all(line.split()[1].startswith("/") for line in of["WORKDIR"])
    assert all("--no-cache-dir" in line for line in of["RUN"] if "pip install" in line)
    assert not any("apt-get" in line or "sudo" in line for line in of["RUN"])
    for line in of["COPY"]:
        *sources, target = [word for word in line.split()[1:] if not word.startswith("--")]
        assert all((ROOT / source).exists() for source in sources), line
        assert len(sources) == 1 or target.endswith("/")
    for variable in re.findall(r"COPYDESK_\w+", text):
        assert variable.removeprefix("COPYDESK_").lower() in BY_NAME


def test_the_service_unit_runs_what_make_ui_runs():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str
    unit.read(ROOT / "docs" / "copydesk.service")
    assert {"Unit", "Service", "Install"} <= set(unit)
    started = re.search(r"^ui:.*\n\t(.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[1]
    assert started in unit["Service"]["ExecStart"].replace("/opt/copydesk/", "")
    assert unit["Service"]["KillSignal"] == "SIGINT"
