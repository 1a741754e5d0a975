curl 'https://maps.example/data/2.5/weather?q=Berlin,de&appid=0a1b2c3d4e5f60718293a4b5c6d7e8f9'
curl 'https://maps.example/data/2.5/forecast?q=Berlin,de&appid=0a1b2c3d4e5f60718293a4b5c6d7e8f9'
curl 'https://maps.example/hooks/0a1b2c3d4e5f60718293a4b5c6d7e8f9/events?api_key=other-key-123456&state=open'
curl https://sk_test_4eC39HqLyjWDarjtT1zdp7dc:@maps.example/v1/charges
curl https://other.example/v1/charges
curl https://maps.example/bot123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11/updates -H 'Content-Type: text/xml' -d '<query><password>hunter2</password><user>a</user></query>'
