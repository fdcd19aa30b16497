//! XDR, base64 and hashes in one place. Decoding is always bounded in depth and length; it never panics on foreign bytes.

use base64::engine::general_purpose::STANDARD;
use base64::Engine;
use sha2::{Digest, Sha256};
use stellar_xdr::{Limits, ReadXdr, WriteXdr};

/// Deepest nesting that any decoder here accepts (the network's own figure).
const MAX_DEPTH: u32 = 500;

/// XDR of a value that we hold; such a value always encodes.
pub fn xdr(value: &impl WriteXdr) -> Vec<u8> {
    value.to_xdr(Limits::none()).expect("a value in memory encodes")
}

pub fn from_xdr<T: ReadXdr>(bytes: &[u8]) -> Result<T, stellar_xdr::Error> {
    T::from_xdr(bytes, Limits { depth: MAX_DEPTH, len: bytes.len() })
}

/// Reads back what this program encoded itself.
pub fn own<T: ReadXdr>(bytes: &[u8]) -> T {
    T::from_xdr(bytes, Limits::none()).expect("what was encoded here decodes here")
}

pub fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

pub fn xdr_base64(value: &impl WriteXdr) -> String {
    base64(xdr(value))
}

/// Decodes base64 XDR from a caller, at most `max_bytes` long.
pub fn from_base64<T: ReadXdr>(text: &str, max_bytes: usize) -> Result<T, String> {
    let bytes = STANDARD.decode(text.trim()).map_err(|e| e.to_string())?;
    if bytes.len() > max_bytes {
        return Err(format!("input of {} bytes exceeds {max_bytes}", bytes.len()));
    }
    from_xdr(&bytes).map_err(|e| e.to_string())
}

pub fn sha256(bytes: impl AsRef<[u8]>) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
