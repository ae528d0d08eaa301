//! The entities shown, as rows that can be sorted and clicked.

use crate::model::{EntityId, EntityKind};
use crate::session::Command;
use crate::ui::icons::{Icon, paint_icon, paint_kind};
use crate::ui::look;
use crate::ui::number;
use crate::ui::turn::Turn;
use crate::ui::widgets;
use egui::{Align, Rect, ScrollArea, Sense, Ui, Vec2, WidgetInfo, accesskit::Role, pos2, vec2};

const ROW: f32 = 24.0;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Kind,
    Mentions,
    Documents,
    Links,
    Component,
}

impl Column {
    const ALL: [Self; 6] = [
        Self::Name,
        Self::Kind,
        Self::Mentions,
        Self::Documents,
        Self::Links,
        Self::Component,
    ];

    const fn title(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Kind => "Kind",
            Self::Mentions => "Mentions",
            Self::Documents => "Documents",
            Self::Links => "Links",
            Self::Component => "Component",
        }
    }

    /// Figures are set at the right, and sorted from the largest at first.
    const fn is_figure(self) -> bool {
        !matches!(self, Self::Name | Self::Kind)
    }

    /// Points across; what is left goes to the name.
    const fn width(self) -> f32 {
        match self {
            Self::Name => 0.0,
            Self::Kind => 112.0,
            Self::Component => 92.0,
            _ => 84.0,
        }
    }

    /// Where the table is narrower than this many points, the column gives way to the others.
    const fn needs_width(self) -> f32 {
        match self {
            Self::Component => 600.0,
            Self::Documents => 500.0,
            _ => 0.0,
        }
    }
}

struct Row {
    entity: EntityId,
    name: String,
    kind: EntityKind,
    figures: [usize; 4],
}

impl Row {
    fn figure(&self, column: Column) -> usize {
        match column {
            Column::Name | Column::Kind => 0,
            Column::Mentions => self.figures[0],
            Column::Documents => self.figures[1],
            Column::Links => self.figures[2],
            Column::Component => self.figures[3],
        }
    }
}

/// The table with its rows, made anew when the project or the view changes.
pub struct Table {
    made_for: Option<(u64, u64)>,
    rows: Vec<Row>,
    sort: Column,
    descending: bool,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            made_for: None,
            rows: Vec::new(),
            sort: Column::Mentions,
            descending: true,
        }
    }
}

impl Table {
    /// Draws the table.
    pub fn show(&mut self, ui: &mut Ui, turn: &mut Turn<'_>) {
        self.refresh(turn);
        if self.rows.is_empty() {
            widgets::empty_state(
                ui,
                turn.look,
                "No entities shown",
                "Read documents, or loosen the filters at the left.",
            );
            return;
        }
        self.header_ui(ui, turn);
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical()
            .id_salt("table")
            .auto_shrink(false)
            .show_rows(ui, ROW, self.rows.len(), |ui, range| {
                for row in &self.rows[range] {
                    row_ui(ui, turn, row);
                }
            });
    }

    fn refresh(&mut self, turn: &Turn<'_>) {
        let key = (turn.session.revision(), turn.session.view_revision());
        if self.made_for == Some(key) {
            return;
        }
        self.made_for = Some(key);
        let measures = turn.session.measures();
        self.rows = turn
            .session
            .visible()
            .entities
            .iter()
            .filter_map(|&id| turn.project().entity(id))
            .map(|entity| Row {
                entity: entity.id,
                name: entity.name.clone(),
                kind: entity.kind,
                figures: [
                    entity.mentions.len(),
                    entity.document_count(),
                    measures.degree(entity.id),
                    measures.component(entity.id).unwrap_or(0),
                ],
            })
            .collect();
        self.sort_rows();
    }

    fn sort_rows(&mut self) {
        let column = self.sort;
        self.rows.sort_by(|a, b| {
            let order = match column {
                Column::Name => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
                Column::Kind => a.kind.cmp(&b.kind),
                _ => a.figure(column).cmp(&b.figure(column)),
            };
            let order = if self.descending {
                order.reverse()
            } else {
                order
            };
            order.then(a.entity.cmp(&b.entity))
        });
    }

    fn header_ui(&mut self, ui: &mut Ui, turn: &Turn<'_>) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        for (column, cell) in cells(rect) {
            let id = egui::Id::unique(("table header", column.title()));
            let response = ui.interact(cell, id, Sense::click());
            let on = self.sort == column;
            response
                .widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, on, column.title()));
            let color = if on || response.hovered() {
                turn.look.text
            } else {
                turn.look.weak
            };
            let align = if column.is_figure() {
                Align::Max
            } else {
                Align::Min
            };
            let used = widgets::paint_line(ui, cell, column.title(), look::caption(), color, align);
            if on {
                let icon = if self.descending {
                    Icon::Down
                } else {
                    Icon::Up
                };
                let x = match align {
                    Align::Min => cell.left() + used + 8.0,
                    _ => cell.right() - used - 8.0,
                };
                let at = Rect::from_center_size(pos2(x, cell.center().y), Vec2::splat(10.0));
                paint_icon(ui.painter(), at, icon, 10.0, turn.look.text);
            }
            widgets::focus_ring(ui, turn.look, &response, cell);
            if response.clicked() {
                self.descending = if on {
                    !self.descending
                } else {
                    column.is_figure()
                };
                self.sort = column;
                self.sort_rows();
            }
        }
        ui.painter()
            .hline(rect.x_range(), rect.bottom(), turn.look.hairline());
    }
}

/// The cells of a row that fills `rect`.
fn cells(rect: Rect) -> Vec<(Column, Rect)> {
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let columns = || {
        Column::ALL
            .into_iter()
            .filter(|column| rect.width() >= column.needs_width())
    };
    let fixed: f32 = columns().map(Column::width).sum();
    let name = (inner.width() - fixed).max(80.0);
    let mut left = inner.left();
    columns()
        .map(|column| {
            let width = if column == Column::Name {
                name
            } else {
                column.width()
            };
            let cell =
                Rect::from_min_size(pos2(left, inner.top()), vec2(width - 8.0, inner.height()));
            left += width;
            (column, cell)
        })
        .collect()
}

fn row_ui(ui: &mut Ui, turn: &mut Turn<'_>, row: &Row) {
    let selected = turn.view().selection.contains(&row.entity);
    let (rect, response) = widgets::row(ui, turn.look, ROW, selected, &row.name);
    for (column, mut cell) in cells(rect) {
        match column {
            Column::Name => {
                widgets::paint_line(
                    ui,
                    cell,
                    &row.name,
                    look::body(),
                    turn.look.text,
                    Align::Min,
                );
            }
            Column::Kind => {
                let mark = pos2(cell.left() + 6.0, cell.center().y);
                paint_kind(ui.painter(), mark, 5.0, row.kind, turn.look.kind(row.kind));
                cell.min.x += 20.0;
                widgets::paint_line(
                    ui,
                    cell,
                    row.kind.title(),
                    look::body(),
                    turn.look.weak,
                    Align::Min,
                );
            }
            _ => {
                let text = number(row.figure(column));
                widgets::paint_line(ui, cell, &text, look::body(), turn.look.text, Align::Max);
            }
        }
    }
    if response.clicked() {
        turn.push(Command::FlyTo(row.entity));
    }
}
