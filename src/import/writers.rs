//! Who wrote a file by its properties: a name that a person or body bears, and not the name of an
//! account, a device or a program, which is what most files have there.

use super::formats::one_line;

/// Longer ones are no name but a text that somebody put there.
const LONGEST: usize = 120;

/// Words of accounts and programs; a name that has one of them is none of a writer.
const ACCOUNTS: &[&str] = &[
    "acrobat",
    "adm",
    "admin",
    "administrator",
    "adobe",
    "anonymous",
    "docx",
    "excel",
    "ghostscript",
    "guest",
    "indesign",
    "latex",
    "libreoffice",
    "login",
    "microsoft",
    "openoffice",
    "pandoc",
    "pc",
    "poi",
    "powerpoint",
    "printer",
    "root",
    "scanner",
    "unknown",
    "untitled",
    "user",
    "username",
    "webmaster",
    "windows",
    "wordpress",
    "workstation",
];

/// Makers of devices and words of desks, which are names too: nobody's if they stand alone.
const ALONE: &[&str] = &[
    "acer",
    "asus",
    "author",
    "brother",
    "calibre",
    "canon",
    "chrome",
    "converter",
    "default",
    "dell",
    "desk",
    "editor",
    "epson",
    "hp",
    "lenovo",
    "macbook",
    "newsroom",
    "owner",
    "preview",
    "quark",
    "quartz",
    "ricoh",
    "samsung",
    "scan",
    "staff",
    "test",
    "toshiba",
    "word",
    "xerox",
];

/// The writer, as the properties of a file name one, or nothing if that is nobody's name.
pub(super) fn writer(text: &str) -> Option<String> {
    let line = one_line(text)?;
    let line = line.trim_matches(|c: char| c == ',' || c == ';' || c.is_whitespace());
    let words: Vec<String> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_of = |list: &[&str], word: &String| list.contains(&word.as_str());
    let is_account = words.iter().any(|word| is_of(ACCOUNTS, word))
        || words.iter().all(|word| is_of(ALONE, word))
        || line.contains("://")
        || line.contains('\\')
        || line.contains('_')
        || line.contains(|c: char| c.is_ascii_digit());
    // A name begins with a large letter, or is of a script that has none.
    let is_name = line.split(' ').any(|word| {
        let first = word.chars().find(|c| c.is_alphabetic());
        first.is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
    });
    let is_short = line.chars().count() <= LONGEST && line.chars().count() > 1;
    (is_name && is_short && !is_account).then(|| line.to_owned())
}

/// A title that somebody wrote, and not the name that a program gave.
pub(super) fn title(text: &str) -> Option<String> {
    let title = one_line(text)?;
    let low = title.to_lowercase();
    let begins = [
        "microsoft word",
        "powerpoint presentation",
        "untitled",
        "document1",
        "word document",
        "pdf document",
    ];
    let ends = [
        ".doc", ".docx", ".indd", ".pdf", ".qxd", ".rtf", ".odt", ".tmp",
    ];
    let is_made = begins.iter().any(|start| low.starts_with(start))
        || ends.iter().any(|ending| low.ends_with(ending));
    let says = title.chars().any(char::is_alphabetic);
    (says && !is_made).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_somebody_wrote() {
        assert_eq!(
            title("The bridge  at Arden").as_deref(),
            Some("The bridge at Arden")
        );
        for made in [
            "Microsoft Word - draft 3.doc",
            "untitled",
            "report.indd",
            "12345",
            "",
        ] {
            assert_eq!(title(made), None, "{made}");
        }
    }

    #[test]
    fn names_of_persons_and_bodies_and_not_of_accounts() {
        for name in [
            "Ada Müller",
            "Tomas Kral; Ida Berg",
            "Human Rights Watch",
            "Michael Dell",
            "김철수",
            "O'Neill, Cy",
        ] {
            assert_eq!(writer(name).as_deref(), Some(name));
        }
        for name in [
            "Microsoft Office User",
            "user",
            "Windows User",
            "HP",
            "jsmith",
            "admin",
            "DESKTOP\\ada",
            "ada_m",
            "python-docx",
            "PC-17",
            "https://example.org/ada",
            "",
            " ",
            "A",
        ] {
            assert_eq!(writer(name), None, "{name}");
        }
    }
}
