"""Runs training scripts under a pseudo-terminal, or into a pipe: keeps what they printed and what was true.

  python3 record.py NAME...     records these anew
  python3 record.py --missing   records what recipes.py names and recordings/ lacks
  python3 record.py --all       records everything anew
  python3 record.py --manifest  writes manifest.json from the recordings

README.md has the formats. Needs Linux, pyte, and the virtual environments that setup.sh makes.
"""

import argparse
import codecs
import fcntl
import gzip
import json
import os
import pty
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time

from answers import Terminal
from manifest import write_manifest
from recipes import RECIPES
from truth_merge import merge

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDINGS = os.path.join(HERE, "recordings")
VENVS = os.environ.get("CORPUS_VENVS", "/tmp/corpus-venv")
# The scripts are copied to a neutral place: no warning or traceback names the developer's own folders.
WORK = os.environ.get("CORPUS_WORK", "/tmp/corpus-run")
LONGEST_SECONDS = 300


def environment(recipe, folder):
    """A fixed environment, so that a recording doesn't depend on who makes it."""
    env = {
        "PATH": os.pathsep.join(
            [os.path.join(VENVS, recipe.venv, "bin"), "/usr/local/bin", "/usr/bin", "/bin"]
        ),
        "HOME": os.path.join(folder, "home"),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TRUTH_FILE": os.path.join(folder, "truth.jsonl"),
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": "1",
        "HF_HUB_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    env.update(recipe.env)
    return {name: value for name, value in env.items() if value is not None}


def open_channel(recipe):
    """The reading end, the writing end: of a terminal of the recipe's size, or of a pipe."""
    if not recipe.tty:
        return os.pipe()
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", recipe.rows, recipe.columns, 0, 0))
    return master, slave


def start(recipe, folder, output):
    def in_child():
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # A shell's background jobs ignore it.
        os.setsid()
        os.nice(recipe.nice)
        if recipe.tty:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    return subprocess.Popen(
        shlex.split(recipe.command),
        cwd=folder,
        env=environment(recipe, folder),
        stdin=output if recipe.tty else subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        preexec_fn=in_child,
    )


def read_all(recipe, reader, started):
    """Yields (seconds since the start, bytes) as they come, until the last writer is gone."""
    terminal = Terminal(recipe.columns, recipe.rows, reader) if recipe.tty else None
    while True:
        if time.monotonic() - started > LONGEST_SECONDS:
            raise TimeoutError("the recording takes too long")
        if not select.select([reader], [], [], 1)[0]:
            continue
        try:
            data = os.read(reader, 65536)
        except OSError:  # EIO: Linux says so when the terminal's last writer is gone.
            return
        if not data:
            return
        yield time.monotonic() - started, data
        if terminal:
            terminal.feed(data)


def cast_lines(header, chunks):
    """asciicast v2 lines. A byte that is no UTF-8 becomes the lone surrogate U+DC00 + byte (PEP 383)."""
    yield json.dumps(header)
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    seconds = 0.0
    for seconds, data in chunks:
        text = decoder.decode(data)
        if text:
            yield json.dumps([round(seconds, 4), "o", text])
    rest = decoder.decode(b"", final=True)
    if rest:
        yield json.dumps([round(seconds, 4), "o", rest])


def write_cast(name, header, chunks):
    text = "\n".join(cast_lines(header, chunks)) + "\n"
    with open(os.path.join(RECORDINGS, name + ".cast.gz"), "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=9, mtime=0) as packed:
            packed.write(text.encode())


def record(recipe):
    folder = os.path.join(WORK, recipe.name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(os.path.join(HERE, "scripts"), folder, ignore=shutil.ignore_patterns("__pycache__"))
    os.makedirs(os.path.join(folder, "home"))
    reader, writer = open_channel(recipe)
    started = time.monotonic()
    process = start(recipe, folder, writer)
    os.close(writer)
    chunks = list(read_all(recipe, reader, started))
    os.close(reader)
    exit_code = process.wait()
    duration = time.monotonic() - started
    header = {
        "version": 2,
        "width": recipe.columns,
        "height": recipe.rows,
        "title": recipe.name,
        "command": recipe.command,
        "env": {"TERM": environment(recipe, folder).get("TERM", "")},
    }
    truth = merge(recipe, os.path.join(folder, "truth.jsonl"), started, duration, exit_code)
    if exit_code != recipe.exit_code:
        tail = b"".join(data for _, data in chunks)[-3000:].decode("utf-8", "replace")
        print(f"{tail}\n{recipe.name}: not kept, exit code {exit_code}", file=sys.stderr)
        return
    write_cast(recipe.name, header, chunks)
    with open(os.path.join(RECORDINGS, recipe.name + ".truth.json"), "w", encoding="utf-8") as file:
        file.write(truth)
    print(f"{recipe.name}: {duration:.1f} s, {sum(len(data) for _, data in chunks)} bytes, exit {exit_code}")
    shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*")
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--manifest", action="store_true")
    asked = parser.parse_args()
    known = {recipe.name: recipe for recipe in RECIPES}
    names = list(known) if asked.all or asked.missing else asked.names
    for name in names:
        if asked.missing and os.path.exists(os.path.join(RECORDINGS, name + ".truth.json")):
            continue
        record(known[name])
    write_manifest(RECIPES, RECORDINGS, os.path.join(HERE, "manifest.json"))


if __name__ == "__main__":
    main()
