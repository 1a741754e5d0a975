curl https://api.shop.example/repos/{owner}/{repo}/pulls?state={state}
curl https://api.shop.example/repos/:owner/:repo/tags
curl https://api.shop.example/repos/<owner>/<repo>/issues -H "Authorization: Bearer <YOUR-TOKEN>"
curl "https://api.shop.example/files/{1,2}"
