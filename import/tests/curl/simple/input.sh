#!/bin/sh
# Three requests of a shop.
curl -s "https://api.shop.example/v2/orders?status=open&page=1&per_page=50" \
  -H "Authorization: Bearer sk_live_5f4dcc3b5aa765d61d83" \
  -H 'X-Shop: 12' | jq .

curl "https://api.shop.example/v2/orders?status=open&page=2&per_page=50" -H "Authorization: Bearer sk_live_5f4dcc3b5aa765d61d83" -H 'X-Shop: 12'
curl https://api.shop.example/v2/customers/4711/invoices --oauth2-bearer sk_live_5f4dcc3b5aa765d61d83 -H 'X-Shop: 12' -o invoices.json
curl -X DELETE https://api.shop.example/v2/orders/1
