//! What waits for the user's judgment: likely duplicates, and the corrections made so far.

use crate::ui::look;
use crate::ui::request::{Request, ask};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::{count, number};
use egui::{Align, ScrollArea, Ui, vec2};

/// Height of a pair.
const ROW: f32 = 42.0;

/// Draws the tab.
pub fn show(ui: &mut Ui, turn: &mut Turn<'_>) {
    if turn.project().entities().len() == 0 {
        widgets::empty_state(
            ui,
            turn.look,
            "Nothing to review yet",
            "Once documents are read, names that may be of one person, unit, organization or place are \
             listed here.",
        );
        return;
    }
    let corrections = turn.project().corrections().len();
    ui.add_space(4.0);
    if corrections > 0 {
        let label = format!("Corrections made: {}", number(corrections));
        if widgets::link(ui, turn.look, label).clicked() {
            ask(ui.ctx(), Request::Corrections);
        }
    }
    if let Some(added) = turn.session.last_added() {
        let text = format!(
            "Last reading: {} new, {} named again",
            count(added.entities.len(), "name", "names"),
            number(added.named_again.len())
        );
        if widgets::link(ui, turn.look, text).clicked() {
            ask(ui.ctx(), Request::Added);
        }
    }
    if turn.session.is_reading() {
        widgets::caption(ui, turn.look, "Documents are being read.");
        return;
    }
    let pairs = &turn.session.duplicates().pairs;
    let figure = number(pairs.len());
    widgets::section(ui, turn.look, "Possible duplicates", Some(&figure));
    if pairs.is_empty() {
        widgets::caption(ui, turn.look, "No two names are likely to be one.");
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical()
        .id_salt("duplicates")
        .auto_shrink(false)
        .show_rows(ui, ROW, pairs.len(), |ui, range| {
            for at in range {
                pair_ui(ui, turn, at);
            }
        });
}

fn pair_ui(ui: &mut Ui, turn: &Turn<'_>, at: usize) {
    let pair = &turn.session.duplicates().pairs[at];
    let name = |id| turn.project().entity(id).map_or("", |e| e.name.as_str());
    let names = format!("{} = {}?", name(pair.other), name(pair.into));
    let (rect, response) = widgets::row(ui, turn.look, ROW, false, &names);
    let inner = rect.shrink2(vec2(8.0, 4.0));
    let (upper, lower) = inner.split_top_bottom_at_fraction(0.55);
    let text = turn.look.text;
    widgets::paint_line(ui, upper, &names, look::body(), text, Align::Min);
    let mut why = super::filters::sentence_case(pair.reason.words());
    if pair.is_later {
        why.push_str(" · left for later");
    }
    widgets::paint_line(ui, lower, &why, look::caption(), turn.look.weak, Align::Min);
    if response.on_hover_text(&names).clicked() {
        ask(ui.ctx(), Request::Duplicates(at));
    }
}
