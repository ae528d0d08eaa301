//! Our own line icons on a 16-unit grid, and the marks of the entity kinds.

use crate::model::EntityKind;
use crate::scene::Form;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

/// An icon of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A magnifying glass.
    Search,
    /// An arrow that turns back.
    Undo,
    /// An arrow that turns forward.
    Redo,
    /// A cross.
    Close,
    /// An arrow head that points down.
    Down,
    /// An arrow head that points up.
    Up,
    /// A tick.
    Check,
    /// A triangle with a stroke.
    Warning,
    /// A sheet left out.
    Skipped,
    /// A panel at the left.
    LeftPanel,
    /// A panel at the right.
    RightPanel,
    /// A panel below.
    BottomPanel,
    /// A pencil.
    Edit,
    /// A clock.
    Waiting,
}

type Stroked = &'static [&'static [(f32, f32)]];

fn lines(icon: Icon) -> Stroked {
    match icon {
        Icon::Search => &[&[(10.3, 10.3), (13.6, 13.6)]],
        Icon::Undo => &[
            &[(6.2, 3.0), (3.0, 6.2), (6.2, 9.4)],
            &[
                (3.0, 6.2),
                (9.6, 6.2),
                (11.8, 7.0),
                (13.0, 9.0),
                (12.6, 11.2),
                (10.8, 12.8),
                (8.0, 13.0),
            ],
        ],
        Icon::Redo => &[
            &[(9.8, 3.0), (13.0, 6.2), (9.8, 9.4)],
            &[
                (13.0, 6.2),
                (6.4, 6.2),
                (4.2, 7.0),
                (3.0, 9.0),
                (3.4, 11.2),
                (5.2, 12.8),
                (8.0, 13.0),
            ],
        ],
        Icon::Close => &[&[(4.0, 4.0), (12.0, 12.0)], &[(12.0, 4.0), (4.0, 12.0)]],
        Icon::Down => &[&[(4.0, 6.2), (8.0, 10.2), (12.0, 6.2)]],
        Icon::Up => &[&[(4.0, 10.0), (8.0, 6.0), (12.0, 10.0)]],
        Icon::Check => &[&[(3.2, 8.4), (6.6, 11.8), (12.8, 4.6)]],
        Icon::Warning => &[
            &[(8.0, 2.4), (14.2, 13.2), (1.8, 13.2), (8.0, 2.4)],
            &[(8.0, 6.2), (8.0, 9.4)],
            &[(8.0, 11.0), (8.0, 11.6)],
        ],
        Icon::Skipped => &[
            &[
                (3.8, 1.8),
                (9.6, 1.8),
                (12.4, 4.8),
                (12.4, 14.2),
                (3.8, 14.2),
                (3.8, 1.8),
            ],
            &[(6.0, 8.0), (10.2, 8.0)],
            &[(6.0, 11.0), (10.2, 11.0)],
        ],
        Icon::LeftPanel => &[&[(6.0, 3.0), (6.0, 13.0)]],
        Icon::RightPanel => &[&[(10.0, 3.0), (10.0, 13.0)]],
        Icon::BottomPanel => &[&[(2.0, 9.6), (14.0, 9.6)]],
        Icon::Edit => &[&[
            (3.0, 13.0),
            (3.6, 10.0),
            (10.8, 2.8),
            (13.2, 5.2),
            (6.0, 12.4),
            (3.0, 13.0),
        ]],
        Icon::Waiting => &[&[(8.0, 4.6), (8.0, 8.2), (10.4, 9.6)]],
    }
}

/// Draws `icon` in the middle of `rect`, `size` points wide.
pub fn paint_icon(painter: &Painter, rect: Rect, icon: Icon, size: f32, color: Color32) {
    let unit = size / 16.0;
    let origin = rect.center() - Vec2::splat(size / 2.0);
    let at = |x: f32, y: f32| origin + vec2(x, y) * unit;
    let stroke = Stroke::new(1.4 * unit.max(0.9), color);
    for path in lines(icon) {
        let points = path.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::line(points, stroke));
    }
    match icon {
        Icon::Search => {
            painter.circle_stroke(at(6.8, 6.8), 4.4 * unit, stroke);
        }
        Icon::LeftPanel | Icon::RightPanel | Icon::BottomPanel => {
            let frame = Rect::from_min_max(at(2.0, 3.0), at(14.0, 13.0));
            painter.rect_stroke(frame, 2.0 * unit, stroke, StrokeKind::Middle);
        }
        Icon::Waiting => {
            painter.circle_stroke(at(8.0, 8.0), 5.8 * unit, stroke);
        }
        _ => {}
    }
}

/// The mark of a kind without its icon, as in the picture: shape and color both tell kinds apart.
pub fn paint_kind(painter: &Painter, center: Pos2, radius: f32, kind: EntityKind, color: Color32) {
    super::paint::paint_form(painter, center, radius, Form::of(kind), color);
}

/// A rectangle of one icon at the left of `rect`, `inset` points in.
pub fn left_slot(rect: Rect, inset: f32, size: f32) -> Rect {
    Rect::from_center_size(
        pos2(rect.left() + inset + size / 2.0, rect.center().y),
        Vec2::splat(size),
    )
}
