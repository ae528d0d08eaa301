//! The bundled fonts inside egui: Inter first, egui's own and the system's after it for the letters
//! that Inter lacks.

use crate::scene::{Weight, font};
use egui::{FontData, FontDefinitions, FontFamily, FontId};
use std::sync::Arc;

const SEMI_BOLD: &str = "Inter SemiBold";
const ITALIC: &str = "Inter Italic";

/// Makes the bundled fonts known to `ctx`. Call it once, before the first frame.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
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
