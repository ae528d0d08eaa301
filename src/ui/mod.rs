//! The window: panels, dialogs and the canvas over a running session.
//!
//! In comes `&Session`, out go `Command`s. The only module that names egui; what it must not know is
//! how a command is carried out.

mod canvas;
pub mod fonts;
pub mod paint;
mod request;

pub use canvas::{Canvas, CanvasView};
pub use request::{Request, ask, take_requests};
