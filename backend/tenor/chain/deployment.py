"""The record of a deployment: which contracts and assets this installation speaks of. Never asks the ledger."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from tenor.kernel.errors import Invalid
from tenor.world import Deployment, SettlementAsset


class DeploymentUnusable(Invalid):
    """deployment.json is missing or belongs to another network."""


@dataclass(frozen=True, slots=True)
class Record:
    """What `tenor deploy` wrote: the addresses, and where they are."""

    network_passphrase: str
    deployer: str
    name: str
    """Salts of the addresses come from it: another name is another set of contracts."""
    deployment: Deployment


def load_deployment(path: Path, *, network_passphrase: str) -> Deployment:
    record = load_record(path)
    if record is None:
        raise DeploymentUnusable(f"{path} does not exist: run `tenor deploy` first.")
    if record.network_passphrase != network_passphrase:
        raise DeploymentUnusable(
            f"{path} is of the network {record.network_passphrase!r}, NETWORK_PASSPHRASE says {network_passphrase!r}: "
            "set TENOR_DATA to that network's own folder."
        )
    return record.deployment


def load_record(path: Path) -> Record | None:
    try:
        held = json.loads(path.read_text())
        deployment = held.pop("deployment")
        deployment["assets"] = tuple(SettlementAsset(**asset) for asset in deployment["assets"])
        return Record(**held, deployment=Deployment(**deployment))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as broken:
        raise DeploymentUnusable(
            f"{path} is no record of a deployment ({broken}): move it away, deploy again."
        ) from None


def save_record(path: Path, record: Record) -> None:
    """Whole or not at all: a reader sees the old record or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(asdict(record), indent=1) + "\n")
    draft.replace(path)
