//! The bar at the top: open, the project's name and whether it is saved, search, undo and redo,
//! layout, export.

use super::choose::{entry_button, menu_entry};
use super::icons::Icon;
use super::look;
use super::request::{Request, ask};
use super::search::Search;
use super::turn::Turn;
use super::widgets;
use super::words::{project_name, short_path};
use crate::model::LayoutChoice;
use crate::session::Command;
use egui::{Button, Key, Label, Popup, Rect, RichText, Sense, TextEdit, Ui, UiBuilder, pos2, vec2};

/// The top bar.
#[derive(Default)]
pub struct TopBar {
    /// The search field.
    pub search: Search,
    naming: Option<String>,
}

impl TopBar {
    /// Draws the bar: three groups, the search in the middle of the window.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        let rect = ui.available_rect_before_wrap();
        let search_width = (rect.width() * 0.3).clamp(200.0, 380.0);
        let center = rect.center().x;
        let middle = Rect::from_center_size(rect.center(), vec2(search_width, rect.height()));
        let left = Rect::from_min_max(rect.min, pos2(middle.left() - 12.0, rect.bottom()));
        let right = Rect::from_min_max(
            pos2(center + search_width / 2.0 + 12.0, rect.top()),
            rect.max,
        );
        let across = egui::Layout::left_to_right(egui::Align::Center);
        let back = egui::Layout::right_to_left(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(left).layout(across), |ui| {
            self.left_ui(ui, turn)
        });
        ui.scope_builder(UiBuilder::new().max_rect(middle).layout(across), |ui| {
            self.search.show(ui, turn, search_width);
        });
        ui.scope_builder(UiBuilder::new().max_rect(right).layout(back), |ui| {
            right_ui(ui, turn)
        });
    }

    fn left_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        let on = turn.session.settings().left_open;
        entry_button(ui, turn, Icon::LeftPanel, "toggle_left", None, on);
        let open = menu_button(ui, turn, "Open");
        Popup::menu(&open).show(|ui| project_menu(ui, turn));
        self.name_ui(ui, turn);
    }

    fn name_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        if turn.project().is_empty() {
            return;
        }
        if let Some(text) = &mut self.naming {
            let edit = TextEdit::singleline(text).desired_width(160.0);
            let response = ui.add(edit).accessible_name("Project name");
            if !response.has_focus() && !response.lost_focus() {
                response.request_focus();
            }
            if response.lost_focus() {
                let keep = !ui.input(|input| input.key_pressed(Key::Escape));
                let name = text.trim().to_owned();
                self.naming = None;
                if keep && !name.is_empty() && name != turn.project().title() {
                    turn.push(Command::SetTitle(name));
                }
            }
            return;
        }
        let name = project_name(turn.project().title(), turn.session.path());
        let state = saved_state(turn);
        let room = ui.available_width();
        let state_width = 70.0_f32.min(room / 2.0);
        let text = RichText::new(&name)
            .font(look::name())
            .color(turn.look.text);
        let width = widgets::one_line(ui, &name, look::name(), turn.look.text, f32::INFINITY)
            .size()
            .x;
        let width = width.min(room - state_width - 8.0).max(24.0);
        let label = Label::new(text).truncate().sense(Sense::click());
        let response = ui
            .add_sized(vec2(width, 28.0), label)
            .on_hover_text("Double-click to name the project");
        if response.double_clicked() && turn.can_edit() {
            self.naming = Some(name);
        }
        let state = RichText::new(state)
            .font(look::caption())
            .color(turn.look.weak);
        let label = ui.add(Label::new(state).truncate());
        if let Some(path) = turn.session.path() {
            label.on_hover_text(path.display().to_string());
        }
    }
}

/// "Saved", "Edited", "Not saved yet".
fn saved_state(turn: &Turn<'_>) -> &'static str {
    match (turn.session.path().is_some(), turn.session.is_dirty()) {
        (true, false) => "Saved",
        (true, true) => "Edited",
        (false, _) => "Not saved yet",
    }
}

fn menu_button(ui: &mut Ui, turn: &Turn<'_>, text: &str) -> egui::Response {
    let label = format!("{text}      ");
    let response = ui
        .add(
            Button::new(label)
                .frame_when_inactive(false)
                .min_size(vec2(0.0, 28.0)),
        )
        .accessible_name(format!("{text} menu"));
    let at = Rect::from_center_size(
        pos2(response.rect.right() - 14.0, response.rect.center().y),
        vec2(10.0, 10.0),
    );
    super::icons::paint_icon(ui.painter(), at, Icon::Down, 10.0, turn.look.weak);
    response
}

fn project_menu(ui: &mut Ui, turn: &mut Turn<'_>) {
    ui.set_min_width(240.0);
    for id in ["open", "open_sample", "new_project"] {
        menu_entry(ui, turn, id);
    }
    let recent = turn.session.settings().recent.clone();
    if !recent.is_empty() {
        ui.separator();
        widgets::caption(ui, turn.look, "Recent projects");
        for path in recent.iter().take(6) {
            let name = short_path(&path.display().to_string());
            if ui
                .button(name)
                .on_hover_text(path.display().to_string())
                .clicked()
            {
                turn.push(Command::OpenPaths(vec![path.clone()]));
                ui.close();
            }
        }
    }
    ui.separator();
    for id in ["save", "save_as", "export", "copy_picture"] {
        menu_entry(ui, turn, id);
    }
    ui.separator();
    menu_entry(ui, turn, "lists");
    menu_entry(ui, turn, "duplicates");
    menu_entry(ui, turn, "corrections");
    menu_entry(ui, turn, "added");
    menu_entry(ui, turn, "account");
    menu_entry(ui, turn, "read_again");
    ui.separator();
    for id in ["theme_system", "theme_light", "theme_dark"] {
        menu_entry(ui, turn, id);
    }
    ui.separator();
    for id in ["palette", "shortcuts", "about"] {
        menu_entry(ui, turn, id);
    }
}

/// Right to left: inspector, table, export, layout, redo, undo.
fn right_ui(ui: &mut Ui, turn: &mut Turn<'_>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    let settings = turn.session.settings();
    let (right, table) = (settings.right_open, settings.drawer_open);
    entry_button(ui, turn, Icon::RightPanel, "toggle_right", None, right);
    entry_button(ui, turn, Icon::BottomPanel, "toggle_table", None, table);
    ui.add_space(4.0);
    let export = ui.add_enabled(
        !turn.project().is_empty(),
        Button::new("Export").min_size(vec2(0.0, 28.0)),
    );
    if export
        .on_hover_text("Write a picture or a data file")
        .clicked()
    {
        ask(ui.ctx(), Request::Export);
    }
    let layout = menu_button(ui, turn, "Layout");
    Popup::menu(&layout).show(|ui| {
        ui.set_min_width(240.0);
        menu_entry(ui, turn, "toggle_layout");
        ui.separator();
        for choice in LayoutChoice::ALL {
            menu_entry(ui, turn, &format!("layout_{}", choice.key()));
        }
        ui.separator();
        ui.menu_button("Selection only", |ui| {
            for choice in LayoutChoice::ALL {
                menu_entry(ui, turn, &format!("part_{}", choice.key()));
            }
        });
        menu_entry(ui, turn, "remove_overlaps");
        ui.separator();
        for id in ["fit_all", "fit_selection", "pin", "unpin", "show_all"] {
            menu_entry(ui, turn, id);
        }
    });
    let history = turn.session.history();
    let redo = history.undone().last().map(|step| step.title.clone());
    let undo = history.done().last().map(|step| step.title.clone());
    entry_button(ui, turn, Icon::Redo, "redo", redo.as_deref(), false);
    entry_button(ui, turn, Icon::Undo, "undo", undo.as_deref(), false);
}
