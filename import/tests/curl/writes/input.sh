curl https://api.shop.example/v1/items
curl -X POST https://api.shop.example/v1/items -d '{"create": 1}' -H 'content-type: application/json'
curl -X POST https://api.shop.example/v1/items/search -d '{"name": "a"}'
curl -X POST https://api.shop.example/v1/entries -d 'limit=10'
curl -X POST https://api.shop.example/v1/login -d 'user=a&password=hunter2&limit=1'
curl https://api.shop.example/graphql --json '{"query": "mutation M { m }"}'
