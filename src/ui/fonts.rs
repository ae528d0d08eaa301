//! The bundled fonts inside egui: Inter first, egui's own and the system's after it for the letters
//! that Inter lacks. Those of the system are chosen as for files, so that names have the widths that
//! room was made for.

use crate::scene::font::{Cut, face_for};
use crate::scene::{Weight, font};
use egui::epaint::text::{
    FallbackRequest, FontInsert, FontPriority, FontProvider, InsertFontFamily,
};
use egui::{FontData, FontDefinitions, FontFamily, FontId};
use std::sync::Arc;

const SEMI_BOLD: &str = "Inter SemiBold";
const ITALIC: &str = "Inter Italic";

/// Makes the bundled fonts known to `ctx`. Call it once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

/// Lets `ctx` look for fonts of the system, in place of the toolkit's own search.
pub fn install_system_fonts(ctx: &egui::Context) {
    ctx.set_font_providers(vec![Arc::new(SystemFonts)]);
}

/// Fonts of the system for letters that no installed font has.
struct SystemFonts;

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let letter = request.cluster.chars().next()?;
        let cut = match request.family {
            FontFamily::Name(name) if **name == *SEMI_BOLD => Cut::SemiBold,
            FontFamily::Name(name) if **name == *ITALIC => Cut::Italic,
            FontFamily::Name(_) | FontFamily::Proportional | FontFamily::Monospace => Cut::Regular,
        };
        let face = face_for(letter, cut)?;
        Some(FontInsert {
            name: face.name.clone(),
            data: FontData::from_blob(Arc::new(face.data), face.index),
            families: vec![InsertFontFamily {
                family: request.family.clone(),
                priority: FontPriority::Lowest,
            }],
        })
    }
}

/// Inter as the proportional family, and a family each for semi-bold and italic.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let files = [
        (font::FAMILY, font::REGULAR),
        (SEMI_BOLD, font::SEMI_BOLD),
        (ITALIC, font::ITALIC),
    ];
    for (name, data) in files {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(data)));
    }
    let fallbacks = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let chain = |first: &str| {
        let mut names = vec![first.to_owned()];
        names.extend(fallbacks.iter().cloned());
        names
    };
    fonts
        .families
        .insert(FontFamily::Name(SEMI_BOLD.into()), chain(SEMI_BOLD));
    fonts
        .families
        .insert(FontFamily::Name(ITALIC.into()), chain(ITALIC));
    fonts
        .families
        .insert(FontFamily::Proportional, chain(font::FAMILY));
    fonts
}

/// The font of a text in the picture or in a panel. Only after [`install`].
pub fn font_id(size: f32, weight: Weight, italic: bool) -> FontId {
    let family = match (weight, italic) {
        (Weight::SemiBold, _) => FontFamily::Name(SEMI_BOLD.into()),
        (Weight::Regular, true) => FontFamily::Name(ITALIC.into()),
        (Weight::Regular, false) => FontFamily::Proportional,
    };
    FontId::new(size, family)
}
