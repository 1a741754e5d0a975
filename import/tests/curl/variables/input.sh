curl "$BASE_URL/v1/orders" -H "Authorization: Bearer $TOKEN"
curl "$BASE_URL/v1/customers/$CUSTOMER_ID/invoices?from=${FROM}&api_key=$KEY" -H "Authorization: Bearer $TOKEN"
