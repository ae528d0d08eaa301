//! The whole window without a display, with a folder of its own for settings.

#![allow(clippy::unwrap_used)]

use egui::Vec2;
use egui_kittest::Harness;
use redstring::session::Session;
use redstring::ui::{App, fonts};
use std::sync::Arc;
use tempfile::TempDir;

/// The window at a size in points, before its first frame, and the folder of its settings, which must
/// be kept as long as the window.
pub fn window(size: Vec2) -> (Harness<'static, Option<App>>, TempDir) {
    let settings = tempfile::tempdir().unwrap();
    let folder = settings.path().to_owned();
    let harness = Harness::builder()
        .with_size(size)
        .with_max_steps(60)
        .with_step_dt(0.05)
        .allow_missing_glyphs()
        .with_context_setup(fonts::install)
        .build_ui_state(
            move |ui, state: &mut Option<App>| {
                let app = state.get_or_insert_with(|| {
                    let session = Session::new(Some(folder.clone()), Arc::new(|| {}));
                    App::with_session(ui.ctx(), session)
                });
                app.take_in(ui.ctx());
                app.frame_ui(ui);
            },
            None,
        );
    (harness, settings)
}
