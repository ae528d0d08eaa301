//! What Redstring is, and its licenses.

use super::frame::{Outcome, dialog};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Label, Ui};

/// The dialog.
pub struct About;

impl About {
    /// Draws the dialog.
    pub fn show(&mut self, ui: &Ui, turn: &mut Turn<'_>) -> Outcome {
        dialog(ui, turn, "About Redstring", 440.0, |ui, turn| {
            let version = env!("CARGO_PKG_VERSION");
            ui.label(format!("Version {version}"));
            ui.add_space(8.0);
            let what = "From a folder of reports to a graph of people, units, organizations and places, every line of which leads to the sentence that says so. Everything happens on this computer: Redstring has no network code.";
            ui.add(Label::new(what).wrap());
            ui.add_space(8.0);
            widgets::caption(
                ui,
                turn.look,
                "Redstring is free software under the MIT license or the Apache license 2.0, as you choose. Typeface: Inter, SIL Open Font License 1.1. Place names: GeoNames, CC BY 4.0.",
            );
            widgets::caption(
                ui,
                turn.look,
                "“redstring --licenses” prints the licenses of all parts.",
            );
            ui.add_space(16.0);
            if widgets::button(ui, "Close", true).clicked() {
                return Outcome::Close;
            }
            Outcome::Open
        })
    }
}
