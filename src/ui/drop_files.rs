//! Files and folders that are dropped on the window, and text that is pasted outside of fields.

use super::look;
use super::request::{Request, ask};
use super::turn::Turn;
use crate::session::Command;
use egui::{Align2, Event, Id, LayerId, Order, Stroke, StrokeKind, Ui};
use std::path::PathBuf;

/// Reads what was dropped, and shows where it may be dropped while it hovers.
pub fn dropped_files(ui: &Ui, turn: &mut Turn<'_>) {
    let dropped = ui.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
    let mut paths: Vec<PathBuf> = Vec::new();
    for file in dropped {
        let path = file.path();
        if path.exists() || path.is_absolute() {
            paths.push(path.to_owned());
        } else if let Ok(bytes) = file.bytes() {
            let name = path.to_string_lossy().into_owned();
            turn.push(Command::ReadBytes(name, bytes));
        } else {
            paths.push(path.to_owned());
        }
    }
    if !paths.is_empty() {
        turn.push(Command::OpenPaths(paths));
    }
    let hovering = ui.input(|input| input.raw.hovered_files.len());
    if hovering > 0 {
        overlay_ui(ui, turn);
    }
}

fn overlay_ui(ui: &Ui, turn: &Turn<'_>) {
    let layer = LayerId::new(Order::Foreground, Id::unique("drop overlay"));
    let painter = ui.ctx().layer_painter(layer);
    let rect = ui.ctx().content_rect();
    painter.rect_filled(rect, 0.0, turn.look.background.gamma_multiply(0.85));
    let stroke = Stroke::new(2.0, turn.look.accent);
    painter.rect_stroke(rect.shrink(16.0), 8.0, stroke, StrokeKind::Inside);
    let text = if turn.project().is_empty() {
        "Drop to read"
    } else {
        "Drop to add to the project"
    };
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        text,
        look::title(),
        turn.look.text,
    );
}

/// Text pasted while no field has the keyboard: asks whether it becomes a document.
pub fn pasted_text(ui: &Ui) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let pasted = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if !text.trim().is_empty() => Some(text.clone()),
            _ => None,
        })
    });
    if let Some(text) = pasted {
        ask(ui.ctx(), Request::Paste(text));
    }
}
