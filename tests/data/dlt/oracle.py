"""Records what dlt makes of cases.json, in expected.json.

    pip install "dlt[duckdb]==1.31.0"
    python oracle.py

What is dlt's own is left out of the tables: _dlt_id, _dlt_parent_id, _dlt_root_id, _dlt_load_id. The
times at which versions begin and end are written as "set".
"""

import json
import pathlib
import tempfile

import dlt

HERE = pathlib.Path(__file__).parent
OURS = {"_dlt_list_idx": "_list_index", "_dlt_valid_from": "_valid_from", "_dlt_valid_to": "_valid_to"}


def text(column, value):
    if column in ("_valid_from", "_valid_to"):
        return "set"
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (dict, list)):
        return json.dumps(value, separators=(",", ":"))
    return str(value)


def tables(pipeline):
    found = {}
    with pipeline.sql_client() as client:
        names = client.execute_sql(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = %s", pipeline.dataset_name
        )
        for (name,) in names:
            if name.startswith("_dlt"):
                continue
            with client.execute_query(f'SELECT * FROM "{pipeline.dataset_name}"."{name}"') as cursor:
                columns = [column[0] for column in cursor.description]
                rows = cursor.fetchall()
            kept = [(i, OURS.get(c, c)) for i, c in enumerate(columns) if c in OURS or not c.startswith("_dlt")]
            shown = []
            for row in rows:
                cells = sorted((c, row[i]) for i, c in kept if row[i] is not None)
                shown.append("|".join(f"{c}={text(c, v)}" for c, v in cells))
            found[name] = {"columns": sorted(c for _, c in kept), "rows": sorted(shown)}
    return found


def giving(records):
    def generate():
        yield from records

    return generate


def outcome(case):
    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline(
            "case",
            pipelines_dir=folder,
            destination=dlt.destinations.duckdb(str(pathlib.Path(folder) / "case.duckdb")),
            dataset_name="data",
        )
        for records in case["runs"]:
            resource = dlt.resource(giving(records), name="items", **case["resource"])
            try:
                pipeline.run(resource)
            except Exception as error:  # whatever dlt fails with is its answer
                return {"error": str(error).strip().splitlines()[0], "tables": tables(pipeline)}
        return {"tables": tables(pipeline)}


def main():
    cases = json.loads((HERE / "cases.json").read_text())
    expected = {case["name"]: outcome(case) for case in cases}
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")


main()
