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

/// Parents and columns are lists that the style draws, rows have the names of their columns, for phones.
#[test]
fn html_draws_parents_and_columns() {
    let text = r#"
client: {base_url: https://api.example.com, paginator: single_page}
resources:
  - name: orders
    primary_key: id
    columns:
      id: {nullable: false}
      customer: {fields: {city: {description: "<!-- tree -->"}}, description: Who *pays*}
      lines: {items: {fields: {payOut: {data_type: decimal}}}}
  - {name: notes, endpoint: 'orders/{resources.orders.id}/notes'}
"#;
    let page = Folder::with(&[("orders.yaml", text)]).run("docs orders.yaml --format html").stdout;
    let part = |begin: &str, end: &str| {
        let from = page.find(begin).expect("there is such a part");
        let to = page[from..].find(end).expect("the part ends");
        page[from..from + to].to_owned()
    };
    expect![[r##"
        <h2 id="resources">Resources</h2>
        <table>
        <thead><tr><th scope="col">resource</th><th scope="col">endpoint</th><th scope="col">paging</th><th scope="col">loading</th></tr></thead>
        <tbody>
        <tr><td data-column="resource"><a href="#resource-orders">orders</a></td><td data-column="endpoint"><code>GET orders</code></td><td data-column="paging">a single page</td><td data-column="loading"><code>append</code></td></tr>
        <tr><td data-column="resource"><a href="#resource-notes">notes</a></td><td data-column="endpoint"><code>GET orders/{resources.orders.id}/notes</code></td><td data-column="paging">a single page</td><td data-column="loading"><code>append</code></td></tr>
        </tbody>
        </table>
        <p>A child is requested once for each record of its parent:</p>
        <ul class="tree">
        <li><a href="#resource-orders">orders</a>
        <ul>
        <li><a href="#resource-notes">notes</a></li>
        </ul>
        </li>
        </ul>
    "##]].assert_eq(&part("<h2 id=\"resources\"", "<h3"));
    expect![[r#"
        <h3 id="resource-orders">Resource orders</h3>
        <table>
        <tbody>
        <tr><th scope="row">Endpoint</th><td><code>GET orders</code></td></tr>
        <tr><th scope="row">Paging</th><td>a single page</td></tr>
        <tr><th scope="row">Records</th><td>the list that the response is or has</td></tr>
        <tr><th scope="row">Loading</th><td><code>append</code></td></tr>
        <tr><th scope="row">In Rust</th><td><code>client.orders()</code>, a stream of <code>Order</code></td></tr>
        </tbody>
        </table>
        <p>Columns:</p>
        <ul class="tree">
        <li><strong><code>id</code></strong> <code>text</code> <em>primary key, never missing</em></li>
        <li><strong><code>customer</code></strong> a record — Who <em>pays</em>
        <ul>
        <li><strong><code>city</code></strong> <code>text</code> — &lt;!-- tree --&gt;</li>
        </ul>
        </li>
        <li><strong><code>lines</code></strong> a list: a record
        <ul>
        <li><strong><code>payOut</code></strong> <code>decimal</code> <em>in Rust <code>pay_out</code></em></li>
        </ul>
        </li>
        </ul>
    "#]].assert_eq(&part("<h3 id=\"resource-orders\"", "<h3 id=\"resource-notes\""));
    assert_eq!(page.matches("class=\"tree\"").count(), 2);
}
