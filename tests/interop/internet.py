"""A small Internet: each AS a real router in a network namespace of its own, all at one exchange.

The test itself moves into the exchange's namespace, which is gone with it; the others are taken away at the end.
"""

import json
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile

from namespaces import wait_for

EXCHANGE = "198.18.0.250"


class Internet:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fairway-internet-"))
        self.processes, self.names, self.folders = [], [], []

    def __enter__(self):
        libc = __import__("ctypes").CDLL(None, use_errno=True)
        if libc.unshare(0x40000000) != 0:  # CLONE_NEWNET
            raise RuntimeError("no namespace for the test")
        run("ip", "link", "set", "lo", "up")
        run("ip", "link", "add", "exchange", "type", "bridge")
        run("ip", "address", "add", f"{EXCHANGE}/24", "dev", "exchange")
        run("ip", "link", "set", "exchange", "up")
        os.chmod(self.folder, 0o755)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for name in self.names:
            subprocess.run(["ip", "netns", "del", name], check=False)
        for path in self.folders:
            os.rmdir(path)
        if not os.environ.get("FAIRWAY_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def place(self, number: int) -> str:
        """A namespace with the address 198.18.0.NUMBER."""
        name = f"fwi{os.getpid()}n{number}"
        run("ip", "netns", "add", name)
        self.names.append(name)
        run("ip", "link", "add", f"as{number}", "type", "veth", "peer", "name", "port", "netns", name)
        run("ip", "link", "set", f"as{number}", "master", "exchange", "up")
        for command in (["link", "set", "lo", "up"], ["link", "set", "port", "up"],
                        ["address", "add", f"198.18.0.{number}/24", "dev", "port"]):  # fmt: skip
            run("ip", "netns", "exec", name, "ip", *command)
        return name

    def start(self, place: str, log: str, *command) -> subprocess.Popen:
        output = open(self.folder / f"{log}.log", "w")
        process = subprocess.Popen(
            ["ip", "netns", "exec", place, *map(str, command)], stdout=output, stderr=subprocess.STDOUT
        )
        self.processes.append(process)
        return process

    def folder_of(self, path: str) -> None:
        """A folder that has to be there, for as long as the test."""
        if not os.path.isdir(path):
            os.mkdir(path, 0o755)
            self.folders.append(path)

    def write(self, name: str, text: str) -> pathlib.Path:
        path = self.folder / name
        path.write_text(text)
        return path


def run(*command, check=True) -> str:
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
    return done.stdout


class Bird:
    """An AS that announces what it is told to, and passes on what it hears where `transit`."""

    def __init__(self, internet: Internet, number: int, asn: int, neighbours: dict[int, int], transit: bool):
        self.internet, self.number, self.asn = internet, number, asn
        self.neighbours, self.transit = neighbours, transit
        self.routes: list[str] = []
        self.forged: list[int] = []
        self.place = internet.place(number)
        self.path = internet.folder / f"bird{number}.conf"
        self.socket = internet.folder / f"bird{number}.ctl"
        self.configure()
        internet.start(self.place, f"bird{number}", "bird", "-f", "-c", self.path, "-s", self.socket,
                       "-P", internet.folder / f"bird{number}.pid")  # fmt: skip

    def configure(self) -> None:
        own = "".join(f"  route {prefix} blackhole;\n" for prefix in self.routes)
        forge = "".join(f"bgp_path.prepend({asn}); " for asn in self.forged)
        text = f"router id 198.18.0.{self.number};\nprotocol device {{}}\nprotocol static {{\n  ipv4;\n{own}}}\n"
        other = "accept;" if self.transit else "reject;"
        for number, asn in self.neighbours.items():
            text += (
                f"protocol bgp to{number} {{\n  local 198.18.0.{self.number} as {self.asn};\n"
                f"  neighbor 198.18.0.{number} as {asn};\n  connect delay time 1;\n  connect retry time 1;\n"
                f"  ipv4 {{ import all; export filter {{ if source = RTS_STATIC then {{ {forge}accept; }} {other} }}; }};\n}}\n"
            )
        self.path.write_text(text)

    def announce(self, *prefixes: str, forged: tuple[int, ...] = ()) -> None:
        self.routes, self.forged = list(prefixes), list(forged)
        self.configure()
        run("birdc", "-s", self.socket, "configure")


class OpenBgpd:
    def __init__(self, internet: Internet, number: int, asn: int, neighbours: dict[int, int], networks: list[str]):
        place = internet.place(number)
        text = f'AS {asn}\nrouter-id 198.18.0.{number}\nfib-update no\nsocket "{internet.folder}/bgpd{number}.sock"\n'
        text += "".join(f"network {prefix}\n" for prefix in networks)
        for other, theirs in neighbours.items():
            text += f"neighbor 198.18.0.{other} {{\n  remote-as {theirs}\n  local-address 198.18.0.{number}\n}}\n"
        text += "allow from any\nallow to any\n"
        path = internet.write(f"bgpd{number}.conf", text)
        os.chmod(path, 0o600)
        internet.folder_of(pwd.getpwnam("_openbgpd").pw_dir)  # where its processes lock themselves in
        internet.start(place, f"bgpd{number}", "/usr/sbin/bgpd", "-d", "-f", path)


class GoBgp:
    """Tells the station of every table by BMP."""

    def __init__(self, internet: Internet, number: int, asn: int, neighbours: dict[int, int], station: int):
        self.place = internet.place(number)
        text = f'[global.config]\n  as = {asn}\n  router-id = "198.18.0.{number}"\n'
        for other, theirs in neighbours.items():
            text += (
                f'[[neighbors]]\n  [neighbors.config]\n    neighbor-address = "198.18.0.{other}"\n'
                f"    peer-as = {theirs}\n  [neighbors.timers.config]\n    connect-retry = 1\n"
            )
        text += (
            f'[[bmp-servers]]\n  [bmp-servers.config]\n    address = "{EXCHANGE}"\n    port = {station}\n'
            '    route-monitoring-policy = "pre-policy"\n'
        )
        path = internet.write(f"gobgpd{number}.toml", text)
        internet.start(self.place, f"gobgpd{number}", "env", "GODEBUG=gcshrinkstackoff=1", "gobgpd", "-f", path,
                       "--pprof-disable", "--api-hosts", "127.0.0.1:50051")  # fmt: skip


class Frr:
    """My router: tells the station by BMP what comes before and after its policy; asks a cache for VRPs."""

    def __init__(self, internet: Internet, number: int, asn: int, neighbours: dict[int, int], networks: list[str],
                 station: int, cache: int):  # fmt: skip
        self.internet, self.asn, self.station = internet, asn, station
        self.place = internet.place(number)
        self.folder = internet.folder / f"frr{number}"
        self.folder.mkdir()
        shutil.chown(self.folder, "frr", "frr")
        text = f"frr defaults traditional\nrpki\n rpki polling_period 5\n rpki cache {EXCHANGE} {cache} preference 1\n exit\n"
        text += f"route-map valid deny 10\n match rpki invalid\nroute-map valid permit 20\nrouter bgp {asn}\n"
        text += f" bgp router-id 198.18.0.{number}\n no bgp ebgp-requires-policy\n no bgp network import-check\n"
        for other, theirs in neighbours.items():
            text += f" neighbor 198.18.0.{other} remote-as {theirs}\n neighbor 198.18.0.{other} timers connect 1\n"
        text += " bmp targets fairway\n  bmp stats interval 5000\n  bmp monitor ipv4 unicast pre-policy\n"
        text += f"  bmp monitor ipv4 unicast post-policy\n  bmp connect {EXCHANGE} port {station} min-retry 500 max-retry 1000\n exit\n"
        text += " address-family ipv4 unicast\n"
        text += "".join(f"  network {prefix}\n" for prefix in networks)
        for other in neighbours:
            text += f"  neighbor 198.18.0.{other} soft-reconfiguration inbound\n  neighbor 198.18.0.{other} route-map valid in\n"
        text += " exit-address-family\nexit\n"
        path = internet.write(f"frr{number}/frr.conf", text)
        options = ["-u", "frr", "-g", "frr", "--vty_socket", self.folder, "-z", self.folder / "zserv.api"]
        internet.start(self.place, f"zebra{number}", "/usr/lib/frr/zebra", *options, "-i", self.folder / "zebra.pid", "-P", "0")
        wait_for(lambda: (self.folder / "zserv.api").exists(), 10)
        internet.start(self.place, f"bgpd{number}-frr", "/usr/lib/frr/bgpd", *options, "-i", self.folder / "bgpd.pid", "-P", "0",
                       "-M", "rpki", "-M", "bmp", "-f", path)  # fmt: skip

    def ask(self, question: str) -> str:
        return run("ip", "netns", "exec", self.place, "vtysh", "--vty_socket", self.folder, "-d", "bgpd", "-c", question,
                   check=False)  # fmt: skip

    def connect_again(self) -> None:
        """Its BMP connection, anew: Debian's FRR (8.4) was seen to stop telling in the middle of its first table."""
        lines = ["configure terminal", f"router bgp {self.asn}", "bmp targets fairway",
                 f"no bmp connect {EXCHANGE} port {self.station} min-retry 500 max-retry 1000",
                 f"bmp connect {EXCHANGE} port {self.station} min-retry 500 max-retry 1000"]  # fmt: skip
        asked = [part for line in lines for part in ("-c", line)]
        run("ip", "netns", "exec", self.place, "vtysh", "--vty_socket", self.folder, "-d", "bgpd", *asked, check=False)

    def vrps(self) -> int:
        return self.ask("show rpki prefix-table").count("\n")

    def origins(self, prefix: str) -> set[int]:
        """Of the routes it uses, or may use, for the prefix."""
        text = self.ask(f"show bgp ipv4 unicast {prefix} json")
        try:
            table = json.loads(text)
        except json.JSONDecodeError:
            return set()
        return {int(path["aspath"]["string"].split()[-1]) for path in table.get("paths", []) if path["aspath"]["string"] != "Local"}
