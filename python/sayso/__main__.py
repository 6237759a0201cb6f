"""The `sayso` command, as the wheel installs it; `python -m sayso` is the same."""

import signal
import sys

from . import _native


def main() -> int:
    """Run the command with the arguments of this process, and return its exit status."""
    # While native code runs, Python's own handlers would never be called: Ctrl-C and a closed pipe end the process as in any command.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    return _native._run_command(["sayso", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
