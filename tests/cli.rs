//! The binary as a user and a script run it: exit codes, what is written where, and what is refused.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/program.rs"]
mod program;

use program::*;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Command, Stdio};

#[test]
fn help_and_version_and_licenses_go_to_standard_output() {
    for arguments in [["--help"], ["--version"], ["--licenses"]] {
        let output = run(&arguments);
        assert_eq!(code(&output), 0, "{arguments:?}");
        assert!(!output.stdout.is_empty(), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
    }
    let version = format!("redstring {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(stdout(&run(&["--version"])), version);
    let help = stdout(&run(&["--help"]));
    for word in [
        "open",
        "extract",
        "export",
        "layout",
        "--quiet",
        "--threads",
    ] {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn wrong_usage_is_2_and_what_comes_later_is_one_sentence() {
    let wrong: [&[&str]; 6] = [
        &["extrct", "seeds"],
        &["extract"],
        &["extract", "seeds", "--format", "xml"],
        &["export", "seeds"],
        &["export", "seeds", "-o", "chart.docx"],
        &["layout", "a.csv", "-o", "b.csv", "--threads", "0"],
    ];
    for arguments in wrong {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
    let unknown: [&[&str]; 1] = [&["layout", "a.csv", "-o", "b.csv", "--algorithm", "spiral"]];
    for arguments in unknown {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(stderr(&output).lines().count(), 1, "{arguments:?}");
    }
}

#[test]
fn the_sample_is_extracted_and_adds_up() {
    let output = run(&["extract", "seeds", "--quiet"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
    let data = json(&output);
    assert_eq!(data["version"], 1);
    assert!(data["entities"].as_array().unwrap().len() > 30);
    let texts: Vec<&str> = data["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["text"].as_str().unwrap())
        .collect();
    for entity in data["entities"].as_array().unwrap() {
        for mention in entity["mentions"].as_array().unwrap() {
            let number = |key: &str| mention[key].as_u64().unwrap() as usize;
            let words = &texts[number("document")][number("start")..number("end")];
            assert_eq!(words, mention["text"].as_str().unwrap());
        }
    }
    for relation in data["relations"].as_array().unwrap() {
        assert_ne!(relation["kind"], "mentioned_with");
        assert!(!relation["evidence"].as_array().unwrap().is_empty());
    }
}

#[test]
fn relations_are_none_stated_or_all() {
    let count = |choice: &str| {
        let output = run(&["extract", "seeds", "--quiet", "--relations", choice]);
        json(&output)["relations"].as_array().unwrap().len()
    };
    assert_eq!(count("none"), 0);
    assert!(count("stated") < count("all"));
}

#[test]
fn the_summary_has_its_lines_in_order_and_adds_up() {
    let folder = folder(&[
        ("a.txt", REPORT.as_bytes()),
        ("b.md", b"# Notes\n\nNothing much.\n"),
        (".hidden.txt", b"hidden"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0"),
    ]);
    let output = run(&["extract", text(folder.path()), "--format", "summary"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let lines: Vec<(String, usize)> = stdout(&output)
        .lines()
        .map(|line| {
            let (name, number) = line.split_once(": ").expect("name: number");
            (name.to_owned(), number.parse().expect("a number"))
        })
        .collect();
    let names: Vec<&str> = lines.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "files_found",
        "files_read",
        "files_skipped",
        "files_failed",
        "documents",
        "sentences",
        "mentions_kept",
        "mentions_filtered",
        "entities",
        "relations_stated",
        "relations_mentioned",
    ];
    assert_eq!(names[..expected.len()], expected);
    let rest = &lines[expected.len()..];
    let rules = rest
        .iter()
        .take_while(|(name, _)| name.starts_with("mentions_filtered_"));
    let (of_rules, filtered) = (rules.clone().count(), lines[7].1);
    assert_eq!(rules.map(|(_, count)| count).sum::<usize>(), filtered);
    assert!(of_rules > 5);
    assert_eq!(rest[of_rules].0, "pairs_not_examined");
    assert_eq!(rest[of_rules + 1].0, "independent_sources");
    assert_eq!(rest.len(), of_rules + 2);
    assert_eq!(lines[0].1, 4);
    assert_eq!(lines[0].1, lines[1].1 + lines[2].1 + lines[3].1);
    assert_eq!(lines[1].1, 2);
}

#[test]
fn jsonl_has_a_line_for_each_document() {
    let whole = json(&run(&["extract", "seeds", "--quiet"]));
    let output = run(&["extract", "seeds", "--quiet", "--format", "jsonl"]);
    assert_eq!(code(&output), 0);
    let lines: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON on each line"))
        .collect();
    assert_eq!(lines.len(), whole["documents"].as_array().unwrap().len());
    for line in lines {
        assert_eq!(line["documents"].as_array().unwrap().len(), 1);
        assert_eq!(line["documents"][0]["id"], 0);
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let extract = |threads: &str| {
        run(&[
            "extract",
            "seeds",
            "--relations",
            "all",
            "--threads",
            threads,
        ])
    };
    assert_eq!(extract("1").stdout, extract("2").stdout);
    let folder = folder(&[]);
    let export = |threads: &str, format: &str| {
        let path = folder.path().join(format!("{threads}.{format}"));
        let output = run(&["export", "seeds", "-o", text(&path), "--threads", threads]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        std::fs::read(path).expect("it was written")
    };
    for format in ["svg", "redstring"] {
        assert_eq!(export("1", format), export("2", format), "{format}");
    }
}

#[test]
fn files_are_written_and_replaced_and_what_cannot_be_written_fails() {
    let folder = folder(&[("old.json", b"old")]);
    let old = folder.path().join("old.json");
    let output = run(&["extract", "seeds", "-o", text(&old), "--quiet"]);
    assert_eq!(code(&output), 0);
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    assert!(
        std::fs::read_to_string(&old)
            .unwrap()
            .starts_with("{\"version\":1")
    );
    let nowhere = folder.path().join("no-folder").join("new.json");
    for command in ["extract", "export"] {
        let output = run(&[command, "seeds", "-o", text(&nowhere)]);
        assert_eq!(code(&output), 1, "{command}");
        assert!(stderr(&output).contains("new.json"), "{command}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn pictures_data_and_projects_are_exported() {
    let folder = folder(&[]);
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    let starts: [(&str, &[u8]); 6] = [
        ("a.png", b"\x89PNG"),
        ("a.svg", b"<"),
        ("a.pdf", b"%PDF"),
        ("a.json", b"{\"version\":1"),
        ("a.gexf", b"<?xml"),
        ("a.redstring", b"SQLite format 3\0"),
    ];
    for (name, start) in starts {
        let file = path(name);
        let output = run(&["export", "seeds", "-o", text(&file), "--quiet"]);
        assert_eq!(code(&output), 0, "{name}: {}", stderr(&output));
        assert!(
            output.stderr.is_empty() && output.stdout.is_empty(),
            "{name}"
        );
        assert!(std::fs::read(&file).unwrap().starts_with(start), "{name}");
    }
    let project = path("a.redstring");
    let stored = run(&["extract", text(&project), "--quiet"]);
    assert_eq!(code(&stored), 0, "{}", stderr(&stored));
    let fresh = json(&run(&["extract", "seeds", "--quiet"]));
    assert_eq!(json(&stored)["entities"], fresh["entities"]);
}

#[test]
fn a_picture_has_the_size_that_was_asked_for() {
    let folder = folder(&[]);
    let file = folder.path().join("a.png");
    let size = |arguments: &[&str]| {
        let mut all = vec![
            "export",
            "seeds/004_8b4234a4033eca48.txt",
            "-o",
            text(&file),
            "--quiet",
        ];
        all.extend(arguments);
        let output = run(&all);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let bytes = std::fs::read(&file).unwrap();
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    };
    assert_eq!(size(&["--width", "640", "--height", "360"]), (640, 360));
    let paper = [
        "--paper", "A4", "--dpi", "96", "--theme", "print", "--layout", "circular",
    ];
    assert_eq!(size(&paper), (1123, 794));
    let both = [
        "export", "seeds", "-o", "a.png", "--paper", "A4", "--dpi", "96", "--width", "9",
        "--height", "9",
    ];
    assert_eq!(code(&run(&both)), 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut child = redstring(&["extract", "seeds", "--format", "jsonl", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut out = child.stdout.take().expect("piped");
    let mut start = [0; 10];
    out.read_exact(&mut start).expect("it writes");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 0);
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_130_and_leaves_nothing() {
    let report = REPORT.repeat(20_000);
    let files: Vec<(String, &[u8])> = (0..12)
        .map(|number| (format!("{number}.txt"), report.as_bytes()))
        .collect();
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let documents = folder(&files);
    let results = folder(&[]);
    let out = results.path().join("out.jsonl");
    let arguments = [
        "extract",
        text(documents.path()),
        "--format",
        "jsonl",
        "-o",
        text(&out),
        "--threads",
        "1",
    ];
    let mut child = redstring(&arguments)
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    std::thread::sleep(std::time::Duration::from_millis(400));
    let stopped = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(stopped.is_ok_and(|status| status.success()));
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert_eq!(std::fs::read_dir(results.path()).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_window_is_a_clear_sentence() {
    let output = redstring(&["open", "seeds"])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the binary runs");
    assert_eq!(code(&output), 1);
    let said = stderr(&output);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("redstring export") && said.contains("redstring extract"));
}

#[test]
fn a_project_is_data_as_documents_are() {
    let folder = folder(&[("a.txt", REPORT.as_bytes()), ("b.redstring", b"words")]);
    let documents = text(&folder.path().join("a.txt")).to_owned();
    let project = folder.path().join("case.redstring");
    let missing = folder.path().join("missing.txt");
    let made = run(&[
        "export",
        "seeds",
        &documents,
        text(&missing),
        "-o",
        text(&project),
    ]);
    assert_eq!(code(&made), 1);
    // The file that was missing then is no failure now, and twice is once.
    let stored = run(&["extract", text(&project), text(&project), "--quiet"]);
    assert_eq!(code(&stored), 0, "{}", stderr(&stored));
    let whole = json(&stored);
    let output = run(&["extract", text(&project), "--format", "jsonl", "--quiet"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let lines: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON on each line"))
        .collect();
    let count = |object: &serde_json::Value| -> usize {
        let entities = object["entities"].as_array().unwrap();
        let mentions = |entity: &serde_json::Value| entity["mentions"].as_array().unwrap().len();
        entities.iter().map(mentions).sum()
    };
    assert_eq!(lines.len(), whole["documents"].as_array().unwrap().len());
    assert_eq!(lines.iter().map(count).sum::<usize>(), count(&whole));
    for line in &lines {
        assert_eq!(line["documents"][0]["id"], 0);
        for (number, entity) in line["entities"].as_array().unwrap().iter().enumerate() {
            assert_eq!(entity["id"], number);
        }
    }

    let beside = run(&["extract", text(&project), &documents, "--quiet"]);
    assert_eq!(code(&beside), 1);
    assert!(stderr(&beside).contains("by itself"), "{}", stderr(&beside));
    let called = run(&["extract", text(&folder.path().join("b.redstring"))]);
    assert_eq!(code(&called), 1);
    assert!(stderr(&called).contains("not a Redstring project"));
}
