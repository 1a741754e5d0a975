curl 'https://api.graph.example/graphql' \
  -H 'content-type: application/json' \
  -H 'x-api-key: 5f4dcc3b5aa765d61d83' \
  --data-raw $'{"operationName":"Orders","variables":{"first":50,"after":null},"query":"query Orders($first: Int, $after: String) {\\n  orders(first: $first, after: $after) { nodes { id it\'s } }\\n}"}'
curl 'https://api.graph.example/graphql' -H 'content-type: application/json' -H 'x-api-key: 5f4dcc3b5aa765d61d83' \
  --data-raw '{"query":"query Customers { customers { id } }"}'
