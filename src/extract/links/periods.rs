//! From when to when someone led something, where the sentence tells: "former", "since 2010",
//! "from March 2021 until his dismissal in 2023".

use super::super::dates::FoundDate;
use super::matcher::Fit;
use super::sentence::Sentence;
use crate::model::{DateValue, Document, EntityKind, PartialDate};

/// Words before a title that say that it is no longer held.
const OVER: [&str; 10] = [
    "former",
    "ex",
    "then",
    "ousted",
    "deposed",
    "onetime",
    "one-time",
    "previous",
    "erstwhile",
    "formerly",
];

/// Words that say that it has just been given.
const JUST: [&str; 3] = ["newly", "recently", "just"];
const GIVEN: [&str; 7] = [
    "appointed",
    "elected",
    "named",
    "installed",
    "promoted",
    "sworn",
    "confirmed",
];

/// After "then", these tell what came next, not what was the case then.
const CAME_NEXT: [&str; 14] = [
    "led",
    "leads",
    "headed",
    "heads",
    "commanded",
    "commands",
    "chaired",
    "chairs",
    "ruled",
    "governed",
    "became",
    "served",
    "took",
    "was",
];

/// Dates that a sentence tells end or begin the period; "former" and "then" end it before the document,
/// "newly appointed" begins it shortly before.
pub(super) fn told(document: &Document, sentence: &Sentence<'_>, fit: &Fit) -> Option<DateValue> {
    let reader = Reader::new(document, sentence);
    reader
        .before(fit)
        .or_else(|| reader.after(fit.range[1].min(sentence.items.len())))
        .or_else(|| by_words(&reader, sentence, fit))
}

fn by_words(reader: &Reader<'_, '_>, sentence: &Sentence<'_>, fit: &Fit) -> Option<DateValue> {
    let mut from = fit.range[0];
    if !fit.source_is_first && from > 0 {
        // "Former Acme chief", "the former longtime Acme chief"; but of "former teacher Ada Byron,
        // head of Acme", the word tells of the teacher.
        let is_word = sentence.word(from - 1).starts_with(char::is_alphabetic);
        from -= if is_word { 2 } else { 1 }.min(from);
    }
    for at in from..fit.range[1] {
        let kind = sentence.kind(at);
        if kind.is_some_and(|kind| kind != EntityKind::Group) {
            continue;
        }
        let next = sentence.word(at + 1);
        let is_over = OVER.contains(&sentence.word(at))
            && !(sentence.word(at) == "then" && CAME_NEXT.contains(&next));
        if is_over && is_of_title(sentence, fit, at) {
            return Some(DateValue::Period(None, Some(reader.today?)));
        }
        if JUST.contains(&sentence.word(at)) && GIVEN.contains(&next) {
            return Some(DateValue::Period(Some(reader.today?), None));
        }
        if let Some(given) = sentence.word(at).strip_prefix("newly-")
            && GIVEN.contains(&given)
        {
            return Some(DateValue::Period(Some(reader.today?), None));
        }
    }
    None
}

/// A word before a title is of the title, not of what is led: "commander of the former Yugoslav army",
/// "former Sylvania's president".
fn is_of_title(sentence: &Sentence<'_>, fit: &Fit, at: usize) -> bool {
    let is_before_title = fit.trigger.is_empty() || fit.trigger.iter().any(|range| range[1] > at);
    let target = fit.target.head;
    let is_of_owner = at < target
        && sentence.word(fit.target.end) == "'s"
        && (at..target).all(|word| sentence.word(word) != "'s");
    // "Former teacher Ada Byron, commander of …": between the word and the name is no title.
    let source = fit.source.head;
    let is_of_person = at < source
        && !fit.trigger.is_empty()
        && !fit
            .trigger
            .iter()
            .any(|range| range[1] > at && range[0] < source);
    is_before_title && !is_of_owner && !is_of_person
}

struct Reader<'s, 't> {
    sentence: &'s Sentence<'t>,
    dates: &'s [FoundDate],
    today: Option<PartialDate>,
}

impl<'s, 't> Reader<'s, 't> {
    fn new(document: &Document, sentence: &'s Sentence<'t>) -> Self {
        Self {
            sentence,
            dates: sentence.dates(),
            today: match document.date {
                Some(DateValue::At(date)) => Some(date),
                _ => None,
            },
        }
    }

    fn word(&self, at: usize) -> &str {
        self.sentence.word(at)
    }

    /// The date that begins with the item, and the item after it.
    fn date(&self, at: usize) -> Option<(DateValue, usize)> {
        let items = &self.sentence.items;
        let mut at = at;
        while self.sentence.is_one_of(
            at,
            &[
                "the", "about", "around", "at", "least", "early", "late", "on",
            ],
        ) && !self.begins(at)
        {
            at += 1;
        }
        let item = items.get(at)?;
        let next = self.dates.partition_point(|date| date.end <= item.start);
        let date = self.dates.get(next).filter(|date| date.start < item.end)?;
        let end = items.partition_point(|item| item.start < date.end);
        Some((date.value?, end))
    }

    fn begins(&self, at: usize) -> bool {
        let start = self.sentence.items.get(at).map(|item| item.start);
        let found = |start| self.dates.binary_search_by_key(&start, |date| date.start);
        start.is_some_and(|start| found(start).is_ok())
    }

    /// "Since 2010, Ada Byron has led …": at the sentence's start, right before what it is about.
    fn before(&self, fit: &Fit) -> Option<DateValue> {
        let openers = ["since", "from", "between", "until"];
        let is_date = self.sentence.kind(0) == Some(EntityKind::Date);
        if !is_date && !self.sentence.is_one_of(0, &openers) {
            return None;
        }
        let (period, end) = self.stretch(0)?;
        let is_next = self.word(end) == "," && end < fit.range[0] && fit.range[0] <= end + 2;
        is_next.then_some(period)
    }

    /// "… since 2010", "… (2010–2014)", "… for four years until May 2014" right after the words that
    /// say so.
    fn after(&self, end: usize) -> Option<DateValue> {
        let mut at = end;
        if self.sentence.is_one_of(at, &[",", "("]) {
            at += 1;
        }
        if self.word(at) == "for" {
            const LENGTHS: [&str; 6] = ["year", "years", "month", "months", "decade", "decades"];
            let length = (at + 1..at + 5).find(|&word| LENGTHS.contains(&self.word(word)));
            at = length.map_or(at, |word| word + 1);
        }
        if let Some((period, _)) = self.stretch(at) {
            return Some(period);
        }
        let in_brackets = self.word(end) == "(";
        let (value, _) = self.date(at).filter(|_| in_brackets)?;
        is_closed(value).then_some(value)
    }

    /// The period that the words from `at` on tell, and the item after it.
    fn stretch(&self, at: usize) -> Option<(DateValue, usize)> {
        match self.word(at) {
            "since" => {
                let (date, end) = self.date(at + 1)?;
                Some((DateValue::Period(Some(date.ends()[0]?), None), end))
            }
            "until" | "till" => {
                let (date, end) = self.until(at + 1)?;
                Some((DateValue::Period(None, Some(date)), end))
            }
            "from" | "between" | "during" | "in" => self.from(at),
            // "from 2010 to 2014" is often one mention.
            _ => {
                let is_date = self.sentence.kind(at) == Some(EntityKind::Date);
                let (date, end) = self.date(at).filter(|_| is_date)?;
                is_closed(date).then_some((date, end))
            }
        }
    }

    fn from(&self, at: usize) -> Option<(DateValue, usize)> {
        let (date, end) = self.date(at + 1)?;
        if is_closed(date) {
            return Some((date, end));
        }
        let from = date.ends()[0]?;
        if !matches!(self.word(at), "from" | "between") {
            return None;
        }
        let joined = ["to", "until", "till", "through", "and", "–", "-", "—"];
        if self.sentence.is_one_of(end, &joined) {
            let open = ["present", "now", "today", "date"];
            let next = end + 1 + usize::from(self.word(end + 1) == "the");
            if self.sentence.is_one_of(next, &open) {
                return Some((DateValue::Period(Some(from), None), next + 1));
            }
            if let Some((to, end)) = self.until(end + 1) {
                return Some((DateValue::Period(Some(from), Some(to)), end));
            }
        }
        let is_open = self.word(at) == "from";
        is_open.then_some((DateValue::Period(Some(from), None), end))
    }

    /// "2014", "her dismissal in 2014"; what ends without a date has ended when the document says so.
    fn until(&self, at: usize) -> Option<(PartialDate, usize)> {
        if let Some((date, end)) = self.date(at) {
            return Some((date.ends()[1]?, end));
        }
        if !self
            .sentence
            .is_one_of(at, &["his", "her", "their", "its", "being"])
        {
            return None;
        }
        let dated = (at + 1..at + 4).find(|&word| self.sentence.is_one_of(word, &["in", "on"]));
        match dated.and_then(|word| self.date(word + 1)) {
            Some((date, end)) => Some((date.ends()[1]?, end)),
            None => Some((self.today?, at + 1)),
        }
    }
}

/// It has a start and another end.
fn is_closed(value: DateValue) -> bool {
    matches!(value, DateValue::Period(Some(_), Some(_)))
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::marked;
    use super::super::stage::find;
    use crate::model::RelationKind;

    /// Sentences of a document of 2025-02-08, each with the period of its one `leads`; `-` for none.
    const SENTENCES: &str = include_str!("../../../tests/fixtures/periods.txt");

    #[test]
    fn periods_are_those_that_the_sentences_tell() {
        let mut wrong = Vec::new();
        let mut all = 0;
        for line in SENTENCES
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let (expected, notation) = line.split_once(' ').expect("a period and a sentence");
            let (mut document, recognition) = marked(0, notation);
            document.date = "2025-02-08".parse().ok();
            let links = find(&document, &recognition);
            let mut leads = links.iter().filter(|link| link.kind == RelationKind::Leads);
            let found = match leads.next() {
                None => "none said".to_owned(),
                Some(link) => link.period.map_or("-".to_owned(), |p| p.to_string()),
            };
            all += 1;
            if found != expected {
                wrong.push(format!("{expected} but {found}: {notation}"));
            }
        }
        assert!(all >= 40, "{all} sentences");
        assert!(
            wrong.is_empty(),
            "{} of {all} wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}
