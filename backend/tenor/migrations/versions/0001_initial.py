"""initial"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("subject", name=op.f("uq_account_subject")),
    )
    op.create_index(op.f("ix_account_address"), "account", ["address"], unique=False)
    op.create_table(
        "allowed_account",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_allowed_account")),
        info={"projection": True},
    )
    op.create_table(
        "announced",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_announced")),
    )
    op.create_table(
        "chain_channel",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chain_channel")),
        sa.UniqueConstraint("address", name=op.f("uq_chain_channel_address")),
    )
    op.create_table(
        "chain_cursor",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Text(collation="C"), nullable=True),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("halted", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chain_cursor")),
    )
    op.create_table(
        "chain_landmark",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("passphrase", sa.String(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chain_landmark")),
    )
    op.create_table(
        "chain_transaction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose_key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), server_default="call", nullable=False),
        sa.Column("road", sa.String(), server_default="own", nullable=False),
        sa.Column("call", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("envelope_xdr", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("fee_stroops", sa.BigInteger(), nullable=True),
        sa.Column("bid_stroops", sa.BigInteger(), nullable=True),
        sa.Column("bump_xdr", sa.String(), nullable=True),
        sa.Column("built_ledger", sa.BigInteger(), nullable=True),
        sa.Column("sent_ledger", sa.BigInteger(), nullable=True),
        sa.Column("preview", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=True),
        sa.Column("result_xdr", sa.String(), nullable=True),
        sa.Column("return_xdr", sa.String(), nullable=True),
        sa.Column("error_code", sa.String(), nullable=True),
        sa.Column("error_sentence", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_transaction")),
        sa.UniqueConstraint("purpose_key", name=op.f("uq_chain_transaction_purpose_key")),
    )
    op.create_index(
        "ix_chain_transaction_due",
        "chain_transaction",
        ["status", "created_at"],
        unique=False,
        postgresql_where=sa.text("status NOT IN ('confirmed', 'failed', 'expired')"),
    )
    op.create_index(op.f("ix_chain_transaction_hash"), "chain_transaction", ["hash"], unique=False)
    op.create_index("ix_chain_transaction_subject", "chain_transaction", ["subject", "purpose"], unique=False)
    op.create_table(
        "change_note",
        sa.Column("operation_id", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_change_note")),
    )
    op.create_table(
        "contact",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_email", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_contact")),
    )
    op.create_table(
        "contract_event",
        sa.Column("id", sa.Text(collation="C"), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("contract", sa.String(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("topics", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_event")),
    )
    op.create_index(op.f("ix_contract_event_ledger"), "contract_event", ["ledger"], unique=False)
    op.create_index(op.f("ix_contract_event_tx_hash"), "contract_event", ["tx_hash"], unique=False)
    op.create_table(
        "debtor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("vat_id", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("sector", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("debtor_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtor")),
        sa.UniqueConstraint("address", name=op.f("uq_debtor_address")),
        sa.UniqueConstraint("debtor_key", name=op.f("uq_debtor_debtor_key")),
        sa.UniqueConstraint("vat_id", name=op.f("uq_debtor_vat_id")),
    )
    op.create_table(
        "deposit",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("payment_key", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("received_after_units", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_deposit")),
        info={"projection": True},
    )
    op.create_index("ix_deposit_invoice", "deposit", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "disbursement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("when_missing", sa.String(), nullable=False),
        sa.Column("reclaim_days", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("total_units", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("waiting", sa.String(), nullable=True),
        sa.Column("creator_address", sa.String(), nullable=False),
        sa.Column("approver_address", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disbursement")),
    )
    op.create_index(op.f("ix_disbursement_status"), "disbursement", ["status"], unique=False)
    op.create_table(
        "disbursement_purse",
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("asset", name=op.f("pk_disbursement_purse")),
    )
    op.create_table(
        "dispute",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason_hash", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("lapses_at", sa.BigInteger(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_dispute")),
        info={"projection": True},
    )
    op.create_index("ix_dispute_invoice", "dispute", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "distribution",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("paid_units", sa.BigInteger(), nullable=False),
        sa.Column("paid_count", sa.BigInteger(), nullable=False),
        sa.Column("deferred_count", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_distribution")),
        info={"projection": True},
    )
    op.create_index("ix_distribution_invoice", "distribution", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "escrow",
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("terms_hash", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("advance_units", sa.BigInteger(), nullable=False),
        sa.Column("claim_units", sa.BigInteger(), nullable=False),
        sa.Column("initial_face_units", sa.BigInteger(), nullable=False),
        sa.Column("funding_deadline_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("accrual", sa.String(), nullable=False),
        sa.Column("min_earned_days", sa.BigInteger(), nullable=False),
        sa.Column("late_bps_per_day", sa.BigInteger(), nullable=False),
        sa.Column("late_days_max", sa.BigInteger(), nullable=False),
        sa.Column("grace_days", sa.BigInteger(), nullable=False),
        sa.Column("origination_fee_bps", sa.BigInteger(), nullable=False),
        sa.Column("profit_fee_bps", sa.BigInteger(), nullable=False),
        sa.Column("min_ticket_units", sa.BigInteger(), nullable=False),
        sa.Column("min_payment_units", sa.BigInteger(), nullable=False),
        sa.Column("recourse", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("treasury", sa.String(), nullable=False),
        sa.Column("net_yield_bps", sa.BigInteger(), nullable=False),
        sa.Column("tenor_days", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attested", sa.Boolean(), nullable=False),
        sa.Column("acknowledged", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=True),
        sa.Column("debtor", sa.String(), nullable=True),
        sa.Column("debtor_key", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("funded_units", sa.BigInteger(), nullable=False),
        sa.Column("refunded_units", sa.BigInteger(), nullable=False),
        sa.Column("funded_at", sa.BigInteger(), nullable=True),
        sa.Column("released_units", sa.BigInteger(), nullable=True),
        sa.Column("origination_fee_units", sa.BigInteger(), nullable=True),
        sa.Column("face_units", sa.BigInteger(), nullable=False),
        sa.Column("received_units", sa.BigInteger(), nullable=False),
        sa.Column("holders_gross_units", sa.BigInteger(), nullable=False),
        sa.Column("fee_taken_units", sa.BigInteger(), nullable=False),
        sa.Column("earned_units", sa.BigInteger(), nullable=False),
        sa.Column("late_units", sa.BigInteger(), nullable=False),
        sa.Column("late_days_charged", sa.BigInteger(), nullable=False),
        sa.Column("checkpoint_at", sa.BigInteger(), nullable=False),
        sa.Column("recourse_paid_units", sa.BigInteger(), nullable=False),
        sa.Column("disputed_seconds", sa.BigInteger(), nullable=False),
        sa.Column("dispute_from", sa.BigInteger(), nullable=False),
        sa.Column("dispute_until", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("defaulted_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_ledger", sa.BigInteger(), nullable=False),
        sa.Column("last_ledger", sa.BigInteger(), nullable=False),
        sa.Column("last_event_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", name=op.f("pk_escrow")),
        sa.UniqueConstraint("token", name=op.f("uq_escrow_token")),
        info={"projection": True},
    )
    op.create_index(op.f("ix_escrow_asset"), "escrow", ["asset"], unique=False)
    op.create_index(op.f("ix_escrow_debtor"), "escrow", ["debtor"], unique=False)
    op.create_index(op.f("ix_escrow_debtor_key"), "escrow", ["debtor_key"], unique=False)
    op.create_index("ix_escrow_market_advance", "escrow", ["advance_units", "chain_id"], unique=False)
    op.create_index("ix_escrow_market_created", "escrow", ["created_at", "chain_id"], unique=False)
    op.create_index("ix_escrow_market_due", "escrow", ["due_at", "chain_id"], unique=False)
    op.create_index("ix_escrow_market_yield", "escrow", ["net_yield_bps", "chain_id"], unique=False)
    op.create_index(op.f("ix_escrow_seller"), "escrow", ["seller"], unique=False)
    op.create_index(op.f("ix_escrow_status"), "escrow", ["status"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("scan_verdict", sa.String(), nullable=False),
        sa.Column("sealed_cid", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("account_id", "sha256", name=op.f("uq_evidence_account_id_sha256")),
    )
    op.create_table(
        "face_reduction",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("reduction_units", sa.BigInteger(), nullable=False),
        sa.Column("face_after_units", sa.BigInteger(), nullable=False),
        sa.Column("shortfall_units", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_face_reduction")),
        info={"projection": True},
    )
    op.create_index("ix_face_reduction_invoice", "face_reduction", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "fee_line",
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("stroops", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tx_hash", name=op.f("pk_fee_line")),
    )
    op.create_index(op.f("ix_fee_line_payer"), "fee_line", ["payer"], unique=False)
    op.create_table(
        "funding",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("investor", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("shares", sa.BigInteger(), nullable=False),
        sa.Column("funded_after_units", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_funding")),
        info={"projection": True},
    )
    op.create_index("ix_funding_investor", "funding", ["investor", "chain_id"], unique=False)
    op.create_index("ix_funding_invoice", "funding", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "holding",
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("shares", sa.BigInteger(), nullable=False),
        sa.Column("index_scaled", sa.Numeric(precision=39, scale=0), nullable=False),
        sa.Column("accrued_scaled", sa.Numeric(precision=39, scale=0), nullable=False),
        sa.Column("last_event_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "holder", name=op.f("pk_holding")),
        info={"projection": True},
    )
    op.create_index("ix_holding_holder", "holding", ["holder", "chain_id"], unique=False)
    op.create_table(
        "idempotency_record",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_idempotency_record")),
    )
    op.create_index(op.f("ix_idempotency_record_created_at"), "idempotency_record", ["created_at"], unique=False)
    op.create_table(
        "journal_line",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "line", name=op.f("pk_journal_line")),
        info={"projection": True},
    )
    op.create_index("ix_journal_line_account", "journal_line", ["account", "asset", "event_id"], unique=False)
    op.create_table(
        "muted_topic",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "topic", name=op.f("pk_muted_topic")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_account", "notice", ["account_id", "id"], unique=False)
    op.create_index("uq_notice_account_id_key", "notice", ["account_id", "key"], unique=True)
    op.create_table(
        "owed",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.Column("paid_event_id", sa.String(), nullable=True),
        sa.Column("paid_ledger", sa.BigInteger(), nullable=True),
        sa.Column("paid_closed_at", sa.BigInteger(), nullable=True),
        sa.Column("paid_tx_hash", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_owed")),
        info={"projection": True},
    )
    op.create_index("ix_owed_invoice", "owed", ["chain_id", "event_id"], unique=False)
    op.create_index("ix_owed_owner", "owed", ["owner", "asset", "event_id"], unique=False)
    op.create_index("ix_owed_tx", "owed", ["tx_hash"], unique=False)
    op.create_table(
        "payment",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("amount_units", sa.BigInteger(), nullable=False),
        sa.Column("holders_units", sa.BigInteger(), nullable=False),
        sa.Column("fee_units", sa.BigInteger(), nullable=False),
        sa.Column("seller_units", sa.BigInteger(), nullable=False),
        sa.Column("is_recourse", sa.Boolean(), nullable=False),
        sa.Column("received_after_units", sa.BigInteger(), nullable=False),
        sa.Column("holders_gross_after_units", sa.BigInteger(), nullable=False),
        sa.Column("fee_after_units", sa.BigInteger(), nullable=False),
        sa.Column("claim_units", sa.BigInteger(), nullable=False),
        sa.Column("status_after", sa.String(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_payment")),
        sa.UniqueConstraint("chain_id", "payer", "payment_id", name=op.f("uq_payment_chain_id_payer_payment_id")),
        info={"projection": True},
    )
    op.create_index("ix_payment_invoice", "payment", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "payout",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=True),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_payout")),
        info={"projection": True},
    )
    op.create_index("ix_payout_holder", "payout", ["holder", "chain_id"], unique=False)
    op.create_index("ix_payout_invoice", "payout", ["chain_id", "event_id"], unique=False)
    op.create_index("ix_payout_tx", "payout", ["tx_hash", "event_id"], unique=False)
    op.create_table(
        "push",
        sa.Column("deposit_event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("attempt", sa.BigInteger(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("deposit_event_id", name=op.f("pk_push")),
    )
    op.create_index(op.f("ix_push_chain_id"), "push", ["chain_id"], unique=False)
    op.create_table(
        "push_page",
        sa.Column("purpose_key", sa.String(), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("deposit_event_id", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holders", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("deferred", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("purpose_key", name=op.f("pk_push_page")),
    )
    op.create_index("ix_push_page_invoice", "push_page", ["chain_id", "ordered_at"], unique=False)
    op.create_table(
        "rate_card",
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_account_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_rate_card")),
    )
    op.create_index(op.f("ix_rate_card_valid_from"), "rate_card", ["valid_from"], unique=False)
    op.create_table(
        "reconciliation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("compared", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
    )
    op.create_table(
        "refund",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_refund")),
        info={"projection": True},
    )
    op.create_index("ix_refund_holder", "refund", ["holder", "chain_id"], unique=False)
    op.create_index("ix_refund_invoice", "refund", ["chain_id", "event_id"], unique=False)
    op.create_table(
        "release",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("seller_units", sa.BigInteger(), nullable=False),
        sa.Column("fee_units", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_release")),
        sa.UniqueConstraint("chain_id", name=op.f("uq_release_chain_id")),
        info={"projection": True},
    )
    op.create_table(
        "ruling",
        sa.Column("dispute_event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("reduction_units", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("dispute_event_id", name=op.f("pk_ruling")),
    )
    op.create_table(
        "scheduled_change",
        sa.Column("operation_id", sa.String(), nullable=False),
        sa.Column("operation", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("lapses_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_scheduled_change")),
        info={"projection": True},
    )
    op.create_table(
        "share_move",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=True),
        sa.Column("taker", sa.String(), nullable=True),
        sa.Column("shares", sa.BigInteger(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_share_move")),
        info={"projection": True},
    )
    op.create_index("ix_share_move_giver", "share_move", ["giver", "chain_id"], unique=False)
    op.create_index("ix_share_move_invoice", "share_move", ["chain_id", "event_id"], unique=False)
    op.create_index("ix_share_move_taker", "share_move", ["taker", "chain_id"], unique=False)
    op.create_table(
        "share_offer",
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("shares", sa.BigInteger(), nullable=False),
        sa.Column("left_shares", sa.BigInteger(), nullable=False),
        sa.Column("price_units", sa.BigInteger(), nullable=False),
        sa.Column("rate_ppm", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("buyer", sa.String(), nullable=True),
        sa.Column("index_scaled", sa.Numeric(precision=39, scale=0), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("offer_id", name=op.f("pk_share_offer")),
        sa.UniqueConstraint("event_id", name=op.f("uq_share_offer_event_id")),
        info={"projection": True},
    )
    op.create_index("ix_share_offer_cheapest", "share_offer", ["status", "rate_ppm", "event_id"], unique=False)
    op.create_index("ix_share_offer_invoice", "share_offer", ["chain_id", "event_id"], unique=False)
    op.create_index("ix_share_offer_newest", "share_offer", ["status", "event_id"], unique=False)
    op.create_index("ix_share_offer_seller", "share_offer", ["seller", "event_id"], unique=False)
    op.create_table(
        "share_sale",
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("seller", sa.String(), nullable=False),
        sa.Column("buyer", sa.String(), nullable=False),
        sa.Column("shares", sa.BigInteger(), nullable=False),
        sa.Column("paid_units", sa.BigInteger(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_share_sale")),
        info={"projection": True},
    )
    op.create_index("ix_share_sale_buyer", "share_sale", ["buyer", "chain_id"], unique=False)
    op.create_index("ix_share_sale_offer", "share_sale", ["offer_id", "event_id"], unique=False)
    op.create_index("ix_share_sale_seller", "share_sale", ["seller", "chain_id"], unique=False)
    op.create_table(
        "share_token",
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("supply_units", sa.BigInteger(), nullable=False),
        sa.Column("index_scaled", sa.Numeric(precision=39, scale=0), nullable=False),
        sa.Column("remainder_scaled", sa.Numeric(precision=39, scale=0), nullable=False),
        sa.Column("unlocked", sa.Boolean(), nullable=False),
        sa.Column("received_units", sa.BigInteger(), nullable=False),
        sa.Column("paid_units", sa.BigInteger(), nullable=False),
        sa.Column("last_event_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", name=op.f("pk_share_token")),
        sa.UniqueConstraint("token", name=op.f("uq_share_token_token")),
        info={"projection": True},
    )
    op.create_table(
        "spent_challenge",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_spent_challenge")),
    )
    op.create_index(op.f("ix_spent_challenge_valid_until"), "spent_challenge", ["valid_until"], unique=False)
    op.create_table(
        "stream",
        sa.Column("stream_id", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=True),
        sa.Column("chain_id", sa.String(), nullable=True),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("deposited_units", sa.BigInteger(), nullable=False),
        sa.Column("paid_units", sa.BigInteger(), nullable=False),
        sa.Column("returned_units", sa.BigInteger(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("ran_seconds", sa.BigInteger(), nullable=False),
        sa.Column("since_at", sa.BigInteger(), nullable=False),
        sa.Column("last_settled_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("event_id", sa.Text(collation="C"), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("stream_id", name=op.f("pk_stream")),
        sa.UniqueConstraint("event_id", name=op.f("uq_stream_event_id")),
        info={"projection": True},
    )
    op.create_index("ix_stream_invoice", "stream", ["chain_id", "event_id"], unique=False)
    op.create_index("ix_stream_payer", "stream", ["payer", "event_id"], unique=False)
    op.create_index("ix_stream_recipient", "stream", ["recipient", "event_id"], unique=False)
    op.create_index("ix_stream_status", "stream", ["status", "event_id"], unique=False)
    op.create_table(
        "stream_owed",
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("ledger", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("tx_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "asset", name=op.f("pk_stream_owed")),
        info={"projection": True},
    )
    op.create_table(
        "chain_envelope",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("envelope_xdr", sa.String(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["chain_transaction.id"], name=op.f("fk_chain_envelope_transaction_id")
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_chain_envelope")),
    )
    op.create_index(op.f("ix_chain_envelope_transaction_id"), "chain_envelope", ["transaction_id"], unique=False)
    op.create_table(
        "chain_source_lease",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transaction_id"], ["chain_transaction.id"], name=op.f("fk_chain_source_lease_transaction_id")
        ),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_chain_source_lease")),
        sa.UniqueConstraint("transaction_id", name=op.f("uq_chain_source_lease_transaction_id")),
    )
    op.create_table(
        "debtor_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("debtor_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_debtor_change_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtor_change")),
    )
    op.create_index(op.f("ix_debtor_change_debtor_id"), "debtor_change", ["debtor_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_delivery_notice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(
        "ix_delivery_due", "delivery", ["next_at"], unique=False, postgresql_where=sa.text("status = 'due'")
    )
    op.create_index("uq_delivery_notice_id_channel", "delivery", ["notice_id", "channel"], unique=True)
    op.create_table(
        "disbursement_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disbursement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("payee", sa.String(), nullable=False),
        sa.Column("memo_kind", sa.String(), nullable=False),
        sa.Column("memo_value", sa.String(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("way", sa.String(), nullable=True),
        sa.Column("pack_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("ledger", sa.BigInteger(), nullable=True),
        sa.Column("balance_id", sa.String(), nullable=True),
        sa.Column("reclaim_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["disbursement_id"], ["disbursement.id"], name=op.f("fk_disbursement_line_disbursement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disbursement_line")),
        sa.UniqueConstraint("disbursement_id", "number", name=op.f("uq_disbursement_line_disbursement_id_number")),
    )
    op.create_index(
        "ix_disbursement_line_due", "disbursement_line", ["disbursement_id", "status", "number"], unique=False
    )
    op.create_index(op.f("ix_disbursement_line_pack_id"), "disbursement_line", ["pack_id"], unique=False)
    op.create_index(
        "ix_disbursement_line_sending",
        "disbursement_line",
        ["status"],
        unique=False,
        postgresql_where=sa.text("status IN ('sending', 'held')"),
    )
    op.create_index(
        "uq_disbursement_line_external_id",
        "disbursement_line",
        ["external_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'cancelled'"),
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seller_account_id", sa.Uuid(), nullable=False),
        sa.Column("seller_address", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_kind", sa.String(), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("file_size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("scan_verdict", sa.String(), nullable=False),
        sa.Column("scan_detail", sa.String(), nullable=False),
        sa.Column("sealed_cid", sa.String(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("reading", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("refusal_code", sa.String(), nullable=True),
        sa.Column("refusal_sentence", sa.String(), nullable=True),
        sa.Column("confirmed", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("debtor_id", sa.Uuid(), nullable=True),
        sa.Column("face_asset", sa.String(), nullable=True),
        sa.Column("face_units", sa.BigInteger(), nullable=True),
        sa.Column("invoice_due_at", sa.BigInteger(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=True),
        sa.Column("quote_id", sa.Uuid(), nullable=True),
        sa.Column("document_root", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("debtor_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chain_id", sa.String(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_invoice_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("chain_id", name=op.f("uq_invoice_chain_id")),
    )
    op.create_index(
        "ix_invoice_confirmed",
        "invoice",
        ["confirmed"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"confirmed": "jsonb_path_ops"},
    )
    op.create_index(op.f("ix_invoice_debtor_id"), "invoice", ["debtor_id"], unique=False)
    op.create_index(
        "ix_invoice_due_for_reading", "invoice", ["id"], unique=False, postgresql_where=sa.text("status = 'received'")
    )
    op.create_index(op.f("ix_invoice_file_sha256"), "invoice", ["file_sha256"], unique=False)
    op.create_index(op.f("ix_invoice_seller_account_id"), "invoice", ["seller_account_id"], unique=False)
    op.create_index("ix_invoice_seller_page", "invoice", ["seller_account_id", "id"], unique=False)
    op.create_index(op.f("ix_invoice_status"), "invoice", ["status"], unique=False)
    op.create_index(
        "uq_invoice_file_live",
        "invoice",
        ["seller_account_id", "file_sha256"],
        unique=True,
        postgresql_where=sa.text("status <> 'withdrawn'"),
    )
    op.create_index(
        "uq_invoice_fingerprint_live",
        "invoice",
        ["fingerprint"],
        unique=True,
        postgresql_where=sa.text("fingerprint IS NOT NULL AND status <> 'withdrawn'"),
    )
    op.create_table(
        "kyc_submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("roles", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("sealed_details", sa.LargeBinary(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_kyc_submission_account_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_kyc_submission_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kyc_submission")),
    )
    op.create_index(op.f("ix_kyc_submission_account_id"), "kyc_submission", ["account_id"], unique=False)
    op.create_index("ix_kyc_submission_status", "kyc_submission", ["status", "id"], unique=False)
    op.create_index(
        "uq_kyc_submission_open",
        "kyc_submission",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('submitted', 'approved')"),
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("refreshed_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
    )
    op.create_index(op.f("ix_login_session_account_id"), "login_session", ["account_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("reason_hash", sa.String(), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_objection_evidence_id")),
        sa.PrimaryKeyConstraint("reason_hash", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_chain_id"), "objection", ["chain_id"], unique=False)
    op.create_index(op.f("ix_objection_evidence_id"), "objection", ["evidence_id"], unique=False)
    op.create_table(
        "payment_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chain_id", sa.String(), nullable=False),
        sa.Column("amount_units", sa.BigInteger(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("payment_id", sa.String(), nullable=False),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("proposer_id", sa.Uuid(), nullable=False),
        sa.Column("proposer_address", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approver_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "approver_id IS NULL OR approver_id <> proposer_id", name=op.f("ck_payment_record_four_eyes")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_payment_record_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_record")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_payment_record_payment_id")),
    )
    op.create_index(op.f("ix_payment_record_chain_id"), "payment_record", ["chain_id"], unique=False)
    op.create_index(op.f("ix_payment_record_evidence_id"), "payment_record", ["evidence_id"], unique=False)
    op.create_index("ix_payment_record_page", "payment_record", ["status", "id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("granted_by", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["account.id"], name=op.f("fk_role_grant_granted_by")),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_role_grant")),
    )
    op.create_table(
        "document_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_document_view_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_view")),
    )
    op.create_index(op.f("ix_document_view_invoice_id"), "document_view", ["invoice_id"], unique=False)
    op.create_table(
        "invoice_correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_correction_invoice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_correction")),
    )
    op.create_index(op.f("ix_invoice_correction_invoice_id"), "invoice_correction", ["invoice_id"], unique=False)
    op.create_table(
        "invoice_look",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("look", sa.LargeBinary(), nullable=False),
        sa.Column("is_legible", sa.Boolean(), nullable=False),
        sa.Column("bands", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_look_invoice_id")),
        sa.PrimaryKeyConstraint("invoice_id", name=op.f("pk_invoice_look")),
    )
    op.create_index("ix_invoice_look_bands", "invoice_look", ["bands"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_invoice_look_illegible",
        "invoice_look",
        ["bands"],
        unique=False,
        postgresql_using="gin",
        postgresql_where=sa.text("NOT is_legible"),
    )
    op.create_table(
        "invoice_sketch",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("bands", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_sketch_invoice_id")),
        sa.PrimaryKeyConstraint("invoice_id", name=op.f("pk_invoice_sketch")),
    )
    op.create_index("ix_invoice_sketch_bands", "invoice_sketch", ["bands"], unique=False, postgresql_using="gin")
    op.create_table(
        "quote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("rate_card_version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("factors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("face_units", sa.BigInteger(), nullable=False),
        sa.Column("advance_units", sa.BigInteger(), nullable=False),
        sa.Column("claim_units", sa.BigInteger(), nullable=False),
        sa.Column("origination_fee_units", sa.BigInteger(), nullable=False),
        sa.Column("payout_units", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_quote_invoice_id")),
        sa.ForeignKeyConstraint(["rate_card_version"], ["rate_card.version"], name=op.f("fk_quote_rate_card_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_invoice_id"), "quote", ["invoice_id"], unique=False)
    op.create_table(
        "refresh_token",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["login_session.id"], name=op.f("fk_refresh_token_session_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_refresh_token")),
    )
    op.create_index(op.f("ix_refresh_token_session_id"), "refresh_token", ["session_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_refresh_token_session_id"), table_name="refresh_token")
    op.drop_table("refresh_token")
    op.drop_index(op.f("ix_quote_invoice_id"), table_name="quote")
    op.drop_table("quote")
    op.drop_index("ix_invoice_sketch_bands", table_name="invoice_sketch", postgresql_using="gin")
    op.drop_table("invoice_sketch")
    op.drop_index(
        "ix_invoice_look_illegible",
        table_name="invoice_look",
        postgresql_using="gin",
        postgresql_where=sa.text("NOT is_legible"),
    )
    op.drop_index("ix_invoice_look_bands", table_name="invoice_look", postgresql_using="gin")
    op.drop_table("invoice_look")
    op.drop_index(op.f("ix_invoice_correction_invoice_id"), table_name="invoice_correction")
    op.drop_table("invoice_correction")
    op.drop_index(op.f("ix_document_view_invoice_id"), table_name="document_view")
    op.drop_table("document_view")
    op.drop_table("role_grant")
    op.drop_index("ix_payment_record_page", table_name="payment_record")
    op.drop_index(op.f("ix_payment_record_evidence_id"), table_name="payment_record")
    op.drop_index(op.f("ix_payment_record_chain_id"), table_name="payment_record")
    op.drop_table("payment_record")
    op.drop_index(op.f("ix_objection_evidence_id"), table_name="objection")
    op.drop_index(op.f("ix_objection_chain_id"), table_name="objection")
    op.drop_table("objection")
    op.drop_index(op.f("ix_login_session_account_id"), table_name="login_session")
    op.drop_table("login_session")
    op.drop_index(
        "uq_kyc_submission_open",
        table_name="kyc_submission",
        postgresql_where=sa.text("status IN ('submitted', 'approved')"),
    )
    op.drop_index("ix_kyc_submission_status", table_name="kyc_submission")
    op.drop_index(op.f("ix_kyc_submission_account_id"), table_name="kyc_submission")
    op.drop_table("kyc_submission")
    op.drop_index(
        "uq_invoice_fingerprint_live",
        table_name="invoice",
        postgresql_where=sa.text("fingerprint IS NOT NULL AND status <> 'withdrawn'"),
    )
    op.drop_index("uq_invoice_file_live", table_name="invoice", postgresql_where=sa.text("status <> 'withdrawn'"))
    op.drop_index(op.f("ix_invoice_status"), table_name="invoice")
    op.drop_index("ix_invoice_seller_page", table_name="invoice")
    op.drop_index(op.f("ix_invoice_seller_account_id"), table_name="invoice")
    op.drop_index(op.f("ix_invoice_file_sha256"), table_name="invoice")
    op.drop_index("ix_invoice_due_for_reading", table_name="invoice", postgresql_where=sa.text("status = 'received'"))
    op.drop_index(op.f("ix_invoice_debtor_id"), table_name="invoice")
    op.drop_index(
        "ix_invoice_confirmed",
        table_name="invoice",
        postgresql_using="gin",
        postgresql_ops={"confirmed": "jsonb_path_ops"},
    )
    op.drop_table("invoice")
    op.drop_index(
        "uq_disbursement_line_external_id",
        table_name="disbursement_line",
        postgresql_where=sa.text("status <> 'cancelled'"),
    )
    op.drop_index(
        "ix_disbursement_line_sending",
        table_name="disbursement_line",
        postgresql_where=sa.text("status IN ('sending', 'held')"),
    )
    op.drop_index(op.f("ix_disbursement_line_pack_id"), table_name="disbursement_line")
    op.drop_index("ix_disbursement_line_due", table_name="disbursement_line")
    op.drop_table("disbursement_line")
    op.drop_index("uq_delivery_notice_id_channel", table_name="delivery")
    op.drop_index("ix_delivery_due", table_name="delivery", postgresql_where=sa.text("status = 'due'"))
    op.drop_table("delivery")
    op.drop_index(op.f("ix_debtor_change_debtor_id"), table_name="debtor_change")
    op.drop_table("debtor_change")
    op.drop_table("chain_source_lease")
    op.drop_index(op.f("ix_chain_envelope_transaction_id"), table_name="chain_envelope")
    op.drop_table("chain_envelope")
    op.drop_table("stream_owed")
    op.drop_index("ix_stream_status", table_name="stream")
    op.drop_index("ix_stream_recipient", table_name="stream")
    op.drop_index("ix_stream_payer", table_name="stream")
    op.drop_index("ix_stream_invoice", table_name="stream")
    op.drop_table("stream")
    op.drop_index(op.f("ix_spent_challenge_valid_until"), table_name="spent_challenge")
    op.drop_table("spent_challenge")
    op.drop_table("share_token")
    op.drop_index("ix_share_sale_seller", table_name="share_sale")
    op.drop_index("ix_share_sale_offer", table_name="share_sale")
    op.drop_index("ix_share_sale_buyer", table_name="share_sale")
    op.drop_table("share_sale")
    op.drop_index("ix_share_offer_seller", table_name="share_offer")
    op.drop_index("ix_share_offer_newest", table_name="share_offer")
    op.drop_index("ix_share_offer_invoice", table_name="share_offer")
    op.drop_index("ix_share_offer_cheapest", table_name="share_offer")
    op.drop_table("share_offer")
    op.drop_index("ix_share_move_taker", table_name="share_move")
    op.drop_index("ix_share_move_invoice", table_name="share_move")
    op.drop_index("ix_share_move_giver", table_name="share_move")
    op.drop_table("share_move")
    op.drop_table("scheduled_change")
    op.drop_table("ruling")
    op.drop_table("release")
    op.drop_index("ix_refund_invoice", table_name="refund")
    op.drop_index("ix_refund_holder", table_name="refund")
    op.drop_table("refund")
    op.drop_table("reconciliation")
    op.drop_index(op.f("ix_rate_card_valid_from"), table_name="rate_card")
    op.drop_table("rate_card")
    op.drop_index("ix_push_page_invoice", table_name="push_page")
    op.drop_table("push_page")
    op.drop_index(op.f("ix_push_chain_id"), table_name="push")
    op.drop_table("push")
    op.drop_index("ix_payout_tx", table_name="payout")
    op.drop_index("ix_payout_invoice", table_name="payout")
    op.drop_index("ix_payout_holder", table_name="payout")
    op.drop_table("payout")
    op.drop_index("ix_payment_invoice", table_name="payment")
    op.drop_table("payment")
    op.drop_index("ix_owed_tx", table_name="owed")
    op.drop_index("ix_owed_owner", table_name="owed")
    op.drop_index("ix_owed_invoice", table_name="owed")
    op.drop_table("owed")
    op.drop_index("uq_notice_account_id_key", table_name="notice")
    op.drop_index("ix_notice_account", table_name="notice")
    op.drop_table("notice")
    op.drop_table("muted_topic")
    op.drop_index("ix_journal_line_account", table_name="journal_line")
    op.drop_table("journal_line")
    op.drop_index(op.f("ix_idempotency_record_created_at"), table_name="idempotency_record")
    op.drop_table("idempotency_record")
    op.drop_index("ix_holding_holder", table_name="holding")
    op.drop_table("holding")
    op.drop_index("ix_funding_invoice", table_name="funding")
    op.drop_index("ix_funding_investor", table_name="funding")
    op.drop_table("funding")
    op.drop_index(op.f("ix_fee_line_payer"), table_name="fee_line")
    op.drop_table("fee_line")
    op.drop_index("ix_face_reduction_invoice", table_name="face_reduction")
    op.drop_table("face_reduction")
    op.drop_table("evidence")
    op.drop_index(op.f("ix_escrow_status"), table_name="escrow")
    op.drop_index(op.f("ix_escrow_seller"), table_name="escrow")
    op.drop_index("ix_escrow_market_yield", table_name="escrow")
    op.drop_index("ix_escrow_market_due", table_name="escrow")
    op.drop_index("ix_escrow_market_created", table_name="escrow")
    op.drop_index("ix_escrow_market_advance", table_name="escrow")
    op.drop_index(op.f("ix_escrow_debtor_key"), table_name="escrow")
    op.drop_index(op.f("ix_escrow_debtor"), table_name="escrow")
    op.drop_index(op.f("ix_escrow_asset"), table_name="escrow")
    op.drop_table("escrow")
    op.drop_index("ix_distribution_invoice", table_name="distribution")
    op.drop_table("distribution")
    op.drop_index("ix_dispute_invoice", table_name="dispute")
    op.drop_table("dispute")
    op.drop_table("disbursement_purse")
    op.drop_index(op.f("ix_disbursement_status"), table_name="disbursement")
    op.drop_table("disbursement")
    op.drop_index("ix_deposit_invoice", table_name="deposit")
    op.drop_table("deposit")
    op.drop_table("debtor")
    op.drop_index(op.f("ix_contract_event_tx_hash"), table_name="contract_event")
    op.drop_index(op.f("ix_contract_event_ledger"), table_name="contract_event")
    op.drop_table("contract_event")
    op.drop_table("contact")
    op.drop_table("change_note")
    op.drop_index("ix_chain_transaction_subject", table_name="chain_transaction")
    op.drop_index(op.f("ix_chain_transaction_hash"), table_name="chain_transaction")
    op.drop_index(
        "ix_chain_transaction_due",
        table_name="chain_transaction",
        postgresql_where=sa.text("status NOT IN ('confirmed', 'failed', 'expired')"),
    )
    op.drop_table("chain_transaction")
    op.drop_table("chain_landmark")
    op.drop_table("chain_cursor")
    op.drop_table("chain_channel")
    op.drop_table("announced")
    op.drop_table("allowed_account")
    op.drop_index(op.f("ix_account_address"), table_name="account")
    op.drop_table("account")
