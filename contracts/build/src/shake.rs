//! Keeps in a contract's spec only what its code uses (SDK 28 marks that in the data section), and drops the linker's own notes
//! and exports. Never changes code or data.

use soroban_spec::{read, shaking};
use stellar_xdr::{Limits, ScSpecEntry, StringM, WriteXdr};

const MAGIC: usize = 8;
const EXPORTS: u8 = 7;
/// The kind of an exported global: the linker's `__data_end` and the like. Each costs every call 2,300 instructions.
const GLOBAL: u8 = 3;
const SPEC: &[u8] = b"contractspecv0";
/// Custom sections that the network reads; anything else is the compiler's.
const KEPT: [&[u8]; 3] = [SPEC, b"contractenvmetav0", b"contractmetav0"];

/// With its sentences, from which bindings are made.
pub fn shake(wasm: &[u8]) -> Result<Vec<u8>, String> {
    with_spec(wasm, &spec(wasm)?)
}

/// Without them: what is put on the ledger pays rent for every byte, and no contract reads a sentence.
pub fn strip(shaken: &[u8]) -> Result<Vec<u8>, String> {
    let mut entries = read::from_wasm(shaken).map_err(|e| e.to_string())?;
    entries.iter_mut().for_each(silence);
    with_spec(shaken, &xdr(entries)?)
}

fn with_spec(wasm: &[u8], spec: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = wasm.get(..MAGIC).ok_or("not a wasm file")?.to_vec();
    let mut rest = &wasm[MAGIC..];
    let mut placed = false;
    while let Some((&id, after)) = rest.split_first() {
        let (length, after) = leb128(after)?;
        let body = after.get(..length).ok_or("a section is cut off")?;
        rest = &after[length..];
        if id == EXPORTS {
            section(&mut out, id, &exports(body)?);
            continue;
        }
        if id != 0 {
            section(&mut out, id, body);
            continue;
        }
        let (name_length, named) = leb128(body)?;
        let name = named
            .get(..name_length)
            .ok_or("a section's name is cut off")?;
        if name == SPEC {
            // The linker joins all spec entries into one section; a second one would be lost silently.
            if std::mem::replace(&mut placed, true) {
                return Err("two spec sections".into());
            }
            section(&mut out, 0, &custom(SPEC, spec));
        } else if KEPT.contains(&name) {
            section(&mut out, 0, body);
        }
    }
    Ok(out)
}

/// The export section without globals: a contract's functions and its memory remain.
fn exports(body: &[u8]) -> Result<Vec<u8>, String> {
    let (count, mut rest) = leb128(body)?;
    let mut kept: Vec<u8> = Vec::new();
    let mut kept_count = 0;
    for _ in 0..count {
        let (length, named) = leb128(rest)?;
        let kind = *named.get(length).ok_or("an export is cut off")?;
        let (_, after) = leb128(&named[length + 1..])?;
        if kind != GLOBAL {
            kept.extend(&rest[..rest.len() - after.len()]);
            kept_count += 1;
        }
        rest = after;
    }
    let mut section = Vec::new();
    push_leb128(&mut section, kept_count);
    section.extend(kept);
    Ok(section)
}

fn spec(wasm: &[u8]) -> Result<Vec<u8>, String> {
    let entries = read::from_wasm(wasm).map_err(|e| e.to_string())?;
    let markers = shaking::find_all(wasm);
    xdr(shaking::filter(entries, &markers))
}

fn xdr(entries: impl IntoIterator<Item = ScSpecEntry>) -> Result<Vec<u8>, String> {
    let mut xdr = Vec::new();
    for entry in entries {
        xdr.extend(entry.to_xdr(Limits::none()).map_err(|e| e.to_string())?);
    }
    Ok(xdr)
}

fn silence(entry: &mut ScSpecEntry) {
    let docs: Vec<&mut StringM<1024>> = match entry {
        ScSpecEntry::FunctionV0(function) => vec![&mut function.doc],
        ScSpecEntry::UdtErrorEnumV0(errors) => std::iter::once(&mut errors.doc)
            .chain(errors.cases.iter_mut().map(|case| &mut case.doc))
            .collect(),
        // Types and events have comments in the sources and none in the spec (docs/adr/0009).
        _ => vec![],
    };
    for doc in docs {
        *doc = StringM::default();
    }
}

fn custom(name: &[u8], data: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    push_leb128(&mut body, name.len());
    body.extend(name);
    body.extend(data);
    body
}

fn section(out: &mut Vec<u8>, id: u8, body: &[u8]) {
    out.push(id);
    push_leb128(out, body.len());
    out.extend(body);
}

fn leb128(bytes: &[u8]) -> Result<(usize, &[u8]), String> {
    let mut value = 0usize;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Ok((value, &bytes[place + 1..]));
        }
    }
    Err("a number is cut off".into())
}

fn push_leb128(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod test {
    use stellar_xdr::{ScSpecUdtErrorEnumCaseV0, ScSpecUdtErrorEnumV0};

    use super::*;

    #[test]
    fn numbers_survive_both_ways() {
        for value in [0, 1, 127, 128, 300, 65_535, 65_536, 16_777_216] {
            let mut bytes = Vec::new();
            push_leb128(&mut bytes, value);
            assert_eq!(leb128(&bytes), Ok((value, &[][..])));
        }
        assert!(leb128(&[0x80, 0x80]).is_err());
    }

    #[test]
    fn exported_globals_go_and_functions_and_memory_stay() {
        let body = [
            &[3u8, 1, b'f', 0, 7, 6][..],
            b"memory",
            &[2, 0, 1, b'_', GLOBAL, 1],
        ]
        .concat();
        let kept = [&[2u8, 1, b'f', 0, 7, 6][..], b"memory", &[2, 0]].concat();
        assert_eq!(exports(&body), Ok(kept));
        assert!(exports(&body[..9]).is_err());
    }

    #[test]
    fn sentences_go_and_names_and_codes_stay() {
        let case = ScSpecUdtErrorEnumCaseV0 {
            doc: "Try again.".try_into().unwrap_or_default(),
            name: "Busy".try_into().unwrap_or_default(),
            value: 7,
        };
        let errors = |doc: &str| ScSpecUdtErrorEnumV0 {
            doc: doc.try_into().unwrap_or_default(),
            cases: vec![ScSpecUdtErrorEnumCaseV0 {
                doc: doc.try_into().unwrap_or_default(),
                ..case.clone()
            }]
            .try_into()
            .unwrap_or_default(),
            ..Default::default()
        };
        let mut entry = ScSpecEntry::UdtErrorEnumV0(errors("Try again."));
        silence(&mut entry);
        assert_eq!(entry, ScSpecEntry::UdtErrorEnumV0(errors("")));
    }

    #[test]
    fn what_is_not_a_contract_is_refused() {
        assert!(shake(b"").is_err());
        assert!(shake(b"\0asm\x01\0\0\0").is_err());
    }
}
