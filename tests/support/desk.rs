//! A canvas without a session: commands that move the camera, nodes or selection are carried out.

use super::raster::{Picture, Textures, rasterize};
use egui::{Event, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use redstring::model::{EntityId, Filters, Patch, Project, Visible};
use redstring::scene::{LivePositions, Theme};
use redstring::session::{Command, SelectMode};
use redstring::ui::{Canvas, CanvasView, fonts};
use std::sync::Arc;

/// A canvas over a project, without a session: commands that move the camera, nodes or selection are
/// carried out, and all are kept.
pub struct Desk {
    pub project: Project,
    pub visible: Visible,
    pub canvas: Canvas,
    pub theme: &'static Theme,
    pub revision: u64,
    /// Grows when something else changes than places.
    pub content_revision: u64,
    pub commands: Vec<Command>,
    /// Length of transitions in seconds, 0 for none; `None` leaves it to the harness.
    pub transition_s: Option<f32>,
    /// Positions of a layout that runs, and its tick.
    pub live: Option<(LivePositions, u64)>,
    /// Threads that make pictures aside.
    pub pool: Option<Arc<rayon::ThreadPool>>,
}

impl Desk {
    pub fn new(mut project: Project, theme: &'static Theme) -> Self {
        project.view.filters = Filters::default();
        Self {
            visible: project.view.filters.visible(&project),
            project,
            canvas: Canvas::default(),
            theme,
            revision: 1,
            content_revision: 1,
            commands: Vec::new(),
            transition_s: None,
            live: None,
            pool: None,
        }
    }

    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let mut commands = Vec::new();
        if let Some(transition_s) = self.transition_s {
            ui.style_mut().animation_time = transition_s;
        }
        let view = CanvasView {
            project: &self.project,
            shared: None,
            visible: &self.visible,
            live: self.live.as_ref().map(|(live, tick)| (live, *tick)),
            revision: self.revision,
            content_revision: self.content_revision,
            saved: &self.project.view,
            theme: self.theme,
            can_edit: true,
            legend_open: None,
            pool: self.pool.as_ref(),
        };
        self.canvas.show_view(ui, &view, &mut commands);
        for command in &commands {
            match command {
                Command::SetCamera(camera) => self.project.view.camera = Some(*camera),
                Command::Select(ids, SelectMode::Replace) => {
                    self.project.view.selection = ids.iter().copied().collect();
                }
                Command::Select(ids, SelectMode::Add) => self.project.view.selection.extend(ids),
                Command::SelectNone => self.project.view.selection.clear(),
                Command::Move(moves) => {
                    let placed = moves.iter().map(|&(id, point)| {
                        let mut placement = self.project.placement(id);
                        placement.position = Some(point);
                        placement.pinned = true;
                        (id, Some(placement))
                    });
                    let placements = placed.collect();
                    self.project.apply(Patch {
                        placements,
                        ..Patch::default()
                    });
                    self.revision += 1;
                }
                _ => {}
            }
        }
        self.commands.extend(commands);
    }
}

pub fn harness(
    project: Project,
    theme: &'static Theme,
    size: [f32; 2],
) -> (Harness<'static, Desk>, Textures) {
    let textures = Textures::default();
    let harness = Harness::builder()
        .with_size(egui::Vec2::from(size))
        .with_step_dt(0.05)
        .with_context_setup(fonts::install)
        .renderer(textures.clone())
        .build_ui_state(
            |ui, desk: &mut Desk| desk.frame(ui),
            Desk::new(project, theme),
        );
    (harness, textures)
}

pub fn picture_of(harness: &Harness<'_, Desk>, textures: &Textures) -> Picture {
    rasterize(&harness.ctx, harness.output(), textures)
}

pub fn position(harness: &Harness<'_, Desk>, id: u32) -> Pos2 {
    harness
        .state()
        .canvas
        .position_of(EntityId(id))
        .expect("is drawn")
}

pub fn taken<T>(harness: &mut Harness<'_, Desk>, pick: impl Fn(&Command) -> Option<T>) -> Vec<T> {
    let found = harness.state().commands.iter().filter_map(pick).collect();
    harness.state_mut().commands.clear();
    found
}

pub fn click(harness: &mut Harness<'_, Desk>, at: Pos2, modifiers: Modifiers) {
    harness.hover_at(at);
    harness.step();
    for pressed in [true, false] {
        let event = Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers,
        };
        harness.event_modifiers(event, modifiers);
        harness.step();
    }
    harness.run_steps(12);
}

pub fn drag(harness: &mut Harness<'_, Desk>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    harness.hover_at(from);
    harness.step();
    let button = |pos: Pos2, pressed: bool| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    harness.event_modifiers(button(from, true), modifiers);
    harness.step();
    for share in [0.2, 0.5, 0.8, 1.0] {
        harness.event_modifiers(Event::PointerMoved(from.lerp(to, share)), modifiers);
        harness.step();
    }
    harness.event_modifiers(button(to, false), modifiers);
    harness.run_steps(3);
}
