//! Names of places and what they name, searched in place as compiled into the program.
//!
//! The asset is made by `training/gazetteer` (GeoNames, CC BY 4.0, and our own lists); its layout is
//! told at the top of `training/gazetteer/pack/src/main.rs`.

use crate::model::Location;
pub use crate::model::PlaceKind;
use fst::raw::{CompiledAddr, Fst, Output};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static DATA: &[u8] = include_bytes!("../../assets/gazetteer/places.bin");
static SHARED: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::open);

const HEADER: usize = 20;
const RECORD: usize = 16;
/// The byte of a record that stands for a country.
const COUNTRY: u8 = 2;

/// One place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Its number in this gazetteer; another version may number otherwise.
    pub record: u32,
    /// Its usual English name.
    pub name: &'static str,
    /// What sort.
    pub kind: PlaceKind,
    /// Binary logarithm of its population in units of 500 people: 0 for 1,000, 11 for a million.
    pub population_class: u8,
    /// ISO 3166-1 alpha-2 code of its country, where it has one.
    pub country: Option<[u8; 2]>,
    /// Name of the first-level division that it lies in, where known.
    pub region: Option<&'static str>,
    /// Latitude in degrees, north positive; within 0.02. Zero with `longitude` where unknown.
    pub latitude: f32,
    /// Longitude in degrees, east positive; within 0.02.
    pub longitude: f32,
}

impl Place {
    /// The record as a project keeps it, taken with `score`.
    pub fn location(&self, score: f32) -> Location {
        Location {
            name: self.name.to_owned(),
            kind: self.kind,
            country: self
                .country
                .and_then(|code| Gazetteer::shared().country(code))
                .map(str::to_owned),
            country_code: self
                .country
                .map(|code| String::from_utf8_lossy(&code).into_owned()),
            region: self.region.map(str::to_owned),
            latitude: self.latitude,
            longitude: self.longitude,
            score,
        }
    }
}

/// The records and the map of names.
pub struct Gazetteer {
    map: Fst<&'static [u8]>,
    records: &'static [u8],
    postings: &'static [u8],
    names: &'static [u8],
}

/// A walk along the names, one word after the other.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    address: CompiledAddr,
    output: Output,
}

fn u32_at(data: &[u8], at: usize) -> usize {
    data.get(at..at + 4)
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, |bytes| u32::from_le_bytes(bytes) as usize)
}

impl Gazetteer {
    /// The built-in gazetteer.
    pub fn shared() -> &'static Self {
        &SHARED
    }

    fn open() -> Self {
        let [records, postings, names] = [8, 12, 16].map(|at| u32_at(DATA, at));
        let records_end = HEADER + records * RECORD;
        let postings_end = records_end + postings * 4;
        let names_end = postings_end + names;
        #[allow(clippy::expect_used)]
        let map =
            Fst::new(&DATA[names_end..]).expect("the asset compiled in is whole: a test reads it");
        Self {
            map,
            records: &DATA[HEADER..records_end],
            postings: &DATA[records_end..postings_end],
            names: &DATA[postings_end..names_end],
        }
    }

    /// The usual English name of the country with an ISO 3166-1 alpha-2 code.
    pub fn country(&self, code: [u8; 2]) -> Option<&'static str> {
        static NAMES: LazyLock<BTreeMap<[u8; 2], &'static str>> = LazyLock::new(|| {
            let gazetteer = Gazetteer::shared();
            (0..gazetteer.records.len() / RECORD)
                .filter(|record| gazetteer.records[record * RECORD + 4] == COUNTRY)
                .filter_map(|record| gazetteer.place(record))
                .filter_map(|place| Some((place.country?, place.name)))
                .collect()
        });
        NAMES.get(&code).copied()
    }

    /// A walk that has read nothing yet.
    pub fn start(&self) -> Walk {
        Walk {
            address: self.map.root().addr(),
            output: Output::zero(),
        }
    }

    /// The walk after it has read `folded`; `None` if no name goes on so.
    pub fn step(&self, walk: Walk, folded: &str) -> Option<Walk> {
        let mut node = self.map.node(walk.address);
        let mut output = walk.output;
        for &byte in folded.as_bytes() {
            let transition = node.transition(node.find_input(byte)?);
            output = output.cat(transition.out);
            node = self.map.node(transition.addr);
        }
        Some(Walk {
            address: node.addr(),
            output,
        })
    }

    /// The places of the name read so far, the most important first; none if no name ends here.
    pub fn places(&self, walk: Walk) -> impl Iterator<Item = Place> + '_ {
        let node = self.map.node(walk.address);
        let value = node
            .is_final()
            .then(|| walk.output.cat(node.final_output()).value() as usize);
        let (first, count) = value.map_or((0, 0), |value| (value / 16, value % 16 + 1));
        (first..first + count).filter_map(|posting| self.place(u32_at(self.postings, posting * 4)))
    }

    /// A name ends here.
    pub fn is_name(&self, walk: Walk) -> bool {
        self.map.node(walk.address).is_final()
    }

    /// The places of a folded name, the most important first.
    pub fn find(&self, folded: &str) -> Vec<Place> {
        self.step(self.start(), folded)
            .map(|walk| self.places(walk).collect())
            .unwrap_or_default()
    }

    fn place(&self, record: usize) -> Option<Place> {
        let at = record * RECORD;
        let bytes = self.records.get(at..at + RECORD)?;
        let region = u16::from_le_bytes([bytes[8], bytes[9]]) as usize;
        let degrees =
            |low: usize| f32::from(i16::from_le_bytes([bytes[low], bytes[low + 1]])) / 50.0;
        Some(Place {
            record: u32::try_from(record).ok()?,
            name: self.name(u32_at(bytes, 0))?,
            kind: match bytes[4] {
                0 => PlaceKind::City,
                1 => PlaceKind::Region,
                COUNTRY => PlaceKind::Country,
                3 => PlaceKind::Sea,
                4 => PlaceKind::River,
                5 => PlaceKind::Continent,
                _ => PlaceKind::Historic,
            },
            population_class: bytes[5],
            country: (bytes[6] != b'-').then_some([bytes[6], bytes[7]]),
            region: region
                .checked_sub(1)
                .and_then(|region| self.name(u32_at(self.records, region * RECORD))),
            latitude: degrees(10),
            longitude: degrees(12),
        })
    }

    fn name(&self, at: usize) -> Option<&'static str> {
        let length = usize::from(*self.names.get(at)?);
        std::str::from_utf8(self.names.get(at + 1..at + 1 + length)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(name: &str) -> Place {
        *Gazetteer::shared().find(name).first().expect(name)
    }

    #[test]
    fn the_map_is_whole() {
        assert_eq!(&DATA[..8], b"RSGZ0001");
        let gazetteer = Gazetteer::shared();
        gazetteer.map.verify().unwrap();
        assert_eq!(gazetteer.postings.len() / 4 * 4, gazetteer.postings.len());
    }

    #[test]
    fn countries_cities_seas_and_other_names() {
        assert_eq!(first("ukraine").kind, PlaceKind::Country);
        assert_eq!(
            (first("us").name, first("us").country),
            ("United States", Some(*b"US"))
        );
        assert_eq!(first("kiev").name, "Kyiv");
        assert_eq!(first("black sea").kind, PlaceKind::Sea);
        assert_eq!(first("georgia").kind, PlaceKind::Country);
        let lyon = first("lyon");
        assert_eq!((lyon.kind, lyon.country), (PlaceKind::City, Some(*b"FR")));
        assert!((lyon.latitude - 45.75).abs() < 0.05 && (lyon.longitude - 4.85).abs() < 0.05);
        assert!(Gazetteer::shared().find("qwertyuiop").is_empty());
    }

    #[test]
    fn a_place_as_a_project_keeps_it() {
        let lyon = first("lyon").location(0.5);
        assert_eq!(lyon.country.as_deref(), Some("France"));
        assert_eq!(lyon.country_code.as_deref(), Some("FR"));
        assert_eq!(
            lyon.within(),
            format!("{}, France", lyon.region.clone().unwrap())
        );
        assert_eq!(first("france").location(1.0).within(), "");
    }

    #[test]
    fn a_walk_reads_word_by_word() {
        let gazetteer = Gazetteer::shared();
        let walk = gazetteer.step(gazetteer.start(), "new").unwrap();
        let walk = gazetteer.step(walk, " ").unwrap();
        let walk = gazetteer.step(walk, "york").unwrap();
        assert_eq!(gazetteer.places(walk).next().unwrap().name, "New York");
    }

    #[test]
    fn keys_are_folded_as_names_are_looked_up() {
        for name in [
            "São Paulo",
            "Łódź",
            "Rostov-on-Don",
            "Côte d'Ivoire",
            "Deir ez-Zor",
        ] {
            let folded = crate::model::normalized_name(name);
            assert!(!Gazetteer::shared().find(&folded).is_empty(), "{name}");
        }
    }
}
