"""PostgreSQL machines: a primary, a replica that follows it, and the ways in which they fail."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.serving import free_port

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
OWNER = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
WITHIN = 120
NAME = "raamwerk"


def run(command: str, *words: str | Path) -> str:
    """One of PostgreSQL's commands, as its owner; returns what it said."""
    done = subprocess.run(
        [*OWNER, BIN / command, *words], cwd="/", capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, f"{command}: {done.stderr}"
    return done.stdout


@dataclass
class Machine:
    """One machine with PostgreSQL: ``machine.conf`` holds what is set on this machine only."""

    folder: Path
    name: str
    port: int

    @property
    def data(self) -> Path:
        return self.folder / self.name / "data"

    def begin(self) -> None:
        """An empty database, with trust for everyone on loopback."""
        self._make_home()
        run("initdb", "-D", self.data, "-U", NAME, "--auth=trust", "--locale=C.UTF-8", "-E", "UTF8")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write("listen_addresses = '127.0.0.1'\nsynchronous_commit = on\n")
            settings.write("include_if_exists = '../machine.conf'\n")
        self.start()
        run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", NAME, NAME)

    def follow(self, primary: "Machine") -> None:
        """Become a fresh replica of ``primary``, whatever this machine held before."""
        self._make_home()
        source = (
            f"host=127.0.0.1 port={primary.port} user={NAME} application_name={self.name}"
            " tcp_user_timeout=5000"
        )
        slot = ["--create-slot", f"--slot={self.name}", "--checkpoint=fast"]
        run("pg_basebackup", "-d", source, "-D", self.data, "--write-recovery-conf", *slot)
        self.start()

    def wait_for(self, *replicas: str) -> None:
        """Acknowledge a commit only when one of these has it too; with none, at once."""
        names = f"FIRST 1 ({', '.join(replicas)})" if replicas else ""
        self._set(f"synchronous_standby_names = '{names}'\n")
        run("pg_ctl", "-D", self.data, "reload")
        deadline = time.monotonic() + WITHIN
        while replicas and self.ask("SELECT sync_state FROM pg_stat_replication") != "sync":
            assert time.monotonic() < deadline, "no replica follows"
            time.sleep(0.05)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder / self.name}"
        log = self.folder / self.name / "log"
        run("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", options, "start")

    def promote(self) -> None:
        run("pg_ctl", "-D", self.data, "-w", "promote")

    def stop(self) -> None:
        """At once, as for a repair; also when it does not run."""
        stop = [*OWNER, str(BIN / "pg_ctl"), "-D", str(self.data), "-m", "immediate", "stop"]
        subprocess.run(stop, cwd="/", capture_output=True)

    def kill(self) -> None:
        """As a power cut does: every process at once, without a word."""
        self.signal(signal.SIGKILL)
        deadline = time.monotonic() + WITHIN
        while self.processes():
            assert time.monotonic() < deadline, "it does not die"
            time.sleep(0.01)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It hangs: connections stay open, nothing is answered."""
        self.signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.signal(signal.SIGCONT)

    def signal(self, which: signal.Signals) -> None:
        for process in self.processes():
            os.kill(process, which)

    def processes(self) -> list[int]:
        """The postmaster, first, and its children."""
        try:
            main = int((self.data / "postmaster.pid").read_text().split()[0])
            children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        except OSError:
            return []
        return [main, *map(int, children)]

    def ask(self, question: str) -> str:
        """The one value that this SQL answers with."""
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", NAME, "-d", NAME]
        return run("psql", *where, "-XAtc", question).strip()

    def _make_home(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.parent.mkdir(exist_ok=True)
        self._set("")
        if OWNER:
            shutil.chown(self.data.parent, "postgres")

    def _set(self, settings: str) -> None:
        written = self.data.parent / "machine.conf"
        written.write_text(settings)
        written.chmod(0o644)


@dataclass
class Pair:
    """Two machines with PostgreSQL: the one that writes, and the one that follows it."""

    primary: Machine
    replica: Machine

    def url(self, name: str = NAME) -> str:
        """The same for every node, whichever machine writes."""
        ports = sorted([self.primary.port, self.replica.port])
        machines = ",".join(f"127.0.0.1:{port}" for port in ports)
        return f"postgres://{NAME}@{machines}/{name}"

    def fail_over(self) -> None:
        """The replica becomes the primary; it waits for nobody until told so."""
        self.replica.promote()
        self.primary, self.replica = self.replica, self.primary

    def come_back(self) -> None:
        """The machine that failed follows the one that took over."""
        self.replica.follow(self.primary)
        self.primary.wait_for(self.replica.name)


@contextmanager
def two_databases() -> Iterator[Pair]:
    """A primary that acknowledges nothing before its replica has it; removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="raamwerk-machines-", dir="/tmp"))
    folder.chmod(0o755)
    pair = Pair(Machine(folder, "one", free_port()), Machine(folder, "two", free_port()))
    try:
        pair.primary.begin()
        pair.come_back()
        yield pair
    finally:
        pair.replica.stop()
        pair.primary.stop()
        shutil.rmtree(folder, ignore_errors=True)
