//! The interactive picture: `&Session` in, `Command`s out. Draws the display list of [`crate::scene`];
//! knows no widget for a node, and no way to change a project but commands.

mod aside;
mod camera;
mod change;
mod choice;
mod controls;
mod focus;
mod frame;
mod glide;
mod legend;
mod menu;
mod minimap;
mod order;
mod picture;
mod pointer;
mod swap;
mod tooltip;
mod view;

pub use frame::Canvas;
pub use view::CanvasView;
