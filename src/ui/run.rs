//! Opening the window, and one clear sentence when that cannot be done.

use super::app::App;
use crate::error::{Error, ErrorKind, Result};
use std::path::PathBuf;

/// What the window opens with.
#[derive(Clone, Debug, Default)]
pub struct WindowOptions {
    /// Documents, folders or a project; none is the last project, or else the welcome page.
    pub paths: Vec<PathBuf>,
    /// Where settings and autosaves are kept; `None` is the usual place of the system.
    pub settings_dir: Option<PathBuf>,
}

const OTHERWISE: &str =
    "Without a window, “redstring export” makes pictures and “redstring extract” gives the data.";

/// Opens the window and stays in it until it is closed.
///
/// # Errors
/// When there is no display or no graphics driver; the sentence names the commands that need none.
pub fn run(options: WindowOptions) -> Result<()> {
    check_display()?;
    let viewport = egui::ViewportBuilder::default()
        .with_title("Redstring")
        .with_app_id("redstring")
        .with_icon(icon())
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([1024.0, 640.0])
        .with_drag_and_drop(true);
    let native = eframe::NativeOptions {
        viewport,
        // The canvas smooths its own edges.
        multisampling: 0,
        // Fonts of the system are chosen as for files.
        system_font_fallback: false,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "Redstring",
        native,
        Box::new(move |context| Ok(Box::new(App::new(&context.egui_ctx, &options)))),
    )
    .map_err(|error| start_error(&error))
}

/// What the window system would only say by a panic or in its own words.
fn check_display() -> Result<()> {
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        if !set("DISPLAY") && !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET") {
            return Err(display_error("there is no display to open a window on"));
        }
        let x11 = !set("WAYLAND_DISPLAY") && !set("WAYLAND_SOCKET");
        if x11 && !has_library("libxkbcommon-x11.so.0") {
            return Err(display_error(
                "the library libxkbcommon-x11 is missing (Debian package libxkbcommon-x11-0)",
            ));
        }
    }
    Ok(())
}

/// A shared library lies where the loader looks for it. An unusual place counts as there: then the
/// loader itself decides.
#[cfg(all(unix, not(target_os = "macos")))]
fn has_library(name: &str) -> bool {
    let paths = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    if !paths.is_empty() {
        return true;
    }
    let roots = ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib"];
    let mut usual = false;
    for root in roots.map(PathBuf::from) {
        let below = std::fs::read_dir(&root).into_iter().flatten().flatten();
        let folders = below
            .map(|entry| entry.path())
            .filter(|path| path.is_dir() && path.to_string_lossy().ends_with("-linux-gnu"));
        for folder in folders.chain([root.clone()]) {
            usual |= folder.join("libc.so.6").exists();
            if folder.join(name).exists() {
                return true;
            }
        }
    }
    !usual
}

fn display_error(why: &str) -> Error {
    Error::new(
        ErrorKind::Display,
        format!("The window cannot be opened: {why}. {OTHERWISE}"),
    )
}

fn start_error(error: &eframe::Error) -> Error {
    let why = match error {
        eframe::Error::Glutin(_)
        | eframe::Error::NoGlutinConfigs(..)
        | eframe::Error::OpenGL(_) => {
            format!("no working OpenGL driver ({error})")
        }
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            // Before the last colon it names places in the source of the window library.
            let told = error.to_string();
            let cause = told.rsplit(": ").next().unwrap_or(&told);
            format!(
                "the display does not answer ({})",
                cause.trim_end_matches(')')
            )
        }
        eframe::Error::AppCreation(_) => error.to_string(),
    };
    display_error(&why.replace('\n', " "))
}

/// Two nodes and the string between them, drawn in place: 64 by 64 pixels.
fn icon() -> egui::IconData {
    const SIZE: usize = 64;
    let theme = crate::scene::Theme::light();
    let (from, to) = ((18.0, 44.0), (46.0, 20.0));
    let person = theme.kind(crate::model::EntityKind::Person);
    let place = theme.kind(crate::model::EntityKind::Unit);
    let mut rgba = vec![0; SIZE * SIZE * 4];
    for (index, pixel) in rgba.chunks_exact_mut(4).enumerate() {
        let at = ((index % SIZE) as f32 + 0.5, (index / SIZE) as f32 + 0.5);
        let distance = |point: (f32, f32)| (at.0 - point.0).hypot(at.1 - point.1);
        let line = distance_to_line(at, from, to);
        for (color, cover) in [
            (theme.highlight, 3.0 - line),
            (person, 13.0 - distance(from)),
            (place, 13.0 - distance(to)),
        ] {
            let cover = cover.clamp(0.0, 1.0);
            let old = f32::from(pixel[3]) / 255.0;
            for (channel, value) in [color.r, color.g, color.b].into_iter().enumerate() {
                let mixed = f32::from(pixel[channel]) * (1.0 - cover) + f32::from(value) * cover;
                pixel[channel] = if old == 0.0 && cover > 0.0 {
                    value
                } else {
                    mixed.round() as u8
                };
            }
            pixel[3] = (255.0 * cover.max(old)).round() as u8;
        }
    }
    egui::IconData {
        rgba,
        width: SIZE as u32,
        height: SIZE as u32,
    }
}

fn distance_to_line(at: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let t = ((at.0 - from.0) * dx + (at.1 - from.1) * dy) / (dx * dx + dy * dy);
    let t = t.clamp(0.0, 1.0);
    (at.0 - from.0 - dx * t).hypot(at.1 - from.1 - dy * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_cannot_open_names_the_way_on() {
        let text = display_error("there is no display to open a window on").to_string();
        assert!(text.contains("redstring export") && text.contains("redstring extract"));
        assert!(!text.contains('\n'));
    }

    #[test]
    fn the_icon_is_drawn() {
        let icon = icon();
        assert_eq!(icon.rgba.len(), 64 * 64 * 4);
        assert!(icon.rgba.chunks(4).any(|p| p[3] == 255));
        assert!(icon.rgba.chunks(4).any(|p| p[3] == 0));
    }
}
