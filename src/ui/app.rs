//! The window as a whole: which parts are drawn where, and one frame from input to commands.

use super::choose::shortcuts;
use super::dialogs::{CloseChoice, Dialogs};
use super::drop_files::{dropped_files, pasted_text};
use super::look::{self, Look};
use super::panels::{Drawer, Inspector, LeftPanel, Reader};
use super::request::{Request, ask, take_requests};
use super::run::WindowOptions;
use super::status_bar::StatusBar;
use super::toasts::Toasts;
use super::top_bar::TopBar;
use super::turn::{Turn, Work};
use super::welcome::welcome_ui;
use super::words::project_name;
use super::{Canvas, fonts};
use crate::scene::Theme;
use crate::session::{Command, Session, ThemeChoice};
use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui, ViewportCommand};
use std::sync::Arc;

/// Below this width the documents give way to an open reader.
const NARROW: f32 = 1240.0;

/// The window over a running session.
pub struct App {
    session: Session,
    canvas: Canvas,
    top_bar: TopBar,
    status_bar: StatusBar,
    left: LeftPanel,
    inspector: Inspector,
    reader: Reader,
    drawer: Drawer,
    dialogs: Dialogs,
    toasts: Toasts,
    look: Arc<Look>,
    title: String,
    /// The user has said that the window may close.
    may_close: bool,
    close_after_saving: bool,
    /// The user has said that changes are to be dropped.
    discard: bool,
}

impl App {
    /// The window with what `options` name opened in it.
    pub fn new(ctx: &Context, options: &WindowOptions) -> Self {
        let wake = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let mut session = Session::new(options.settings_dir.clone(), wake);
        let last = session.settings().recent.first().cloned();
        if !options.paths.is_empty() {
            session.run(Command::OpenPaths(options.paths.clone()));
        } else if let Some(last) = last.filter(|path| path.is_file())
            && session.recovery().is_none()
        {
            session.run(Command::OpenPaths(vec![last]));
        }
        super::motion::ask_the_system(&mut session);
        fonts::install_system_fonts(ctx);
        Self::with_session(ctx, session)
    }

    /// The window over a session that was made elsewhere.
    pub fn with_session(ctx: &Context, session: Session) -> Self {
        fonts::install(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let look = Arc::new(Look::from_theme(theme_of(ctx, session.settings().theme)));
        look::apply(ctx, &look);
        Self {
            session,
            canvas: Canvas::default(),
            top_bar: TopBar::default(),
            status_bar: StatusBar::default(),
            left: LeftPanel::default(),
            inspector: Inspector::default(),
            reader: Reader::default(),
            drawer: Drawer::default(),
            dialogs: Dialogs::default(),
            toasts: Toasts::default(),
            look,
            title: String::new(),
            may_close: false,
            close_after_saving: false,
            discard: false,
        }
    }

    /// The session under the window.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The session under the window, to be changed from outside (tests).
    pub fn session_mut(&mut self) -> &mut Session {
        &mut self.session
    }

    /// The canvas.
    pub fn canvas(&self) -> &Canvas {
        &self.canvas
    }

    /// A dialog is open.
    pub fn has_dialog(&self) -> bool {
        self.dialogs.is_open()
    }

    /// Takes in what jobs have sent, and what concerns the window as such.
    pub fn take_in(&mut self, ctx: &Context) {
        self.session.poll();
        if let Some((width, height, rgba)) = self.session.take_clipboard_image() {
            ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(
                [width, height],
                &rgba,
            ));
        }
        let theme = theme_of(ctx, self.session.settings().theme);
        let look = Look::from_theme(theme);
        if *self.look != look {
            self.look = Arc::new(look);
            look::apply(ctx, &self.look);
        }
        super::motion::apply(ctx, self.session.reduces_motion());
        let name = project_name(self.session.project().title(), self.session.path());
        let title = if self.session.project().is_empty() {
            "Redstring".to_owned()
        } else {
            format!("Redstring – {name}")
        };
        if self.title != title {
            self.title.clone_from(&title);
            ctx.send_viewport_cmd(ViewportCommand::Title(title));
        }
        self.closing(ctx);
    }

    /// Asks about changes that are not saved before the window closes.
    fn closing(&mut self, ctx: &Context) {
        if self.close_after_saving {
            self.close_once_saved(ctx);
        }
        match self.dialogs.take_close_choice() {
            Some(CloseChoice::Discard) => {
                self.may_close = true;
                self.discard = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Some(CloseChoice::Save) if self.session.path().is_some() => {
                self.close_after_saving = true;
                self.session.run(Command::Save);
            }
            Some(CloseChoice::Save) => {
                self.close_after_saving = true;
                ask(ctx, Request::SaveAs);
            }
            None => {}
        }
        let unsaved = self.session.is_dirty() && !self.session.project().is_empty();
        if ctx.input(|input| input.viewport().close_requested()) && unsaved && !self.may_close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialogs.ask_before_closing();
        }
    }

    /// Closes the window once the save that was asked for has succeeded. When the user works on
    /// instead (it failed, or its dialog was left), the window stays open.
    fn close_once_saved(&mut self, ctx: &Context) {
        if !self.session.is_dirty() {
            if self.session.jobs().is_empty() {
                self.close_after_saving = false;
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        } else if !self.session.is_saving() && !self.dialogs.is_open() {
            self.close_after_saving = self.session.is_asking();
        }
    }

    /// Draws one frame and carries out what the user did.
    pub fn frame_ui(&mut self, ui: &mut Ui) {
        let mut commands: Vec<Command> = Vec::new();
        let mut work: Vec<Work> = Vec::new();
        let look = self.look.clone();
        let mut panels = OpenPanels::of(&self.session);
        let mut turn = Turn {
            session: &self.session,
            look: &look,
            commands: &mut commands,
            work: &mut work,
        };
        let mut parts = Parts {
            canvas: &mut self.canvas,
            top_bar: &mut self.top_bar,
            status_bar: &mut self.status_bar,
            left: &mut self.left,
            inspector: &mut self.inspector,
            reader: &mut self.reader,
            drawer: &mut self.drawer,
        };
        if !self.dialogs.is_open() {
            shortcuts(ui, &mut turn, parts.canvas.is_dragging());
            pasted_text(ui);
        }
        let canvas_size = parts.show(ui, &mut turn, &mut panels);
        for request in take_requests(ui.ctx()) {
            match request {
                Request::Find => parts.top_bar.search.focus(),
                Request::ToggleLeft => panels.left = !panels.left,
                Request::ToggleRight => panels.right = !panels.right,
                Request::ToggleTable => panels.table = !panels.table,
                Request::ShowRight => panels.right = true,
                Request::ShowLegend(open) => panels.legend = Some(open),
                request => self.dialogs.open(request, &turn),
            }
        }
        self.dialogs.show(ui, &mut turn);
        self.toasts.show(ui, &mut turn);
        dropped_files(ui, &mut turn);
        self.session.set_viewport(canvas_size);
        self.session.set_shown_camera(self.canvas.camera());
        panels.keep(&mut self.session);
        self.carry_out(ui.ctx(), commands, work);
    }

    fn carry_out(&mut self, ctx: &Context, commands: Vec<Command>, work: Vec<Work>) {
        if commands.is_empty() && work.is_empty() {
            return;
        }
        for command in commands {
            if command == Command::Save && self.session.path().is_none() {
                ask(ctx, Request::SaveAs);
            } else if command == Command::ShowFailedFiles {
                self.session.settings_mut().left_open = true;
                self.left.show_failed();
            } else {
                self.session.run(command);
            }
        }
        for work in work {
            self.session.spawn(&work.title, work.run);
        }
        ctx.request_repaint();
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.take_in(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame_ui(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        if self.discard {
            self.session.close_without_saving();
        } else {
            self.session.close();
        }
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.look.background.to_normalized_gamma_f32()
    }
}

/// The theme that a choice means on this system.
pub(super) fn theme_of(ctx: &Context, choice: ThemeChoice) -> &'static Theme {
    if look::is_dark(ctx, choice) {
        Theme::dark()
    } else {
        Theme::light()
    }
}

/// Which panels are open; remembered in the settings.
#[derive(Clone, Copy, PartialEq)]
struct OpenPanels {
    left: bool,
    right: bool,
    table: bool,
    legend: Option<bool>,
}

impl OpenPanels {
    fn of(session: &Session) -> Self {
        let settings = session.settings();
        Self {
            left: settings.left_open,
            right: settings.right_open,
            table: settings.drawer_open,
            legend: settings.legend_open,
        }
    }

    fn keep(self, session: &mut Session) {
        if self != Self::of(session) {
            let settings = session.settings_mut();
            settings.left_open = self.left;
            settings.right_open = self.right;
            settings.drawer_open = self.table;
            settings.legend_open = self.legend;
        }
    }
}

/// The parts of the window, borrowed for one frame.
struct Parts<'a> {
    canvas: &'a mut Canvas,
    top_bar: &'a mut TopBar,
    status_bar: &'a mut StatusBar,
    left: &'a mut LeftPanel,
    inspector: &'a mut Inspector,
    reader: &'a mut Reader,
    drawer: &'a mut Drawer,
}

impl Parts<'_> {
    /// Draws all parts; gives the size of the canvas.
    fn show(
        &mut self,
        ui: &mut Ui,
        turn: &mut Turn<'_>,
        panels: &mut OpenPanels,
    ) -> crate::geometry::Vector {
        let look = turn.look;
        let bar = |x: i8, y: i8| {
            Frame::new()
                .fill(look.panel)
                .inner_margin(Margin::symmetric(x, y))
        };
        Panel::top("top bar")
            .exact_size(40.0)
            .frame(bar(8, 4))
            .show(ui, |ui| self.top_bar.show(ui, turn));
        let empty = turn.project().is_empty() && !turn.session.is_reading();
        if empty {
            let ground = Frame::new().fill(look.background);
            CentralPanel::default()
                .frame(ground)
                .show(ui, |ui| welcome_ui(ui, turn));
            return crate::geometry::Vector::new(ui.available_width(), ui.available_height());
        }
        let failed = Panel::bottom("status bar")
            .exact_size(24.0)
            .frame(bar(12, 0))
            .show(ui, |ui| self.status_bar.show(ui, turn))
            .inner;
        if failed {
            panels.left = true;
            self.left.show_failed();
        }
        let width = ui.available_width();
        let reader = turn.session.reader();
        let mut left_open = panels.left && !(reader.is_some() && width < NARROW);
        let left_wanted = left_open;
        Panel::left("left")
            .default_size(260.0)
            .size_range(220.0..=420.0)
            .frame(bar(12, 4))
            .show_collapsible(ui, &mut left_open, |ui| self.left.show(ui, turn));
        if left_open != left_wanted {
            panels.left = left_open;
        }
        Panel::right("inspector")
            .default_size(if width < NARROW { 300.0 } else { 340.0 })
            .size_range(260.0..=520.0)
            .frame(bar(12, 4))
            .show_collapsible(ui, &mut panels.right, |ui| self.inspector.show(ui, turn));
        if let Some(view) = reader {
            let most = (ui.available_width() - 280.0).max(320.0);
            Panel::right("reader")
                .default_size(480.0_f32.min(most))
                .size_range(300.0..=most)
                .frame(
                    Frame::new()
                        .fill(look.panel)
                        .inner_margin(Margin::symmetric(0, 4)),
                )
                .show(ui, |ui| self.reader.show(ui, turn, view));
        }
        let mut close_table = false;
        Panel::bottom("drawer")
            .resizable(true)
            .default_size(240.0)
            .size_range(120.0..=(ui.available_height() * 0.7).max(160.0))
            .frame(bar(12, 4))
            .show_collapsible(ui, &mut panels.table, |ui| {
                close_table = self.drawer.show(ui, turn);
            });
        if close_table {
            panels.table = false;
        }
        let ground = Frame::new().fill(look.background);
        let theme = if look.dark {
            Theme::dark()
        } else {
            Theme::light()
        };
        CentralPanel::default()
            .frame(ground)
            .show(ui, |ui| {
                let size =
                    crate::geometry::Vector::new(ui.available_width(), ui.available_height());
                self.canvas.show(ui, turn.session, theme, turn.commands);
                size
            })
            .inner
    }
}
