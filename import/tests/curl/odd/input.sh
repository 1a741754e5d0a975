export TOKEN=abc
time curl -sSLkXGET api.odd.example -H'X-Empty:' -HX-Tight:1 --unknown-flag --max-time 10 -m5
/usr/bin/curl "http://api.odd.example/a%20b/{x}?e=&q=%7Bliteral%7D&u=http%3A%2F%2Fx" # a comment
curl -I https://api.odd.example/head ; curl -F file=@a.png https://api.odd.example/upload
curl https://api.odd.example/raw -H 'Content-Type: text/xml' -d '<query>all</query>' && echo done
curl https://api.odd.example/body -d @body.json
curl https://api.odd.example/rest/api/2/search?startAt=0\&maxResults=50 https://api.odd.example/users/123e4567-e89b-12d3-a456-426614174000/teams
