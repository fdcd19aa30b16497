"""Fee rates from the network's own settings, so that none is written down here (P31). Asks nobody itself."""

from collections.abc import Sequence

from stellar_sdk import xdr

from tenor.ledger.assembly import FeeRates
from tenor.ledger.errors import LedgerUnavailable

INCLUSION_LEAST_STROOPS = 100
INCLUSION_MOST_STROOPS = 100_000
"""We never bid more than this for a place in a ledger, whatever others bid (P17)."""

_IDS = (
    xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_COMPUTE_V0,
    xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_LEDGER_COST_V0,
    xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_LEDGER_COST_EXT_V0,
    xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_HISTORICAL_DATA_V0,
    xdr.ConfigSettingID.CONFIG_SETTING_CONTRACT_BANDWIDTH_V0,
)
SETTING_KEYS = [
    xdr.LedgerKey(
        type=xdr.LedgerEntryType.CONFIG_SETTING, config_setting=xdr.LedgerKeyConfigSetting(config_setting_id=i)
    )
    for i in _IDS
]


def rates_from(settings: Sequence[xdr.LedgerEntryData | None], *, p95_inclusion: int) -> FeeRates:
    """From the entries of `SETTING_KEYS`, in their order."""
    found = [entry.config_setting for entry in settings if entry is not None and entry.config_setting is not None]
    if len(found) != len(_IDS):
        raise LedgerUnavailable("The node does not hand out the network's fee settings.")
    compute, cost, extended, history, bandwidth = found
    assert compute.contract_compute is not None
    assert cost.contract_ledger_cost is not None
    assert extended.contract_ledger_cost_ext is not None
    assert history.contract_historical_data is not None
    assert bandwidth.contract_bandwidth is not None
    reads = cost.contract_ledger_cost
    return FeeRates(
        inclusion=min(max(p95_inclusion, INCLUSION_LEAST_STROOPS), INCLUSION_MOST_STROOPS),
        per_10k_instructions=compute.contract_compute.fee_rate_per_instructions_increment.int64,
        per_disk_read_entry=reads.fee_disk_read_ledger_entry.int64,
        per_disk_read_1kb=reads.fee_disk_read1_kb.int64,
        per_write_entry=reads.fee_write_ledger_entry.int64,
        per_write_1kb=extended.contract_ledger_cost_ext.fee_write1_kb.int64,
        per_history_1kb=history.contract_historical_data.fee_historical1_kb.int64,
        per_size_1kb=bandwidth.contract_bandwidth.fee_tx_size1_kb.int64,
    )
