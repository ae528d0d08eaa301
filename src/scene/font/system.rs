//! The fonts of the system, and which of them draws a letter that the bundled ones lack.

use super::bundled::Cut;
use super::coverage::Coverage;
use super::faces::{bundled_database, name_families};
use fontdb::{Database, FaceInfo, ID, Style};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// Bundled and system fonts; finding them takes a moment.
pub(super) static SYSTEM: LazyLock<SystemFonts> = LazyLock::new(SystemFonts::load);

/// All fonts of this machine.
pub(super) struct SystemFonts {
    /// The bundled ones and those of the system.
    pub(super) database: Arc<Database>,
    candidates: Vec<Candidate>,
    /// For each cut the candidates, those first that suit it best.
    orders: [Vec<usize>; 3],
    chosen: Mutex<HashMap<(char, Cut), Option<ID>>>,
}

struct Candidate {
    id: ID,
    name: String,
    coverage: OnceLock<Coverage>,
}

impl SystemFonts {
    fn load() -> Self {
        let mut database = bundled_database();
        let bundled: Vec<ID> = database.faces().map(|face| face.id).collect();
        database.load_system_fonts();
        name_families(&mut database);
        // What stands for every letter by its number alone is no help.
        let faces: Vec<&FaceInfo> = database
            .faces()
            .filter(|face| !bundled.contains(&face.id) && !name_of(face).contains("LastResort"))
            .collect();
        let orders = Cut::ALL.map(|cut| {
            let mut order: Vec<usize> = (0..faces.len()).collect();
            order.sort_by_cached_key(|&index| (suits(faces[index], cut), index));
            order
        });
        let candidates = faces
            .iter()
            .map(|face| Candidate {
                id: face.id,
                name: name_of(face).to_owned(),
                coverage: OnceLock::new(),
            })
            .collect();
        Self {
            candidates,
            orders,
            chosen: Mutex::default(),
            database: Arc::new(database),
        }
    }

    /// The font for `letter`, the same whatever was drawn before; `None` where no font has it.
    pub(super) fn font_of(&self, letter: char, cut: Cut) -> Option<ID> {
        let known = |chosen: &HashMap<_, _>| chosen.get(&(letter, cut)).copied();
        if let Some(known) = known(&self.chosen.lock().unwrap_or_else(PoisonError::into_inner)) {
            return known;
        }
        let found = self.search(letter, cut, &[]);
        let mut chosen = self.chosen.lock().unwrap_or_else(PoisonError::into_inner);
        chosen.insert((letter, cut), found);
        found
    }

    /// The best font that has `letter` and is not among `tried`.
    pub(super) fn search(&self, letter: char, cut: Cut, tried: &[ID]) -> Option<ID> {
        let mut fitting = self.orders[cut as usize]
            .iter()
            .map(|&index| &self.candidates[index])
            .filter(|face| !tried.contains(&face.id));
        let has = |face: &&Candidate| self.has(face, letter);
        let first = fitting.clone().find(has)?;
        // One file of Han letters for each country: the shapes of the letters differ.
        let wanted = country_of(letter)
            .zip(first.name.split_once(" CJK "))
            .map(|(country, (family, _))| format!("{family} CJK {country}"));
        let of_country =
            wanted.and_then(|name| fitting.find(|face| face.name == name && has(face)));
        Some(of_country.unwrap_or(first).id)
    }

    /// The font `id` has the letter.
    pub(super) fn covers(&self, id: ID, letter: char) -> bool {
        let face = self.candidates.iter().find(|face| face.id == id);
        face.is_some_and(|face| self.has(face, letter))
    }

    fn has(&self, face: &Candidate, letter: char) -> bool {
        let coverage = face.coverage.get_or_init(|| {
            let of = |data: &[u8], index| Coverage::of(data, index);
            self.database
                .with_face_data(face.id, of)
                .unwrap_or_default()
        });
        coverage.contains(letter)
    }
}

/// Where the letter is at home, as fonts for Chinese, Japanese and Korean name it. Letters that all
/// three write get the shapes of the most readers.
fn country_of(letter: char) -> Option<&'static str> {
    match u32::from(letter) {
        0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => Some("KR"),
        0x3040..=0x30ff | 0x31f0..=0x31ff => Some("JP"),
        0x2e80..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3fffd => Some("SC"),
        _ => None,
    }
}

fn name_of(face: &FaceInfo) -> &str {
    face.families.first().map_or("", |(name, _)| name.as_str())
}

/// Smaller suits better: the slant and about the weight of the cut, without serifs. Noto before
/// others: it has a font for each script, and they go together.
fn suits(face: &FaceInfo, cut: Cut) -> (bool, u16, bool, bool, bool, bool, String) {
    let name = name_of(face);
    let weight = if cut == Cut::SemiBold { 600 } else { 400 };
    (
        (face.style != Style::Normal) != (cut == Cut::Italic),
        face.weight.0.abs_diff(weight),
        face.stretch != fontdb::Stretch::Normal,
        !name.starts_with("Noto Sans"),
        !name.contains("Sans"),
        face.monospaced || name.contains("Mono"),
        name.to_owned(),
    )
}
