#!/bin/bash
# Puts a backup back into the data volume. The service has to be stopped.
#
#   docker/restore.sh FILE
#
# The archive is unpacked beside the data, every file is compared with the manifest, and only then
# both are swapped. What was there before stays in the volume as .before-restore-…; remove it once
# you are content. An archive of a newer version is refused, and so is a damaged one.
set -euo pipefail

container=ktrdr-backend
volume=ktrdr-data
image=${KTRDR_IMAGE:-ktrdr-backend:latest}
user=${KTRDR_UID:-1000}:${KTRDR_GID:-1000}

fail() { echo "restore: $1" >&2; exit 1; }

case ${1:-} in
  -h | --help) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
  '' | -*) echo "restore: name one archive; see --help" >&2; exit 2 ;;
esac
archive=$1
[ -f "$archive" ] || fail "$archive does not exist"
if [ -f "$archive.sha256" ]; then
  (cd "$(dirname "$archive")" && sha256sum --quiet --check "$(basename "$archive").sha256") \
    || fail "$archive does not fit its checksum"
fi
[ "$(docker inspect -f '{{.State.Running}}' "$container" 2>/dev/null)" != true ] \
  || fail "$container is running; stop it first: docker-compose stop backend"

if ! docker volume inspect "$volume" >/dev/null 2>&1; then
  # With the labels of Compose, which otherwise takes the volume for somebody else's.
  docker volume create --label "com.docker.compose.project=${COMPOSE_PROJECT_NAME:-ktrdr}" \
    --label com.docker.compose.volume=data "$volume" >/dev/null
fi
docker run --rm -i --network none --read-only --tmpfs /tmp --cap-drop ALL \
  -v "$volume:/home/ktrdr/app/data" --user "$user" -e KTRDR_LOG_TO_FILE=false "$image" \
  restore <"$archive" || fail "the volume is as before"
