#!/usr/bin/env python3
"""Interoperation: routers, and tools of routers, take VRPs from `fairway serve rtr`, and it takes them from StayRTR.

Usage: rtr.py FAIRWAY CLIENT        (a name of CLIENTS). Exit code 77: it cannot be run here.

A client must come to hold exactly the VRPs that are in the served file, hold exactly those that are in it after it has
changed (a difference, of which it is notified), and come back to that when the cache has started anew (another session).
"""

import ipaddress
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time

from namespaces import Lab, skip_without, wait_for

OURS, THEIRS, PORT = "10.9.0.1", "10.9.0.2", 3323


def first_vrps():
    """(prefix, longest, ASN): the ends of every range, and some in the middle."""
    vrps = {
        ("0.0.0.0/0", 0, 0),
        ("10.0.0.0/8", 24, 64496),
        ("10.0.0.0/8", 8, 4294967294),
        ("10.1.0.0/16", 16, 64497),
        ("192.0.2.1/32", 32, 64496),
        ("192.0.2.0/24", 24, 0),
        ("::/0", 0, 1),
        ("2001:db8::/32", 48, 64496),
        ("2001:db8::1/128", 128, 23456),
        ("2001:db8:8000::/33", 33, 196608),
    }
    for i in range(200):
        vrps.add((f"11.{i}.0.0/16", 16 + i % 9, 65000 + i))
        vrps.add((f"2a00:{i + 1:x}::/32", 32 + i % 17, 65000 + i))
    return vrps


def next_vrps():
    vrps = {vrp for vrp in first_vrps() if vrp[2] % 5 != 0}
    vrps |= {(f"12.{i}.0.0/16", 24, 4200000000 + i) for i in range(30)}
    vrps |= {("10.0.0.0/8", 25, 64496), ("2001:db8::/32", 48, 64500)}
    return vrps - {("192.0.2.1/32", 32, 64496)}


def write_export(path, vrps, aspas=()):
    """At once, as a relying party does it."""
    roas = [{"asn": asn, "prefix": prefix, "maxLength": most, "ta": "test"} for prefix, most, asn in sorted(vrps)]
    listed = [{"customer_asid": customer, "providers": providers} for customer, providers in aspas]
    export = {"metadata": {"buildtime": now()}, "roas": roas, "aspas": listed}
    # The form that StayRTR 0.5 knows.
    early = [{**aspa, "expires": int(time.time()) + 86400} for aspa in listed]
    export["provider_authorizations"] = {"ipv4": early, "ipv6": early}
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(export))
    beside.rename(path)


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def listed(lines, pattern):
    """VRPs from lines of text: prefix or address, length, longest, ASN."""
    found = set()
    for line in lines:
        match = re.search(pattern, line)
        if match:
            address, length, most, asn = match.groups()
            found.add((str(ipaddress.ip_network(f"{address}/{length}")), int(most), int(asn)))
    return found


class Bird:
    programs = ("bird", "birdc")

    def start(self, lab):
        self.lab = lab
        text = (
            "router id 10.9.0.2;\nprotocol device {}\nroa4 table r4;\nroa6 table r6;\n"
            "protocol rpki cache { roa4 { table r4; }; roa6 { table r6; };\n"
            f"  remote {OURS} port {PORT}; retry keep 2; }}\n"
        )
        path = lab.write("bird.conf", text)
        self.socket = lab.folder / "bird.ctl"
        lab.start("bird", "bird", "-f", "-c", path, "-s", self.socket, "-P", lab.folder / "bird.pid")

    def held(self):
        text = ""
        for table in ("r4", "r6"):
            text += self.lab.inside("birdc", "-s", str(self.socket), "-r", f"show route table {table}", check=False)
        return listed(text.splitlines(), r"^(\S+)/(\d+)-(\d+)\s+AS(\d+)")


class Frr:
    programs = ("vtysh", "/usr/lib/frr/bgpd")

    def start(self, lab):
        self.lab = lab
        os.chmod(lab.folder, 0o755)
        shutil.chown(lab.folder, "frr", "frr")
        text = (
            "frr defaults traditional\nrpki\n rpki polling_period 3600\n rpki retry_interval 2\n"
            f" rpki cache {OURS} {PORT} preference 1\nexit\nrouter bgp 64496\n bgp router-id 10.9.0.2\nexit\n"
        )
        path = lab.write("frr.conf", text)
        options = ["-u", "frr", "-g", "frr", "--vty_socket", lab.folder, "-z", lab.folder / "zserv.api"]
        lab.start("zebra", "/usr/lib/frr/zebra", *options, "-i", lab.folder / "zebra.pid", "-P", "0")
        wait_for(lambda: (lab.folder / "zserv.api").exists(), 10)
        lab.start("bgpd", "/usr/lib/frr/bgpd", *options, "-i", lab.folder / "bgpd.pid", "-P", "0", "-M", "rpki", "-f", path)

    def held(self):
        asked = ["vtysh", "--vty_socket", str(self.lab.folder), "-d", "bgpd", "-c", "show rpki prefix-table"]
        text = self.lab.inside(*asked, check=False)
        return listed(text.splitlines(), r"^([0-9a-f.:]+)\s+(\d+)\s+-\s+(\d+)\s+(\d+)$")


class OpenBgpd:
    """It lists no VRP: how many prefixes of each family have any must be right."""

    programs = ("bgpd", "bgpctl")

    def start(self, lab):
        self.lab = lab
        self.socket = lab.folder / "bgpd.sock"
        text = (
            f'AS 64496\nrouter-id 10.9.0.2\nfib-update no\nsocket "{self.socket}"\n'
            f'rtr {OURS} {{\n  descr "fairway"\n  port {PORT}\n}}\n'
        )
        path = lab.write("bgpd.conf", text)
        os.chmod(path, 0o600)
        os.chmod(lab.folder, 0o755)
        lab.folder_of(pwd.getpwnam("_openbgpd").pw_dir)
        lab.start("bgpd", "/usr/sbin/bgpd", "-d", "-f", path)

    def held(self):
        text = self.lab.inside("bgpctl", "-s", str(self.socket), "-j", "show", "sets", check=False)
        try:
            sets = json.loads(text).get("sets", [])
        except json.JSONDecodeError:
            return None
        for one in sets:
            if one.get("type") == "ROA":
                return (one.get("num_IPv4"), one.get("num_IPv6"))
        return None

    @staticmethod
    def expected(vrps):
        prefixes = {prefix for prefix, _, _ in vrps}
        return (sum(":" not in prefix for prefix in prefixes), sum(":" in prefix for prefix in prefixes))


class GoBgp:
    programs = ("gobgpd", "gobgp")

    def start(self, lab):
        self.lab = lab
        text = (
            '[global.config]\n  as = 64496\n  router-id = "10.9.0.2"\n'
            f'[[rpki-servers]]\n  [rpki-servers.config]\n    address = "{OURS}"\n    port = {PORT}\n'
        )
        path = lab.write("gobgpd.conf", text)
        api = ("--pprof-disable", "--api-hosts", "127.0.0.1:50051")
        lab.start("gobgpd", "env", "GODEBUG=gcshrinkstackoff=1", "gobgpd", "-f", path, "-p", *api)

    def held(self):
        text = ""
        for family in ("ipv4", "ipv6"):
            text += self.lab.inside("gobgp", "rpki", "table", "-a", family, check=False)
        return listed(text.splitlines(), r"^([0-9a-f.:]+)/(\d+)\s+(\d+)\s+(\d+)")


class RtrClient:
    """rtrlib's own: it prints what comes and what goes."""

    programs = ("rtrclient", "stdbuf")

    def start(self, lab):
        self.lab = lab
        lab.start("rtrclient", "stdbuf", "-oL", "rtrclient", "-p", "tcp", OURS, PORT)

    def held(self):
        found = set()
        for line in self.lab.log("rtrclient").splitlines():
            match = re.match(r"^([+-])\s+(\S+)\s+(\d+)\s+-\s+(\d+)\s+(\d+)", line)
            if match:
                sign, address, length, most, asn = match.groups()
                vrp = (str(ipaddress.ip_network(f"{address}/{length}")), int(most), int(asn))
                found.add(vrp) if sign == "+" else found.discard(vrp)
        return found


class RtrDump:
    """StayRTR's: everything, once, each time it is asked."""

    programs = ("rtrdump",)
    options = ["-rtr.version", "1"]
    port = PORT

    def start(self, lab):
        self.lab = lab

    def held(self):
        path = self.lab.folder / "dump.json"
        path.unlink(missing_ok=True)
        address = f"{OURS}:{self.port}"
        self.lab.inside("timeout", "20", "rtrdump", "-connect", address, *self.options, "-file", str(path), check=False)
        try:
            roas = json.loads(path.read_text())["roas"]
        except (OSError, json.JSONDecodeError):
            return None
        return {(roa["prefix"], roa["maxLength"], int(str(roa["asn"]).removeprefix("AS"))) for roa in roas or []}


class RtrDumpOfVersion0(RtrDump):
    options = ["-rtr.version", "0"]


class RtrDumpByTls(RtrDump):
    programs = ("rtrdump", "openssl")
    options = ["-rtr.version", "1", "-type", "tls", "-tls.validate=false"]
    port = PORT + 1
    tls = True


class StayRtr(RtrDump):
    """Serves VRPs and ASPAs of an early draft to `fairway serve rtr --rpki rtr://...`, which serves them on."""

    programs = ("stayrtr", "rtrdump")
    source = f"rtr://{THEIRS}:8282"

    @staticmethod
    def expected(vrps):
        return {vrp for vrp in vrps if vrp[1] != 0}  # it takes none of a whole family

    def before(self, lab, export):
        command = ["stayrtr", "-bind", f"{THEIRS}:8282", "-cache", str(export), "-metrics.addr", "", "-checktime=false"]
        self.stayrtr = lab.start("stayrtr", *command, "-refresh", "1")
        wait_for(lambda: "New update" in lab.log("stayrtr") or "Updated" in lab.log("stayrtr"), 10)


CLIENTS = {
    "bird": Bird,
    "frr": Frr,
    "openbgpd": OpenBgpd,
    "gobgp": GoBgp,
    "rtrclient": RtrClient,
    "rtrdump": RtrDump,
    "rtrdump.version0": RtrDumpOfVersion0,
    "rtrdump.tls": RtrDumpByTls,
    "stayrtr": StayRtr,
}


class Server:
    def __init__(self, lab, fairway, client, export):
        self.lab, self.client = lab, client
        self.command = [fairway, "serve", "rtr", "--listen", f"{OURS}:{PORT}", "--check", "1", "--retry", "2"]
        self.command += ["--rpki", getattr(client, "source", str(export))]
        if getattr(client, "tls", False):
            key, certificate = lab.folder / "key.pem", lab.folder / "certificate.pem"
            subject = ["-subj", "/CN=cache", "-addext", f"subjectAltName=IP:{OURS}"]
            make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
            lab.run(*make, "-keyout", str(key), "-out", str(certificate), *subject)
            self.command += ["--listen-tls", f"{OURS}:{PORT + 1}", "--certificate", str(certificate), "--key", str(key)]

    def start(self):
        self.log = open(self.lab.folder / "serve.log", "a")
        self.process = subprocess.Popen(self.command, stderr=self.log, stdout=self.log)
        wait_for(lambda: "listening on" in self.lab.log("serve") or self.process.poll() is not None, 30)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        assert code == 0, f"the server ended with {code}"


def expect(lab, client, vrps, seconds, when):
    expected = getattr(client, "expected", lambda all_of_them: all_of_them)(vrps)
    if wait_for(lambda: client.held() == expected, seconds, 0.3):
        print(f"{when}: holds all {len(vrps)} VRPs")
        return
    held = client.held()
    print(f"{when}: it holds something else")
    if isinstance(held, set):
        print("missing:", sorted(expected - held)[:10], "too many:", sorted(held - expected)[:10])
    else:
        print("held:", held, "expected:", expected)
    for path in sorted(lab.folder.glob("*.log")):
        print(f"--- {path.name}\n{path.read_text()[-2500:]}")
    sys.exit(1)


def main():
    fairway, name = sys.argv[1], sys.argv[2]
    client = CLIENTS[name]()
    skip_without(*client.programs)
    with Lab() as lab:
        lab.address(OURS, THEIRS, 24)
        export = lab.folder / "vrps.json"
        write_export(export, first_vrps(), [(64496, [64497, 64498]), (64500, [64496])])
        if hasattr(client, "before"):
            client.before(lab, export)
        server = Server(lab, pathlib.Path(fairway).resolve(), client, export)
        server.start()
        try:
            client.start(lab)
            expect(lab, client, first_vrps(), 60, "at first")
            write_export(export, next_vrps(), [(64496, [64497])])
            expect(lab, client, next_vrps(), 100, "after a change")
            server.stop()
            write_export(export, first_vrps())
            server.start()
            expect(lab, client, first_vrps(), 150, "after a new start")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
