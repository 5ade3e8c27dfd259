"""What the checks of every service share: the report, and what a simulator told when it started."""

import sys
import traceback


def told(path):
    """The lines `name value` that a simulator printed; names may have spaces, values have none."""
    with open(path, encoding="utf-8") as lines:
        return dict(line.strip().rsplit(" ", 1) for line in lines)


class Report:
    """Prints one line per check (`ok - …` or `not ok - …`)."""

    def __init__(self, client):
        self.client = client
        self.failed = 0

    def check(self, name):
        """Runs the decorated function at once and reports it under this name."""

        def run(function):
            try:
                function()
                print(f"ok - {self.client}: {name}")
            except Exception:
                self.failed += 1
                print(f"not ok - {self.client}: {name}")
                traceback.print_exc()

        return run

    def finish(self):
        """Ends the program; it fails if any check failed."""
        sys.exit(1 if self.failed else 0)
