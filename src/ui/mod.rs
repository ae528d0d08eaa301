//! The window: panels, dialogs and the canvas over a running session.
//!
//! In comes `&Session`, out go `Command`s. The only module that names egui; what it must not know is
//! how a command is carried out.

mod app;
mod bidi;
mod canvas;
mod choose;
mod dialogs;
mod drop_files;
mod excerpt;
pub mod fonts;
mod icons;
mod look;
mod marked;
mod motion;
pub mod paint;
mod palette;
mod panels;
mod request;
mod run;
mod search;
mod status_bar;
mod toasts;
mod top_bar;
mod turn;
mod welcome;
mod widgets;
mod words;

pub use app::App;
pub use canvas::{Canvas, CanvasView};
pub use request::{Request, ask, take_requests};
pub use run::{WindowOptions, run};
pub use words::number;
