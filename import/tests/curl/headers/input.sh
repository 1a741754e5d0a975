curl https://api.shop.example/v1/a -H 'Accept: text/csv'
curl https://api.shop.example/v1/b -H 'Accept: application/json;odata=nometadata' -A 'my-company/1.0 admin@shop.example'
curl https://api.shop.example/v1/c -H @headers.txt -K curl.cfg -b cookies.txt
curl https://api.shop.example/v1/d -r 0-99 -H 'User-Agent: Mozilla/5.0' -H 'Accept: */*'
