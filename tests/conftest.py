"""Generated examples are the same in every run; `HYPOTHESIS_PROFILE=search` looks for new ones.

What lint and test keep of their results goes to a folder of this run, not to the user's. Signals
that a shell has its background jobs ignore are heard again, as a person's program would.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

os.environ["QA_CHECKER_CACHE"] = tempfile.mkdtemp(prefix="qa_checker-cache.")
atexit.register(shutil.rmtree, os.environ["QA_CHECKER_CACHE"], ignore_errors=True)
os.environ.pop("GITHUB_STEP_SUMMARY", None)

signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
