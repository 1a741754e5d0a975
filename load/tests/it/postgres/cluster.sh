# A PostgreSQL server of its own for one test process: `cluster.sh BINARIES FOLDER PORT PASSWORD`.
# It serves until the input ends, which it does when the test process does, however that ends.
set -eu
binaries=$1 folder=$2 port=$3 password=$4
trap 'kill -QUIT "${server:-}" 2>/dev/null && wait "$server"; rm -rf "$folder"' EXIT
cd "$folder"

# An authority and a certificate of it for `localhost`.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj /CN=authority -keyout authority.key -out authority.pem 2>openssl.log
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost \
    -keyout server.key -out server.csr 2>>openssl.log
printf 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n' >server.ext
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 \
    -extfile server.ext -out server.pem 2>>openssl.log
chmod 600 server.key

printf '%s' "$password" >password
"$binaries/initdb" --pgdata=data --username=postgres --pwfile=password --auth=scram-sha-256 \
    --encoding=UTF8 --no-locale --no-sync >initdb.log
"$binaries/postgres" -D data -p "$port" -k "$folder" -c listen_addresses=127.0.0.1 -c fsync=off \
    -c max_connections=200 -c ssl=on -c ssl_cert_file="$folder/server.pem" \
    -c ssl_key_file="$folder/server.key" >server.log 2>&1 &
server=$!
until grep --quiet ready data/postmaster.pid 2>>server.log; do
    kill -0 "$server" || { cat server.log >&2; exit 1; }
    sleep 0.05
done
echo ready
cat >/dev/null
