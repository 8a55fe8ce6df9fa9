#!/usr/bin/env python3
"""Presses TAB in a shell of the fresh system, as its new user at a terminal does.

    press_tab.py SYSTEM USER SHELL

Types `sellauth token berl`, TAB and Enter: what is printed is the shop's token only if TAB wrote the rest of the
shop's name. Then a name nothing begins with, and a command: TAB must not invent, and must complete those as well.
"""

import os
import pty
import re
import select
import sys
import time

DEADLINE = 30.0
PROMPT = "ready> "


class Terminal:
    def __init__(self, system, user, shell):
        self.seen = ""
        self.process, self.keys = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm")
            os.execvp("chroot", ["chroot", system, "su", "--login", "--shell", f"/usr/bin/{shell}", user])

    def type(self, text):
        os.write(self.keys, text.encode())

    def wait_for(self, pattern):
        """What was shown up to the pattern; what comes after it is left for the next."""
        end = time.monotonic() + DEADLINE
        while not (found := re.search(pattern, self.seen)):
            left = end - time.monotonic()
            ready = left > 0 and select.select([self.keys], [], [], left)[0]
            try:
                read = os.read(self.keys, 4096) if ready else b""
            except OSError:  # the shell has ended
                read = b""
            if not read:
                sys.exit(f"press_tab.py: waited for {pattern!r}, and saw:\n{self.seen}")
            # Without colours and movements of the cursor.
            self.seen += re.sub(r"\x1b(\[[0-9;?]*[a-zA-Z]|[=>])", "", read.decode(errors="replace"))
        shown, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return shown


def main(system, user, shell):
    terminal = Terminal(system, user, shell)
    terminal.wait_for(r"[$%] ")
    # In two halves, so that the echo of what is typed is not taken for the prompt.
    terminal.type("P=ready; PS1=\"$P> \"; unset RPS1 PROMPT_SP\r")
    terminal.wait_for(rf"[\r\n]{PROMPT}")
    terminal.type("sellauth token berl\t")
    terminal.wait_for("sellauth token berlin-outlet")
    terminal.type("\r")
    terminal.wait_for(r"[\r\n]secret-of-anna[\r\n]")
    terminal.wait_for(PROMPT)
    terminal.type("sellauth marketpl\t")
    terminal.wait_for("sellauth marketplaces")
    terminal.type("show kauf\t")
    terminal.wait_for("show kaufland")
    terminal.type("\x15exit\r")
    _, status = os.waitpid(terminal.process, 0)
    if status:
        sys.exit(f"press_tab.py: {shell} ended with {os.waitstatus_to_exitcode(status)}")
    print(f"{shell}: TAB completes a shop, a command and a marketplace")


if __name__ == "__main__":
    main(*sys.argv[1:])
