"""Reads an emissions.csv by CodeCarbon's own code, and lets it go on in it: python read_codecarbon.py FOLDER FILE."""

import dataclasses
import json
import os
import sys

import pandas
from codecarbon.output_methods.emissions_data import EmissionsData
from codecarbon.output_methods.file import FileOutput

folder, name = sys.argv[1:3]
path = os.path.join(folder, name)
read = pandas.read_csv(path)

fields = {field.name: 0 if field.type in (float, "float") else "x" for field in dataclasses.fields(EmissionsData)}
next_run = EmissionsData(**fields)
output = FileOutput(name, folder, "append")
is_valid = output.has_valid_headers(next_run)
output.out(next_run, None)
appended = pandas.read_csv(path)

again = dataclasses.replace(next_run, run_id=str(read.run_id[0]), duration=1.5)
FileOutput(name, folder, "update").out(again, None)
updated = pandas.read_csv(path)

print(
    json.dumps(
        {
            "rows": json.loads(read.to_json(orient="records", double_precision=15)),
            "is_valid": bool(is_valid),
            "rows_after_append": len(appended),
            "rows_after_update": len(updated),
            "updated": float(updated[updated.run_id == read.run_id[0]].duration.iloc[0]),
            "files": sorted(os.listdir(folder)),
        }
    )
)
