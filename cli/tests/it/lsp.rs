//! The language server, driven over standard input and output as an editor does.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use expect_test::{Expect, expect};
use serde_json::{Value, json};

const URI: &str = "file:///apis/payments.yaml";

const TEXT: &str = "\
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - name: payments
    primary_key: id
  - name: refunds
    endpoint: {path: \"/payments/{resources.payments.id}/refunds\"}
";

/// An editor with one document.
struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    text: String,
    version: i32,
    requests: i32,
}

impl Editor {
    /// Opens a document. Gives what is wrong with it.
    fn open(text: &str) -> (Editor, Value) {
        let mut server = Command::new(env!("CARGO_BIN_EXE_cargo-rest-source"));
        server.args(["rest-source", "lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = server.spawn().unwrap();
        let (input, output) = (server.stdin.take().unwrap(), server.stdout.take().unwrap());
        let output = BufReader::new(output);
        let text = text.to_owned();
        let mut editor = Editor { server, input, output, text, version: 1, requests: 0 };
        editor.ask("initialize", json!({"capabilities": {}}));
        editor.tell("initialized", json!({}));
        let document =
            json!({"uri": URI, "languageId": "yaml", "version": 1, "text": &editor.text});
        editor.tell("textDocument/didOpen", json!({"textDocument": document}));
        let found = editor.diagnostics();
        (editor, found)
    }

    /// Replaces a part of the text, which is there once. Gives what is wrong with it then.
    fn edit(&mut self, old: &str, new: &str) -> Value {
        assert_eq!(self.text.matches(old).count(), 1, "{old}");
        self.set(self.text.replace(old, new))
    }

    fn set(&mut self, text: String) -> Value {
        self.text = text;
        self.version += 1;
        let (version, text) = (self.version, self.text.clone());
        let document = json!({"uri": URI, "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.tell("textDocument/didChange", params);
        self.diagnostics()
    }

    /// Asks about the place behind a text.
    fn ask_at(&mut self, method: &str, behind: &str, more: Value) -> Value {
        let mut params = self.place(behind);
        if let (Value::Object(params), Value::Object(more)) = (&mut params, more) {
            params.extend(more);
        }
        self.ask(method, params)
    }

    fn place(&self, behind: &str) -> Value {
        let at = self.text.find(behind).unwrap() + behind.len();
        let before = &self.text[..at];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let character = before[line..].encode_utf16().count();
        let position = json!({"line": before.matches('\n').count(), "character": character});
        json!({"textDocument": {"uri": URI}, "position": position})
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.requests += 1;
        let id = self.requests;
        self.send(json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        let answer = self.receive();
        assert_eq!(answer["id"], id, "{answer}");
        answer.get("result").or_else(|| answer.get("error")).unwrap().clone()
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn diagnostics(&mut self) -> Value {
        let mut published = self.receive();
        assert_eq!(published["method"], "textDocument/publishDiagnostics");
        published["params"]["diagnostics"].take()
    }

    fn send(&mut self, message: Value) {
        let message = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{message}", message.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            match line.trim() {
                "" => break,
                line => length = line.strip_prefix("Content-Length: ").unwrap().parse().unwrap(),
            }
        }
        let mut content = vec![0; length];
        self.output.read_exact(&mut content).unwrap();
        serde_json::from_slice(&content).unwrap()
    }

    /// Makes the edits of this document, those of later places first.
    fn apply(&mut self, edits: &Value) -> Value {
        let mut edits: Vec<(usize, usize, String)> = edits
            .as_array()
            .unwrap()
            .iter()
            .map(|edit| {
                let range = &edit["range"];
                let text = edit["newText"].as_str().unwrap().to_owned();
                (self.byte(&range["start"]), self.byte(&range["end"]), text)
            })
            .collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.0));
        let mut text = self.text.clone();
        for (start, end, new) in edits {
            text.replace_range(start..end, &new);
        }
        self.set(text)
    }

    fn byte(&self, position: &Value) -> usize {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let units = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
        let rest = self.text[start..].encode_utf16().take(units).collect::<Vec<_>>();
        start + String::from_utf16(&rest).unwrap().len()
    }

    /// Ends the server as the protocol has it.
    fn close(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        drop(self.input);
        assert!(self.server.wait().unwrap().success());
    }
}

fn check(actual: &Value, expected: Expect) {
    expected.assert_eq(&format!("{actual:#}\n"));
}

/// The labels of completions.
fn labels(found: &Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn a_mistake_is_shown_fixed_and_gone() {
    let (mut editor, found) = Editor::open(TEXT);
    assert_eq!(found, json!([]));
    let found = editor.edit("primary_key", "primary_kye");
    check(
        &found,
        expect![[r#"
            [
              {
                "code": "unknown_key",
                "message": "a resource has no key `primary_kye`: did you mean `primary_key`?",
                "range": {
                  "end": {
                    "character": 15,
                    "line": 3
                  },
                  "start": {
                    "character": 4,
                    "line": 3
                  }
                },
                "severity": 1,
                "source": "rest_source"
              }
            ]
        "#]],
    );
    let range = found[0]["range"].clone();
    let params =
        json!({"textDocument": {"uri": URI}, "range": range, "context": {"diagnostics": found}});
    let actions = editor.ask("textDocument/codeAction", params);
    let titles: Vec<_> =
        actions.as_array().unwrap().iter().map(|action| &action["title"]).collect();
    check(
        &json!(titles),
        expect![[r#"
        [
          "replace `primary_kye` by `primary_key`",
          "fix all mistakes of which the fix is sure"
        ]
    "#]],
    );
    let found = editor.apply(&actions[0]["edit"]["changes"][URI]);
    assert_eq!(found, json!([]));
    assert_eq!(editor.text, TEXT);
    editor.close();
}

#[test]
fn keys_words_and_names_are_completed_while_typing() {
    let (mut editor, _) = Editor::open(TEXT);
    editor.set(format!("{TEXT}    wri"));
    let found = editor.ask_at("textDocument/completion", "    wri", json!({}));
    let first = found.as_array().unwrap().iter().find(|item| item["label"] == "write_disposition");
    check(
        first.unwrap(),
        expect![[r#"
            {
              "detail": "`append`, `replace`, `merge`, `skip`; or `write_disposition`",
              "documentation": {
                "kind": "markdown",
                "value": "What loading does to existing rows; by default `append`."
              },
              "kind": 10,
              "label": "write_disposition",
              "sortText": "0010",
              "textEdit": {
                "newText": "write_disposition: ",
                "range": {
                  "end": {
                    "character": 7,
                    "line": 6
                  },
                  "start": {
                    "character": 4,
                    "line": 6
                  }
                }
              }
            }
        "#]],
    );
    editor.set(format!("{TEXT}    write_disposition: "));
    let found = editor.ask_at("textDocument/completion", "write_disposition: ", json!({}));
    assert_eq!(labels(&found), ["append", "replace", "merge", "skip"]);
    editor.set(TEXT.replace("{resources.payments.id}", "{resources.pay"));
    let found = editor.ask_at("textDocument/completion", "{resources.", json!({}));
    assert_eq!(labels(&found), ["payments.", "refunds."]);
    editor.set(TEXT.replace("{resources.payments.id}", "{resources.payments."));
    let found = editor.ask_at("textDocument/completion", "{resources.payments.", json!({}));
    assert_eq!(labels(&found), ["id"]);
    editor.close();
}

#[test]
fn a_key_is_explained_under_the_cursor() {
    let (mut editor, _) = Editor::open(&format!("# 😀\n{TEXT}"));
    let found = editor.ask_at("textDocument/hover", "pagin", json!({}));
    check(
        &found["contents"]["value"],
        expect![[r#"
            "`paginator`: a paginator of `type` `auto`, `single_page`, `json_link`, `json_response`, `header_link`, `header_cursor`, `cursor`, `offset`, `page_number`\n\nThe paginator of resources that do not name one; by default `auto`."
        "#]],
    );
    let found = editor.ask_at("textDocument/hover", "single_p", json!({}));
    check(
        &found,
        expect![[r#"
        {
          "contents": {
            "kind": "markdown",
            "value": "`single_page`\n\nOne request, one page."
          },
          "range": {
            "end": {
              "character": 66,
              "line": 1
            },
            "start": {
              "character": 55,
              "line": 1
            }
          }
        }
    "#]],
    );
    assert_eq!(editor.ask_at("textDocument/hover", "# ", json!({})), Value::Null);
    editor.close();
}

#[test]
fn a_resource_is_found_and_renamed_with_its_children() {
    let (mut editor, _) = Editor::open(TEXT);
    let found = editor.ask_at("textDocument/definition", "{resources.pay", json!({}));
    check(
        &found["range"],
        expect![[r#"
        {
          "end": {
            "character": 18,
            "line": 2
          },
          "start": {
            "character": 10,
            "line": 2
          }
        }
    "#]],
    );
    let context = json!({"context": {"includeDeclaration": true}});
    let found = editor.ask_at("textDocument/references", "name: pay", context);
    assert_eq!(found.as_array().unwrap().len(), 2);
    let refused = editor.ask_at("textDocument/rename", "name: pay", json!({"newName": "refunds"}));
    check(
        &refused,
        expect![[r#"
        {
          "code": -32803,
          "message": "the name `refunds` is taken"
        }
    "#]],
    );
    let edits = editor.ask_at("textDocument/rename", "name: pay", json!({"newName": "charges"}));
    let found = editor.apply(&edits["changes"][URI]);
    assert_eq!(found, json!([]));
    expect![[r#"
        client: {base_url: https://api.example.com, paginator: single_page}
        resources:
          - name: charges
            primary_key: id
          - name: refunds
            endpoint: {path: "/payments/{resources.charges.id}/refunds"}
    "#]]
    .assert_eq(&editor.text);
    editor.close();
}

#[test]
fn a_file_is_outlined_and_formatted() {
    let (mut editor, _) = Editor::open(TEXT);
    let found = editor.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}}));
    let names = |symbols: &Value| -> Vec<String> {
        let symbols = symbols.as_array().into_iter().flatten();
        symbols.map(|symbol| symbol["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&found), ["client", "resources"]);
    assert_eq!(names(&found[1]["children"]), ["payments", "refunds"]);
    editor.set(TEXT.replace("  - ", "-   ").replace("\nresources", "   \n\n\nresources") + "\n\n");
    let edits = editor.ask(
        "textDocument/formatting",
        json!({"textDocument": {"uri": URI}, "options": {"tabSize": 2, "insertSpaces": true}}),
    );
    editor.apply(&edits);
    assert_eq!(editor.text, TEXT.replace("\nresources", "\n\nresources"));
    editor.close();
}

#[test]
fn other_yaml_and_unknown_requests_are_left_alone() {
    let (mut editor, found) = Editor::open("services:\n  web: {image: nginx}\n");
    assert_eq!(found, json!([]));
    check(
        &editor.ask("textDocument/foldingRange", json!({})),
        expect![[r#"
        {
          "code": -32601,
          "message": "the method `textDocument/foldingRange` is unknown"
        }
    "#]],
    );
    check(
        &editor.ask("textDocument/hover", json!({"textDocument": 1})),
        expect![[r#"
        {
          "code": -32803,
          "message": "the parameters cannot be read: invalid type: integer `1`, expected struct TextDocumentIdentifier"
        }
    "#]],
    );
    editor.close();
}
