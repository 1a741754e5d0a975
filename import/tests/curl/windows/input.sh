curl ^"https://api.win.example/v1/items?page=0^&size=20^" ^
  -H ^"accept: application/vnd.win.v2+json^" ^
  -H ^"cookie: sid=5f4dcc3b5aa765d61d83^" ^
  -H ^"x-title: a ^\^"b^\^" c^"
