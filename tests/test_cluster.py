"""The recipes of docs/cluster.md: YAML that can be parsed, and names that fit one another."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from qa_checker.cli.audit import command
from qa_checker.runs.engines import named

PAGE = (Path(__file__).parents[1] / "docs/cluster.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def resources() -> dict[str, Any]:
    """Return the resources of the page by their kind."""
    found = [
        yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.M | re.S)
    ]
    return {each["kind"]: each for each in found}


def test_the_run_asks_the_scheduler_of_the_cluster(resources: dict[str, Any]) -> None:
    cluster, nightly = resources["DaskCluster"], resources["CronJob"]
    (audit,) = nightly["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    program, name, *rest = audit["command"]
    assert (program, name) == ("qa-checker", "audit")
    given = command.make_context(name, rest).params
    service = cluster["spec"]["scheduler"]["service"]
    port = next(each["port"] for each in service["ports"] if each["name"] == "tcp-comm")
    address = f"dask://{cluster['metadata']['name']}-scheduler:{port}"
    assert named(given["engine"]) == ("dask", address)
    assert service["selector"]["dask.org/cluster-name"] == cluster["metadata"]["name"]


def test_all_run_one_image_and_workers_have_one_thread(resources: dict[str, Any]) -> None:
    spec = resources["DaskCluster"]["spec"]
    worker, scheduler = (spec[each]["spec"]["containers"][0] for each in ("worker", "scheduler"))
    nightly = resources["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    assert {one["image"] for one in (worker, scheduler, nightly["containers"][0])} == {
        worker["image"]
    }
    assert worker["args"][worker["args"].index("--nthreads") + 1] == "1"
    assert worker["resources"]["requests"]["cpu"] == "1"
    assert {port["name"] for port in scheduler["ports"]} == {
        port["targetPort"] for port in spec["scheduler"]["service"]["ports"]
    }


def test_commands_of_the_page_have_options_that_exist() -> None:
    known = {name for parameter in command.params for name in parameter.opts}
    found = re.findall(r"^ *qa-checker audit (.*)$", PAGE, re.M)
    assert len(found) > 3
    for line in found:
        assert set(re.findall(r"(?<= )--?[a-z][a-z-]*", line)) <= known, line
