"""What a terminal answers to the questions that a program asks it, as far as VS Code's does (xterm.js)."""

import os
import re

import pyte

# Device control strings, which pyte would take for text: xterm.js answers none of those that ask for a capability.
CONTROL_STRING = re.compile(r"\x1b[PX^_].*?(?:\x1b\\|\x07)", re.DOTALL)
# XTVERSION: xterm's "Device-Control functions" and xterm.js' InputHandler.sendXtVersion.
ASKS_VERSION = "\x1b[>q"
VERSION = "\x1bP>|xterm.js(5.6.0)\x1b\\"


class AnsweringScreen(pyte.Screen):
    """Knows where the cursor is; pyte answers DSR (cursor position) and DA (what are you) by itself."""

    def __init__(self, columns, rows, descriptor):
        super().__init__(columns, rows)
        self._descriptor = descriptor

    def write_process_input(self, data):
        os.write(self._descriptor, data.encode())


class Terminal:
    def __init__(self, columns, rows, descriptor):
        self._descriptor = descriptor
        self._stream = pyte.ByteStream(AnsweringScreen(columns, rows, descriptor))

    def feed(self, data):
        text = data.decode("latin-1")
        if ASKS_VERSION in text:
            os.write(self._descriptor, VERSION.encode())
        plain = CONTROL_STRING.sub("", text).replace(ASKS_VERSION, "")
        self._stream.feed(plain.encode("latin-1"))
