"""What every Python beneath a trial does first: fills the disk where the trial says so (full_disk.py)."""

import os

if "QA_FULL_AT" in os.environ:
    from full_disk import fill_at

    fill_at(os.environ["QA_FULL_AT"], int(os.environ["QA_FULL_SIZE"]))
