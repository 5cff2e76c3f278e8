#!/bin/sh
# Creates the lineage document of a new server, which says that there was never a backup: without it no start believes so. One that is
# there stays, and where there are archives without one none is made. azd runs this once the storage account is there, and passes what it
# was told: JELLYKEEP_ACCOUNT_URL, JELLYKEEP_CONTAINER, JELLYKEEP_LINEAGE, JELLYFIN_APP_ID. Needs azd and curl. `jellykeep init` does it
# too, and rebuilds a document that was lost.
# LINEAGE_DOCUMENT_ATTEMPTS: how often it tries, 75. LINEAGE_DOCUMENT_PAUSE: seconds between, 10.
set -eu

fail() {
  echo "lineage document: $1" >&2
  exit 1
}

for name in JELLYKEEP_ACCOUNT_URL JELLYKEEP_CONTAINER JELLYKEEP_LINEAGE JELLYFIN_APP_ID; do
  eval "value=\${$name-}"
  [ -n "$value" ] || fail "$name is not set; azd sets it after its layer ground: run azd up"
done
command -v azd >/dev/null || fail "there is no azd on the PATH, which signs in: install it, or run jellykeep init --lineage $JELLYKEEP_LINEAGE --app $JELLYFIN_APP_ID instead"
command -v curl >/dev/null || fail "there is no curl on the PATH: install it, or run jellykeep init --lineage $JELLYKEEP_LINEAGE --app $JELLYFIN_APP_ID instead"

attempts=${LINEAGE_DOCUMENT_ATTEMPTS:-75}
container=$JELLYKEEP_ACCOUNT_URL/$JELLYKEEP_CONTAINER
blob=$container/lineage.json
app=$(printf '%s' "$JELLYFIN_APP_ID" | tr '[:upper:]' '[:lower:]')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
printf '{"format":1,"lineage":"%s","app":"%s","epoch":0,"holder":null,"state":"sealed","history":[],"forks":[],"asked":false,"holds":[],"deleting":[],"pin":null,"refused":null}' \
  "$JELLYKEEP_LINEAGE" "$app" >"$work/document"

# ask METHOD URL [curl's arguments]: prints the reply's status, 000 where there was none
ask() {
  method=$1
  url=$2
  shift 2
  : >"$work/reply"
  token=$(azd auth token --scope https://storage.azure.com/.default --output json | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
  [ -n "$token" ] || fail "azd gives no token for storage: run azd auth login"
  # by standard input, so that no list of processes shows it
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --silent --show-error --max-time 60 --config - --request "$method" --header 'x-ms-version: 2021-12-02' \
      --output "$work/reply" --write-out '%{http_code}' "$@" "$url" || true
}

# later STATUS: another attempt, as long as there are any. An account that was just made is not known everywhere at once, and a role takes
# up to ten minutes.
later() {
  [ "$attempt" -lt "$attempts" ] ||
    fail "$blob could not be written (HTTP $1) within $attempt attempts: $(head -c 300 "$work/reply" 2>/dev/null | tr '\r\n' '  '); whoever is signed in with azd needs Storage Blob Data Contributor on the container; then run azd up again"
  echo "lineage document: HTTP $1 from $blob; a new role takes up to ten minutes; attempt $attempt of $attempts" >&2
  attempt=$((attempt + 1))
  sleep "${LINEAGE_DOCUMENT_PAUSE:-10}"
}

# there: the document that ask GET has fetched is this server's
there() {
  found=$(sed -n 's/.*"lineage" *: *"\([^"]*\)".*/\1/p' "$work/reply" | tr '[:upper:]' '[:lower:]')
  if [ "$found" = "$(printf '%s' "$JELLYKEEP_LINEAGE" | tr '[:upper:]' '[:lower:]')" ]; then
    echo "lineage document: $JELLYKEEP_LINEAGE is there already"
    exit 0
  fi
  fail "$blob is of the lineage ${found:-that nobody can read} and not of $JELLYKEEP_LINEAGE: if these are this server's archives, run azd env set EXISTING_LINEAGE ${found:-LINEAGE}, then azd up"
}

# none PREFIX: no blob's name begins so
none() {
  status=$(ask GET "$container?restype=container&comp=list&maxresults=1&prefix=$1")
  [ "$status" = 200 ] || return 1
  ! grep -q '<Name>' "$work/reply" ||
    fail "there are archives in $container, and no document that lists them: it is not a new server's. Rebuild it, then run azd up again: jellykeep init --lineage $JELLYKEEP_LINEAGE --app $JELLYFIN_APP_ID --account-url $JELLYKEEP_ACCOUNT_URL --container $JELLYKEEP_CONTAINER"
}

attempt=1
while :; do
  status=$(ask GET "$blob")
  if [ "$status" = 200 ]; then
    there
  elif [ "$status" = 404 ] && none backup- && none forks/; then
    status=$(ask PUT "$blob" --header 'x-ms-blob-type: BlockBlob' --header 'Content-Type: application/json' --header 'If-None-Match: *' \
      --data-binary "@$work/document")
    if [ "$status" = 201 ]; then
      echo "lineage document: $JELLYKEEP_LINEAGE created in $blob"
      exit 0
    fi
  fi
  later "$status"
done
