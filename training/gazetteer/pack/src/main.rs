//! Packs places.tsv into the one file that `src/extract/gazetteer.rs` searches in place.
//!
//! Little-endian: magic "RSGZ0001", then as u32 the number of records, of postings, of bytes of
//! names; then the records (16 bytes each: u32 name offset, u8 kind, u8 population class, two
//! letters of the country, u16 region record + 1, i16 latitude and i16 longitude in hundredths of
//! a degree divided by two, two bytes of zero), the postings (u32 record each), the names (one
//! length byte, then UTF-8) and the fst map from key to first posting * 16 + number of postings - 1.

use std::collections::BTreeMap;

const KINDS: [&str; 7] = ["city", "region", "country", "sea", "river", "continent", "historic"];
const MOST_POSTINGS: usize = 8;

fn population_class(population: u64) -> u8 {
    (population.max(500) / 500).ilog2() as u8
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let table = std::fs::read_to_string(&arguments[1]).expect("the table of places");
    let mut records: Vec<[u8; 16]> = Vec::new();
    let mut names: Vec<u8> = Vec::new();
    let mut name_offsets: BTreeMap<String, u32> = BTreeMap::new();
    let mut keys: BTreeMap<String, Vec<(u64, u32)>> = BTreeMap::new();
    for (index, line) in table.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let kind = KINDS.iter().position(|k| *k == cells[0]).expect("a known kind");
        let population: u64 = cells[2].parse().expect("a population");
        let region: i32 = cells[4].parse().expect("a region's line");
        let offset = *name_offsets.entry(cells[1].to_owned()).or_insert_with(|| {
            let offset = names.len() as u32;
            names.push(u8::try_from(cells[1].len()).expect("a short name"));
            names.extend_from_slice(cells[1].as_bytes());
            offset
        });
        let half_hundredths = |cell: &str| (cell.parse::<f64>().expect("a number") * 50.0).round() as i16;
        let mut record = [0u8; 16];
        record[..4].copy_from_slice(&offset.to_le_bytes());
        record[4] = kind as u8;
        record[5] = population_class(population);
        record[6..8].copy_from_slice(&cells[3].as_bytes()[..2]);
        record[8..10].copy_from_slice(&u16::try_from(region + 1).expect("few regions").to_le_bytes());
        record[10..12].copy_from_slice(&half_hundredths(cells[5]).to_le_bytes());
        record[12..14].copy_from_slice(&half_hundredths(cells[6]).to_le_bytes());
        records.push(record);
        let rank = match cells[0] {
            "country" => 0,
            "continent" | "sea" => 1,
            _ => 2,
        };
        let order = (rank << 40) | (1 << 39) - population.min((1 << 39) - 1);
        for key in cells[7].split('|').filter(|key| !key.is_empty()) {
            keys.entry(key.to_owned()).or_default().push((order, index as u32));
        }
    }
    let mut postings: Vec<u32> = Vec::new();
    let mut builder = fst::MapBuilder::memory();
    for (key, mut hits) in keys {
        hits.sort_unstable();
        hits.truncate(MOST_POSTINGS);
        let value = (postings.len() as u64) * 16 + hits.len() as u64 - 1;
        postings.extend(hits.iter().map(|(_, record)| record));
        builder.insert(key, value).expect("sorted keys");
    }
    let map = builder.into_inner().expect("a map in memory");
    let mut out = b"RSGZ0001".to_vec();
    for count in [records.len(), postings.len(), names.len()] {
        out.extend_from_slice(&(count as u32).to_le_bytes());
    }
    records.iter().for_each(|record| out.extend_from_slice(record));
    postings.iter().for_each(|posting| out.extend_from_slice(&posting.to_le_bytes()));
    out.extend_from_slice(&names);
    out.extend_from_slice(&map);
    std::fs::write(&arguments[2], &out).expect("the packed file");
    println!("{} places, {} postings, {} bytes of names, {} of map, {} in all", records.len(), postings.len(), names.len(), map.len(), out.len());
}
