//! How the window looks: egui's style made from the theme. Colors come from `assets/theme`.

use crate::geometry::Color;
use crate::model::EntityKind;
use crate::scene::{Measures, Theme};
use crate::session::ThemeChoice;
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Vec2};
use std::sync::Arc;

/// Family of names and headings, weight 600.
pub const SEMIBOLD: &str = "Inter SemiBold";
/// Family of quoted words.
pub const ITALIC: &str = "Inter Italic";

/// Colors of the window, ready for egui.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Light text on dark ground.
    pub dark: bool,
    /// Ground of the canvas.
    pub background: Color32,
    /// Ground of panels.
    pub panel: Color32,
    /// Ground of fields and pop-ups.
    pub raised: Color32,
    /// Ground of what the pointer is on.
    pub hover: Color32,
    /// Ground of what is selected.
    pub selected: Color32,
    /// Lines between parts.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Captions and what is less important; still 4.5:1 on `panel`.
    pub weak: Color32,
    /// What can be clicked, the chief button, focus.
    pub accent: Color32,
    /// Text on `accent`.
    pub on_accent: Color32,
    /// The red string: what the user follows, nothing else.
    pub followed: Color32,
    /// Warnings and errors, always with an icon.
    pub warning: Color32,
    /// Kinds of entities, in the order of [`EntityKind::ALL`].
    pub kinds: [Color32; 8],
}

impl Look {
    /// The colors of a theme.
    pub fn from_theme(theme: &Theme) -> Self {
        Self {
            dark: theme.dark,
            background: color32(theme.background),
            panel: color32(theme.panel),
            raised: color32(theme.raised),
            hover: color32(theme.hover),
            selected: color32(theme.pressed),
            line: color32(theme.hairline),
            text: color32(theme.text),
            weak: color32(theme.text_muted),
            accent: color32(theme.accent),
            on_accent: color32(theme.on_accent),
            followed: color32(theme.highlight),
            warning: color32(theme.warning),
            kinds: EntityKind::ALL.map(|kind| color32(theme.kind(kind))),
        }
    }

    /// The color of a kind.
    pub fn kind(&self, kind: EntityKind) -> Color32 {
        let index = EntityKind::ALL.iter().position(|&k| k == kind);
        self.kinds[index.unwrap_or(0)]
    }

    /// The tint behind a mention of a kind.
    pub fn tint(&self, kind: EntityKind) -> Color32 {
        self.kind(kind)
            .gamma_multiply(if self.dark { 0.32 } else { 0.18 })
    }

    /// A 1-point line at low contrast.
    pub fn hairline(&self) -> Stroke {
        Stroke::new(1.0, self.line)
    }
}

fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// Text.
pub fn body() -> FontId {
    FontId::proportional(Measures::get().fonts.body)
}

/// Captions.
pub fn caption() -> FontId {
    FontId::proportional(Measures::get().fonts.caption)
}

/// Words that a text uses, in italics.
pub fn quoted() -> FontId {
    FontId::new(
        Measures::get().fonts.caption,
        FontFamily::Name(ITALIC.into()),
    )
}

/// Names, weight 600.
pub fn name() -> FontId {
    semibold(Measures::get().fonts.body)
}

/// Headings, weight 600.
pub fn heading() -> FontId {
    semibold(Measures::get().fonts.heading)
}

/// Titles, weight 600.
pub fn title() -> FontId {
    semibold(Measures::get().fonts.title)
}

/// Whether `choice` means dark on this system.
pub fn is_dark(ctx: &egui::Context, choice: ThemeChoice) -> bool {
    match choice {
        ThemeChoice::Dark => true,
        ThemeChoice::Light | ThemeChoice::Print => false,
        ThemeChoice::System => ctx.system_theme() == Some(egui::Theme::Dark),
    }
}

/// Makes `look` the style of the whole window.
pub fn apply(ctx: &egui::Context, look: &Arc<Look>) {
    let theme = if look.dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    ctx.set_theme(theme);
    let mut style = (*ctx.style_of(theme)).clone();
    style.text_styles = [
        (TextStyle::Small, caption()),
        (TextStyle::Body, body()),
        (TextStyle::Button, body()),
        (TextStyle::Monospace, FontId::monospace(caption().size)),
        (TextStyle::Heading, heading()),
    ]
    .into();
    spacing(&mut style.spacing);
    style.visuals = visuals(look);
    style.animation_time = 0.12;
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    ctx.set_style_of(theme, style);
}

fn spacing(spacing: &mut egui::style::Spacing) {
    spacing.item_spacing = Vec2::new(8.0, 4.0);
    spacing.button_padding = Vec2::new(10.0, 4.0);
    spacing.interact_size = Vec2::new(28.0, 28.0);
    spacing.menu_margin = Margin::same(4);
    spacing.window_margin = Margin::same(16);
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 9.0;
    spacing.icon_spacing = 8.0;
    spacing.combo_height = 280.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = egui::style::ScrollStyle::floating();
    spacing.scroll.bar_width = 8.0;
    spacing.scroll.floating_width = 4.0;
    spacing.scroll.floating_allocated_width = 8.0;
    spacing.scroll.foreground_color = false;
}

fn visuals(look: &Look) -> egui::Visuals {
    let mut v = if look.dark {
        egui::Visuals::dark()
    } else {
        egui::Visuals::light()
    };
    v.panel_fill = look.panel;
    v.window_fill = look.raised;
    v.extreme_bg_color = look.raised;
    v.text_edit_bg_color = Some(look.raised);
    v.faint_bg_color = look.hover;
    v.code_bg_color = look.hover;
    v.window_stroke = look.hairline();
    v.window_corner_radius = CornerRadius::same(8);
    v.menu_corner_radius = CornerRadius::same(6);
    v.hyperlink_color = look.accent;
    v.warn_fg_color = look.warning;
    v.error_fg_color = look.warning;
    v.weak_text_color = Some(look.weak);
    v.selection.bg_fill = look.selected;
    v.selection.stroke = Stroke::new(1.0, look.text);
    v.text_cursor.stroke = Stroke::new(1.5, look.accent);
    let shade = Color32::from_black_alpha(if look.dark { 110 } else { 36 });
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: shade,
    };
    v.popup_shadow = shadow;
    v.window_shadow = shadow;
    let radius = CornerRadius::same(5);
    let widget = |fill: Color32, line: Stroke, text: Color32| egui::style::WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: line,
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    v.widgets.noninteractive = widget(look.panel, look.hairline(), look.text);
    v.widgets.inactive = widget(look.raised, look.hairline(), look.text);
    v.widgets.hovered = widget(look.hover, Stroke::new(1.0, look.weak), look.text);
    v.widgets.active = widget(look.selected, Stroke::new(1.0, look.accent), look.text);
    v.widgets.open = widget(look.hover, Stroke::new(1.0, look.accent), look.text);
    v
}
