"""How gunicorn serves the example school: `gunicorn --config python:examples.school.server`."""

import gc

from gunicorn.workers.base import Worker

threads = 8
loglevel = "warning"


def post_worker_init(_worker: Worker) -> None:
    """Keep what the start has made out of every later collection of garbage.

    It is never garbage, and walking through it takes longer than a page of 2,000 pupils.
    """
    gc.collect()
    gc.freeze()
