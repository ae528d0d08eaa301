//! Who "the general" or "the minister" is: the only person near whom the text gave that role.

use super::nominals::MOST;
use crate::extract::Recognition;
use crate::model::EntityKind;

/// Roles that a text uses again for the one it has named, with their short forms before names.
const ROLES: [(&str, &[&str]); 17] = [
    ("general", &["general", "gen"]),
    ("colonel", &["colonel", "col"]),
    ("major", &["major", "maj"]),
    ("captain", &["captain", "capt"]),
    ("lieutenant", &["lieutenant", "lt"]),
    ("admiral", &["admiral", "adm"]),
    ("commander", &["commander"]),
    ("minister", &["minister"]),
    ("governor", &["governor", "gov"]),
    ("mayor", &["mayor"]),
    ("senator", &["senator", "sen"]),
    ("ambassador", &["ambassador"]),
    ("director", &["director"]),
    ("chairman", &["chairman"]),
    ("chancellor", &["chancellor"]),
    ("warlord", &["warlord"]),
    ("archbishop", &["archbishop"]),
];

/// What may follow the phrase where no mark ends it: it is somebody who was, had or did something.
const VERBS: [&str; 25] = [
    "was",
    "is",
    "has",
    "had",
    "also",
    "later",
    "then",
    "who",
    "met",
    "visited",
    "arrived",
    "left",
    "died",
    "led",
    "leads",
    "commanded",
    "commands",
    "joined",
    "served",
    "fought",
    "accused",
    "praised",
    "ordered",
    "thanked",
    "were",
];

/// The text begins with the noun of a role.
pub(super) fn begins(text: &str) -> bool {
    ROLES.iter().any(|(role, _)| text.starts_with(role))
}

/// The noun with what follows it may stand for a person; `is_over` if a mark follows.
pub(super) fn may_be(noun: &str, next: &str, is_over: bool) -> bool {
    let is_role = ROLES.iter().any(|(role, _)| *role == noun);
    is_role && (is_over || VERBS.contains(&next))
}

/// The last mention before byte `before` of the person who has the role, if all who have it from
/// mention `from` on are one.
pub(super) fn holder(
    before: usize,
    noun: &str,
    text: &str,
    recognition: &Recognition,
    from: usize,
) -> Option<usize> {
    let (_, forms) = ROLES.iter().find(|(role, _)| *role == noun)?;
    let mentions = &recognition.mentions;
    let near = mentions.get(from..)?;
    let near = &near[..near.partition_point(|mention| mention.end <= before)];
    if near.len() > MOST {
        return None;
    }
    let name = |at: usize| text.get(mentions[at].start..mentions[at].end);
    let roles = &recognition.roles;
    let first = roles.partition_point(|role| role.mention < from);
    let mut meant: Option<&str> = None;
    for role in roles[first..]
        .iter()
        .take_while(|role| role.mention < from + near.len())
    {
        let words = text.get(role.start..role.end).unwrap_or_default();
        if !is_of_role(words, forms) {
            continue;
        }
        let named = name(role.mention)?;
        match meant {
            Some(known) if !is_short_for(known, named) && !is_short_for(named, known) => {
                return None;
            }
            Some(known) if known.len() >= named.len() => {}
            _ => meant = Some(named),
        }
    }
    let meant = meant?;
    let is_meant = |at: &usize| {
        mentions[*at].kind == EntityKind::Person
            && name(*at).is_some_and(|named| is_short_for(named, meant))
    };
    (from..from + near.len()).rev().find(is_meant)
}

/// Words before which a role's own noun stands: "accompanied by the mayor" makes nobody mayor.
const PREPOSITIONS: [&str; 15] = [
    "of", "for", "in", "at", "by", "with", "to", "from", "and", "under", "against", "before",
    "after", "like", "as",
];

/// The role's own noun, before "of" and commas, is one of these, and no "deputy" stands before it.
fn is_of_role(words: &str, forms: &[&str]) -> bool {
    let own = words.split([',', ';']).next().unwrap_or_default();
    let own: Vec<String> = own
        .split_whitespace()
        .map(|word| word.trim_matches('.').to_lowercase())
        .take_while(|word| !PREPOSITIONS.contains(&word.as_str()))
        .collect();
    let lesser = ["deputy", "vice", "former", "assistant", "ex"];
    own.last()
        .is_some_and(|noun| forms.contains(&noun.as_str()))
        && !own.iter().any(|word| lesser.contains(&word.as_str()))
}

/// The shorter name is the longer one, or its last words.
fn is_short_for(short: &str, long: &str) -> bool {
    short == long
        || long
            .strip_suffix(short)
            .is_some_and(|rest| rest.ends_with([' ', '-', '.']))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::*;
    use crate::extract::recognize::roles;

    /// The name that the last "the NOUN" stands for.
    fn meant(text: &str, noun: &str) -> Option<String> {
        let (document, mut recognition) = marked(0, text);
        let text = &document.text;
        recognition.roles = roles::find(text, &recognition.sentences, &recognition.mentions);
        let before = text.rfind(&format!("he {noun}")).unwrap() - 1;
        let found = holder(before, noun, text, &recognition, 0)?;
        let mention = &recognition.mentions[found];
        Some(text[mention.start..mention.end].to_owned())
    }

    #[test]
    fn a_role_is_that_of_the_only_one_who_has_it() {
        let one = "Gen. [person Paul Crane] leads the [unit 4th Division]. [person Crane] spoke. The general was born.";
        assert_eq!(meant(one, "general").as_deref(), Some("Crane"));
        let two = "Gen. [person Paul Crane] met Gen. [person Ada Byron]. The general was born.";
        assert_eq!(meant(two, "general"), None);
        let other = "Col. [person Paul Crane] met [person Ada Byron]. The general was born.";
        assert_eq!(meant(other, "general"), None);
        let deputy = "Deputy Minister [person Paul Crane] left. The minister was ill.";
        assert_eq!(meant(deputy, "minister"), None);
        let beside =
            "[person Paul Crane], minister of [place Sylvania], left. The minister was ill.";
        assert_eq!(meant(beside, "minister").as_deref(), Some("Paul Crane"));
    }

    #[test]
    fn a_role_with_more_words_behind_it_is_another() {
        assert!(may_be("general", "was", false));
        assert!(may_be("general", ",", true));
        assert!(!may_be("general", "staff", false));
        assert!(!may_be("man", "was", false));
    }
}
