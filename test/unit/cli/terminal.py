"""Runs the command line tool in a real terminal and types into it. Usage: terminal.py NODE CLI"""

import fcntl
import os
import pty
import struct
import sys
import termios

TRAINING = """
import os, signal, sys, time
seen = []
signal.signal(signal.SIGINT, lambda *_: seen.append(1))
print("tty", sys.stdin.isatty(), sys.stdout.isatty(), os.get_terminal_size().columns, flush=True)
print("read", input(), flush=True)
end = time.time() + 1.5
while time.time() < end:
    time.sleep(0.05)
print("interrupts", len(seen), flush=True)
sys.exit(9)
"""


def read_until(terminal, words):
    text = ""
    while words not in text:
        text += os.read(terminal, 4096).decode()
    return text


pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], sys.argv[2], "run", "--", "python3", "-c", TRAINING])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 97, 0, 0))
assert "tty True True 97" in read_until(terminal, "tty True True 97")
os.write(terminal, b"hello\r")
read_until(terminal, "read hello")
os.write(terminal, b"\x03")
read_until(terminal, "interrupts 1")
read_until(terminal, "failed with exit code 9")
_, status = os.waitpid(pid, 0)
assert os.waitstatus_to_exitcode(status) == 9, status
