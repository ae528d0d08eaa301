//! Each shape of the display list as SVG elements.

use super::lettering::write_label;
use super::svg::Reader;
use crate::geometry::{Color, Point, Rect, Vector};
use crate::scene::{Arrow, BoxShape, Form, Line, Mark, Measures, Outline, Pattern, Shape};
use std::fmt::{self, Display, Write};

/// Writes one shape.
pub(super) fn write_shape(out: &mut String, shape: &Shape, reader: Reader) {
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Line(line) => write_line(out, line),
        Shape::Arrow(arrow) => write_arrow(out, arrow),
        Shape::Mark(mark) => write_mark(out, mark),
        Shape::Label(label) => write_label(out, label, reader),
        Shape::Box(shape) => write_box(out, shape),
        Shape::Outline(outline) => write_outline(out, outline),
    };
}

/// A number with at most two decimals and no needless zeros.
pub(super) struct Short(pub(super) f32);

impl Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (f64::from(self.0) * 100.0).round() / 100.0;
        // Adding zero turns -0 into 0.
        let rounded = if rounded.is_finite() {
            rounded + 0.0
        } else {
            0.0
        };
        write!(f, "{rounded}")
    }
}

/// `name="#RRGGBB"`, and the opacity where it is not full.
pub(super) struct Paint(pub(super) &'static str, pub(super) Color);

impl Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(name, color) = self;
        write!(f, r#"{name}="{}""#, color.hex())?;
        if color.a < 255 {
            write!(
                f,
                r#" {name}-opacity="{}""#,
                Short(f32::from(color.a) / 255.0)
            )?;
        }
        Ok(())
    }
}

fn write_line(out: &mut String, line: &Line) -> fmt::Result {
    let (from, to) = (line.from, line.to);
    write!(out, r#"<path d="M{} {}"#, Short(from.x), Short(from.y))?;
    if let Some(control) = line.control {
        write!(out, "Q{} {} ", Short(control.x), Short(control.y))?;
    } else {
        out.push('L');
    }
    let color = Paint("stroke", line.color);
    let width = Short(line.width);
    write!(
        out,
        r#"{} {}" fill="none" {color} stroke-width="{width}""#,
        Short(to.x),
        Short(to.y)
    )?;
    let measures = &Measures::get().line;
    match line.pattern {
        Pattern::Solid | Pattern::Crossed => {}
        Pattern::Dashes => {
            let [dash, gap] = measures.dash;
            write!(out, r#" stroke-dasharray="{dash} {gap}""#)?;
        }
        Pattern::Dots => {
            let [dot, gap] = measures.dots;
            write!(
                out,
                r#" stroke-dasharray="{} {gap}""#,
                Short(dot.max(line.width))
            )?;
        }
    }
    out.push_str("/>\n");
    if line.pattern == Pattern::Crossed {
        write_crosses(out, line)?;
    }
    Ok(())
}

/// Small crosses at even distances along a line that is denied.
fn write_crosses(out: &mut String, line: &Line) -> fmt::Result {
    let every = Measures::get().line.cross_every;
    let arm = 2.0 + line.width;
    let pieces = line.pieces();
    let (mut walked, mut next, mut from) = (0.0, every * 0.5, line.from);
    let mut path = String::new();
    for piece in 1..=pieces {
        let to = line.at(piece as f32 / pieces as f32);
        let length = from.distance(to);
        let along = (to - from).normalized();
        while next < walked + length {
            let middle = from + along * (next - walked);
            for side in [1.0, -1.0] {
                let reach = (along + along.perpendicular() * side).normalized() * arm;
                let (a, b) = (middle - reach, middle + reach);
                write!(
                    path,
                    "M{} {}L{} {}",
                    Short(a.x),
                    Short(a.y),
                    Short(b.x),
                    Short(b.y)
                )?;
            }
            next += every;
        }
        walked += length;
        from = to;
    }
    let color = Paint("stroke", line.color);
    let width = Short(line.width.min(1.5));
    writeln!(
        out,
        r#"<path d="{path}" fill="none" {color} stroke-width="{width}"/>"#
    )
}

fn write_outline(out: &mut String, outline: &Outline) -> fmt::Result {
    out.push_str(r#"<path d=""#);
    for (index, point) in outline.points.iter().enumerate() {
        let command = match index {
            0 => "M",
            1 => "L",
            _ => " ",
        };
        write!(out, "{command}{} {}", Short(point.x), Short(point.y))?;
    }
    let color = Paint("stroke", outline.color);
    let width = Short(outline.width);
    writeln!(out, r#"" fill="none" {color} stroke-width="{width}"/>"#)
}

fn write_arrow(out: &mut String, arrow: &Arrow) -> fmt::Result {
    write_polygon(out, &arrow.corners(), arrow.color)
}

fn write_polygon(out: &mut String, corners: &[Point], color: Color) -> fmt::Result {
    out.push_str(r#"<path d=""#);
    for (index, corner) in corners.iter().enumerate() {
        let command = if index == 0 { 'M' } else { 'L' };
        write!(out, "{command}{} {}", Short(corner.x), Short(corner.y))?;
    }
    writeln!(out, r#"Z" {}/>"#, Paint("fill", color))
}

fn write_disc(out: &mut String, center: Point, radius: f32, color: Color) -> fmt::Result {
    let (x, y, r) = (Short(center.x), Short(center.y), Short(radius));
    writeln!(
        out,
        r#"<circle cx="{x}" cy="{y}" r="{r}" {}/>"#,
        Paint("fill", color)
    )
}

fn write_form(
    out: &mut String,
    form: Form,
    center: Point,
    radius: f32,
    color: Color,
) -> fmt::Result {
    match form {
        Form::Disc | Form::Ring => write_disc(out, center, radius, color),
        Form::RoundedSquare
        | Form::Hexagon
        | Form::Diamond
        | Form::Triangle
        | Form::Star
        | Form::Tick => {
            let corners: Vec<Point> = form
                .outline(24)
                .into_iter()
                .map(|corner| center + (corner - Point::default()) * radius)
                .collect();
            write_polygon(out, &corners, color)
        }
    }
}

/// The same layers as on the screen: ring, outline, fill, icon, pin.
fn write_mark(out: &mut String, mark: &Mark) -> fmt::Result {
    let (outline, outline_color) = mark.outline.unwrap_or((0.0, mark.fill));
    let mut form =
        |radius: f32, color: Color| write_form(out, mark.form, mark.center, radius, color);
    if let Some((width, color)) = mark.ring {
        let inner = mark.radius + outline + width * 0.5;
        form(inner + width, color)?;
        form(inner, outline_color)?;
    } else if outline > 0.0 {
        form(mark.radius + outline, outline_color)?;
    }
    form(mark.radius, mark.fill)?;
    if mark.form == Form::Ring && mark.outline.is_some() {
        write_disc(out, mark.center, mark.radius * 0.55, outline_color)?;
    }
    if let Some((icon, ink)) = mark.icon {
        for piece in icon.pieces() {
            let corners: Vec<Point> = piece
                .corners
                .iter()
                .map(|corner| mark.center + (*corner - Point::default()) * mark.radius)
                .collect();
            write_polygon(out, &corners, if piece.hole { mark.fill } else { ink })?;
        }
    }
    if let Some(color) = mark.pinned {
        let at = mark.center + Vector::new(0.72, -0.72) * (mark.radius + outline);
        write_disc(out, at, 3.6, outline_color)?;
        write_disc(out, at, 2.4, color)?;
    }
    Ok(())
}

fn write_box(out: &mut String, shape: &BoxShape) -> fmt::Result {
    // The border lies inside the rectangle, as on the screen.
    let inset = shape.stroke.map_or(0.0, |(width, _)| width * 0.5);
    let Rect { min, .. } = shape.rect.expanded(-inset);
    let size = shape.rect.size();
    write!(
        out,
        r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {}"#,
        Short(min.x),
        Short(min.y),
        Short((size.x - 2.0 * inset).max(0.0)),
        Short((size.y - 2.0 * inset).max(0.0)),
        Short(shape.rounding),
        Paint("fill", shape.fill)
    )?;
    if let Some((width, color)) = shape.stroke {
        write!(
            out,
            r#" {} stroke-width="{}""#,
            Paint("stroke", color),
            Short(width)
        )?;
    }
    out.push_str("/>\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = |number| Short(number).to_string();
        assert_eq!(written(1.0), "1");
        assert_eq!(written(-0.001), "0");
        assert_eq!(written(12.345), "12.35");
        assert_eq!(written(f32::NAN), "0");
    }
}
