"""Network namespaces of a test's own, and processes in them. Everything that was made is taken away again."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SKIPPED = 77


def skip_without(*programs):
    for program in programs:
        if shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/lib/frr") is None:
            print(f"skipped: there is no {program}")
            sys.exit(SKIPPED)
    if os.geteuid() != 0 or subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode != 0:
        print("skipped: network namespaces cannot be made here")
        sys.exit(SKIPPED)


class Lab:
    """A folder and two namespaces, `router` and `probe`, joined by a wire. The test itself moves into `probe`."""

    def __init__(self):
        self.processes, self.folders = [], []
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fairway-interop-"))
        self.router = f"fwr{os.getpid()}"

    def __enter__(self):
        self.run("ip", "netns", "add", self.router)
        # Into a namespace of our own: it goes when we do.
        libc = __import__("ctypes").CDLL(None, use_errno=True)
        if libc.unshare(0x40000000) != 0:  # CLONE_NEWNET
            raise RuntimeError("no namespace for the test")
        self.run("ip", "link", "set", "lo", "up")
        self.run("ip", "link", "add", "probe", "type", "veth", "peer", "name", "router", "netns", self.router)
        self.run("ip", "link", "set", "probe", "up")
        self.inside("ip", "link", "set", "lo", "up")
        self.inside("ip", "link", "set", "router", "up")
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
        subprocess.run(["ip", "netns", "del", self.router], check=False)
        for path in self.folders:
            os.rmdir(path)
        if not os.environ.get("FAIRWAY_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, ours, theirs, length):
        """Both ends of a session."""
        ipv6 = [] if ":" not in ours else ["nodad"]
        self.run("ip", "address", "add", f"{ours}/{length}", "dev", "probe", *ipv6)
        self.inside("ip", "address", "replace", f"{theirs}/{length}", "dev", "router", *ipv6)

    def run(self, *command, check=True):
        done = subprocess.run(command, capture_output=True, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))}: {done.stdout}{done.stderr}")
        return done.stdout

    def inside(self, *command, check=True):
        return self.run("ip", "netns", "exec", self.router, *command, check=check)

    def folder_of(self, path):
        """A folder that has to be there, for as long as the test."""
        if not os.path.isdir(path):
            os.mkdir(path, 0o755)
            self.folders.append(path)

    def start(self, name, *command):
        log = open(self.folder / f"{name}.log", "w")
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.router, *map(str, command)], stdout=log, stderr=subprocess.STDOUT
        )
        self.processes.append(process)
        return process

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path


def wait_for(condition, seconds, every=0.1):
    """The last value of condition(), true as soon as it is."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value or time.monotonic() > end:
            return value
        time.sleep(every)
