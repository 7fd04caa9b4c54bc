"""`commonground load --demo` on a demo that is written already.

`python -m tests.load_written_demo HOME DEMO [BYTES]`, where no file may grow beyond so many bytes.
"""

from __future__ import annotations

import resource
import shutil
import signal
import sys
from pathlib import Path

import etl.build.loading
from dashboard import cli

if __name__ == "__main__":
    home, demo, *limit = sys.argv[1:]
    # A shell that runs tests in the background has Ctrl-C ignored; a terminal has not.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for most in map(int, limit):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    def copy_demo(*, folder: Path) -> Path:
        for file in sorted(path for path in Path(demo).rglob("*") if path.is_file()):
            copied = folder / file.relative_to(demo)
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)
        return folder

    etl.build.loading.write_demo = copy_demo
    sys.argv = ["commonground", "load", "--demo", "--home", home]
    cli.main()
