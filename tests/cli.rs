//! The binary as a user and a script run it: exit codes, what is written where, and what is refused.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn redstring(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_redstring"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    redstring(arguments).output().expect("the binary runs")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A folder of its own with the given files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).expect("a file can be written");
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

const REPORT: &str =
    "Ada Brandt, director of the Hallow Institute, met General Tomas Okoye in Lisbon.\n";

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
fn a_failed_file_gives_a_line_and_exit_code_1() {
    let output = run(&["extract", "no-such-file.txt", "--format", "jsonl"]);
    assert_eq!(code(&output), 1);
    let line: serde_json::Value = serde_json::from_str(stdout(&output).trim()).unwrap();
    assert_eq!(line["documents"].as_array().unwrap().len(), 0);
    assert_eq!(line["warnings"].as_array().unwrap().len(), 1);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let folder = folder(&[
        ("good.txt", REPORT.as_bytes()),
        ("binary.txt", b"\0\x01\x02\x03\0\0\xff\xfe\0"),
    ]);
    let good = folder.path().join("good.txt");
    let output = run(&["extract", "missing.txt", text(&good), "--quiet"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("missing.txt"));
    assert_eq!(json(&output)["documents"].as_array().unwrap().len(), 1);
    let binary = folder.path().join("binary.txt");
    let output = run(&["extract", text(&binary), "--quiet"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("binary.txt"));
}

#[test]
fn an_empty_folder_says_so() {
    let folder = folder(&[]);
    let output = run(&["extract", text(folder.path()), "--quiet"]);
    assert_eq!(code(&output), 1);
    assert_eq!(stderr(&output).lines().count(), 1);
    assert_eq!(json(&output)["documents"].as_array().unwrap().len(), 0);
}

#[test]
fn a_named_file_without_text_fails_and_one_in_a_folder_is_left_out() {
    let folder = folder(&[
        ("blank.txt", b" \r\n\t"),
        ("empty.txt", b""),
        ("good.txt", REPORT.as_bytes()),
    ]);
    for name in ["blank.txt", "empty.txt"] {
        let path = folder.path().join(name);
        for format in ["json", "jsonl"] {
            let output = run(&["extract", text(&path), "--quiet", "--format", format]);
            assert_eq!(code(&output), 1);
            assert!(stderr(&output).contains("no text in it"));
            assert!(stdout(&output).contains("no text in it"));
        }
    }
    let output = run(&["extract", text(folder.path()), "--format", "summary"]);
    assert_eq!(code(&output), 0);
    for line in ["files_found: 3", "files_read: 1", "files_skipped: 2"] {
        assert!(stdout(&output).contains(line), "{}", stdout(&output));
    }
}

#[test]
fn the_same_path_twice_is_read_once() {
    let seed = "seeds/004_8b4234a4033eca48.txt";
    let once = run(&["extract", seed]);
    let twice = run(&[
        "extract",
        seed,
        "seeds/../seeds/004_8b4234a4033eca48.txt",
        seed,
    ]);
    assert_eq!(code(&twice), 0);
    let count = |output: &Output| json(output)["documents"].as_array().unwrap().len();
    assert_eq!(count(&once), count(&twice));
}

#[test]
fn standard_input_is_a_document_named_dash() {
    let mut child = redstring(&["extract", "-", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut input = child.stdin.take().expect("piped");
    input.write_all(REPORT.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 0);
    let data = json(&output);
    assert_eq!(data["documents"][0]["path"], "-");
    assert_eq!(data["documents"][0]["text"], REPORT);
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
fn positions_come_back_in_order_from_all_three_formats() {
    let gexf = br#"<?xml version="1.0"?><gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>
        <node id="a"/><node id="b"/><node id="c, d"/></nodes><edges><edge id="0" source="a" target="b"/></edges></graph></gexf>"#;
    let graphml = br#"<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="undirected">
        <node id="a"/><node id="b"/><node id="c, d"/><edge source="a" target="b"/></graph></graphml>"#;
    let folder = folder(&[
        (
            "g.csv",
            b"Source,Target,Weight\na,b,2\n\"c, d\",,\nb,a,NaN\n",
        ),
        ("g.gexf", gexf),
        ("g.graphml", graphml),
    ]);
    let out = folder.path().join("positions.csv");
    for name in ["g.csv", "g.gexf", "g.graphml"] {
        for algorithm in ["force", "circular", "radial", "hierarchical", "grid"] {
            let graph = folder.path().join(name);
            let arguments = [
                "layout",
                text(&graph),
                "-o",
                text(&out),
                "--algorithm",
                algorithm,
            ];
            let output = run(&arguments);
            assert_eq!(code(&output), 0, "{name}: {}", stderr(&output));
            let text = std::fs::read_to_string(&out).unwrap();
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            assert_eq!(reader.headers().unwrap(), ["Id", "X", "Y"].as_slice());
            let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
            let ids: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
            assert_eq!(ids, ["a", "b", "c, d"], "{name}");
            let mut places: Vec<(String, String)> = rows
                .iter()
                .map(|row| (row[1].to_owned(), row[2].to_owned()))
                .collect();
            for (x, y) in &places {
                assert!(
                    x.parse::<f32>().unwrap().is_finite() && y.parse::<f32>().unwrap().is_finite()
                );
            }
            places.sort();
            places.dedup();
            assert_eq!(places.len(), 3);
        }
    }
}

#[test]
fn a_graph_that_is_none_fails_with_one_sentence() {
    let folder = folder(&[
        ("bad.gexf", b"<gexf><graph>"),
        ("bad.csv", b"From,To\n1,2\n"),
    ]);
    let out = folder.path().join("p.csv");
    for name in ["bad.gexf", "bad.csv", "missing.csv"] {
        let graph = folder.path().join(name);
        let output = run(&["layout", text(&graph), "-o", text(&out), "--quiet"]);
        assert_eq!(code(&output), 1, "{name}");
        assert_eq!(
            stderr(&output).lines().count(),
            1,
            "{name}: {}",
            stderr(&output)
        );
        assert!(!out.exists());
    }
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

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_refused_and_that_of_a_shell_is_read() {
    let folder = folder(&[]);
    let pipe = folder.path().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()));
    let output = run(&["extract", text(&pipe)]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("pipe"), "{}", stderr(&output));
    let binary = env!("CARGO_BIN_EXE_redstring");
    let script = format!("echo 'Ivan Petrov spoke.' | {binary} extract /dev/stdin --quiet");
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(json(&output)["documents"].as_array().unwrap().len(), 1);
}
