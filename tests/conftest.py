"""Generated examples are the same in every run; `HYPOTHESIS_PROFILE=search` looks for new ones.

What lint and test keep of their results goes to a folder of this run, not to the user's.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None, max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

os.environ["QA_CHECKER_CACHE"] = tempfile.mkdtemp(prefix="qa_checker-cache.")
atexit.register(shutil.rmtree, os.environ["QA_CHECKER_CACHE"], ignore_errors=True)
os.environ.pop("GITHUB_STEP_SUMMARY", None)
