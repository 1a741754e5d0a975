//! Fingerprints of descriptions, by which a load is resumed: what an earlier build has stored counts
//! for this one.

use expect_test::expect;
use rusqlite::Connection;

use super::Folder;

/// Nothing listens there: the state is stored before the first request.
const SHOP: &str = r#"
client:
  base_url: http://127.0.0.1:9
  auth: {type: bearer, token: "{secrets.access_token}"}
  retry: {max_retries: 0}
config: {shop: {default: one}}
resource_defaults: {primary_key: id, write_disposition: merge}
resources:
  - name: cursor
    endpoint: {path: a, data_selector: data, paginator: {type: cursor, cursor_path: next, cursor_param: after}}
  - name: offset
    write_disposition: append
    columns: {id: {data_type: bigint}, name: {data_type: text}}
    endpoint: {path: "shops/{config.shop}/b", paginator: {type: offset, limit: 50, total_path: null}}
  - name: page_number
    write_disposition: replace
    endpoint: {path: c, params: {sort: id}, paginator: {type: page_number, base_page: 1, total_path: pages}}
  - name: header_link
    endpoint: {path: d, paginator: header_link, method: post, json: {q: [1, {r: true}]}}
  - name: lag_of_days
    endpoint:
      path: e
      paginator: single_page
      incremental: {cursor_path: at, initial_value: "2024-01-01", start_param: since, lag: 2}
    columns: {id: {data_type: bigint}, at: {data_type: date}}
  - name: window_of_days
    endpoint:
      path: f
      paginator: single_page
      incremental:
        {cursor_path: at, initial_value: "2024-01-01", end_value: "2024-03-01", start_param: since, end_param: until, window: 7 days}
    columns: {id: {data_type: bigint}, at: {data_type: date}}
  - name: numbers
    endpoint:
      path: g
      paginator: single_page
      incremental: {cursor_path: number, initial_value: 0, start_param: since}
  - name: children
    include_from_parent: [id]
    endpoint: {path: "a/{resources.cursor.id}/h", paginator: single_page}
  - name: listed
    for_each: {state: [open, closed]}
    endpoint: {path: "i/{each.state}", paginator: single_page}
  - name: csv
    endpoint: {path: j, response_format: csv, paginator: single_page}
  - name: steps
    processing_steps: [{filter: "@.id > 1"}, {rename: {a: b}}]
    endpoint: {path: k, paginator: single_page}
"#;

/// One that differs here restarts loads of those who upgrade: an append fails or doubles rows. If it has
/// to, count up `VERSION` of the loader's fingerprints, and let `earlier` make the old form.
#[test]
fn descriptions_have_the_fingerprints_of_earlier_builds() {
    let folder = Folder::with(&[("shop.yaml", SHOP)]);
    let load = folder.authorized("load shop.yaml --to sqlite:shop.db --quiet").output().unwrap();
    assert_eq!(load.status.code(), Some(1));
    let database = Connection::open(folder.path().join("shop.db")).unwrap();
    let mut states = database
        .prepare(
            "SELECT resource, fingerprint, range_fingerprint FROM _rest_source_state ORDER BY resource",
        )
        .unwrap();
    let states = states.query_map([], |row| {
        let text = |at| row.get::<_, String>(at);
        Ok(format!("{}\n  {}\n  {}\n", text(0)?, text(1)?, text(2)?))
    });
    let states: String = states.unwrap().map(Result::unwrap).collect();
    expect![[r#"
        children
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=08a2eebb52a5ce6847a302b7717d211a request=d2cb9d7fd78fe1a33e1935fda25706e4 paginator=6c2a566a675452ebe30baf6632592144 records=a3bcd64d108c16d38e9535ba973b740c range=95cb9b4f84ceff132cc7a875d8c192bf table=fb39443058050532f6cb96bb6fa9bfca parent_fields=e2a43342d9d4b8021f77d184d1e60393 rows=b9cf78a28073bf0ca848780b35d02aa6
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=08a2eebb52a5ce6847a302b7717d211a request=d2cb9d7fd78fe1a33e1935fda25706e4 parent_fields=e2a43342d9d4b8021f77d184d1e60393
        csv
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=030ed561386e8189a7213ab1f64c1ae8 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3fbf4e27117187c1caf155c8c0291ec2 records=f350a52216ce2f1113e3766c80771709 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=cb6abc69edd8bb6247ff64473d8282b0 rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=030ed561386e8189a7213ab1f64c1ae8 request=f85f29c8971ba2b07a6153614cab3b7e
        cursor
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=84b2f15ec2750d94218e4c765383f771 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3113403f708725764bb1f8a1120b4222 records=2538016579dbc722774618e567832a64 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=377a32c4526194d590347a8f279ae0d2 rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=84b2f15ec2750d94218e4c765383f771 request=f85f29c8971ba2b07a6153614cab3b7e
        header_link
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=f10d081b2a2c95d8754de191ce2af162 request=7cd412d23bee92ad1c3fb94d410ebb9f paginator=3ac6557a40ef2927a119aed4d72c071c records=ed069eae95a9d8e32daefdab54228f91 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=bf9996d4f02b9729808eab6c484e4d18 rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=f10d081b2a2c95d8754de191ce2af162 request=7cd412d23bee92ad1c3fb94d410ebb9f
        lag_of_days
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=d2c9a3f75f8822968215b40fcc3bbf67 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3fbf4e27117187c1caf155c8c0291ec2 records=ed069eae95a9d8e32daefdab54228f91 range=556e71e155b88bf7040fd0d0191a963f table=8c0d44c1f5569bb21654f6d55939aaeb rows=ef872e65d06cdb3f39ced158f7865a65
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=d2c9a3f75f8822968215b40fcc3bbf67 request=f85f29c8971ba2b07a6153614cab3b7e cursor=10df3685fb7ae12adff34b2a7c5bda8b key=a39a03da9d2b8a5e88a5f4f28afd1c3c
        listed
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=7658d264d7b6fe52f00bdeec65abde40 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3fbf4e27117187c1caf155c8c0291ec2 records=45783f9cc9aa4c6cb8e8400e8aebfe79 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=ed5aeda5c08e6f596bfcc3307737d3d3 for_each=0ebed51d52af9b1e3b16b00a802570d6 lists=2e1974ea759c0f9414626d4c26dc43f2 rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=7658d264d7b6fe52f00bdeec65abde40 request=f85f29c8971ba2b07a6153614cab3b7e for_each=0ebed51d52af9b1e3b16b00a802570d6
        numbers
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=8fcef5c0ac544bbc107a1556233fed91 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3fbf4e27117187c1caf155c8c0291ec2 records=ed069eae95a9d8e32daefdab54228f91 range=f46b4156d39881568d3ab9f9d9377480 table=56c62953ffc5ab841a3cc444aab6e1dd rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=8fcef5c0ac544bbc107a1556233fed91 request=f85f29c8971ba2b07a6153614cab3b7e cursor=bcd4086cd61fb89ade8f084a9c704e5e key=a39a03da9d2b8a5e88a5f4f28afd1c3c
        offset
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=08dd96bfef2c727e84baf72effcfbdd3 request=f85f29c8971ba2b07a6153614cab3b7e paginator=5df79a95810b59c38aa8329cf67f989a records=ed069eae95a9d8e32daefdab54228f91 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=39ef6333bda2f8aa038332ecc3f2a831
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=08dd96bfef2c727e84baf72effcfbdd3 request=f85f29c8971ba2b07a6153614cab3b7e
        page_number
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=69c1b82f492351297c7a462f277171a1 request=523c183a065d543a9c1dbd2b02720b41 paginator=e8bf1978b373e27c3d8f283b8dd8588a records=ed069eae95a9d8e32daefdab54228f91 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=080e7469838cbbcd1682132c88a1885f rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=69c1b82f492351297c7a462f277171a1 request=523c183a065d543a9c1dbd2b02720b41
        steps
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=596052ddaf82bbcaf4868c6f58676bf2 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3fbf4e27117187c1caf155c8c0291ec2 records=0fc2ee1932d3b617a76667bc7c78fda8 range=1d8fc6ceb1f94c6326d6d5483d258fcb table=6a8a9dd47922a99b74efcacfe4e2c266 rows=30ce9ac32778ff9863c732b37061d8e2
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=596052ddaf82bbcaf4868c6f58676bf2 request=f85f29c8971ba2b07a6153614cab3b7e
        window_of_days
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=d52872da73ad36668043b6f38d164672 request=f85f29c8971ba2b07a6153614cab3b7e paginator=3fbf4e27117187c1caf155c8c0291ec2 records=ed069eae95a9d8e32daefdab54228f91 range=23af97e722b5f8bdee7a061823512f8a table=bf0c84d1c31e524a911b2b53a3f72e01 rows=ef872e65d06cdb3f39ced158f7865a65
          3 server=c0be39ca78e35c7fb9e259b60a199ec2 path=d52872da73ad36668043b6f38d164672 request=f85f29c8971ba2b07a6153614cab3b7e cursor=f6d0e96a7a08c50d69add928cfdc64d5 key=a39a03da9d2b8a5e88a5f4f28afd1c3c
    "#]].assert_eq(&states);
}
