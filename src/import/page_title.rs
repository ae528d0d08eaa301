//! A page's title and its publisher, which many pages write in one line: "The bridge fell | Arden Post".

/// What stands between a headline and the name of who published it.
const MARKS: &[&str] = &[" | ", " :: ", " \u{2022} ", " \u{b7} ", " \u{bb} "];
/// The same, but a part of many headlines as well.
const DASHES: &[&str] = &[" - ", " \u{2013} ", " \u{2014} "];
/// A publisher's name has no more words.
const MOST_WORDS: usize = 5;

/// The headline and the publisher of a title. `publisher` is whom the page names elsewhere, `is_said`
/// tells whether the page has a line as a heading or names it apart from the title.
pub(super) fn split(
    title: &str,
    publisher: Option<&str>,
    is_said: &dyn Fn(&str) -> bool,
) -> (String, Option<String>) {
    let mut headline = title.trim();
    let mut found = None;
    while let Some((front, last, is_mark)) = last_part(headline) {
        let is_known = publisher.is_some_and(|name| is_same(name, last));
        let words = last.split_whitespace().count();
        let is_name = words <= MOST_WORDS && last.starts_with(|c: char| c.is_alphanumeric());
        // With several marks ("Bridge | World | Arden Post") what is left of the first is the headline.
        let is_section = is_mark && found.is_some();
        let has_headline = front.split_whitespace().count() > 1 || is_said(front);
        let is_cut =
            is_known || (is_mark && is_name) || (is_name && (is_said(front) || is_said(last)));
        if !(has_headline && (is_cut || is_section)) {
            break;
        }
        found = found.or_else(|| Some(last.to_owned()));
        headline = front;
    }
    (headline.to_owned(), found)
}

/// The part behind the last mark and what stands before it, and whether the mark is no dash.
fn last_part(title: &str) -> Option<(&str, &str, bool)> {
    let marks = MARKS.iter().map(|mark| (mark, true));
    let dashes = DASHES.iter().map(|mark| (mark, false));
    let found = marks.chain(dashes).filter_map(|(mark, is_mark)| {
        let at = title.rfind(*mark)?;
        Some((at, at + mark.len(), is_mark))
    });
    let (end, start, is_mark) = found.max_by_key(|(at, _, _)| *at)?;
    let (front, last) = (title[..end].trim(), title[start..].trim());
    (!front.is_empty() && !last.is_empty()).then_some((front, last, is_mark))
}

/// Two writings of one name.
fn is_same(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String {
        let all = name.chars().filter(|c| c.is_alphanumeric());
        all.flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(title: &str, publisher: Option<&str>, said: &[&str]) -> (String, Option<String>) {
        split(title, publisher, &|line| said.contains(&line))
    }

    #[track_caller]
    fn check(
        title: &str,
        publisher: Option<&str>,
        said: &[&str],
        headline: &str,
        source: Option<&str>,
    ) {
        let found = cut(title, publisher, said);
        assert_eq!((found.0.as_str(), found.1.as_deref()), (headline, source));
    }

    #[test]
    fn the_publisher_stands_behind_a_mark() {
        let headline = "The bridge fell";
        check(
            "The bridge fell | Arden Post",
            None,
            &[],
            headline,
            Some("Arden Post"),
        );
        check(
            "The bridge fell | World | Arden Post",
            None,
            &[],
            headline,
            Some("Arden Post"),
        );
        check(
            "The bridge fell - Arden Post",
            None,
            &[headline],
            headline,
            Some("Arden Post"),
        );
        check(
            "The bridge fell \u{2013} Arden Post",
            None,
            &["Arden Post"],
            headline,
            Some("Arden Post"),
        );
        check(
            "The bridge fell - arden-post",
            Some("Arden Post"),
            &[],
            headline,
            Some("arden-post"),
        );
    }

    #[test]
    fn a_dash_is_part_of_many_headlines() {
        for title in [
            "The bridge fell - live updates",
            "Arden - a town at war",
            "Day 3: what we know",
        ] {
            check(title, Some("Arden Post"), &[], title, None);
        }
        check("News | Arden Post", None, &[], "News | Arden Post", None);
        check("| |", None, &[], "| |", None);
    }
}
