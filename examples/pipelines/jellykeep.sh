#!/bin/sh
# What a pipeline does with policies where there is no cluster.
# Usage: jellykeep.sh plan POLICY…    of a pull request: says in Markdown what would be sent, and writes nothing
#        jellykeep.sh apply POLICY…   of the main branch: sends it, and waits until each app is as planned
# The exit code is 0 if nothing is refused and nothing fails, else the worst of `jellykeep-operator --help`.
# Azure: `az login`, or the variables of docs/operator.md. The agent's image: JELLYKEEP_AGENT_IMAGE.
# The program: JELLYKEEP_OPERATOR, if it isn't jellykeep-operator on the PATH.
set -u
operator=${JELLYKEEP_OPERATOR:-jellykeep-operator}

if [ "$#" -lt 2 ]; then
  echo "usage: jellykeep.sh plan|apply POLICY…" >&2
  exit 2
fi
verb=$1
shift

plan() {
  said=$("$operator" plan -f "$1" 2>&1)
  code=$?
  case $code in
    0) verdict="nothing to do" ;;
    3) verdict="changes" ;;
    4) verdict="refused" ;;
    *) verdict="failed with exit code $code" ;;
  esac
  printf '### %s: %s\n\n~~~~\n%s\n~~~~\n\n' "$1" "$verdict" "$said"
  # changes are what pull requests are for
  [ "$code" != 3 ] || code=0
}

apply() {
  echo "$1"
  "$operator" apply -f "$1" --timeout 15m
  code=$?
  # an app in use gets its template once it is idle
  [ "$code" != 5 ] || echo "$1 is not done yet: the next run goes on" >&2
}

worst=0
for policy in "$@"; do
  case $verb in
    plan) plan "$policy" ;;
    apply) apply "$policy" ;;
    *)
      echo "jellykeep.sh: $verb is not known: plan or apply" >&2
      exit 2
      ;;
  esac
  [ "$code" -le "$worst" ] || worst=$code
done
exit "$worst"
