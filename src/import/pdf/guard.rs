//! What must be known of a file before any of it is unpacked.

use crate::error::{Error, ErrorKind, Result};
use crate::import::MAX_TEXT_BYTES;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// All streams of a file together unpack to no more than this, pictures not counted.
const MOST_UNPACKED: u64 = 8 * MAX_TEXT_BYTES as u64;

/// No filter of the format makes more of a byte than this (LZW with codes of 12 bits).
const MOST_FOR_A_BYTE: u64 = 1366;

fn refused(message: &str) -> Error {
    Error::new(ErrorKind::Format, message)
}

/// The file is not encrypted, and no stream that is needed for its text unpacks beyond bounds. Time is
/// linear in the file and in what its streams unpack to, which is bounded.
pub(super) fn check(bytes: &[u8]) -> Result<()> {
    if is_encrypted(bytes) {
        return Err(refused(
            "the PDF is encrypted; save a copy of it without a password",
        ));
    }
    let mut left = MOST_UNPACKED;
    let mut from = 0;
    while let Some(at) = find(bytes, b"stream", from) {
        let start = after_line_end(bytes, at + 6);
        let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
        let described = unescaped(&bytes[from..at]);
        let about = last_object(&described);
        let unpacked = unpacked(about, &bytes[start..], end - start)?;
        left = left.checked_sub(unpacked).ok_or_else(bomb)?;
        from = (end + 9).min(bytes.len());
    }
    Ok(())
}

fn bomb() -> Error {
    let limit = MAX_TEXT_BYTES / (1024 * 1024);
    refused(&format!(
        "the PDF unpacks to more than {limit} MB of text; it cannot be read safely"
    ))
}

/// The trailer names a dictionary of encryption.
fn is_encrypted(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"/Encrypt";
    let mut from = 0;
    while let Some(at) = find(bytes, NAME, from) {
        from = at + NAME.len();
        let rest = bytes[from..].trim_ascii_start();
        if rest.starts_with(b"<<") || rest.first().is_some_and(u8::is_ascii_digit) {
            return true;
        }
    }
    false
}

/// To how many bytes a stream unpacks; pictures count nothing, they are never unpacked.
fn unpacked(about: &[u8], data: &[u8], length: usize) -> Result<u64> {
    let has = |name: &[u8]| find(about, name, 0).is_some();
    let is_structure = has(b"ObjStm") || has(b"XRef");
    if has(b"/Image") && !is_structure {
        return Ok(0);
    }
    if !has(b"Filter") {
        return Ok(length as u64);
    }
    let packers = [&b"Flate"[..], b"LZW", b"RunLength", b"/Fl", b"/RL"];
    let count: usize = packers.iter().map(|name| occurrences(about, name)).sum();
    // "/FlateDecode" is counted under its short name too.
    let count = count - occurrences(about, b"/Flate").min(count);
    let is_plain_flate = has(b"Flate") && count == 1 && !has(b"ASCII");
    if is_plain_flate {
        return inflated(data);
    }
    if count > 1 {
        return Err(refused(
            "the PDF is packed several times over; it cannot be read safely",
        ));
    }
    let most = length as u64 * MOST_FOR_A_BYTE;
    if most > MAX_TEXT_BYTES as u64 && (count == 1 || !has(b"Decode")) {
        return Err(bomb());
    }
    Ok(if count == 1 { most } else { length as u64 })
}

/// How long a deflated stream is once inflated, as far as it is whole.
fn inflated(data: &[u8]) -> Result<u64> {
    let limit = MAX_TEXT_BYTES as u64 + 1;
    let mut inflater = ZlibDecoder::new(data).take(limit);
    let mut buffer = vec![0; 64 * 1024];
    let mut count = 0;
    // A broken stream ends where it breaks.
    while let Ok(read @ 1..) = inflater.read(&mut buffer) {
        count += read as u64;
    }
    if count >= limit {
        Err(bomb())
    } else {
        Ok(count)
    }
}

/// The last object that begins in the bytes before a stream: its dictionary.
fn last_object(before: &[u8]) -> &[u8] {
    let at = before.windows(4).rposition(|window| window == b" obj");
    &before[at.map_or(0, |at| at + 4)..]
}

/// Names may write any letter as `#46`.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'#', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

fn after_line_end(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(b'\r' | b'\n'), _) => at + 1,
        _ => at.min(bytes.len()),
    }
}

fn occurrences(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|w| *w == wanted).count()
}

/// Where `wanted` stands next, from a byte on.
pub(super) fn find(bytes: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = rest.windows(wanted.len()).position(|w| w == wanted);
    found.map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_unescaped() {
        assert_eq!(unescaped(b"/#46late#zDecode"), b"/Flate#zDecode");
        assert!(is_encrypted(b"trailer << /Encrypt 12 0 R >>"));
        assert!(!is_encrypted(b"(how to /Encrypt a file)"));
    }
}
