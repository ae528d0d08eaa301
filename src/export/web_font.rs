//! A font cut down to the letters of one picture, as browsers take it: OpenType with the tables that
//! the web needs (ISO/IEC 14496-22: `cmap` format 4, `OS/2`).

use std::collections::BTreeSet;
use subsetter::GlyphRemapper;
use ttf_parser::{Face, RawFace, Tag};

/// The font `data` with the glyphs of `letters` alone; `None` where it has none of them. Letters
/// beyond the Basic Multilingual Plane are left out.
pub(super) fn web_font(data: &[u8], letters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let face = Face::parse(data, 0).ok()?;
    let mut remapper = GlyphRemapper::new();
    let mut map: Vec<(u16, u16)> = Vec::new();
    for &letter in letters {
        let code = u16::try_from(u32::from(letter)).ok();
        if let (Some(code), Some(glyph)) = (code, face.glyph_index(letter)) {
            map.push((code, remapper.remap(glyph.0)));
        }
    }
    if map.is_empty() {
        return None;
    }
    let cut = subsetter::subset(data, 0, &remapper).ok()?;
    let cut = RawFace::parse(&cut, 0).ok()?;
    let mut tables: Vec<(Tag, Vec<u8>)> = cut
        .table_records
        .into_iter()
        .filter_map(|record| Some((record.tag, cut.table(record.tag)?.to_vec())))
        .collect();
    let has = |tables: &[(Tag, Vec<u8>)], tag: Tag| tables.iter().any(|(known, _)| *known == tag);
    for name in [b"OS/2", b"hhea", b"post", b"name"] {
        let tag = Tag::from_bytes(name);
        let original = face.raw_face().table(tag).map(<[u8]>::to_vec);
        if let Some(table) = original.filter(|_| !has(&tables, tag)) {
            tables.push((tag, table));
        }
    }
    tables.push((Tag::from_bytes(b"cmap"), character_map(&map)));
    tables.sort_by_key(|(tag, _)| *tag);
    let version: [u8; 4] = data.get(..4)?.try_into().ok()?;
    Some(assemble(version, &tables))
}

/// A `cmap` with one subtable of format 4, a segment for each letter; `map` is sorted by code.
fn character_map(map: &[(u16, u16)]) -> Vec<u8> {
    // The last segment must be 0xFFFF.
    let segments: Vec<(u16, u16)> = map
        .iter()
        .copied()
        .filter(|(code, _)| *code != u16::MAX)
        .map(|(code, glyph)| (code, glyph.wrapping_sub(code)))
        .chain([(u16::MAX, 1)])
        .collect();
    let count = segments.len() as u16;
    let (range, selector, shift) = search_numbers(count, 2);
    let length = 16 + 8 * count;
    let mut table: Vec<u16> = vec![0, 1, 3, 1, 0, 12];
    table.extend([4, length, 0, 2 * count, range, selector, shift]);
    table.extend(segments.iter().map(|(code, _)| code));
    table.push(0);
    table.extend(segments.iter().map(|(code, _)| code));
    table.extend(segments.iter().map(|(_, delta)| delta));
    table.extend(segments.iter().map(|_| 0));
    table.into_iter().flat_map(u16::to_be_bytes).collect()
}

/// `searchRange`, `entrySelector` and `rangeShift` of `count` entries of `size` bytes.
fn search_numbers(count: u16, size: u16) -> (u16, u16, u16) {
    let selector = count.max(1).ilog2() as u16;
    let range = size << selector;
    (range, selector, count * size - range)
}

/// Table directory and tables, each padded to four bytes.
fn assemble(version: [u8; 4], tables: &[(Tag, Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let (range, selector, shift) = search_numbers(count, 16);
    let mut font = version.to_vec();
    for number in [count, range, selector, shift] {
        font.extend(number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in tables {
        font.extend(tag.to_bytes());
        font.extend(checksum(table).to_be_bytes());
        font.extend((offset as u32).to_be_bytes());
        font.extend((table.len() as u32).to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::font::{ITALIC, REGULAR, SEMI_BOLD};

    #[test]
    fn letters_keep_their_widths() {
        let letters: BTreeSet<char> = "Kursk, Żółć – Курск 8".chars().collect();
        for data in [REGULAR, SEMI_BOLD, ITALIC] {
            let cut = web_font(data, &letters).unwrap();
            assert!(cut.len() < data.len() / 5, "{}", cut.len());
            let (whole, cut) = (Face::parse(data, 0).unwrap(), Face::parse(&cut, 0).unwrap());
            for &letter in &letters {
                let width = |face: &Face| face.glyph_hor_advance(face.glyph_index(letter).unwrap());
                assert_eq!(width(&whole), width(&cut), "{letter}");
            }
            assert_eq!(cut.glyph_index('Q'), None);
        }
    }

    #[test]
    fn no_letters_no_font() {
        assert_eq!(web_font(REGULAR, &BTreeSet::from(['김'])), None);
        assert_eq!(web_font(b"no font", &BTreeSet::from(['a'])), None);
    }
}
