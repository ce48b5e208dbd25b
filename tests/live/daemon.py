#!/usr/bin/env python3
"""The daemon, lived through: routers tell by BMP, a hijack opens, is told, survives the program being killed, and clears
under its id; a filter that lets something through; VRPs that change; a router that sends garbage.

Usage: daemon.py FAIRWAY [KILLS]

KILLS: how often the program is killed at a random moment under load (default 5).
"""

import json
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

from bmp_router import Router

NETWORK = """version: 1
asns: [64500]
prefixes:
  - prefix: 203.0.112.0/22
    origins: [64500]
  - prefix: 198.51.0.0/16
    origins: [64500]
"""

CONFIGURATION = """version: 1
network: network.yaml
data: data
rpki: [vrps.json]
reload: 1
gather: 1
hold: 2
store: fairway.db
bmp:
  listen: ["127.0.0.1:{port}"]
notify:
  command:
    - name: book
      command: [sh, -c, "cat >> {book}; echo >> {book}"]
      update_interval: 0
"""

class Daemon:
    """Runs, and reads what it says."""

    def __init__(self, program: str, folder: pathlib.Path):
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [program, "serve", "--config", str(folder / "fairway.yaml")], stderr=subprocess.PIPE, text=True
        )
        threading.Thread(target=self.read, daemon=True).start()
        line = self.wait_for(r"listening for BMP on \S+:(\d+)")
        self.port = int(line[1])

    def read(self) -> None:
        for line in self.process.stderr:
            self.lines.append(line.rstrip())

    def wait_for(self, pattern: str, seconds: float = 30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for line in list(self.lines):
                if match := re.search(pattern, line):
                    return match
            if self.process.poll() is not None:
                time.sleep(0.2)
                break
            time.sleep(0.02)
        raise SystemExit(f"the daemon did not say '{pattern}':\n" + "\n".join(self.lines[-30:]))

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=30) != 0:
            raise SystemExit("the daemon ended with an error:\n" + "\n".join(self.lines[-30:]))


def told(book: pathlib.Path) -> list[dict]:
    """Every notification that arrived. One that was being written when the program died is not there."""
    if not book.exists():
        return []
    found = []
    for line in book.read_text().split("\n"):
        if line.strip():
            found.append(json.loads(line))
    return found


def wait_until(what: str, condition, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"did not come: {what}")
        time.sleep(0.05)


def has(book: pathlib.Path, transition: str, prefix: str, kind: str = "hijack") -> bool:
    return any(
        each["transition"] == transition and each["incident"]["kind"] == kind and prefix in each["incident"]["prefixes"]
        for each in told(book)
    )


def vrps(folder: pathlib.Path, asn: int) -> None:
    roas = [{"asn": asn, "prefix": "192.0.32.0/24", "maxLength": 24, "ta": "ripe"},
            {"asn": 64500, "prefix": "203.0.112.0/22", "maxLength": 22, "ta": "ripe"}]  # fmt: skip
    text = json.dumps({"metadata": {"buildtime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}, "roas": roas})
    (folder / "vrps.new").write_text(text)
    (folder / "vrps.new").rename(folder / "vrps.json")


def live_through(program: str, folder: pathlib.Path, book: pathlib.Path) -> None:
    daemon = Daemon(program, folder)
    router = Router(daemon.port)
    router.announce("203.0.112.0/22", [64500])
    router.announce("192.0.32.0/24", [2001])
    router.end_of_rib()

    # A hijack of mine; a second router's garbage disturbs nobody.
    Router(daemon.port, "core2", "198.51.100.9").garbage()
    router.announce("203.0.113.0/24", [174, 666])
    wait_until("the hijack is told", lambda: has(book, "open", "203.0.113.0/24"))

    # The program dies; the incident does not.
    daemon.kill()
    router.close()
    daemon = Daemon(program, folder)
    daemon.wait_for("1 incidents stood open")
    router = Router(daemon.port)
    router.announce("203.0.112.0/22", [64500])
    router.announce("203.0.113.0/24", [174, 666])
    router.end_of_rib()
    time.sleep(4)  # longer than the hold time
    opened = {each["id"] for each in told(book) if each["transition"] == "open"}  # at least once, with one id
    if len(opened) != 1 or has(book, "clear", "203.0.113.0/24"):
        raise SystemExit(f"after the restart: {[(e['id'], e['transition']) for e in told(book)]}")
    router.withdraw("203.0.113.0/24")
    wait_until("its end is told", lambda: has(book, "clear", "203.0.113.0/24"))
    ids = {each["incident"]["id"] for each in told(book)}
    if len(ids) != 1:
        raise SystemExit(f"one incident has several ids: {ids}")

    # An invalid route that a filter stops, and one that it lets through.
    router.announce("192.0.32.0/24", [666])
    time.sleep(2)
    if has(book, "open", "192.0.32.0/24", "filter-gap"):
        raise SystemExit("a route that the filter stopped is called a gap")
    router.announce("192.0.32.0/24", [666], post=True)
    wait_until("the gap is told", lambda: has(book, "open", "192.0.32.0/24", "filter-gap"))
    router.withdraw("192.0.32.0/24", post=True)
    wait_until("the gap is over", lambda: has(book, "clear", "192.0.32.0/24", "filter-gap"))

    # Tables that change while it runs; ones that are broken are not used.
    vrps(folder, 666)
    daemon.wait_for("tables loaded anew")
    router.announce("192.0.32.0/24", [666], post=True)
    time.sleep(3)
    if sum(e["transition"] == "open" and e["incident"]["kind"] == "filter-gap" for e in told(book)) != 1:
        raise SystemExit("a valid route is called a gap")
    (folder / "vrps.json").write_text("{")
    daemon.wait_for("are not used|not used")
    vrps(folder, 666)
    daemon.end()


def kill_under_load(program: str, folder: pathlib.Path, book: pathlib.Path, kills: int) -> None:
    """Hijacks come and go without pause while the program is killed; at the end all of it is whole."""
    rng = random.Random(7)
    for number in range(kills):
        daemon = Daemon(program, folder)
        router = Router(daemon.port)
        end = time.monotonic() + 1.5 + rng.random() * 2
        step = 0
        while time.monotonic() < end:
            third, offender = rng.randrange(256), 60000 + rng.randrange(20)
            router.announce(f"198.51.{third}.0/24", [174, offender])
            if step % 3 == 0:
                router.withdraw(f"198.51.{rng.randrange(256)}.0/24")
            step += 1
            time.sleep(0.002)
        daemon.kill()
        router.close()
    # A last run, in which nothing of it is left: everything clears.
    (folder / "fairway.yaml").write_text((folder / "fairway.yaml").read_text() + "reground: 3\n")
    daemon = Daemon(program, folder)
    router = Router(daemon.port)
    router.announce("203.0.112.0/22", [64500])
    router.end_of_rib()

    def all_over() -> bool:
        state = {}
        for each in told(book):
            state[each["incident"]["id"]] = each["transition"]
        return all(last == "clear" for last in state.values())

    wait_until("everything is cleared", all_over, 60)
    daemon.end()
    # Each incident: open once for each time it opened, clear once for each open, in turn; ids repeat only as repeats.
    lives: dict[str, list[str]] = {}
    seen: set[str] = set()
    for each in told(book):
        if each["id"] in seen:
            continue  # at least once: the same id again
        seen.add(each["id"])
        lives.setdefault(each["incident"]["id"], []).append(each["transition"])
    for incident, transitions in lives.items():
        turns = [each for each in transitions if each != "update"]
        if turns != ["open", "clear"] * (len(turns) // 2):
            raise SystemExit(f"{incident}: {transitions}")
    print(f"{kills} kills, {len(lives)} incidents, {len(seen)} notifications, none lost, none doubled")


def watch(program: str, folder: pathlib.Path, _book: pathlib.Path) -> None:
    """The same without a daemon, in the foreground."""
    run = subprocess.Popen(
        [program, "watch", "--bmp", "127.0.0.1:0", "--network", str(folder / "network.yaml"), "--data", str(folder / "data"),
         "--gather", "1", "--hold", "1", "--format", "json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    port = int(re.search(r"listening for BMP on \S+:(\d+)", run.stderr.readline())[1])
    router = Router(port)
    router.announce("203.0.113.0/24", [666])
    events = [json.loads(run.stdout.readline())]
    router.withdraw("203.0.113.0/24")
    events.append(json.loads(run.stdout.readline()))
    if [each["event"] for each in events] != ["opened", "cleared"]:
        raise SystemExit(f"watch told {events}")
    run.send_signal(signal.SIGINT)
    last = run.communicate(timeout=30)[1]
    if run.returncode != 0 or "3 events; bmp" not in last:
        raise SystemExit(f"watch ended with {run.returncode}: {last}")


def main() -> None:
    program = sys.argv[1]
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory(prefix="fairway-live-") as name:
        for part, act in (("watch", watch), ("life", live_through), ("kills", lambda *a: kill_under_load(*a, kills))):
            folder = pathlib.Path(name) / part
            (folder / "data").mkdir(parents=True)
            (folder / "network.yaml").write_text(NETWORK)
            book = folder / "book"
            (folder / "fairway.yaml").write_text(CONFIGURATION.format(port=0, book=book))
            vrps(folder, 2001)
            act(program, folder, book)
            print(f"{part}: fine")


if __name__ == "__main__":
    main()
