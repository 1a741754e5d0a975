$key = "hunter2"
curl.exe "https://api.win.example/v1/a" `
  -H "Accept: application/json" `
  -H "X-Api-Key: $key" `
  -H "X-Shop: $env:SHOP"
