# shellcheck shell=bash disable=SC2154  # sourced by run, which sets what is read here
# Turns the samples into figures, compares them with the bars of the design, and writes them down.

# id | figure | sample | which of the samples | divisor to the unit | decimals | unit | bar
# A bar is the most that KTRDR may need; without one the row only informs.
figures=(
  'image|image on disk|image|median|1000000|1|MB|280'
  'compressed|image, gzip -6|compressed|median|1000000|1|MB|115'
  'layers|  layer by layer, summed|layers|median|1000000|1|MB|'
  'first_200|first 200 after docker run|first|median|1000000|3|s|2'
  'first_200_min|  fastest|first|min|1000000|3|s|'
  'first_200_max|  slowest|first|max|1000000|3|s|'
  'since_start|  since the start stamp|since_start|median|1000000|3|s|'
  'since_start_min|  since the stamp, fastest|since_start|min|1000000|3|s|'
  'since_start_max|  since the stamp, slowest|since_start|max|1000000|3|s|'
  'rss|idle RSS|rss|median|1000000|1|MB|200'
  'cgroup|idle, docker stats|cgroup|median|1000000|1|MB|'
  'rss_loaded|RSS after the load|rss_loaded|median|1000000|1|MB|'
  'rate|GET /api/health|rate|median|1|0|1/s|'
  'p50|  latency p50|p50|median|1000|2|ms|'
  'p99|  latency p99|p99|median|1000|2|ms|'
  'errors|  errors|errors|sum|1|0||0'
  'stop|docker stop|stop|median|1000000|3|s|2'
  'exit_code|  exit code|exit_code|max|1|0||0'
  'bars|bars served|bars|max|1|0||'
)

missed=0
rows=()

# A median of an even count is the lower of the two in the middle.
pick() { # $1 = min|median|max|sum, rest = the samples
  local which=$1
  shift
  printf '%s\n' "$@" | sort -n | awk -v which="$which" '
    { value[NR] = $1; sum += $1 }
    END {
      if (which == "min") print value[1]
      else if (which == "max") print value[NR]
      else if (which == "sum") print sum
      else print value[int((NR + 1) / 2)]
    }'
}

# Fills rows: id|figure|bar|unit|KTRDR|peer|ratio|verdict. Errors of the peer count as well, since
# nobody is compared with a service that fails.
judge() {
  local figure id name from which divisor decimals unit bar ktrdr peer judged
  for figure in "${figures[@]}"; do
    IFS='|' read -r id name from which divisor decimals unit bar <<<"$figure"
    # The samples are lists of numbers: splitting them is meant.
    # shellcheck disable=SC2086
    ktrdr=$(pick "$which" ${sample[$from,ktrdr]})
    # shellcheck disable=SC2086
    peer=$(pick "$which" ${sample[$from,peer]})
    judged=$ktrdr
    [ "$id" != errors ] || judged=$((ktrdr + peer))
    rows+=("$id|$name|$bar|$unit|$(awk -v k="$ktrdr" -v p="$peer" -v judged="$judged" \
      -v divisor="$divisor" -v decimals="$decimals" -v bar="$bar" 'BEGIN {
        number = "%." decimals "f"
        ratio = p == 0 ? "" : sprintf("%.2f", k / p)
        verdict = bar == "" ? "" : judged / divisor <= bar ? "pass" : "FAIL"
        printf number "|" number "|%s|%s", k / divisor, p / divisor, ratio, verdict
      }')")
    [[ ${rows[-1]} != *'|FAIL' ]] || missed=$((missed + 1))
  done
  [ "$(pick max "${sample[bars,ktrdr]}")" = "$(pick max "${sample[bars,peer]}")" ] \
    || notes+=("the two do not serve the same bars, so their memory does not compare")
  [ "$cpus" -eq 2 ] || notes+=("this engine has $cpus CPU, the bars are meant for 2")
  [ "$rounds" -gt 1 ] || notes+=("--quick tries the harness; its figures prove nothing")
}

facts() { # key|value lines that say where and when
  local commit
  commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || commit=none
  [ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || commit+=' with changes'
  echo "date|$(date --utc +%FT%TZ)"
  echo "commit|$commit"
  echo "kernel|$(uname -sr)"
  echo "cpu|$(awk -F ': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)"
  echo "cores|$(nproc)"
  echo "engine|$(docker version --format '{{.Server.Version}}'), $(docker info --format \
    '{{.Driver}}, cgroup v{{.CgroupVersion}}')"
  echo "limits|--cpus $cpus --memory 1g"
  echo "load|wrk -t1 -c16 -d${load_seconds}s after ${warm_up_seconds} s, on loopback"
  echo "ktrdr|${image_of[ktrdr]} $(image_id ktrdr)"
  echo "peer|${image_of[peer]} $(image_id peer)"
}

image_id() { # $1 = side
  docker image inspect --format '{{.Id}}' "${image_of[$1]}" | cut -c 8-19
}

print_report() {
  local row name bar unit ktrdr peer ratio verdict
  printf '\n%-28s %9s %12s %12s %7s  %s\n' figure bar KTRDR FastAPI ratio verdict
  for row in "${rows[@]}"; do
    IFS='|' read -r _ name bar unit ktrdr peer ratio verdict <<<"$row"
    [ "$bar" = 0 ] || bar=${bar:+<= $bar}
    printf '%-28s %9s %12s %12s %7s  %s\n' "$name" "$bar" "$ktrdr${unit:+ $unit}" \
      "$peer${unit:+ $unit}" "${ratio:--}" "${verdict:--}"
  done
  echo
  facts | while IFS='|' read -r name row; do printf '%-7s %s\n' "$name" "$row"; done
  printf 'took    %s s\n' $((SECONDS - began))
  echo 'ratio   KTRDR / FastAPI; below 1 is better except for GET /api/health'
  [ ${#notes[@]} -eq 0 ] || printf 'note    %s\n' "${notes[@]}"
  if [ "$missed" -eq 0 ]; then echo 'all bars hold'; else echo "$missed bars are missed"; fi
}

quoted() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

list() { # the numbers as a JSON array
  local IFS=,
  printf '[%s]' "$*"
}

write_json() { # $1 = file; times of the samples in microseconds, sizes in bytes
  local row id bar unit ktrdr peer ratio verdict key comma=
  {
    printf '{"benchmark":"container"'
    facts | while IFS='|' read -r key row; do printf ',\n"%s":%s' "$key" "$(quoted "$row")"; done
    printf ',\n"missed":%s,"figures":[' "$missed"
    for row in "${rows[@]}"; do
      IFS='|' read -r id _ bar unit ktrdr peer ratio verdict <<<"$row"
      printf '%s\n{"id":"%s","unit":"%s","bar":%s,"ktrdr":%s,"peer":%s,"ratio":%s,"verdict":"%s"}' \
        "$comma" "$id" "$unit" "${bar:-null}" "$ktrdr" "$peer" "${ratio:-null}" "${verdict,,}"
      comma=,
    done
    printf '],"samples":{'
    comma=
    for key in $(printf '%s\n' "${!sample[@]}" | sort); do
      # shellcheck disable=SC2086  # a list of numbers
      printf '%s\n"%s":%s' "$comma" "${key/,/.}" "$(list ${sample[$key]})"
      comma=,
    done
    printf '},"notes":['
    comma=
    for row in "${notes[@]}"; do
      printf '%s%s' "$comma" "$(quoted "$row")"
      comma=,
    done
    printf ']}\n'
  } >"$1"
}
