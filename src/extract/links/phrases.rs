//! Noun phrases around mentions: "the Russian President Vladimir Putin" is one end of a relation,
//! and so are "North Korean troops", which stand for their country.

use super::classes::Class;
use super::rules::Rules;
use super::sentence::Sentence;
use crate::model::EntityKind;

/// Words before a name that may still belong to its phrase.
const LONGEST_PREFIX: usize = 9;

/// What a slot of a pattern accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlotKind {
    /// A person.
    Person,
    /// A unit.
    Unit,
    /// An organization.
    Organization,
    /// An organization that is a body of a state: ministry, army, court…
    Body,
    /// An organization one can stand in: university, hospital, court…
    Facility,
    /// A place.
    Place,
    /// A place that is a country.
    Country,
    /// A place that is no country.
    Town,
    /// A nationality that stands for its country.
    Group,
    /// The troops of a country or group: "Russian forces", "Ukraine's army".
    Forces,
    /// The weapons or actions of a country: "Russian drones", "Ukraine's strike".
    Attack,
}

/// A phrase that fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Place of its mention in the row.
    pub(super) head: usize,
    /// Place after its last item.
    pub(super) end: usize,
    /// Bytes of the words that name it.
    pub(super) span: [usize; 2],
}

/// The phrases that begin at `at` and fill one of `kinds`, longest first. If the pattern ends with
/// the slot (`is_last`), the name may not merely qualify what follows.
pub(super) fn phrases(
    sentence: &Sentence<'_>,
    rules: &Rules,
    at: usize,
    kinds: &[SlotKind],
    is_last: bool,
) -> Vec<Phrase> {
    let mut found = Vec::new();
    let heads = sentence.heads.get_or_init(|| heads(sentence, rules));
    for &head in heads.get(at).map_or(&[][..], Vec::as_slice) {
        for &kind in kinds {
            if let Some(phrase) = phrase(sentence, rules, head, kind)
                && !(is_last && leads_on(sentence, rules, head))
            {
                found.push(phrase);
            }
        }
    }
    if let Some(own) = own_forces(sentence, rules, at, kinds) {
        found.push(own);
    }
    found.reverse();
    found
}

/// For each place, the names that a phrase which begins there may end with.
fn heads(sentence: &Sentence<'_>, rules: &Rules) -> Vec<Vec<usize>> {
    let count = sentence.items.len();
    (0..count)
        .map(|at| {
            let mut heads = Vec::new();
            for head in at..(at + LONGEST_PREFIX).min(count) {
                if sentence.items[head].mention.is_some() {
                    heads.push(head);
                }
                if !is_prefix(sentence, rules, at, head) {
                    break;
                }
            }
            heads
        })
        .collect()
}

/// The mention at `head` fills a slot of `kind`, alone or with the noun after it.
fn phrase(sentence: &Sentence<'_>, rules: &Rules, head: usize, kind: SlotKind) -> Option<Phrase> {
    let mention = sentence.mention(head)?;
    let text = sentence.text.get(mention.start..mention.end)?;
    let is_country = mention.rule.contains("country");
    let alone = match kind {
        SlotKind::Person => mention.kind == EntityKind::Person,
        SlotKind::Unit => mention.kind == EntityKind::Unit,
        SlotKind::Organization => mention.kind == EntityKind::Organization,
        SlotKind::Body => {
            // "News agency": what is told to reporters is no message to a body of a state.
            mention.kind == EntityKind::Organization
                && rules.has_word_of(Class::BODY, text)
                && !rules.has_word_of(Class::MEDIA, text)
        }
        SlotKind::Facility => {
            mention.kind == EntityKind::Organization && rules.has_word_of(Class::FACILITY, text)
        }
        SlotKind::Place => mention.kind == EntityKind::Place,
        SlotKind::Country => mention.kind == EntityKind::Place && is_country,
        SlotKind::Town => mention.kind == EntityKind::Place && !is_country,
        SlotKind::Group => mention.kind == EntityKind::Group,
        SlotKind::Forces => return with_noun(sentence, rules, head, Class::FORCES),
        SlotKind::Attack => return with_noun(sentence, rules, head, Class::ATTACK),
    };
    alone.then_some(Phrase {
        head,
        end: after_bracket(sentence, head),
        span: [mention.start, mention.end],
    })
}

/// Place after the name and its short form, age or other writing in brackets: "Globe Trade
/// Organization (GTO)", "Ada Byron (36)".
fn after_bracket(sentence: &Sentence<'_>, head: usize) -> usize {
    /// Letters of a short form.
    const LONGEST: usize = 10;
    let is_bracket = sentence.word(head + 1) == "(" && sentence.word(head + 3) == ")";
    let inside = sentence.items.get(head + 2);
    let text = inside.and_then(|item| sentence.text.get(item.start..item.end));
    let (true, Some(text)) = (is_bracket, text) else {
        return head + 1;
    };
    let is_name = sentence
        .kind(head)
        .is_some_and(|kind| kind != EntityKind::Place);
    let has_capitals = text.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let is_short = text.chars().count() <= LONGEST && !text.contains(' ');
    let is_aside = match sentence.kind(head) {
        Some(EntityKind::Person) => !text.chars().any(|c| c.is_ascii_alphabetic()),
        _ => is_short && has_capitals && text.chars().filter(|c| c.is_lowercase()).count() < 3,
    };
    if is_name && is_aside {
        head + 4
    } else {
        head + 1
    }
}

/// The mention only qualifies what follows: "Ukraine's …", "Hamas leader Yahya Sinwar".
fn leads_on(sentence: &Sentence<'_>, rules: &Rules, head: usize) -> bool {
    let mut at = after_bracket(sentence, head);
    if sentence.word(at) == "'s" {
        return true;
    }
    if sentence
        .items
        .get(at)
        .is_some_and(|item| item.mention.is_some())
    {
        return sentence.kind(at) != Some(EntityKind::Date);
    }
    while let Some(length) = rules.class_at(sentence, at, Class::TITLE) {
        at += length;
        if sentence.kind(at) == Some(EntityKind::Person) {
            return sentence.kind(head) != Some(EntityKind::Person);
        }
    }
    false
}

/// A group, or a country with or without possessive, and a noun of a class within two words:
/// "Russian forces", "Ukraine's armed forces", "a new Ukrainian drone strike".
fn with_noun(sentence: &Sentence<'_>, rules: &Rules, head: usize, class: Class) -> Option<Phrase> {
    /// Of a country these fight against it as often as for it.
    const OWN_WILL: [&str; 9] = [
        "rebels",
        "rebel",
        "militants",
        "insurgents",
        "separatists",
        "mercenaries",
        "dissidents",
        "militias",
        "militia",
    ];
    let mention = sentence.mention(head)?;
    let mut at = head + 1;
    let is_country = matches!(mention.kind, EntityKind::Group | EntityKind::Place);
    match mention.kind {
        EntityKind::Group => {}
        EntityKind::Place | EntityKind::Organization | EntityKind::Person => {
            if sentence.word(at) == "'s" {
                at += 1;
            } else if mention.kind == EntityKind::Person {
                return None;
            }
        }
        _ => return None,
    }
    for _ in 0..3 {
        if let Some(length) = rules.class_at(sentence, at, class) {
            let mut end = at + length;
            if is_country && (at..end).any(|word| sentence.is_one_of(word, &OWN_WILL)) {
                return None;
            }
            // "drone strike", "missile attacks": the last noun is the head.
            while let Some(more) = rules.class_at(sentence, end, class) {
                end += more;
            }
            if sentence.word(end) == "'s" || is_noun_after(sentence, end) {
                return None;
            }
            let last = sentence.items.get(end - 1)?;
            return Some(Phrase {
                head,
                end,
                span: [mention.start, last.end],
            });
        }
        let is_modifier = sentence.is_modifier(at);
        if !is_modifier {
            return None;
        }
        at += 1;
    }
    None
}

/// "Russian army general": the army only qualifies.
fn is_noun_after(sentence: &Sentence<'_>, at: usize) -> bool {
    const NOUNS: &[&str] = &[
        "general",
        "officer",
        "commander",
        "chief",
        "base",
        "bases",
        "positions",
        "equipment",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "vehicles",
        "depot",
        "headquarters",
        "losses",
        "casualties",
        "strategy",
        "operations",
        "sergeant",
        "member",
        "members",
        "leader",
    ];
    sentence.is_one_of(at, NOUNS)
}

/// "its forces": those of the country that the sentence began with.
fn own_forces(
    sentence: &Sentence<'_>,
    rules: &Rules,
    at: usize,
    kinds: &[SlotKind],
) -> Option<Phrase> {
    if !kinds.contains(&SlotKind::Forces) || !sentence.is_one_of(at, &["its", "their"]) {
        return None;
    }
    let modifier = usize::from(sentence.is_modifier(at + 1));
    let length = rules.class_at(sentence, at + 1 + modifier, Class::FORCES)?;
    let mut places = (0..at).filter(|&i| {
        sentence.mention(i).is_some_and(|m| {
            m.kind == EntityKind::Place && m.rule.contains("country")
                || m.kind == EntityKind::Organization
        })
    });
    // With two countries before it, whose they are is not clear.
    let (head, None) = (places.next()?, places.next()) else {
        return None;
    };
    let end = at + 1 + modifier + length;
    Some(Phrase {
        head,
        end,
        span: [sentence.items[at].start, sentence.items[end - 1].end],
    })
}

/// The item may stand before the name of a phrase that began at `from`.
fn is_prefix(sentence: &Sentence<'_>, rules: &Rules, from: usize, at: usize) -> bool {
    let word = sentence.word(at);
    match sentence.kind(at) {
        Some(EntityKind::Group) => true,
        Some(EntityKind::Place | EntityKind::Organization | EntityKind::Unit) => {
            sentence.word(at + 1) == "'s"
                || rules.class_at(sentence, at + 1, Class::TITLE).is_some()
                || matches!(sentence.kind(at + 1), Some(EntityKind::Place))
        }
        Some(_) => false,
        None if word == "'s" => at > from,
        None => {
            sentence.is_modifier(at)
                || rules.class_at(sentence, at, Class::TITLE).is_some()
                || is_of_place(sentence, rules, at)
                || (at > from && is_inside_title(sentence, rules, at))
                || looks_like_role(word)
        }
    }
}

/// "the mining town of": words up to a noun for places with "of".
fn is_of_place(sentence: &Sentence<'_>, rules: &Rules, at: usize) -> bool {
    if sentence.word(at) == "of" && at > 0 {
        return rules
            .class_at(sentence, at - 1, Class::SETTLEMENT)
            .is_some();
    }
    (at..at + 3).any(|noun| {
        rules.class_at(sentence, noun, Class::SETTLEMENT).is_some()
            && (at..noun).all(|i| {
                let word = sentence.word(i);
                word.chars().all(|c| c.is_lowercase() || c == '-') && word.len() > 2
            })
            && (sentence.word(noun + 1) == "of"
                || sentence.kind(noun + 1) == Some(EntityKind::Place))
    })
}

/// The second and later words of a title of several words.
fn is_inside_title(sentence: &Sentence<'_>, rules: &Rules, at: usize) -> bool {
    (1..4).any(|back| {
        at >= back
            && rules
                .class_at(sentence, at - back, Class::TITLE)
                .is_some_and(|length| length > back)
    })
}

/// "journalist", "activist", "politician" before a name.
fn looks_like_role(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "after",
        "other",
        "under",
        "over",
        "whether",
        "another",
        "however",
        "together",
        "later",
        "earlier",
        "former",
        "never",
        "either",
        "neither",
        "rather",
        "further",
        "number",
        "during",
        "for",
        "before",
        "against",
        "among",
        "between",
        "than",
        "said",
        "leader",
        "remember",
        "order",
        "matter",
        "winter",
        "summer",
        "october",
        "november",
        "december",
        "september",
        "exist",
        "resist",
        "insist",
        "persist",
        "consist",
        "assist",
        "enter",
        "offer",
        "suffer",
        "discover",
        "consider",
        "deliver",
        "recover",
        "power",
        "paper",
        "her",
        "murder",
        "terror",
        "error",
        "major",
        "minor",
        "prior",
        "superior",
        "woman",
        "human",
        "list",
        "mist",
        "fear",
    ];
    word.len() > 5
        && [
            "ist", "ian", "man", "woman", "yer", "ger", "ter", "tor", "ber", "ner",
        ]
        .iter()
        .any(|ending| word.ends_with(ending))
        && !OTHERS.contains(&word)
}
