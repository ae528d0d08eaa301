//! Whether anything may move by itself: as the user has it, or else the system.

use crate::session::{Command, Session};
use egui::Context;

/// Length of transitions in seconds.
const TRANSITION_S: f32 = 0.12;

/// Asks the system once, on a thread of its own; the answer comes as a command.
pub(super) fn ask_the_system(session: &mut Session) {
    let ask = || {
        let reduced = system_reduces_motion().unwrap_or(false);
        vec![Command::SystemReducesMotion(reduced)]
    };
    session.spawn("Asking the system", Box::new(ask));
}

/// Switches transitions on or off; the canvas's flights and glides follow.
pub(super) fn apply(ctx: &Context, reduced: bool) {
    let wanted = if reduced { 0.0 } else { TRANSITION_S };
    if ctx.global_style().animation_time != wanted {
        ctx.all_styles_mut(|style| style.animation_time = wanted);
    }
}

/// What the desktop is set to; `None` where it cannot be asked.
fn system_reduces_motion() -> Option<bool> {
    let answer = |program: &str, arguments: &[&str]| {
        let output = std::process::Command::new(program)
            .args(arguments)
            .stdin(std::process::Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    };
    if cfg!(target_os = "macos") {
        let domain = "com.apple.universalaccess";
        Some(answer("defaults", &["read", domain, "reduceMotion"])? == "1")
    } else if cfg!(windows) {
        let key = r"HKCU\Control Panel\Desktop\WindowMetrics";
        Some(answer("reg", &["query", key, "/v", "MinAnimate"])?.ends_with('0'))
    } else {
        let schema = "org.gnome.desktop.interface";
        Some(answer("gsettings", &["get", schema, "enable-animations"])? == "false")
    }
}
