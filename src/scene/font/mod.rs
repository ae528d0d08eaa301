//! Text without a window: which font draws a letter, which glyphs a name takes, how wide it is.
//!
//! In come a text and its cut; out come widths, and runs of placed glyphs with their outlines. The
//! bundled fonts come first; fonts of the system are looked for, once, when a letter is met that those
//! lack. Window and files ask here, so that both draw with the same fonts. Knows nothing of colors and
//! of what is named.

mod bundled;
mod coverage;
mod faces;
mod shaping;
mod system;
mod width;

pub use bundled::{Cut, FAMILY, ITALIC, REGULAR, SEMI_BOLD, is_bundled};
pub use faces::{Face, database_for, face_for, fallback};
pub use shaping::{Glyph, Run, ShapedText, shape};
pub use width::text_width;
