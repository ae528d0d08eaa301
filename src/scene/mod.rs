//! Project, positions and a look in; a display list of six shapes out, the same for the screen and
//! for files.
//!
//! [`build()`] works out what is drawn, independent of the camera; [`Scene::detail`] chooses the marks
//! and lines, [`labels::place`] the labels for a step of zoom; [`Scene::display`] gives the shapes in
//! screen points. Picking ([`Scene::pick`]) finds what was drawn. Knows no widget and no file format.

mod adjacency;
mod build;
mod detail;
mod display;
mod fitting;
pub mod font;
mod form;
mod icon;
pub mod labels;
mod legend;
mod list;
mod live;
mod occupancy;
mod outline;
mod overlay;
mod page;
mod path;
mod pick;
mod pick_index;
mod picture;
mod region;
mod rings;
mod room;
mod shape;
mod sight;
mod strand;
mod style;
mod theme;
mod tones;

pub use build::{Link, Node, Scene, SceneInput, SceneParts, build};
pub use detail::{Choosing, Detail, ReadyToPick};
pub use display::View;
pub use fitting::{Corners, fitting_camera, fitting_camera_of_all_names};
pub use icon::{Icon, IconPiece};
pub use legend::{LegendEntry, grouped, legend, legend_entries};
pub use list::{DisplayList, Dot, Stroke};
pub use live::LivePositions;
pub use overlay::Overlay;
pub use page::page_of_all;
pub use pick::Hit;
pub use picture::picture;
pub use rings::Rings;
pub use room::{Rooms, room_of_name, rooms};
pub use shape::{Arrow, BoxShape, Form, Label, Line, Mark, Outline, Pattern, Shape, Weight};
pub use style::{
    DetailLevel, label_lines, node_radius, pattern, radius_in_screen, radius_of_mentions, shortened,
};
pub use theme::{
    FontMeasures, LabelMeasures, LineMeasures, MapMeasures, Measures, NodeMeasures, Theme,
};
