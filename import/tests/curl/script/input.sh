#!/bin/bash
# It's a script.
BASE=https://api.shop.example/v1
curl -s "$BASE/orders?since=$SINCE" > out.json 2>/dev/null
for id in 1 2; do curl -s $BASE/customers/$id/invoices | jq . >> log 2>&1; done
TOTAL=$(curl -s "$BASE/totals?on=$(date +%F)")
curl -s -d @- $BASE/search <<EOF
{"curl": "no"}
EOF
curl ftp://user:hunter2@files.shop.example/list?token=hunter2
curl is a program.
curl 'https://api.shop.example/v1/unclosed
$ curl https://api.shop.example/v1/prompt \
>   -H 'X-Shop: 1'
curl \
  # why
  -H "X-Shop: 1" \ 
  $BASE/comment
curl "$HOST/v1/others"
