//! What was recognized in a document, kept with it in the project, so that all documents can be resolved
//! together again when others come or go, without being read again.
//!
//! It is written as JSON without names of fields: `[sentences, mentions, roles, links]`. What comes
//! from a file is not trusted: what does not fit the text is as good as nothing.

use super::{RawLink, RawMention, RawRole, Recognition};
use crate::model::{DateValue, Document, EntityKind, RelationKind, Status, UnitDetails};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A mention: bytes, kind, score, rule, canonical name, country, fields of a unit, date.
type KeptMention<'a> = (
    usize,
    usize,
    EntityKind,
    f32,
    Cow<'a, str>,
    Option<Cow<'a, str>>,
    Option<[u8; 2]>,
    Option<Cow<'a, UnitDetails>>,
    Option<DateValue>,
);

/// What a link says: its words, who says so, when, for which period.
type KeptWords<'a> = (
    Cow<'a, str>,
    Option<Cow<'a, str>>,
    Option<DateValue>,
    Option<DateValue>,
);

/// A link: source, target, kind, sentence, the words that name its ends and say so, status, score, method.
type KeptLink<'a> = (
    usize,
    usize,
    RelationKind,
    usize,
    [[usize; 2]; 2],
    Cow<'a, [[usize; 2]]>,
    Status,
    f32,
    Cow<'a, str>,
    KeptWords<'a>,
);

#[derive(Serialize, Deserialize)]
struct Kept<'a>(
    Cow<'a, [[usize; 2]]>,
    Vec<KeptMention<'a>>,
    Vec<(usize, usize, usize)>,
    Vec<KeptLink<'a>>,
);

/// What was recognized as a project keeps it with the document; `None` if that cannot be written.
pub fn keep(recognition: &Recognition) -> Option<Arc<str>> {
    let mentions = recognition.mentions.iter().map(|mention| {
        (
            mention.start,
            mention.end,
            mention.kind,
            mention.score,
            Cow::Borrowed(mention.rule),
            mention.canonical.as_deref().map(Cow::Borrowed),
            mention.country,
            mention.unit.as_deref().map(Cow::Borrowed),
            mention.date,
        )
    });
    let roles = recognition.roles.iter();
    let links = recognition.links.iter().map(|link| {
        (
            link.source,
            link.target,
            link.kind,
            link.sentence,
            [link.source_span, link.target_span],
            Cow::Borrowed(&link.trigger[..]),
            link.status,
            link.score,
            Cow::Borrowed(link.method),
            (
                Cow::Borrowed(link.label.as_str()),
                link.attributed_to.as_deref().map(Cow::Borrowed),
                link.date,
                link.period,
            ),
        )
    });
    let kept = Kept(
        Cow::Borrowed(&recognition.sentences),
        mentions.collect(),
        roles.map(|r| (r.mention, r.start, r.end)).collect(),
        links.collect(),
    );
    serde_json::to_string(&kept).ok().map(Arc::from)
}

/// What was recognized in a document when it was read; `None` where the project does not tell, or tells
/// what cannot be. Linear in what is kept.
pub fn kept(document: &Document) -> Option<Recognition> {
    let Kept(sentences, mentions, roles, links) =
        serde_json::from_str(document.recognized.as_deref()?).ok()?;
    let mentions = mentions.into_iter().map(|m| {
        Some(RawMention {
            start: m.0,
            end: m.1,
            kind: m.2,
            score: m.3,
            rule: interned(&m.4)?,
            canonical: m.5.map(Cow::into_owned),
            country: m.6,
            unit: m.7.map(|unit| Box::new(unit.into_owned())),
            date: m.8,
        })
    });
    let links = links.into_iter().map(|link| {
        let (label, attributed_to, date, period) = link.9;
        Some(RawLink {
            source: link.0,
            target: link.1,
            kind: link.2,
            label: label.into_owned(),
            sentence: link.3,
            source_span: link.4[0],
            target_span: link.4[1],
            trigger: link.5.into_owned(),
            status: link.6,
            attributed_to: attributed_to.map(Cow::into_owned),
            date,
            period,
            score: link.7,
            method: interned(&link.8)?,
        })
    });
    let roles = roles.into_iter();
    let recognition = Recognition {
        sentences: sentences.into_owned(),
        mentions: mentions.collect::<Option<_>>()?,
        roles: roles
            .map(|(mention, start, end)| RawRole {
                mention,
                start,
                end,
            })
            .collect(),
        links: links.collect::<Option<_>>()?,
        left_out: document.left_out.clone(),
    };
    fits(&recognition, &document.text).then_some(recognition)
}

/// All places are in the text, on boundaries of letters and in order, and all numbers mean something.
fn fits(recognition: &Recognition, text: &str) -> bool {
    let is_slice = |range| is_slice(text, range);
    let mentions = &recognition.mentions;
    let is_named = mentions.iter().all(|m| m.start < m.end);
    let is_score = |score: f32| (0.0..=2.0).contains(&score);
    let are_scores = mentions.iter().all(|m| is_score(m.score));
    let links = recognition.links.iter().all(|link| {
        link.source.max(link.target) < mentions.len()
            && link.sentence < recognition.sentences.len()
            && is_slice(link.source_span)
            && is_slice(link.target_span)
            && link.trigger.iter().copied().all(is_slice)
            && is_score(link.score)
    });
    let roles = recognition.roles.iter();
    let mut roles =
        roles.map(|role| role.mention < mentions.len() && is_slice([role.start, role.end]));
    follow(text, recognition.sentences.iter().copied())
        && follow(text, mentions.iter().map(|m| [m.start, m.end]))
        && is_named
        && are_scores
        && links
        && roles.all(|fits| fits)
}

fn is_slice(text: &str, [start, end]: [usize; 2]) -> bool {
    start <= end && text.get(start..end).is_some()
}

/// The ranges lie in the text, one after the other.
fn follow(text: &str, mut ranges: impl Iterator<Item = [usize; 2]>) -> bool {
    let mut before = 0;
    ranges.all(|range| {
        let fits = is_slice(text, range) && range[0] >= before;
        before = range[1];
        fits
    })
}

/// The one copy of the name of a rule. There are some dozens of them; a file that brings more than could
/// be is not believed.
fn interned(name: &str) -> Option<&'static str> {
    const MOST_NAMES: usize = 1_000;
    const LONGEST: usize = 64;
    static NAMES: OnceLock<Mutex<BTreeSet<&'static str>>> = OnceLock::new();
    let names = NAMES.get_or_init(Mutex::default);
    let mut names = names.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return Some(known);
    }
    if names.len() >= MOST_NAMES || name.len() > LONGEST {
        return None;
    }
    let name: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(name);
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::marked;
    use super::super::links;
    use super::*;

    fn document() -> (Document, Recognition) {
        let (document, mut recognition) = marked(
            0,
            "[role General] [person Ada Byron] led the [unit 46th Brigade] in [place=Ukraine Kyiv] — “so”. [person Bo Carr] met [person Ada Byron].",
        );
        recognition.links = links::find(&document, &recognition);
        recognition.mentions[0].country = Some(*b"GB");
        recognition.mentions[1].unit = Some(Box::new(UnitDetails {
            number: Some("46".to_owned()),
            ..UnitDetails::default()
        }));
        recognition.mentions[2].date = "2024".parse().ok();
        (document, recognition)
    }

    #[test]
    fn what_is_kept_is_what_was_recognized() {
        let (mut document, recognition) = document();
        assert!(!recognition.links.is_empty() && !recognition.roles.is_empty());
        assert_eq!(kept(&document), None);
        document.recognized = keep(&recognition);
        assert_eq!(kept(&document), Some(recognition));
    }

    #[test]
    fn what_does_not_fit_the_text_is_nothing() {
        let (mut document, recognition) = document();
        let mut is_kept = |change: &dyn Fn(&mut Recognition)| {
            let mut changed = recognition.clone();
            change(&mut changed);
            document.recognized = keep(&changed);
            kept(&document).is_some()
        };
        assert!(is_kept(&|_| {}));
        let dash = document_text().find('—').unwrap();
        assert!(!is_kept(&|r| r.mentions[2].end = dash + 1));
        assert!(!is_kept(&|r| r.mentions[3].end = 100_000));
        assert!(!is_kept(&|r| r.mentions.swap(0, 1)));
        assert!(!is_kept(&|r| r.roles[0].mention = 77));
        assert!(!is_kept(&|r| r.links[0].target = 77));
        assert!(!is_kept(&|r| r.links[0].sentence = 77));
        assert!(!is_kept(&|r| r.links[0].trigger = vec![[5, 2]]));
        assert!(!is_kept(&|r| r.mentions[0].score = 1e9));
        document.recognized = Some("[[],[],[".into());
        assert_eq!(kept(&document), None);
    }

    fn document_text() -> String {
        document().0.text
    }
}
