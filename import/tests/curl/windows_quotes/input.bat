curl "https://api.win.example/v1/search?a=1^&b=2^%^20x" ^
  -H "accept: application/json" ^
  -H "content-type: application/json" ^
  --data-raw "^{^\^"q^\^":^\^"hello^\^"^}" ^
  --compressed
