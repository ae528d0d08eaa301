//! Fonts that are open, and the databases that files are made with.

use super::bundled::{Cut, FAMILY, is_bundled};
use super::system::SYSTEM;
use fontdb::{Database, ID, Source};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The bundled fonts.
static BUNDLED: LazyLock<Arc<Database>> = LazyLock::new(|| Arc::new(bundled_database()));

pub(super) fn bundled_database() -> Database {
    let mut fonts = Database::new();
    for cut in Cut::ALL {
        fonts.load_font_data(cut.data().to_vec());
    }
    name_families(&mut fonts);
    fonts
}

pub(super) fn name_families(fonts: &mut Database) {
    fonts.set_sans_serif_family(FAMILY);
    fonts.set_serif_family(FAMILY);
}

/// The fonts that `letters` need: those of the system only where the bundled ones lack a letter, so
/// that pictures are the same on every machine where that is possible.
pub fn database_for(letters: &str) -> Arc<Database> {
    if letters.chars().all(is_bundled) {
        BUNDLED.clone()
    } else {
        SYSTEM.database.clone()
    }
}

/// The font for a letter that those in `tried` lack, of about the slant and weight of the first of
/// them; `fonts` is one of [`database_for`].
pub fn fallback(letter: char, tried: &[ID], fonts: &Database) -> Option<ID> {
    let base = fonts.face(*tried.first()?)?;
    let cut = match (base.style, base.weight.0) {
        (fontdb::Style::Normal, 500..) => Cut::SemiBold,
        (fontdb::Style::Normal, _) => Cut::Regular,
        _ => Cut::Italic,
    };
    let found = match SYSTEM.font_of(letter, cut) {
        Some(id) if tried.contains(&id) => SYSTEM.search(letter, cut, tried),
        found => found,
    };
    found.filter(|&id| fonts.face(id).is_some())
}

/// An open font.
pub struct Face {
    /// What shapes text with it.
    pub(super) shaper: rustybuzz::Face<'static>,
    /// The file.
    pub data: &'static [u8],
    /// Which of the faces in the file it is.
    pub index: u32,
    /// Names the font and no other one of this machine.
    pub name: String,
    /// Some of its glyphs are pictures or have colors of their own.
    pub has_pictures: bool,
    /// `None` for a bundled one.
    id: Option<ID>,
}

impl Face {
    fn open(data: &'static [u8], index: u32, name: String, id: Option<ID>) -> Option<Self> {
        let shaper = rustybuzz::Face::from_slice(data, index)?;
        let tables = shaper.tables();
        let has_pictures = tables.cbdt.is_some()
            || tables.sbix.is_some()
            || tables.colr.is_some()
            || tables.svg.is_some()
            || tables.ebdt.is_some();
        Some(Self {
            shaper,
            data,
            index,
            name,
            has_pictures,
            id,
        })
    }

    /// It draws the letter.
    pub(super) fn covers(&self, letter: char) -> bool {
        self.id
            .map_or_else(|| is_bundled(letter), |id| SYSTEM.covers(id, letter))
    }

    pub(super) fn is_bundled(&self) -> bool {
        self.id.is_none()
    }
}

/// The bundled font of a cut; `None` never, since those can be read.
pub(super) fn bundled_face(cut: Cut) -> Option<&'static Face> {
    static FACES: LazyLock<[Option<Face>; 3]> =
        LazyLock::new(|| Cut::ALL.map(|cut| Face::open(cut.data(), 0, FAMILY.to_owned(), None)));
    FACES[cut as usize].as_ref()
}

/// The font of the system for a letter that the bundled ones lack, the same whatever was drawn before;
/// `None` where no font has it.
pub fn face_for(letter: char, cut: Cut) -> Option<&'static Face> {
    let id = SYSTEM.font_of(letter, cut)?;
    static OPEN: LazyLock<Mutex<Open>> = LazyLock::new(Mutex::default);
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = open.faces.get(&id) {
        return *known;
    }
    let face = open.face(id).map(|face| &*Box::leak(Box::new(face)));
    open.faces.insert(id, face);
    face
}

/// Fonts that were needed. They are few, and needed again for every picture, so they stay until the
/// program ends, each file once.
#[derive(Default)]
struct Open {
    faces: HashMap<ID, Option<&'static Face>>,
    files: HashMap<PathBuf, &'static [u8]>,
}

impl Open {
    fn face(&mut self, id: ID) -> Option<Face> {
        let fonts = &SYSTEM.database;
        let (source, index) = fonts.face_source(id)?;
        let name = fonts.face(id)?.post_script_name.clone();
        let keep =
            || fonts.with_face_data(id, |data, _| &*Box::leak(data.to_vec().into_boxed_slice()));
        let (data, name) = match source {
            Source::File(path) | Source::SharedFile(path, _) => {
                let name = format!("{}:{name}:{index}", path.display());
                let data = match self.files.get(&path) {
                    Some(data) => *data,
                    None => keep()?,
                };
                self.files.insert(path, data);
                (data, name)
            }
            Source::Binary(_) => (keep()?, format!("{id}:{name}:{index}")),
        };
        Face::open(data, index, name, Some(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn system_fonts_only_where_needed() {
        assert!(Arc::ptr_eq(&database_for("Kursk Курск Żółć\n"), &BUNDLED));
        assert!(Arc::ptr_eq(&database_for("김정은"), &SYSTEM.database));
    }

    #[test]
    fn a_letter_gets_a_font_that_has_it() {
        for letter in "김習あहกعא".chars() {
            for cut in Cut::ALL {
                if let Some(face) = face_for(letter, cut) {
                    assert!(face.shaper.glyph_index(letter).is_some(), "{}", face.name);
                }
            }
        }
        // No font has what is no letter.
        assert!(face_for('\u{10fffe}', Cut::Regular).is_none());
    }
}
