"""`python -m bench` runs every measurement; `python -m bench write --scale 0.1` runs one, smaller."""

import argparse
from importlib import import_module

# Each a module beside this one, imported only to be run.
MEASUREMENTS = ("write", "http", "memory", "ask", "soak", "bulk")
TIMED = {"http", "soak"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure against peers, as ratios.")
    parser.add_argument("what", nargs="*", metavar="what", help=f"of {', '.join(MEASUREMENTS)}; all where none is said")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the graphs: 1 is about 600,000 rows")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured, in turn")
    parser.add_argument("--seconds", type=float, help="how long callers go on (http: each loop, 60; soak: 600)")
    options = parser.parse_args()
    unknown = set(options.what) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"there is no measurement {', '.join(sorted(unknown))}")
    for name in options.what or MEASUREMENTS:
        own = {"seconds": options.seconds} if options.seconds and name in TIMED else {}
        import_module(f"bench.{name}").measure(options.scale, options.rounds, **own)


if __name__ == "__main__":
    main()
