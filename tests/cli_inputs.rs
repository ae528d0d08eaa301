//! What the program reads from the command line: documents, folders, standard input, graph files; and what
//! it says of those that cannot be read.

#![allow(clippy::expect_used, clippy::unwrap_used)] // A test that cannot go on has failed.

#[path = "support/program.rs"]
mod program;

use program::*;
use std::io::Write;
use std::process::{Command, Output, Stdio};

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

#[test]
fn a_failed_file_gives_a_line_and_exit_code_1() {
    let output = run(&["extract", "no-such-file.txt", "--format", "jsonl"]);
    assert_eq!(code(&output), 1);
    let line: serde_json::Value = serde_json::from_str(stdout(&output).trim()).unwrap();
    assert_eq!(line["documents"].as_array().unwrap().len(), 0);
    assert_eq!(line["warnings"].as_array().unwrap().len(), 1);
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
