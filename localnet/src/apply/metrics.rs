//! What the network measures of a contract call, told as diagnostic events after the host's own. Nobody pays by them.

use stellar_xdr::*;

use crate::codec;
use crate::events;
use crate::host::invoke::Spent;

/// Counts, and sizes in bytes of XDR. Reads are those that go to the disk: classic and restored entries.
#[derive(Default)]
pub struct Metrics {
    read_entry: u64,
    read_key: u64,
    read_data: u64,
    read_code: u64,
    write_entry: u64,
    write_data: u64,
    write_code: u64,
    emit_event: u64,
    emit_event_bytes: u64,
    max_key: u64,
    max_data: u64,
    max_code: u64,
    max_event: u64,
}

impl Metrics {
    pub fn read(&mut self, key: &LedgerKey, bytes: u64) {
        let key_bytes = codec::xdr(key).len() as u64;
        self.read_entry += 1;
        self.read_key += key_bytes;
        *if is_code(key) { &mut self.read_code } else { &mut self.read_data } += bytes;
        self.widest(key, key_bytes, bytes);
    }

    pub fn write(&mut self, key: &LedgerKey, bytes: u64) {
        let key_bytes = codec::xdr(key).len() as u64;
        self.write_entry += 1;
        *if is_code(key) { &mut self.write_code } else { &mut self.write_data } += bytes;
        self.widest(key, key_bytes, bytes);
    }

    pub fn emit(&mut self, bytes: u64) {
        self.emit_event += 1;
        self.emit_event_bytes += bytes;
        self.max_event = self.max_event.max(bytes);
    }

    fn widest(&mut self, key: &LedgerKey, key_bytes: u64, bytes: u64) {
        self.max_key = self.max_key.max(key_bytes);
        let max = if is_code(key) { &mut self.max_code } else { &mut self.max_data };
        *max = (*max).max(bytes);
    }

    /// Always the same nineteen, in the network's order.
    pub fn told(&self, spent: Spent, success: bool) -> impl Iterator<Item = DiagnosticEvent> {
        [
            ("read_entry", self.read_entry),
            ("write_entry", self.write_entry),
            ("ledger_read_byte", self.read_data + self.read_code),
            ("ledger_write_byte", self.write_data + self.write_code),
            ("read_key_byte", self.read_key),
            // The network counts no keys of what is written.
            ("write_key_byte", 0),
            ("read_data_byte", self.read_data),
            ("write_data_byte", self.write_data),
            ("read_code_byte", self.read_code),
            ("write_code_byte", self.write_code),
            ("emit_event", self.emit_event),
            ("emit_event_byte", self.emit_event_bytes),
            ("cpu_insn", spent.instructions),
            ("mem_byte", spent.memory_bytes),
            ("invoke_time_nsecs", spent.nanoseconds),
            ("max_rw_key_byte", self.max_key),
            ("max_rw_data_byte", self.max_data),
            ("max_rw_code_byte", self.max_code),
            ("max_emit_event_byte", self.max_event),
        ]
        .into_iter()
        .map(move |(name, value)| events::metric(name, value, success))
    }
}

fn is_code(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractCode(_))
}
