# Credentials by names, in options and in variables.
PASSWORD=hunter2-of-shop
curl --cert-type P12 --pass hunter2 https://api.shop.example/v1/a?pw=hunter2
curl --unix-socket /tmp/hunter2 --no-such-option hunter2.example https://api.shop.example/v1/b?licenseKey=hunter2\&ticket=hunter2
curl https://api.shop.example/v1/c -H 'x-functions-key: hunter2' -H 'Fastly-Key: hunter2' -H 'X-App-Pass: hunter2'
curl https://api.shop.example/v1/d -H "X-Custom: $PASSWORD" -H 'X-Other: t-hunter2-of-shop'
curl https://api.shop.example/v1/e -H 'X-WSSE: UsernameToken Username="bob", PasswordDigest="hunter2"'
curl https://api.shop.example/v1/f -H 'X-Original-URL: /x?access_token=hunter2+/='
curl 'https://api.shop.example/v1/search' -X POST -H 'Content-Type: multipart/form-data; boundary=x' --data-binary $'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nhunter2\r\n--x--\r\n'
curl https://api.shop.example/v1/g?access_token=hunter2
curl https://api.shop.example/v1/h?sort_key=name\&code=DE
