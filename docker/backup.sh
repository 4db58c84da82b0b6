#!/bin/bash
# Backs up the data volume, also while the service runs.
#
#   docker/backup.sh [--out DIR] [--keep N]
#
#   --out DIR   folder for the archives (default: $KTRDR_BACKUP_DIR or ./backups)
#   --keep N    keeps the newest N archives there and removes older ones (default 7; 0 keeps all)
#
# The archive is a ZIP whose first entry, manifest.json, names the version, the schema and the
# SHA-256 of every file; beside it lies its own checksum. Secrets are not in it. An empty or missing
# volume is refused: a backup of nothing would only look like one.
set -euo pipefail
umask 077

container=ktrdr-backend
volume=ktrdr-data
image=${KTRDR_IMAGE:-ktrdr-backend:latest}
out=${KTRDR_BACKUP_DIR:-./backups}
keep=7

fail() { echo "backup: $1" >&2; exit 1; }

while [ $# -gt 0 ]; do
  case $1 in
    --out) out=${2:?folder}; shift 2 ;;
    --keep) keep=${2:?number}; shift 2 ;;
    -h | --help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "backup: unknown option $1; see --help" >&2; exit 2 ;;
  esac
done
[[ $keep =~ ^[0-9]+$ ]] || { echo "backup: --keep takes a number" >&2; exit 2; }

# The container may have a folder of the host there instead.
mounted='{{range .Mounts}}{{if eq .Destination "/home/ktrdr/app/data"}}'
mounted+='{{if eq .Type "volume"}}{{.Name}}{{else}}{{.Source}}{{end}}{{end}}{{end}}'
source=$(docker inspect -f "$mounted" "$container" 2>/dev/null || true)
volume=${source:-$volume}
[ "${volume#/}" != "$volume" ] || docker volume inspect "$volume" >/dev/null 2>&1 \
  || fail "there is no volume $volume; is this the right host? see: docker volume ls"

helper() { # runs the image on the volume, as the owner of the data and without a network
  docker run --rm --network none --read-only --tmpfs /tmp --cap-drop ALL "$@"
}
owner=$(helper -v "$volume:/home/ktrdr/app/data:ro" --user 0:0 --entrypoint stat "$image" \
  -c %u:%g /home/ktrdr/app/data)
helper -v "$volume:/home/ktrdr/app/data:ro" --user "$owner" --entrypoint test "$image" \
  -f /home/ktrdr/app/data/schema-version \
  || fail "volume $volume holds no data of KTRDR; nothing is backed up"

mkdir -p "$out"
archive=$out/ktrdr-backup-$(date -u +%Y%m%dT%H%M%SZ).zip
part=$archive.part
trap 'rm -f "$part" "$part.said"' EXIT

if [ "$(docker inspect -f '{{.State.Running}}' "$container" 2>/dev/null)" = true ]; then
  # The running service makes a consistent snapshot of itself.
  docker exec "$container" ktrdr backup --out - >"$part" 2>"$part.said" \
    || { cat "$part.said" >&2; fail "the service could not write it"; }
else
  helper -i -v "$volume:/home/ktrdr/app/data" --user "$owner" -e KTRDR_LOG_TO_FILE=false "$image" \
    backup >"$part" || fail "the image could not write it"
fi

[ "$(head -c 2 "$part")" = PK ] || fail "what was written is not an archive"
mv "$part" "$archive"
(cd "$out" && sha256sum "${archive##*/}" >"${archive##*/}.sha256")
echo "$archive"

if [ "$keep" -gt 0 ]; then
  find "$out" -maxdepth 1 -name 'ktrdr-backup-*.zip' | sort -r | tail -n "+$((keep + 1))" \
    | while IFS= read -r old; do rm -f -- "$old" "$old.sha256"; done
fi
