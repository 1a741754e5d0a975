//! `import`: descriptions from other descriptions.

use std::fs;

use expect_test::expect;
use rest_source_demo::DemoApi;
use rusqlite::Connection;

use super::{Folder, run};

/// The document and the page that show the commands.
const OPENAPI: &str = include_str!("../../../examples/openapi.yaml");
const README: &str = include_str!("../../../README.md");

/// Two lists, one of them of the other's records.
pub(super) const SHOP: &str = r##"
openapi: 3.0.3
info: {title: Shop, version: "1"}
servers: [{url: https://api.shop.example/v1}]
paths:
  /customers:
    get:
      summary: All customers
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 200}}
        - {name: cursor, in: query, schema: {type: string}}
      responses:
        200:
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: {type: array, items: {$ref: "#/components/schemas/Customer"}}
                  meta: {type: object, properties: {next_cursor: {type: string}}}
  /customers/{customer_id}/invoices:
    get:
      responses:
        200:
          content:
            application/json:
              schema: {type: array, items: {type: object}}
components:
  schemas:
    Customer:
      type: object
      required: [id]
      properties:
        id: {type: string}
        status: {type: string, enum: [active, closed]}
"##;

#[test]
fn help_shows_how_to_import() {
    let help = Folder::with(&[]).run("import --help");
    // Empty lines of a description are indented.
    let shown: Vec<&str> = help.stdout.lines().map(str::trim_end).collect();
    expect![[r#"
        Makes a source description from another description of an API

        What is guessed has a comment with its reason in the description, to be looked at; what could not be
        imported is listed on standard error and at the end of the description. The result passes `check`.

        Usage: cargo rest-source import [OPTIONS] <FORMAT> <FILE>

        Arguments:
          <FORMAT>
                  What the input is

                  Possible values:
                  - airbyte: A low-code manifest of Airbyte, in YAML or JSON
                  - openapi: OpenAPI 3.0 or 3.1, or Swagger 2, in JSON or YAML
                  - dlt:     A REST source of dlt: a file of Python, or of Markdown with a block of Python.
                    It is not run
                  - curl:    Command lines of curl, typed or as browsers copy them
                  - har:     A recording of HTTP in the format HAR, as browsers save it

          <FILE>
                  The file to import, or - for standard input

        Options:
              --color <WHEN>
                  Controls when to use color

                  [default: auto]
                  [possible values: auto, always, never]

          -o, --output <FILE>
                  Write the description to this file instead of standard output

              --force
                  Replace the output file if it exists

              --only <PATTERN>
                  Import only these paths; `*` stands for any text. May be given several times

              --resource <NAME>
                  Import only the resources of these names, and their parents. May be given several times

              --strict
                  Fail, and write nothing, if something could not be imported

          -h, --help
                  Print help (see a summary with '-h')

        Examples:
          cargo rest-source import airbyte manifest.yaml -o api.yaml
          cargo rest-source import openapi openapi.json -o api.yaml
          cargo rest-source import openapi openapi.yaml --only '/v1/*' -o api.yaml
          cargo rest-source import openapi openapi.yaml --resource orders --resource customers
          curl https://api.example.com/openapi.json | cargo rest-source import openapi -
          cargo rest-source import dlt github_pipeline.py -o github.yaml
          cargo rest-source import har recorded.har --only '/api/*' -o api.yaml
          cargo rest-source import curl - -o api.yaml      # paste, then Ctrl-D

        Exit status: 0 if a description was made, 1 if --strict is given and something could not be
        imported,
        2 if the input cannot be read or is of another format.
    "#]].assert_eq(&(shown.join("\n") + "\n"));
    assert_eq!(help.status, 0);
}

#[test]
fn a_document_becomes_a_description_that_passes() {
    let folder = Folder::with(&[("openapi.yaml", SHOP)]);
    let imported = folder.run("import openapi openapi.yaml");
    expect![[r#"
        description: Shop

        client:
          base_url: https://api.shop.example/v1

        resource_defaults:
          endpoint: {data_selector: data}

        resources:
          - name: customers
            description: All customers
            endpoint:
              path: /customers
              # guessed: `meta.next_cursor` of the response and the parameter `cursor`
              paginator:
                type: cursor
                cursor_path: meta.next_cursor
                cursor_param: cursor
                limit: 200
                limit_param: limit
            primary_key: id  # guessed: the field is named `id`
            write_disposition: merge
            columns: {id: {data_type: text, nullable: false}, status: {enum: [active, closed]}}
          - name: invoices
            endpoint: {path: "/customers/{resources.customers.id}/invoices", data_selector: $}

        # Not imported:
        # - columns: paths./customers/{customer_id}/invoices.get: the document does not say which fields a record has
    "#]].assert_eq(&imported.stdout);
    expect![[r#"
        not imported: paths./customers/{customer_id}/invoices.get [columns]: the document does not say which fields a record has
    "#]].assert_eq(&imported.stderr);
    assert_eq!(imported.status, 0);
    folder.write("api.yaml", imported.stdout.as_bytes());
    assert_eq!(folder.run("check api.yaml").status, 0);
    let again = folder.run("import openapi openapi.yaml");
    assert_eq!(again.stdout, imported.stdout);
    let from_stdin = run(&mut folder.command("import openapi -"), SHOP);
    assert_eq!((from_stdin.stdout, from_stdin.status), (imported.stdout, 0));
}

/// A manifest of Airbyte with a stream, its parent, and what has no counterpart.
const MANIFEST: &str = r##"
type: DeclarativeSource
spec:
  connection_specification:
    required: [api_key]
    properties:
      api_key: {type: string, airbyte_secret: true}
definitions:
  stream:
    type: DeclarativeStream
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url_base: https://api.shop.example/v1
        path: "{{ parameters['path'] }}"
        authenticator: {type: BearerAuthenticator, api_token: "{{ config['api_key'] }}"}
      record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]}}
  customers: {$ref: "#/definitions/stream", $parameters: {name: customers, path: /customers}}
  invoices:
    $ref: "#/definitions/stream"
    $parameters: {name: invoices, path: "/customers/{{ stream_partition.customer }}/invoices"}
    retriever:
      $ref: "#/definitions/stream/retriever"
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - {parent_key: id, partition_field: customer, stream: {$ref: "#/definitions/customers"}}
    transformations: [{type: KeysToLower}]
streams: [{$ref: "#/definitions/customers"}, {$ref: "#/definitions/invoices"}]
"##;

#[test]
fn a_manifest_of_airbyte_becomes_a_description_that_passes() {
    let folder = Folder::with(&[("manifest.yaml", MANIFEST)]);
    let imported = folder.run("import airbyte manifest.yaml");
    expect![[r#"
        client:
          base_url: https://api.shop.example/v1
          auth: {type: bearer, token: "{secrets.api_key}"}
          paginator: single_page

        resource_defaults:
          primary_key: id
          write_disposition: merge
          endpoint: {data_selector: data, data_selector_required: false}

        resources:
          - name: customers
            endpoint: {path: /customers}
          - name: invoices
            endpoint: {path: "/customers/{resources.customers.id}/invoices"}

        # Not imported:
        # - transformation: streams.invoices.transformations: `KeysToLower` has no step
    "#]]
    .assert_eq(&imported.stdout);
    expect![[r#"
        not imported: streams.invoices.transformations [transformation]: `KeysToLower` has no step
    "#]]
    .assert_eq(&imported.stderr);
    assert_eq!(imported.status, 0);
    folder.write("api.yaml", imported.stdout.as_bytes());
    assert_eq!(folder.run("check api.yaml").status, 0);
    let one = folder.run("import airbyte manifest.yaml --resource customers");
    assert_eq!((one.stderr.as_str(), one.status), ("", 0));
    let other = folder.run("import openapi manifest.yaml");
    assert_eq!((other.stdout.as_str(), other.status), ("", 2));
    let other = Folder::with(&[("openapi.yaml", SHOP)]).run("import airbyte openapi.yaml");
    expect![[r#"
        error: this is no Airbyte manifest: it has no `streams`
          help: a manifest is the `manifest.yaml` of a low-code connector, of the type `DeclarativeSource`
    "#]].assert_eq(&other.stderr);
    assert_eq!(other.status, 2);
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let folder = Folder::with(&[("openapi.yaml", SHOP), ("api.yaml", "mine\n")]);
    let refused = folder.run("import openapi openapi.yaml -o api.yaml");
    expect![[r#"
        error: `api.yaml` is there already
          help: choose another file, or replace it by `--force`
    "#]]
    .assert_eq(&refused.stderr);
    assert_eq!((refused.status, folder.read("api.yaml").as_str()), (2, "mine\n"));
    let forced = folder.run("import openapi openapi.yaml -o api.yaml --force");
    assert_eq!((forced.stdout.as_str(), forced.status), ("", 0));
    let new = folder.run("import openapi openapi.yaml -o new.yaml");
    assert_eq!((new.stdout.as_str(), new.status), ("", 0));
    assert_eq!(folder.read("api.yaml"), folder.read("new.yaml"));
}

#[test]
fn a_part_of_a_document_is_imported() {
    let folder = Folder::with(&[("openapi.yaml", SHOP)]);
    let resources = |arguments: &str| {
        let run = folder.run(&format!("import openapi openapi.yaml {arguments}"));
        let names = run.stdout.lines().filter_map(|line| line.strip_prefix("  - name: "));
        (names.map(str::to_owned).collect::<Vec<_>>(), run.status)
    };
    assert_eq!(resources("--only /customers"), (vec!["customers".to_owned()], 0));
    let both = vec!["customers".to_owned(), "invoices".to_owned()];
    assert_eq!(resources("--resource invoices"), (both, 0));
    assert_eq!(resources("--resource customers"), (vec!["customers".to_owned()], 0));
    let unknown = folder.run("import openapi openapi.yaml --resource customer");
    expect![[r#"
        error: there is no resource `customer`
          help: did you mean `customers`?
    "#]]
    .assert_eq(&unknown.stderr);
    assert_eq!(unknown.status, 2);
    assert_eq!(folder.run("import openapi openapi.yaml --only /orders").status, 2);
}

#[test]
fn strict_writes_nothing_where_something_is_missing() {
    let folder = Folder::with(&[("openapi.yaml", SHOP)]);
    let strict = folder.run("import openapi openapi.yaml --strict -o api.yaml");
    expect![[r#"
        error: paths./customers/{customer_id}/invoices.get [columns]: the document does not say which fields a record has
        nothing was written: 1 gap, and `--strict` allows none
    "#]].assert_eq(&strict.stderr);
    assert_eq!(strict.status, 1);
    assert!(!folder.path().join("api.yaml").exists());
    let complete = folder.run("import openapi openapi.yaml --strict --only /customers");
    assert_eq!((complete.stderr.as_str(), complete.status), ("", 0));
}

#[test]
fn what_is_no_openapi_document_is_an_error() {
    let folder = Folder::with(&[
        ("empty.yaml", ""),
        ("broken.yaml", "openapi: [\n"),
        ("broken.json", "{\"openapi\": \"3.0.0\",}"),
        ("deep.json", &"[".repeat(200_000)),
        ("text.txt", "Just a text: with, a: colon\n"),
        ("payments.yaml", super::VALID),
        ("old.yaml", "swagger: '1.2'\n"),
        ("nothing.yaml", "openapi: 3.1.0\npaths: {}\n"),
        ("list.json", "[1, 2]"),
    ]);
    fs::write(folder.path().join("picture.png"), b"\x89PNG\r\n\x1a\n\0").unwrap();
    let mut said = String::new();
    for name in [
        "empty.yaml",
        "broken.yaml",
        "broken.json",
        "deep.json",
        "text.txt",
        "payments.yaml",
        "old.yaml",
        "nothing.yaml",
        "list.json",
        "picture.png",
        "missing.yaml",
    ] {
        let run = folder.run(&format!("import openapi {name}"));
        assert_eq!((run.stdout.as_str(), run.status), ("", 2), "{name}");
        said.extend([name, "\n", run.stderr.as_str()]);
    }
    expect![[r#"
        empty.yaml
        error: the document is empty
          help: name a file that has one
        broken.yaml
        error: the document is no YAML: did not find expected node content at line 2 column 1, while parsing a flow node
          help: a document is one object in JSON or YAML
        broken.json
        error: no endpoint of the document gives a list of records
          help: `--only` selects paths: one of them must have a GET whose response has a list
        deep.json
        error: the document has too many lists or objects within each other
          help: a document is one object in JSON or YAML
        text.txt
        error: the document is no YAML: mapping values are not allowed in this context at line 1 column 21
          help: a document is one object in JSON or YAML
        payments.yaml
        error: this is no OpenAPI document: it has neither `openapi` nor `swagger`
          help: an OpenAPI document begins with its version, `openapi: 3.0.3` or `swagger: "2.0"`
        old.yaml
        error: version `1.2` of OpenAPI is not supported
          help: convert the document to OpenAPI 3 with a tool of its provider
        nothing.yaml
        error: no endpoint of the document gives a list of records
          help: `--only` selects paths: one of them must have a GET whose response has a list
        list.json
        error: this is no OpenAPI document: it has neither `openapi` nor `swagger`
          help: an OpenAPI document begins with its version, `openapi: 3.0.3` or `swagger: "2.0"`
        picture.png
        error: `picture.png` is not UTF-8: line 1 has an invalid byte
          help: save it as UTF-8, or name the file that has the document
        missing.yaml
        error: `missing.yaml` cannot be read: No such file or directory (os error 2)
          help: the path is relative to the folder that you are in
    "#]].assert_eq(&said);
}

/// The three commands of the README, with the demo API on a free port instead of its own.
#[tokio::test(flavor = "multi_thread")]
async fn three_commands_lead_from_a_document_to_rows() {
    let api = DemoApi::start().await.unwrap();
    let folder = Folder::with(&[("examples/openapi.yaml", OPENAPI)]);
    let (_, commands) = README.split_once("in three commands").unwrap();
    let commands = commands.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let commands: Vec<&str> = commands.lines().collect();
    assert_eq!(commands.len(), 3);
    for command in commands {
        let (variables, arguments) = command.split_once("cargo rest-source ").unwrap();
        let mut arguments = arguments.to_owned();
        if arguments.starts_with("load") {
            arguments = format!("{arguments} --base-url {}", api.base_url());
        }
        let mut program = folder.command(&arguments);
        program.env("NO_PROXY", "127.0.0.1");
        program.envs(variables.split_whitespace().filter_map(|set| set.split_once('=')));
        let done = tokio::task::spawn_blocking(move || run(&mut program, "")).await.unwrap();
        assert_eq!(done.status, 0, "{command}: {}", done.stderr);
    }
    let database = Connection::open(folder.path().join("shop.db")).unwrap();
    for table in ["payments", "refunds"] {
        let count = format!("SELECT count(*), count(DISTINCT id) FROM {table}");
        let counts: (i64, i64) =
            database.query_row(&count, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(counts, (4_000, 4_000), "{table}");
    }
    let nested = "SELECT count(*) FROM payments WHERE links__mandate LIKE 'MD%' AND amount > 0";
    let nested: i64 = database.query_row(nested, [], |row| row.get(0)).unwrap();
    assert_eq!(nested, 4_000);
}
