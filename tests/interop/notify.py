#!/usr/bin/env python3
"""Interoperation: `fairway notify test` against what people run: Debian's Alertmanager, a mail server with STARTTLS and a
login, HTTPS, and syslog over UDP, TCP and TLS, whose certificate a CA of our own signs.

Usage: notify.py FAIRWAY. Exit code 77: there is no Alertmanager.
"""

import base64
import datetime
import email
import email.policy
import http.server
import json
import pathlib
import re
import shutil
import socket
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

PASSWORD = "smtp-Passw0rd"
TOKEN = "hook-T0ken"


def make_certificates(folder: pathlib.Path) -> None:
    """ca.pem signs server.pem, for localhost; other.pem signs nothing."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for name in ("ca", "other"):
        openssl("req", "-x509", *key, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "2", "-subj", f"/CN={name}")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", "server.pem")  # fmt: skip


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Server(socketserver.ThreadingTCPServer):
    """On the loopback, with a list of what came."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, handler, tls: ssl.SSLContext | None = None):
        super().__init__(("127.0.0.1", 0), handler)
        self.tls, self.came = tls, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_) -> None:
        pass  # one client is meant to hang up: it does not trust us

    @property
    def port(self) -> int:
        return self.server_address[1]


class Mail(socketserver.StreamRequestHandler):
    """Takes no message without TLS and login."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        safe = known = False
        self.say("220 localhost")
        while line := self.rfile.readline():
            word = line.decode().strip()
            command = word.split(" ")[0].split(":")[0].upper()
            if command == "EHLO":
                self.say("250-localhost")
                self.say("250 AUTH PLAIN" if safe else "250 STARTTLS")
            elif command == "STARTTLS" and not safe:
                self.say("220 go")
                secured = self.server.tls.wrap_socket(self.connection, server_side=True)
                self.connection, self.rfile, self.wfile = secured, secured.makefile("rb"), secured.makefile("wb", 0)
                safe = True
            elif command == "AUTH" and safe:
                told = word.split(" ")[2] if len(word.split(" ")) > 2 else ""
                if not told:
                    self.say("334 ")
                    told = self.rfile.readline().decode().strip()
                known = base64.b64decode(told) == b"\0fairway\0" + PASSWORD.encode()
                self.say("235 hello" if known else "535 5.7.8 who?")
            elif command == "DATA":
                self.say("354 go on")
                text = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    text += line[1:] if line.startswith(b"..") else line
                self.server.came.append(text)
                self.say("250 taken")
            elif command == "QUIT":
                return self.say("221 bye")
            elif command in ("MAIL", "RCPT"):
                self.say("250 ok" if known else "530 log in first")
            else:
                self.say("502 no")


class Hook(http.server.BaseHTTPRequestHandler):
    def setup(self) -> None:
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        good = self.headers["Authorization"] == f"Bearer {TOKEN}"
        self.server.came.append((self.path, json.loads(body)))
        self.send_response(200 if good else 401)
        self.end_headers()
        self.wfile.write(f"you said {self.headers['Authorization']} at {self.path}".encode())

    def log_message(self, *_) -> None:
        pass


class Syslog(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.server.tls:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        text = b""
        while octets := self.request.recv(4096):
            text += octets
        while text:  # RFC 6587 section 3.4.1
            size, rest = text.split(b" ", 1)
            self.server.came.append(rest[: int(size)].decode())
            text = rest[int(size) :]


def wait_for(condition, what: str, seconds: float = 30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if result := condition():
                return result
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"not within {seconds} s: {what}")


def alerts(port: int) -> list:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/alerts", timeout=5) as answer:
        return json.load(answer)


def check_alertmanager(fairway: str, folder: pathlib.Path, port: int, hook_port: int) -> list[str]:
    """Open: the alert is active. Clear: it is resolved, and Alertmanager tells its own receiver both."""
    told: list = []

    class Told(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", hook_port), Told)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    test = subprocess.Popen(
        [fairway, "notify", "test", "--config", folder / "fairway.yaml", "--channel", "am", "--pause", "4"],
        stdout=subprocess.PIPE,
        text=True,
    )
    active = wait_for(lambda: alerts(port), "the alert is active")
    broken = []
    if len(active) != 1 or active[0]["status"]["state"] != "active":
        broken.append(f"alertmanager: {active}")
    labels = active[0]["labels"]
    if (labels["alertname"], labels["severity"], labels["team"]) != ("Hijack", "high", "noc"):
        broken.append(f"alertmanager: labels {labels}")
    out = test.communicate(timeout=60)[0]
    if test.returncode != 0:
        broken.append(out)
    wait_for(lambda: not alerts(port), "the alert is resolved")
    wait_for(lambda: any(group["status"] == "resolved" for group in told), "Alertmanager tells that it is resolved")
    ids = {alert["labels"]["incident"] for group in told for alert in group["alerts"]}
    if ids != {labels["incident"]} or told[0]["status"] != "firing":
        broken.append(f"alertmanager told {told}")
    server.shutdown()
    return broken


def check_mail(messages: list[bytes]) -> list[str]:
    parsed = [email.message_from_bytes(message, policy=email.policy.default) for message in messages]
    if [m["X-Fairway-Transition"] for m in parsed] != ["open", "update", "clear"]:
        return [f"mail: {[m.items() for m in parsed]}"]
    broken = [f"mail: defects {m.defects}" for m in parsed if m.defects]
    root = parsed[0]["Message-ID"]
    if any(m["References"] != root for m in parsed[1:]):
        broken.append("mail: the messages are no thread")
    for m in parsed:
        if abs((datetime.datetime.now(datetime.timezone.utc) - m["Date"].datetime).total_seconds()) > 600:
            broken.append(f"mail: date {m['Date']}")
        if "192.0.2.0/24" not in m.get_content() or "AS64511" not in m["Subject"]:
            broken.append(f"mail: {m.get_content()}")
    return broken


RFC5424 = re.compile(
    r"<(\d{1,3})>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z \S+ fairway - (open|update|clear) "
    r'\[fairway@32473( [a-z]+="([^"\\\]]|\\["\\\]])*")+\] [ -~]+'
)


def check_syslog(name: str, messages: list[str]) -> list[str]:
    # Each message had a connection of its own: threads may have taken them up in any order.
    matches = [RFC5424.fullmatch(message) for message in messages]
    if sorted(m[3] if m else "" for m in matches) != ["clear", "open", "update"]:
        return [f"{name}: {messages}"]
    return []


def main() -> None:
    if shutil.which("prometheus-alertmanager") is None or shutil.which("openssl") is None:
        print("skipped: prometheus-alertmanager and openssl are not both installed")
        sys.exit(77)
    fairway = sys.argv[1]
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_certificates(folder)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(folder / "server.pem", folder / "server.key")
        mail, hook, tcp, secure = Server(Mail, tls), Server(Hook, tls), Server(Syslog), Server(Syslog, tls)
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        udp.settimeout(10)
        port, told_port = free_port(), free_port()
        (folder / "password").write_text(PASSWORD + "\n")
        (folder / "guessed").write_text("gue5sed-Passw0rd\n")
        (folder / "headers").write_text(f"Authorization: Bearer {TOKEN}\n")
        (folder / "wrong").write_text("Authorization: Bearer wr0ng-t0ken\n")
        (folder / "address").write_text("secret-Path/x\n")
        (folder / "am.yml").write_text(
            "route: {receiver: r, group_by: [incident], group_wait: 0s, group_interval: 1s}\n"
            f"receivers: [{{name: r, webhook_configs: [{{url: 'http://127.0.0.1:{told_port}/'}}]}}]\n"
        )
        (folder / "fairway.yaml").write_text(f"""
notify:
  email:
    - {{name: mail, server: "localhost:{mail.port}", ca_file: ca.pem, user: fairway, password_file: password,
       from: Fairway <fairway@example.net>, to: [noc@example.net, duty@example.net]}}
    - {{name: intruder, server: "localhost:{mail.port}", ca_file: ca.pem, user: fairway, password_file: guessed, from: a@b, to: c@d}}
    - {{name: distrust, server: "localhost:{mail.port}", ca_file: other.pem, from: a@b, to: c@d}}
  webhook:
    - {{name: hook, url: "https://localhost:{hook.port}/", url_file: address, ca_file: ca.pem, headers_file: headers}}
    - {{name: wrong, url: "https://localhost:{hook.port}/", url_file: address, ca_file: ca.pem, headers_file: wrong}}
  alertmanager:
    - {{name: am, url: "http://127.0.0.1:{port}", labels: [team=noc]}}
  syslog:
    - {{name: udp, server: "127.0.0.1:{udp.getsockname()[1]}"}}
    - {{name: tcp, server: "127.0.0.1:{tcp.port}", transport: tcp}}
    - {{name: tls, server: "localhost:{secure.port}", transport: tls, ca_file: ca.pem}}
""")
        alertmanager = subprocess.Popen(
            ["prometheus-alertmanager", f"--config.file={folder}/am.yml", f"--storage.path={folder}/am",
             f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(lambda: alerts(port) == [], "Alertmanager answers")
            broken += check_alertmanager(fairway, folder, port, told_port)
        finally:
            alertmanager.terminate()
            alertmanager.wait(timeout=20)

        good = [word for channel in ("mail", "hook", "udp", "tcp", "tls") for word in ("--channel", channel)]
        result = subprocess.run([fairway, "notify", "test", "--config", folder / "fairway.yaml", *good],
                                capture_output=True, text=True, timeout=120)  # fmt: skip
        if result.returncode != 0 or result.stdout.count("sent") != 15:
            broken.append(f"notify test: {result.returncode}\n{result.stdout}{result.stderr}")
        broken += check_mail(mail.came)
        if [body["transition"] for _, body in hook.came] != ["open", "update", "clear"]:
            broken.append(f"hook: {hook.came}")
        wait_for(lambda: len(tcp.came) == 3 and len(secure.came) == 3, "syslog arrives")
        broken += check_syslog("udp", [udp.recv(4096).decode() for _ in range(3)])
        broken += check_syslog("tcp", tcp.came) + check_syslog("tls", secure.came)

        bad = subprocess.run([fairway, "notify", "test", "--config", folder / "fairway.yaml", "--channel", "wrong",
                              "--channel", "distrust", "--channel", "intruder"], capture_output=True, text=True, timeout=120)  # fmt: skip
        print(bad.stdout, end="")
        if bad.returncode != 3 or "HTTP 401" not in bad.stdout or "certificate" not in bad.stdout or "535" not in bad.stdout:
            broken.append(f"what must fail: {bad.returncode}\n{bad.stdout}{bad.stderr}")
        for secret in ("wr0ng-t0ken", "gue5sed", "secret-Path", PASSWORD, TOKEN):
            if secret in bad.stdout + bad.stderr + result.stdout + result.stderr:
                broken.append(f"a secret is shown: {secret}\n{bad.stdout}")
    print("\n".join(broken) if broken else "ok")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
