//! Forms of one given name: Volodymyr and Vladimir, Khaled and Khalid, Joe and Joseph.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The people whose ways of writing a name has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culture {
    /// Russian, Ukrainian, Belarusian.
    Slavic,
    /// Arabic, and Persian names of Arabic origin.
    Arabic,
    /// None that changes how the rest of a name is compared.
    Other,
}

struct Forms(HashMap<&'static str, (&'static str, Culture)>);

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    let mut culture = Culture::Other;
    for line in include_str!("../../../assets/lexicons/given_name_forms.txt").lines() {
        match line {
            "[slavic]" => culture = Culture::Slavic,
            "[arabic]" => culture = Culture::Arabic,
            "[english]" => culture = Culture::Other,
            _ if line.starts_with('#') => {}
            _ => {
                let mut words = line.split_whitespace();
                if let Some(usual) = words.next() {
                    for word in line.split_whitespace() {
                        forms.entry(word).or_insert((usual, culture));
                    }
                }
            }
        }
    }
    Forms(forms)
});

/// The usual form of a normalized given name, and whose it is; itself if it has no other.
pub(super) fn usual(word: &str) -> (&str, Culture) {
    FORMS.0.get(word).copied().unwrap_or((word, Culture::Other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name() {
        assert_eq!(usual("volodymyr"), ("vladimir", Culture::Slavic));
        assert_eq!(usual("khaled"), usual("khalid"));
        assert_eq!(usual("joe").0, "joseph");
        assert_eq!(usual("oleksandra").0, "alexandra");
        assert_eq!(usual("wilhelmina"), ("wilhelmina", Culture::Other));
    }

    #[test]
    fn every_name_has_one_usual_form() {
        for (word, (usual, _)) in &FORMS.0 {
            assert_eq!(FORMS.0[usual].0, *usual, "{word}");
        }
    }
}
