//! Project, positions and a look in; a display list of five shapes out, the same for the screen and
//! for files.
//!
//! [`build()`] works out what is drawn, independent of the camera; [`labels::place`] finds room for the
//! labels at a zoom; [`Scene::display`] gives the shapes in screen points, with level of detail. Picking
//! ([`Scene::pick`]) finds what was drawn. Knows no widget and no file format.

mod build;
mod display;
pub mod font;
mod form;
mod icon;
pub mod labels;
mod legend;
mod occupancy;
mod overlay;
mod pick;
mod picture;
mod shape;
mod style;
mod theme;

pub use build::{Link, Node, Scene, SceneInput, build};
pub use display::View;
pub use icon::{Icon, IconPiece};
pub use legend::{LegendEntry, grouped, legend, legend_entries};
pub use overlay::Overlay;
pub use pick::Hit;
pub use picture::{fitting_camera, picture};
pub use shape::{Arrow, BoxShape, DisplayList, Form, Label, Line, Mark, Pattern, Shape, Weight};
pub use style::{
    DetailLevel, label_lines, node_radius, pattern, radius_in_screen, radius_of_mentions, shortened,
};
pub use theme::{FontMeasures, LabelMeasures, LineMeasures, Measures, NodeMeasures, Theme};
