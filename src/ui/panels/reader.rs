//! The reader: a document with all its mentions marked, a place brought into view, and words to be
//! marked as a mention by selecting them.

use super::documents::details;
use super::reader_blocks::Blocks;
use super::reader_selection::{Selection, mark_bar_ui};
use crate::model::{Document, DocumentId, EntityId, EntityKind};
use crate::session::{Command, ReaderView, SelectMode};
use crate::ui::bidi::{self, SeenText, visual_order};
use crate::ui::icons::Icon;
use crate::ui::look;
use crate::ui::marked::{self, Mark};
use crate::ui::turn::Turn;
use crate::ui::widgets;
use crate::ui::words::count;
use egui::{Label, Pos2, Rect, ScrollArea, Sense, Ui, WidgetInfo, accesskit::Role, pos2, vec2};
use std::sync::Arc;

const GAP: f32 = 4.0;
const MARGIN: f32 = 16.0;

/// A mention as the reader marks it.
#[derive(Clone, Copy, Debug)]
struct Marked {
    range: [usize; 2],
    entity: EntityId,
    kind: EntityKind,
}

/// A block as it was drawn in this frame.
struct Drawn {
    block: usize,
    rect: Rect,
    seen: Arc<SeenText>,
}

/// The reader.
#[derive(Default)]
pub struct Reader {
    made_for: Option<(DocumentId, u64)>,
    focus: Option<ReaderView>,
    /// Frames in which the view still moves to the focus: heights get exact as blocks are laid out.
    settling: u8,
    blocks: Blocks,
    mentions: Vec<Marked>,
    selection: Selection,
}

impl Reader {
    /// Draws the document that the session has open.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, view: ReaderView) {
        let project = turn.project();
        let Some(document) = project.document(view.document) else {
            self.header_ui(ui, turn, "Document removed", "");
            widgets::empty_state(
                ui,
                turn.look,
                "This document is no longer here",
                "Undo brings it back.",
            );
            return;
        };
        self.refresh(turn, document, view);
        let subtitle = format!(
            "{} · {}",
            details(document),
            count(self.mentions.len(), "mention", "mentions")
        );
        self.header_ui(ui, turn, &document.display_title(), &subtitle);
        if let Some(range) = self.selection.range(&document.text) {
            egui::Panel::bottom("mark bar")
                .frame(
                    egui::Frame::new()
                        .inner_margin(egui::Margin::symmetric(12, 8))
                        .fill(turn.look.raised),
                )
                .show(ui, |ui| {
                    if mark_bar_ui(ui, turn, document, range) {
                        self.selection.clear();
                    }
                });
        }
        self.text_ui(ui, turn, document);
    }

    fn refresh(&mut self, turn: &Turn<'_>, document: &Document, view: ReaderView) {
        let key = (document.id, turn.session.revision());
        if self.made_for.map(|(id, _)| id) != Some(document.id) {
            self.blocks = Blocks::new(&document.text);
            self.selection.clear();
            self.focus = None;
        }
        if self.made_for != Some(key) {
            self.made_for = Some(key);
            self.mentions = turn
                .project()
                .entities()
                .flat_map(|e| e.mentions.iter().map(move |m| (m, e)))
                .filter(|(m, _)| m.document == document.id)
                .map(|(m, e)| Marked {
                    range: [m.start, m.end],
                    entity: e.id,
                    kind: e.kind,
                })
                .collect();
            self.mentions.sort_by_key(|m| m.range);
        }
        if self.focus != Some(view) {
            self.focus = Some(view);
            self.settling = 4;
        }
    }

    fn header_ui(&self, ui: &mut Ui, turn: &mut Turn<'_>, title: &str, subtitle: &str) {
        ui.horizontal_top(|ui| {
            ui.add_space(MARGIN);
            let width = ui.available_width() - 40.0;
            ui.vertical(|ui| {
                ui.set_max_width(width);
                ui.add_space(4.0);
                let text = bidi::wrapped(ui, title, look::heading(), turn.look.text);
                ui.add(Label::new(text).wrap());
                if !subtitle.is_empty() {
                    widgets::caption(ui, turn.look, subtitle);
                }
            });
            if widgets::icon_button(ui, turn.look, Icon::Close, "Close document").clicked() {
                turn.push(Command::CloseReader);
            }
        });
        widgets::divider(ui, turn.look);
    }

    fn text_ui(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, document: &Document) {
        let width = (ui.available_width() - 2.0 * MARGIN).max(80.0);
        let line_height = (look::body().size * 1.5).round();
        self.blocks.set_width(width, line_height, GAP);
        let mut area = ScrollArea::vertical()
            .id_salt(("reader", document.id))
            .auto_shrink(false);
        if self.settling > 0 {
            self.settling -= 1;
            ui.ctx().request_repaint();
            if let Some(offset) = self.focus_offset(ui, turn, document, width) {
                area = area.vertical_scroll_offset(offset);
            }
        }
        let mut drawn: Vec<Drawn> = Vec::new();
        let mut changed = false;
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(self.blocks.total_height());
            ui.set_width(ui.available_width());
            let mut block = self.blocks.block_at(viewport.min.y);
            let mut y = self.blocks.top(block);
            while block < self.blocks.ranges.len() && y < viewport.max.y {
                let seen = Arc::new(self.layout(ui, turn, document, block, width));
                let at = pos2(ui.max_rect().left() + MARGIN, ui.max_rect().top() + y);
                let height = if seen.galley.job.text.is_empty() {
                    line_height * 0.5
                } else {
                    seen.galley.size().y
                } + GAP;
                changed |= self.blocks.measured(block, height);
                let rect = Rect::from_min_size(at, vec2(width, height));
                drawn.push(Drawn { block, rect, seen });
                y += height;
                block += 1;
            }
            self.interact(ui, turn, document, &drawn);
            for item in &drawn {
                ui.painter()
                    .galley(item.rect.min, item.seen.galley.clone(), turn.look.text);
            }
        });
        if changed {
            self.blocks.place();
            ui.ctx().request_repaint();
        }
    }

    /// The scroll offset that shows the focus a third below the upper edge.
    fn focus_offset(
        &self,
        ui: &Ui,
        turn: &Turn<'_>,
        document: &Document,
        width: f32,
    ) -> Option<f32> {
        let [start, _] = self.focus?.focus?;
        if self.blocks.ranges.is_empty() {
            return None;
        }
        let block = self.blocks.block_of(start);
        let seen = self.layout(ui, turn, document, block, width);
        let [from, to] = self.blocks.ranges[block];
        let text = document.text.get(from..to).unwrap_or_default();
        let within = seen.top_of(text, start.saturating_sub(from));
        let room = ui.available_height();
        Some((self.blocks.top(block) + within - room / 3.0).max(0.0))
    }

    fn layout(
        &self,
        ui: &Ui,
        turn: &Turn<'_>,
        document: &Document,
        block: usize,
        width: f32,
    ) -> SeenText {
        let [start, end] = self.blocks.ranges[block];
        let first = self.mentions.partition_point(|m| m.range[1] <= start);
        let selected = &turn.view().selection;
        let mut marks: Vec<Mark> = self.mentions[first..]
            .iter()
            .take_while(|m| m.range[0] < end)
            .map(|m| Mark {
                range: m.range,
                background: Some(turn.look.tint(m.kind)),
                underline: None,
                strong: selected.contains(&m.entity),
            })
            .collect();
        if let Some(range) = self.focus.and_then(|view| view.focus) {
            marks.push(Mark {
                range,
                background: None,
                underline: Some(turn.look.followed),
                strong: false,
            });
        }
        if let Some(range) = self.selection.raw_range() {
            marks.push(Mark {
                range,
                background: Some(turn.look.selected),
                underline: None,
                strong: false,
            });
        }
        let color = if document.is_boilerplate(start, end.max(start + 1)) {
            turn.look.weak
        } else {
            turn.look.text
        };
        let text = &document.text[start..end];
        let job = marked::job(text, start, &marks, &look::body(), color, width);
        bidi::lay_out(ui, job)
    }

    fn interact(&mut self, ui: &mut Ui, turn: &mut Turn<'_>, document: &Document, drawn: &[Drawn]) {
        for item in drawn {
            let id = egui::Id::unique(("reader block", document.id, item.block));
            let response = ui.interact(item.rect, id, Sense::click_and_drag());
            let [from, to] = self.blocks.ranges[item.block];
            let text = &document.text[from..to];
            response.widget_info(|| WidgetInfo::labeled(Role::Paragraph, true, text));
            let at = |pos: Pos2| byte_at(document, &self.blocks, drawn, pos);
            if response.drag_started()
                && let Some(byte) = ui.input(|i| i.pointer.press_origin()).and_then(at)
            {
                self.selection.begin(byte);
            }
            if response.dragged()
                && let Some(byte) = response.interact_pointer_pos().and_then(at)
            {
                self.selection.extend(byte);
            }
            let clicked = response.interact_pointer_pos().and_then(at);
            if response.double_clicked() {
                if let Some(byte) = clicked {
                    self.selection.word(&document.text, byte);
                }
            } else if response.clicked() {
                self.selection.clear();
                if let Some(mention) = clicked.and_then(|byte| self.mention_at(byte)) {
                    turn.push(Command::Select(vec![mention.entity], SelectMode::Replace));
                }
            }
            let over = response
                .hover_pos()
                .and_then(at)
                .and_then(|byte| self.mention_at(byte));
            if let Some(mention) = over {
                let cursor = egui::CursorIcon::PointingHand;
                let response = response.on_hover_cursor(cursor);
                if let Some(entity) = turn.project().entity(mention.entity) {
                    let date = entity.date.map(|date| format!(" · {date}"));
                    response.on_hover_text_at_pointer(format!(
                        "{} · {}{}",
                        visual_order(&entity.name),
                        entity.kind.title(),
                        date.unwrap_or_default()
                    ));
                }
            } else {
                response.on_hover_cursor(egui::CursorIcon::Text);
            }
        }
        self.selection.copy(ui, &document.text);
    }

    fn mention_at(&self, byte: usize) -> Option<Marked> {
        let next = self.mentions.partition_point(|m| m.range[0] <= byte);
        let mention = self.mentions.get(next.checked_sub(1)?)?;
        (byte < mention.range[1]).then_some(*mention)
    }
}

/// The byte of the text under the pointer, among the blocks drawn in this frame.
fn byte_at(document: &Document, blocks: &Blocks, drawn: &[Drawn], pos: Pos2) -> Option<usize> {
    let item = drawn
        .iter()
        .find(|item| pos.y < item.rect.bottom())
        .or(drawn.last())?;
    let [start, end] = blocks.ranges[item.block];
    let text = &document.text[start..end];
    Some(start + item.seen.byte_at(text, pos - item.rect.min))
}
