curl https://api.shop.example/v1/a -H 'Authorization: Bearer hunter2'
curl https://api.shop.example/v1/b -H 'Authorization: Bearer hunter2'
curl https://api.shop.example/v1/c
curl --digest -u bob:hunter2 https://api.shop.example/v1/d
curl --netrc https://api.shop.example/v1/e
curl --cert c.pem:hunter2 --key k.pem https://api.shop.example/v1/f -H 'Authorization: Bearer hunter2'
curl -H 'Authorization: AWS4-HMAC-SHA256 Credential=AKIA/20240101, SignedHeaders=host, Signature=hunter2' https://api.shop.example/v1/g
curl --aws-sigv4 aws:amz:us-east-1:es --user AKIA:hunter2 https://api.shop.example/v1/h
curl https://api.shop.example/v1/i -H 'Authorization: Basic !!!hunter2'
