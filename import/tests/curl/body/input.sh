curl --request POST --url https://search.example/v1/search --json '{"query": "late", "size": 100, "from": 0, "filters": {"open": true, "ids": [1, 2]}}' -u 'elastic:5f4dcc3b5aa765d61d83'
curl https://search.example/v1/exports -u elastic:5f4dcc3b5aa765d61d83 -d kind=orders -d since=2024-01-01 --data-urlencode 'note=a & b'
curl -G https://search.example/v1/documents -u elastic:5f4dcc3b5aa765d61d83 -d 'tag=a' -d tag=b --data-urlencode "q=x y" --url-query limit=10
