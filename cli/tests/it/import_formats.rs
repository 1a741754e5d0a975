//! `import`: descriptions from sources of dlt, commands and recordings.

use expect_test::expect;

use super::{Folder, import::SHOP, run};

/// A source of dlt whose key is not in the file, and one step of which is Python.
pub(super) const PIPELINE: &str = r#"
import dlt
from dlt.sources.rest_api import rest_api_source

source = rest_api_source({
    "client": {"base_url": "https://api.shop.example/v1", "auth": {"token": dlt.secrets["shop.token"]}},
    "resources": [
        {"name": "orders", "endpoint": {"path": "orders", "paginator": "header_link"}},
        {"name": "refunds", "processing_steps": [{"filter": lambda refund: refund["amount"] > 0}]},
    ],
})
"#;

/// A command and a recording, each with a credential.
pub(super) const COMMAND: &str = "curl 'https://api.shop.example/v1/orders?page=1&per_page=50' \\\n  \
                       -H 'Authorization: Bearer sk_live_5f4dcc3b5aa765d61d83'\n";
pub(super) const RECORDING: &str = r#"{"log": {"version": "1.2", "entries": [{
    "request": {"method": "GET", "url": "https://api.shop.example/v1/orders",
                "headers": [{"name": "X-Api-Key", "value": "sk_live_5f4dcc3b5aa765d61d83"}]},
    "response": {"status": 200, "headers": [], "content": {"mimeType": "application/json",
                 "text": "[{\"id\": 1, \"at\": \"2024-01-31T08:00:00Z\"}]"}}}]}}"#;

#[test]
fn sources_of_dlt_are_imported() {
    let folder = Folder::with(&[("pipeline.py", PIPELINE)]);
    let imported = folder.run("import dlt pipeline.py");
    expect![[r#"
        client:
          base_url: https://api.shop.example/v1
          auth: {type: bearer, token: "{secrets.token}"}

        resources:
          - name: orders
            endpoint: {path: orders, paginator: header_link}
          - name: refunds

        # Not imported:
        # - python_function: line 9: `resources.refunds.processing_steps.0.filter`: a lambda is Python
    "#]].assert_eq(&imported.stdout);
    expect![[r#"
        not imported: line 9 [python_function]: `resources.refunds.processing_steps.0.filter`: a lambda is Python
    "#]].assert_eq(&imported.stderr);
    assert_eq!(imported.status, 0);
    let document = format!("# Shop\n\n```python\n{PIPELINE}```\n");
    let from_document = run(&mut folder.command("import dlt -"), &document);
    assert_eq!((from_document.status, from_document.stdout.contains("name: refunds")), (0, true));
    let part = run(&mut folder.command("import dlt - --resource orders --strict"), &document);
    assert_eq!((part.stderr.as_str(), part.status), ("", 0));
    assert!(!part.stdout.contains("refunds"), "{}", part.stdout);
}

#[test]
fn requests_are_imported_without_their_credentials() {
    let folder = Folder::with(&[("shop.har", RECORDING)]);
    let of_command = run(&mut folder.command("import curl -"), COMMAND);
    let of_recording = folder.run("import har shop.har");
    expect![[r#"
        client:
          base_url: https://api.shop.example/v1
          auth: {type: bearer, token: "{secrets.access_token}"}

        resources:
          - name: orders
            endpoint:
              path: /orders
              # guessed: the parameter `page`
              paginator:
                type: page_number
                page_param: page
                base_page: 1
                total_path: null
                limit: 50
                limit_param: per_page
    "#]]
    .assert_eq(&of_command.stdout);
    expect![[r#"
        client:
          base_url: https://api.shop.example/v1
          auth: {type: api_key, name: X-Api-Key, api_key: "{secrets.api_key}"}

        resources:
          - name: orders
            endpoint: {path: /orders, data_selector: $}
            primary_key: id  # guessed: the field is named `id`
            write_disposition: merge
            columns: {id: {data_type: bigint}, at: {data_type: timestamp}}
    "#]]
    .assert_eq(&of_recording.stdout);
    for imported in [of_command, of_recording] {
        assert_eq!((imported.stderr.as_str(), imported.status), ("", 0));
        assert!(!imported.stdout.contains("sk_live"), "{}", imported.stdout);
        folder.write("api.yaml", imported.stdout.as_bytes());
        assert_eq!(folder.run("check api.yaml").status, 0);
    }
}

#[test]
fn an_input_of_another_format_is_an_error_that_names_it() {
    let folder = Folder::with(&[
        ("openapi.yaml", SHOP),
        ("pipeline.py", PIPELINE),
        ("command.sh", COMMAND),
        ("shop.har", RECORDING),
        ("load.py", "from shop import config\nrest_api_source(config)\n"),
        ("broken.py", "source = rest_api_source({\n  'client': {\n\n"),
        ("open.sh", "curl 'https://api.shop.example\n"),
        ("address.sh", "curl ftp://api.shop.example/orders\n"),
        ("page.har", "{\"log\": {\"entries\": []}}"),
    ]);
    let mut said = String::new();
    for arguments in [
        "dlt openapi.yaml",
        "curl pipeline.py",
        "har command.sh",
        "openapi shop.har",
        "dlt load.py",
        "dlt broken.py",
        "curl open.sh",
        "curl address.sh",
        "har page.har",
    ] {
        let run = folder.run(&format!("import {arguments}"));
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{arguments}");
        said.extend([arguments, "\n", run.stderr.as_str()]);
    }
    expect![[r#"
        dlt openapi.yaml
        error: line 2 is no Python
          help: it seems to be an OpenAPI document: `cargo rest-source import openapi FILE`
        curl pipeline.py
        error: there is no command of `curl`
          help: it seems to be a source of dlt: `cargo rest-source import dlt FILE`
        har command.sh
        error: the document is no YAML: mapping values are not allowed in this context at line 2 column 20
          help: it seems to be a command of `curl`: `cargo rest-source import curl FILE`
        openapi shop.har
        error: this is no OpenAPI document: it has neither `openapi` nor `swagger`
          help: it seems to be a recording in HAR: `cargo rest-source import har FILE`
        dlt load.py
        error: the configuration on line 2 is not in the file: `config` is not set in this file
          help: a file has `rest_api_source({…})`, `rest_api_resources({…})` or `config: RESTAPIConfig = {…}`, with the dictionary in the same file
        dlt broken.py
        error: the `{` on line 2, column 13 is not closed
          help: a file has `rest_api_source({…})`, `rest_api_resources({…})` or `config: RESTAPIConfig = {…}`, with the dictionary in the same file
        curl open.sh
        error: line 1: a quote is not closed: copy the whole command
          help: a command begins with `curl`: curl 'https://api.example.com/v1/orders' -H 'Authorization: …'
        curl address.sh
        error: line 1: `ftp://api.shop.example/orders` is no address of HTTP: write it as `https://api.example.com/v1/orders`
          help: a command begins with `curl`: curl 'https://api.example.com/v1/orders' -H 'Authorization: …'
        har page.har
        error: none of the 0 requests has been answered in JSON
          help: a recording has `log.entries`: in a browser's network tools, save all as HAR, with content
    "#]].assert_eq(&said);
}
