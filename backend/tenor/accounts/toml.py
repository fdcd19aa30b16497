"""SEP-1 2.7.0: stellar.toml, made from the deployment. States nothing that is not served.

The keys in `TENOR_` are our own, the contracts of this deployment; `TENOR_ESCROW` is what proofs are checked against.
"""

from tenor.settings import Settings
from tenor.world import SettlementAsset, World


def document(world: World, settings: Settings) -> str:
    """The whole file; at most 100 kB (SEP-1)."""
    url = settings.public_url
    head = {
        "VERSION": "2.7.0",
        "NETWORK_PASSPHRASE": world.ledger.passphrase,
        "SIGNING_KEY": world.signer.address("web_auth"),
        "WEB_AUTH_ENDPOINT": f"{url}/auth",
        "TENOR_ESCROW": world.deployment.escrow,
        "TENOR_DISTRIBUTOR": world.deployment.distributor,
    }
    others = (("REGISTRY", world.deployment.registry), ("STREAM", world.deployment.stream))
    for name, contract in (*others, ("MARKET", world.deployment.market)):
        if contract is not None:
            head[f"TENOR_{name}"] = contract
    lines = [f"{name} = {_quoted(value)}" for name, value in head.items()]
    accounts = ", ".join(_quoted(world.signer.address(role)) for role in ("admin", "operator", "treasury"))
    lines += [f"ACCOUNTS = [{accounts}]", "", "[DOCUMENTATION]", 'ORG_NAME = "Tenor"', f"ORG_URL = {_quoted(url)}"]
    lines += ['ORG_DESCRIPTION = "Invoice finance on Stellar"']
    for asset in world.deployment.assets:
        lines += ["", "[[CURRENCIES]]", *_currency(asset)]
    return "\n".join(lines) + "\n"


def _currency(asset: SettlementAsset) -> list[str]:
    """By issuer for a classic asset, by contract for any other. Somebody else's asset: no claim about its anchor."""
    named = {"issuer": asset.issuer} if asset.issuer else {"contract": asset.contract}
    return [
        f"code = {_quoted(asset.code)}",
        *(f"{name} = {_quoted(value)}" for name, value in named.items()),
        f"display_decimals = {min(asset.decimals, 7)}",
        'status = "live"',
        'desc = "Invoices are financed and repaid in it."',
        "is_asset_anchored = true",
        'anchor_asset_type = "fiat"',
    ]


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in escaped) + '"'
