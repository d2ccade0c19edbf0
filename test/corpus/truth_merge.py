"""Turns what a script wrote through scripts/truth.py into the NAME.truth.json of its recording."""

import json
import os


def read_lines(path, started):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    for line in lines:
        line["timeSeconds"] = round(line.pop("monotonicSeconds") - started, 4)
    return lines


def of_kind(lines, *kinds):
    return [line for line in lines if line["kind"] in kinds]


def phases_of(lines, duration):
    """What is no training: [{name, startSeconds, endSeconds}], in the order in which they began."""
    phases, is_open = [], []
    for line in of_kind(lines, "phase", "phaseEnd"):
        if line["kind"] == "phase":
            phase = {
                "name": line["name"],
                "startSeconds": line["timeSeconds"],
                "endSeconds": round(duration, 4),
            }
            phases.append(phase)
            is_open.append(phase)
        elif is_open:
            is_open.pop()["endSeconds"] = line["timeSeconds"]
    return phases


def total(stages, key):
    """The sum over the stages; null where one of them is unknown."""
    values = [stage[key] for stage in stages]
    return None if not values or None in values else sum(values)


def stages_of(lines):
    keys = ("name", "totalEpochs", "firstEpoch", "totalSteps")
    return [
        {"timeSeconds": line["timeSeconds"], **{key: line[key] for key in keys}}
        for line in of_kind(lines, "stage")
    ]


def describe(recipe, lines, duration, exit_code):
    plan = (of_kind(lines, "plan") or [{}])[0]
    stages = stages_of(lines)
    many = len(stages) > 1
    events = [
        {key: line[key] for key in ("timeSeconds", "epoch", "step")}
        for line in of_kind(lines, "epoch", "step")
    ]
    ends = [{key: line[key] for key in ("timeSeconds", "epoch")} for line in of_kind(lines, "epochEnd")]
    return {
        "name": recipe.name,
        "framework": plan.get("framework"),
        "version": plan.get("version"),
        "command": recipe.command,
        "columns": recipe.columns,
        "rows": recipe.rows,
        "tty": recipe.tty,
        "totalEpochs": total(stages, "totalEpochs"),
        "epochsCompleted": len(ends),
        "totalSteps": stages[0]["totalSteps"] if stages and not many else None,
        "stepsOf": plan.get("stepsOf"),
        "durationSeconds": round(duration, 4),
        "exitCode": exit_code,
        "notes": plan.get("notes", ""),
        "stages": stages,
        "phases": phases_of(lines, duration),
        "epochEnds": ends,
        "events": events,
    }


def layout(truth):
    """JSON with one line for each entry of a list: short, and easy to read in a diff."""
    rows = []
    for key, value in truth.items():
        if isinstance(value, list) and value:
            entries = ",\n".join("    " + json.dumps(entry) for entry in value)
            rows.append(f"  {json.dumps(key)}: [\n{entries}\n  ]")
        else:
            rows.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(rows) + "\n}\n"


def merge(recipe, path, started, duration, exit_code):
    return layout(describe(recipe, read_lines(path, started), duration, exit_code))
