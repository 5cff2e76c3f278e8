#!/bin/sh
# Creates the lineage document of a new server, which says that there was never a backup: without it no start believes so. One that is
# there stays. azd runs this once the storage account is there, and passes what it was told: JELLYKEEP_ACCOUNT_URL, JELLYKEEP_CONTAINER,
# JELLYKEEP_LINEAGE, JELLYFIN_APP_ID. Needs azd and curl. `jellykeep init` does the same.
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
blob=$JELLYKEEP_ACCOUNT_URL/$JELLYKEEP_CONTAINER/lineage.json
app=$(printf '%s' "$JELLYFIN_APP_ID" | tr '[:upper:]' '[:lower:]')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
printf '{"format":1,"lineage":"%s","app":"%s","epoch":0,"holder":null,"state":"sealed","history":[],"forks":[],"asked":false,"holds":[],"deleting":[],"pin":null,"refused":null}' \
  "$JELLYKEEP_LINEAGE" "$app" >"$work/document"

# ask METHOD [curl's arguments]: prints the reply's status, 000 where there was none
ask() {
  method=$1
  shift
  token=$(azd auth token --scope https://storage.azure.com/.default --output json | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p')
  [ -n "$token" ] || fail "azd gives no token for storage: run azd auth login"
  # by standard input, so that no list of processes shows it
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --silent --show-error --max-time 60 --config - --request "$method" --header 'x-ms-version: 2021-12-02' \
      --output "$work/reply" --write-out '%{http_code}' "$@" "$blob" || true
}

attempt=1
while :; do
  status=$(ask PUT --header 'x-ms-blob-type: BlockBlob' --header 'Content-Type: application/json' --header 'If-None-Match: *' \
    --data-binary "@$work/document")
  case $status in
    201)
      echo "lineage document: $JELLYKEEP_LINEAGE created in $blob"
      exit 0
      ;;
    409 | 412)
      status=$(ask GET)
      found=$(sed -n 's/.*"lineage" *: *"\([^"]*\)".*/\1/p' "$work/reply" 2>/dev/null | tr '[:upper:]' '[:lower:]')
      if [ "$status" = 200 ] && [ "$found" = "$(printf '%s' "$JELLYKEEP_LINEAGE" | tr '[:upper:]' '[:lower:]')" ]; then
        echo "lineage document: $JELLYKEEP_LINEAGE is there already"
        exit 0
      fi
      [ "$status" != 200 ] || [ -z "$found" ] ||
        fail "$blob is of the lineage $found and not of $JELLYKEEP_LINEAGE: if these are this server's archives, run azd env set EXISTING_LINEAGE $found, then azd up"
      ;;
  esac
  # An account that was just made is not known everywhere at once, and a role takes up to ten minutes.
  [ "$attempt" -lt "$attempts" ] ||
    fail "$blob could not be written (HTTP $status) within $attempt attempts: $(head -c 300 "$work/reply" 2>/dev/null | tr '\r\n' '  '); whoever is signed in with azd needs Storage Blob Data Contributor on the container; then run azd up again"
  echo "lineage document: HTTP $status from $blob; a new role takes up to ten minutes; attempt $attempt of $attempts" >&2
  attempt=$((attempt + 1))
  sleep "${LINEAGE_DOCUMENT_PAUSE:-10}"
done
