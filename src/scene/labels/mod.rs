//! Which labels are shown, and on which side of what they name: the most important first, none over
//! another.
//!
//! Places are worked out in the zoomed plane (world units times the zoom of the step), so panning and
//! small steps of zoom change nothing; only what lies in the region around the view is looked at. Work
//! can be cut into slices, for frames in which things move. The same code serves screen and files.
//!
//! In come a scene, a camera and a size; out come the labels that have a place, each with its side.
//! Knows neither colors nor letters: `scene::sight` makes shapes of them.

mod place;
mod placed;
mod placer;
mod placing;
mod room;
mod side;

pub use place::{place, place_all, place_overlay};
pub use placed::{Labeled, PlacedLabel, PlacedLabels};
pub use placing::Placing;
pub(super) use room::{boxes_along, has_room, link_label_size, ring};
pub use side::Side;
