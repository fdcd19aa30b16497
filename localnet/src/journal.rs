//! The append-only log behind `--data`: one record per closed ledger, on disk before anybody is told about it.
//! A record that a crash cut short is dropped at start. It never holds half a ledger.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::codec;

const FILE: &str = "ledger.log";
const NEXT: &str = "ledger.log.next";
const MIN_BLOATED_BYTES: u64 = 256 << 20;
const CHECK_BYTES: usize = 8;

#[derive(Debug, PartialEq, Eq)]
pub enum Record {
    /// Which network this is, as text; always first.
    Network(String),
    /// XDR of a LedgerCloseMeta.
    Ledger(Vec<u8>),
    /// XDR of LedgerEntryChanges made by the control path, outside of any ledger.
    Changes(Vec<u8>),
    /// Offset of the ledger clock in seconds.
    Clock(i64),
    /// XDR of a LedgerCloseMeta whose changes are in the state that follows.
    Past(Vec<u8>),
    /// XDR of LedgerEntryChanges that make up the whole state after the ledgers before it.
    State(Vec<u8>),
}

pub struct Journal {
    dir: PathBuf,
    file: File,
    bytes: u64,
    /// Size at which the log is written anew.
    bloated_at: u64,
    is_dirty: bool,
}

impl Journal {
    /// Opens the log of a directory and reads back what is whole in it.
    pub fn open(dir: &Path) -> io::Result<(Journal, Vec<Record>)> {
        fs::create_dir_all(dir)?;
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(dir.join(FILE))?;
        lock(&file)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (records, whole) = parse(&bytes);
        file.set_len(whole as u64)?;
        let bytes = whole as u64;
        let bloated_at = MIN_BLOATED_BYTES.max(2 * bytes);
        Ok((Journal { dir: dir.to_path_buf(), file, bytes, bloated_at, is_dirty: false }, records))
    }

    pub fn append(&mut self, record: &Record) -> io::Result<()> {
        let bytes = encode(record);
        self.bytes += bytes.len() as u64;
        self.is_dirty = true;
        self.file.write_all(&bytes)
    }

    /// True when something written may not be on disk yet.
    pub fn is_dirty(&self) -> bool {
        self.is_dirty
    }

    /// Waits until everything written is on disk.
    pub fn sync(&mut self) -> io::Result<()> {
        if self.is_dirty {
            self.file.sync_data()?;
            self.is_dirty = false;
        }
        Ok(())
    }

    /// True when the log is twice as long as after it was last written anew.
    pub fn is_bloated(&self) -> bool {
        self.bytes > self.bloated_at
    }

    /// Puts these records in place of the log; the exchange is one rename.
    pub fn replace(self, records: &[Record]) -> io::Result<Journal> {
        let next = self.dir.join(NEXT);
        let mut file = File::create(&next)?;
        for record in records {
            file.write_all(&encode(record))?;
        }
        file.sync_all()?;
        Ok(self.take_next()?.0)
    }

    fn take_next(self) -> io::Result<(Journal, Vec<Record>)> {
        fs::rename(self.dir.join(NEXT), self.dir.join(FILE))?;
        File::open(&self.dir)?.sync_all()?;
        let dir = self.dir.clone();
        drop(self);
        Journal::open(&dir)
    }

    pub fn keep(&self, name: &str) -> io::Result<()> {
        let kept = self.kept(name);
        fs::create_dir_all(kept.parent().unwrap_or(&self.dir))?;
        fs::copy(self.dir.join(FILE), kept).map(|_| ())
    }

    /// Puts a kept log in place of the present one; the exchange is one rename.
    pub fn go_back(self, name: &str) -> io::Result<(Journal, Vec<Record>)> {
        let next = self.dir.join(NEXT);
        fs::copy(self.kept(name), &next)?;
        File::open(&next)?.sync_all()?;
        self.take_next()
    }

    pub fn has_kept(&self, name: &str) -> bool {
        self.kept(name).exists()
    }

    fn kept(&self, name: &str) -> PathBuf {
        self.dir.join("snapshots").join(format!("{name}.log"))
    }
}

/// Records as the bytes of one file.
pub fn write(records: &[Record]) -> Vec<u8> {
    records.iter().flat_map(encode).collect()
}

/// The records of a file that holds nothing else; `None` when it is cut short or altered.
pub fn read_whole(bytes: &[u8]) -> Option<Vec<Record>> {
    let (records, whole) = parse(bytes);
    (whole == bytes.len() && !records.is_empty()).then_some(records)
}

fn lock(file: &File) -> io::Result<()> {
    file.try_lock().map_err(|_| io::Error::other("another process uses this data directory"))
}

fn encode(record: &Record) -> Vec<u8> {
    let (tag, payload): (u8, Vec<u8>) = match record {
        Record::Network(text) => (0, text.clone().into_bytes()),
        Record::Ledger(bytes) => (1, bytes.clone()),
        Record::Changes(bytes) => (2, bytes.clone()),
        Record::Clock(offset) => (3, offset.to_be_bytes().to_vec()),
        Record::Past(bytes) => (4, bytes.clone()),
        Record::State(bytes) => (5, bytes.clone()),
    };
    let mut out = Vec::with_capacity(payload.len() + 5 + CHECK_BYTES);
    out.extend((payload.len() as u32).to_be_bytes());
    out.push(tag);
    out.extend(&payload);
    let check = codec::sha256(&out);
    out.extend(&check[..CHECK_BYTES]);
    out
}

/// The whole records at the start of `bytes`, and how many bytes they take.
fn parse(bytes: &[u8]) -> (Vec<Record>, usize) {
    let mut records = Vec::new();
    let mut at = 0;
    while let Some((record, length)) = parse_one(&bytes[at..]) {
        records.push(record);
        at += length;
    }
    (records, at)
}

fn parse_one(bytes: &[u8]) -> Option<(Record, usize)> {
    let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
    let body = bytes.get(..5 + length)?;
    let check = bytes.get(5 + length..5 + length + CHECK_BYTES)?;
    if codec::sha256(body)[..CHECK_BYTES] != *check {
        return None;
    }
    let payload = body[5..].to_vec();
    let record = match body[4] {
        0 => Record::Network(String::from_utf8(payload).ok()?),
        1 => Record::Ledger(payload),
        2 => Record::Changes(payload),
        3 => Record::Clock(i64::from_be_bytes(payload.try_into().ok()?)),
        4 => Record::Past(payload),
        5 => Record::State(payload),
        _ => return None,
    };
    Some((record, 5 + length + CHECK_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_or_altered_tail_is_dropped_and_the_rest_stays() {
        let records = [Record::Network("n".into()), Record::Ledger(vec![1; 300]), Record::Clock(-5)];
        let bytes: Vec<u8> = records.iter().flat_map(encode).collect();
        assert_eq!(parse(&bytes), (records.into_iter().collect(), bytes.len()));
        let tail = encode(&Record::Clock(-5)).len();
        for cut in 1..tail {
            assert_eq!(parse(&bytes[..bytes.len() - cut]).0.len(), 2);
        }
        let mut altered = bytes.clone();
        altered[20] ^= 1;
        assert_eq!(parse(&altered).0.len(), 1);
    }
}
