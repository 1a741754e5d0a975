//! `docs`.

use expect_test::expect;

use super::{Folder, MISTAKEN};

/// Names and texts that Markdown and HTML would take for their own.
const ODD: &str = r#"
description: "Payments <script>alert(1)</script> of [us](javascript:alert(2)) & **them**"
client:
  base_url: https://api.example.com
  headers: {X-Api: "{secrets.api_key}"}
  auth: {type: bearer, token: "{secrets.prod.token}"}
  paginator: single_page
resources:
  - name: secrets
    description: Not those of the client.
    endpoint: {path: "v1/a|b`c", params: {status: [paid, "fa|iled"]}}
    primary_key: [id, "user|id"]
    columns:
      id: {nullable: false, description: "one\n| two"}
      user|id: {data_type: bigint}
      type: {data_type: json}
  - name: Client*List
    type_name: Entry
"#;

#[test]
fn markdown_has_everything_that_the_file_says() {
    let run = Folder::with(&[("odd-api.yaml", ODD)]).run("docs odd-api.yaml");
    expect![[r#"
        # Source odd_api

        Payments &lt;script>alert(1)&lt;/script> of [us]\(javascript:alert(2)) & **them**

        |  |  |
        | --- | --- |
        | Address | `https://api.example.com` |
        | Authentication | with a bearer token, the secret `prod.token` |
        | Header | `X-Api: {secrets.api_key}` |
        | Retries | at most 3, after 429, 500, 502, 503, 504 and failures of the connection, within 300 s |
        | Time limit | 60 s for each try |
        | Concurrency | 8 requests at the same time |

        ## Secrets

        | secret | environment variable | else | in Rust |
        | --- | --- | --- | --- |
        | `api_key` | `ODD_API__API_KEY` | `API_KEY` | `ClientBuilder::api_key` |
        | `prod.token` | `ODD_API__PROD__TOKEN` | `PROD__TOKEN` | `ClientBuilder::prod_token` |

        ## Resources

        | resource | endpoint | paging | loading |
        | --- | --- | --- | --- |
        | [secrets](#resource-secrets) | `` GET v1/a\|b`c `` | a single page | `append` |
        | [Client\*List](#resource-clientlist) | `GET Client*List` | a single page | `append` |

        ### Resource secrets

        Not those of the client.

        |  |  |
        | --- | --- |
        | Endpoint | `` GET v1/a\|b`c `` |
        | Parameter | `status=paid` |
        | Parameter | `status=fa\|iled` |
        | Paging | a single page |
        | Records | the list that the response is or has |
        | Loading | `append` |
        | In Rust | `client.secrets()`, a stream of `Secret` |

        | column | type |  | description |
        | --- | --- | --- | --- |
        | `id` | `text` | primary key, never missing | one \| two |
        | `user\|id` | `bigint` | primary key, in Rust `user_id` |  |
        | `type` | `json` |  |  |

        ### Resource Client\*List

        |  |  |
        | --- | --- |
        | Endpoint | `GET Client*List` |
        | Paging | a single page |
        | Records | the list that the response is or has |
        | Loading | `append` |
        | In Rust | `client.client_list()`, a stream of `Entry` |
    "#]].assert_eq(&run.stdout);
    assert_eq!((run.stderr.as_str(), run.status), ("", 0));
}

#[test]
fn html_is_one_page_in_which_descriptions_are_only_text() {
    let folder = Folder::with(&[("odd-api.yaml", ODD)]);
    let page = folder.run("docs odd-api.yaml --format html").stdout;
    assert!(page.starts_with("<!doctype html>\n"), "{page}");
    for absent in ["<script", "javascript:", "<img", "<link", "src="] {
        assert!(!page.contains(absent), "{absent} in {page}");
    }
    // Every link inside the page leads to a heading.
    let links: Vec<&str> =
        page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.contains(&"resource-secrets"), "{links:?}");
    for link in links.iter().filter(|link| !link.is_empty()) {
        assert_eq!(page.matches(&format!("id=\"{link}\"")).count(), 1, "{link}");
    }
}

#[test]
fn a_description_with_mistakes_has_no_reference() {
    let folder = Folder::with(&[("payments.yaml", MISTAKEN)]);
    let run = folder.run("docs payments.yaml");
    assert_eq!((run.stdout.as_str(), run.status), ("", 1));
    assert_eq!(run.stderr, folder.run("check payments.yaml").stdout);
}

#[test]
fn fields_of_nested_records_are_rows_with_their_path() {
    let text = "
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - name: orders
    primary_key: id
    columns:
      id: {}
      customer: {fields: {id: {data_type: bigint, nullable: false}}, description: Who pays}
      status: {enum: [paid, 'a|b']}
      items: {items: {items: {fields: {payOut: {data_type: decimal}}}}}
";
    let run = Folder::with(&[("orders.yaml", text)]).run("docs orders.yaml");
    let table = run.stdout.split_once("| column").unwrap().1;
    expect![[r#"
         | type |  | description |
        | --- | --- | --- | --- |
        | `id` | `text` | primary key |  |
        | `customer` | a record |  | Who pays |
        | `customer.id` | `bigint` | never missing |  |
        | `status` | `paid` or `a\|b` |  |  |
        | `items` | a list: a list: a record |  |  |
        | `items[][].payOut` | `decimal` | in Rust `pay_out` |  |
    "#]]
    .assert_eq(table);
}

#[test]
fn parents_are_drawn_below_the_resources() {
    let text = "
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - orders
  - {name: lines, endpoint: 'orders/{resources.orders.id}/lines'}
";
    let run = Folder::with(&[("orders.yaml", text)]).run("docs orders.yaml");
    let (_, resources) = run.stdout.split_once("## Resources\n\n").unwrap();
    let (resources, _) = resources.split_once("### ").unwrap();
    expect![[r#"
        | resource | endpoint | paging | loading |
        | --- | --- | --- | --- |
        | [orders](#resource-orders) | `GET orders` | a single page | `append` |
        | [lines](#resource-lines) | `GET orders/{resources.orders.id}/lines` | a single page | `append` |

        A child is requested once for each record of its parent:

        ```text
        orders
        └── lines
        ```

    "#]].assert_eq(resources);
}
