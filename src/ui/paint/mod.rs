//! The display list in, triangles and text of egui out. Knows nothing of projects or commands.

mod atlas;
mod mesh;
mod painting;
mod wording;

pub use mesh::color32;
pub use painting::{AsidePainter, CanvasPainter, Painting, paint_form, paint_kind, paint_sample};
pub use wording::Wording;
