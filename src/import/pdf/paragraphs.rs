//! Lines put into paragraphs, without what stands at the head or foot of every page.

use super::lines::Line;
use std::collections::BTreeMap;

/// So many lines at head and foot of a page may be repeated on others.
const MARGIN_LINES: usize = 2;

/// The running text of pages, paragraphs divided by an empty line.
pub(super) fn text(mut pages: Vec<Vec<Line>>) -> String {
    drop_repeated(&mut pages);
    let mut out = String::new();
    let mut last: Option<Line> = None;
    for page in pages {
        let leading = usual_leading(&page);
        let right = page.iter().map(|line| line.right).fold(0.0, f32::max);
        let mut is_first = true;
        for line in page {
            match &last {
                None => {}
                Some(last) if ends_paragraph(last, &line, leading, right, is_first) => {
                    out.push_str("\n\n");
                }
                Some(_) => join(&mut out, &line.text),
            }
            out.push_str(&line.text);
            last = Some(line);
            is_first = false;
        }
    }
    out
}

/// A word divided at the end of its line is one word again.
fn join(out: &mut String, next: &str) {
    let is_low = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let divided = out.ends_with(['-', '\u{ad}', '\u{2010}']);
    let before = out.chars().rev().nth(1);
    if divided && is_low(before) && is_low(next.chars().next()) {
        out.pop();
    } else if !divided {
        out.push(' ');
    }
}

/// The step from line to line that is the commonest on a page.
fn usual_leading(page: &[Line]) -> f32 {
    let mut steps: Vec<f32> = page
        .windows(2)
        .map(|pair| pair[0].baseline - pair[1].baseline)
        .filter(|step| *step > 0.0)
        .collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().unwrap_or(0.0)
}

fn ends_paragraph(last: &Line, next: &Line, leading: f32, right: f32, is_new_page: bool) -> bool {
    let step = last.baseline - next.baseline;
    let is_other_size = (last.size - next.size).abs() > last.size.min(next.size) * 0.12;
    let ends_sentence = last
        .text
        .ends_with(['.', '!', '?', ':', '”', '"', ')', '…']);
    let is_elsewhere = is_new_page || step < 0.0;
    if is_other_size {
        return true;
    }
    if is_elsewhere {
        // The next page, or the next column.
        return ends_sentence && !next.text.starts_with(char::is_lowercase);
    }
    let is_wide = leading > 0.0 && step > (leading * 1.35).max(last.size * 1.6);
    let is_indented = next.left > last.left + next.size && next.left < last.left + next.size * 6.0;
    let is_short = last.right < right - last.size * 8.0;
    let is_list = next.text.starts_with(['•', '–', '▪', '●']);
    is_wide
        || is_list
        || (ends_sentence && (is_indented || is_short))
        || (step.abs() < last.size * 0.3 && next.left > last.right)
}

/// Drops lines at head and foot that most pages have in the same place, whatever numbers are in them.
fn drop_repeated(pages: &mut [Vec<Line>]) {
    let mut counts: BTreeMap<(String, i64), usize> = BTreeMap::new();
    let place = |line: &Line| (pattern(&line.text), (line.baseline / 4.0).round() as i64);
    for page in pages.iter() {
        let mut mine: Vec<_> = margins(page).map(|at| place(&page[at])).collect();
        mine.sort_unstable();
        mine.dedup();
        for repeated in mine {
            *counts.entry(repeated).or_default() += 1;
        }
    }
    let enough = (pages.len() / 2).clamp(2, 8);
    for page in pages.iter_mut() {
        let mut gone: Vec<usize> = margins(page)
            .filter(|&at| {
                let place = place(&page[at]);
                is_page_number(&place.0) || counts.get(&place).is_some_and(|n| *n >= enough)
            })
            .collect();
        gone.sort_unstable();
        gone.dedup();
        for at in gone.into_iter().rev() {
            page.remove(at);
        }
    }
}

/// The highest and the lowest lines of a page.
fn margins(page: &[Line]) -> impl Iterator<Item = usize> {
    let mut order: Vec<usize> = (0..page.len()).collect();
    order.sort_by(|&a, &b| page[b].baseline.total_cmp(&page[a].baseline));
    let count = order.len();
    let most = MARGIN_LINES.min(count / 3);
    let low = order[count - most..].to_vec();
    order.truncate(most);
    order.into_iter().chain(low)
}

/// The line with a mark for each number.
fn pattern(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if !c.is_ascii_digit() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// "12", "page 3", "3 of 12", "– 4 –".
fn is_page_number(pattern: &str) -> bool {
    let mut has_number = false;
    let only = pattern
        .split(|c: char| c.is_whitespace() || "–—-|/.".contains(c))
        .filter(|word| !word.is_empty())
        .all(|word| {
            has_number |= word == "#";
            matches!(word, "#" | "page" | "p" | "of")
        });
    only && has_number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, baseline: f32) -> Line {
        Line {
            text: text.to_owned(),
            left: 50.0,
            right: 50.0 + text.len() as f32 * 5.0,
            baseline,
            size: 10.0,
        }
    }

    fn page(number: usize, body: &[&str]) -> Vec<Line> {
        let mut lines = vec![line(&format!("Quarterly review, no. {number}"), 800.0)];
        let body = body.iter().zip(1..);
        lines.extend(body.map(|(text, at)| line(text, 760.0 - 12.0 * at as f32)));
        lines.push(line(&format!("Page {number} of 3"), 30.0));
        lines
    }

    #[test]
    fn heads_and_feet_go_and_paragraphs_run_over_pages() {
        let long = "The commander of the eastern group said on Monday that the bridge had been re-";
        let pages = vec![
            page(
                1,
                &[
                    "First line of some length that fills the whole of its row here.",
                    long,
                ],
            ),
            page(
                2,
                &["paired by his people.", "Another sentence stands here."],
            ),
            page(3, &["The end of it.", "And more."]),
        ];
        let text = text(pages);
        assert!(
            !text.contains("Quarterly") && !text.contains("Page"),
            "{text}"
        );
        assert!(text.contains("had been repaired by his people."), "{text}");
    }
}
