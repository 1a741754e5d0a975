"""The examples, by the command that they say."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
SHOWN = {
    "frames": ["refunds", "shape: ("],
    "load": ["payments", "1,200"],
    "pipeline": ["load package", "'payouts': 1200"],
    "spark": ["currency", "|     EUR|", "1200 refunds"],
    "records": ["`page`", "`single_page`"],
}


@pytest.mark.parametrize("example", sorted(path.stem for path in EXAMPLES.glob("*.py")))
def test_example(demo, tmp_path, example):
    environment = os.environ | {"API": demo.url, "HOME": str(tmp_path), "DLT_DATA_DIR": str(tmp_path / "dlt")}
    command = [sys.executable, EXAMPLES / f"{example}.py"]
    run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    for text in SHOWN[example]:
        assert text in run.stdout
