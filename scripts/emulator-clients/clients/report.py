"""One line of JSON for each operation of a client's script."""
import json
import os
import re


def report(name, kind, run):
    """Runs an operation; writes are left out against a real tenant."""
    if kind == "write" and os.environ.get("M365_READ_ONLY") == "1":
        return None
    try:
        value = run()
        print(json.dumps({"name": name, "outcome": "ok"}), flush=True)
        return value
    except Exception as error:  # whatever a client raises is what the table is about
        text = f"{type(error).__name__}: {error}"
        not_served = re.search(r"\b501\b|does not implement|NotImplemented", text)
        outcome = "not served" if not_served else "wrong"
        print(json.dumps({"name": name, "outcome": outcome, "detail": text[:300]}), flush=True)
        return None
