//! Numbers and counts in the user's words.

/// A whole number with commas between thousands: `12,034`.
///
/// ```
/// assert_eq!(redstring::ui::number(12_034), "12,034");
/// ```
pub fn number(value: usize) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 file", "2 files".
pub(super) fn count(value: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(value), if value == 1 { one } else { many })
}

/// "7 documents, 2 independent sources"; one document says nothing of sources.
pub(super) fn documents_and_sources(documents: usize, sources: usize) -> String {
    let words = count(documents, "document", "documents");
    if documents < 2 {
        return words;
    }
    let sources = count(sources, "independent source", "independent sources");
    format!("{words}, {sources}")
}

/// "under 10 s left", "40 s left", "3 min left".
pub(super) fn time_left(seconds: f32) -> String {
    match seconds {
        s if !s.is_finite() || s < 10.0 => "under 10 s left".to_owned(),
        s if s < 90.0 => format!("{} s left", (s / 10.0).round() as u32 * 10),
        s if s < 5400.0 => format!("{} min left", (s / 60.0).round() as u32),
        s => format!("{} h left", (s / 3600.0).round() as u32),
    }
}

/// A short form of a path that tells files apart: its last two components.
pub(super) fn short_path(path: &str) -> String {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty()).collect();
    match parts.as_slice() {
        [.., folder, file] if parts.len() > 2 => format!("…/{folder}/{file}"),
        _ => path.to_owned(),
    }
}

/// The name of a project: its title, else its file's name, else "Untitled".
pub(super) fn project_name(title: &str, path: Option<&std::path::Path>) -> String {
    if !title.is_empty() {
        return title.to_owned();
    }
    path.and_then(|path| path.file_stem()).map_or_else(
        || "Untitled".to_owned(),
        |s| s.to_string_lossy().into_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_counts_read_well() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1000), "1,000");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(count(1, "file", "files"), "1 file");
        assert_eq!(count(0, "file", "files"), "0 files");
    }

    #[test]
    fn time_left_is_never_falsely_exact() {
        assert_eq!(time_left(3.0), "under 10 s left");
        assert_eq!(time_left(44.0), "40 s left");
        assert_eq!(time_left(200.0), "3 min left");
        assert_eq!(time_left(f32::NAN), "under 10 s left");
    }
}
