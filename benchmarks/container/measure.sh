# shellcheck shell=bash disable=SC2154  # sourced by run, which sets what is read here
# The measurements. Each adds to sample[<name>,<side>], a list of whole numbers: times in
# microseconds, sizes in bytes.

declare -A port=() started_us=() run_us=() first_us=()
timeout_us=30000000

record() { # $1 = name, $2 = side, $3 = value
  sample[$1,$2]+="${sample[$1,$2]:+ }$3"
}

# A host with one CPU cannot grant two.
cpus() {
  local available
  available=$(docker info --format '{{.NCPU}}')
  echo $((available < 2 ? available : 2))
}

# Compressed in one stream, as docker save | gzip gives it, and layer by layer, as a registry moves
# an image; the latter is the sum.
measure_size() { # $1 = side
  local disk stream layers
  disk=$(docker image inspect --format '{{.Size}}' "${image_of[$1]}")
  stream=$(docker save "${image_of[$1]}" | gzip -6 | wc -c)
  layers=$(docker save "${image_of[$1]}" | tar --extract --to-command='gzip -6 | wc -c' \
    | awk '{ sum += $1 } END { printf "%.0f", sum }')
  record image "$1" "$disk"
  record compressed "$1" "$stream"
  record layers "$1" "$layers"
}

# Sets run_us, the moment just before the command, started_us, the engine's own stamp of the moment
# when the process ran, and the port that the engine chose.
start() { # $1 = side
  local name=$prefix-$1 seen stamp mount=()
  local published='(index .NetworkSettings.Ports "8000/tcp")'
  # The store that same_bars fills.
  [ "$1" = peer ] || mount=(--volume "$volume:/home/ktrdr/app/data")
  run_us[$1]=${EPOCHREALTIME/./}
  docker run --detach --name "$name" --cpus "$cpus" --memory 1g "${mount[@]}" \
    --env "KTRDR_API_TOKEN=$token" --publish 127.0.0.1::8000 "${image_of[$1]}" >/dev/null
  seen=$(docker inspect --format "{{(index $published 0).HostPort}} {{.State.StartedAt}}" "$name" \
    2>/dev/null) || died "$1" "stopped at once"
  port[$1]=${seen% *}
  stamp=$(date --date "${seen#* }" +%s%6N)
  started_us[$1]=$stamp
}

died() { # $1 = side, $2 = what happened
  docker logs --tail 20 "$prefix-$1" >&2 || true
  fail "${image_of[$1]} $2; its last lines are above"
}

# Asks every 10 ms without starting a process, which on a small machine would slow down what is
# being measured: curl alone costs 10 ms of CPU. Sets first_us. The engine's port proxy accepts
# before the service listens, and then closes: that is an empty line here.
await_200() { # $1 = side
  local line deadline=$((${EPOCHREALTIME/./} + timeout_us))
  trap '' PIPE
  while ((${EPOCHREALTIME/./} < deadline)); do
    line=
    if { exec 3<>"/dev/tcp/127.0.0.1/${port[$1]}"; } 2>/dev/null; then
      printf 'GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' \
        2>/dev/null >&3 || true
      IFS= read -r -t 2 line 2>/dev/null <&3 || true
      first_us[$1]=${EPOCHREALTIME/./}
      exec 3>&-
    fi
    if [[ $line == "HTTP/1."?" 200"* ]]; then
      trap - PIPE
      return
    fi
    read -r -t 0.01 -u "$never" || true
  done
  died "$1" "gave no 200 within $((timeout_us / 1000000)) s"
}

await_first_200() { # $1 = side
  await_200 "$1"
  record first "$1" $((first_us[$1] - run_us[$1]))
  record since_start "$1" $((first_us[$1] - started_us[$1]))
}

get() { # $1 = side, $2 = path, rest = options of curl
  local side=$1 path=$2
  shift 2
  curl --silent --show-error --fail --noproxy '*' --max-time 20 \
    --header "Authorization: Bearer $token" "$@" "http://127.0.0.1:${port[$side]}$path"
}

# Neither side may win by having less to do: both give the same answer to a probe, and both hold
# the same bars. KTRDR gets them once, into the volume that all its later containers use.
same_bars() { # $1 = side
  local health path=/api/v1/data/SPX/1d
  start "$1"
  await_200 "$1"
  health=$(get "$1" /api/health) || died "$1" "did not answer the probe"
  [[ $health == '{"status":"ok","version":"'*'"}' ]] || died "$1" "answers the probe with $health"
  if [ "$1" = ktrdr ] && ! get "$1" "$path" >/dev/null 2>&1; then
    get "$1" '/api/v1/data/import?symbol=SPX&timeframe=1d&wait=20' \
      --header 'Content-Type: text/csv' --data-binary "@$bars" >/dev/null || true
  fi
  record bars "$1" "$({ get "$1" "$path" || true; } | awk '
    match($0, /"dates":\[[^]]*\]/) { $0 = substr($0, RSTART, RLENGTH); sum = gsub(/Z"/, "") }
    END { print sum + 0 }')"
  stop "$1"
}

# A clean stop, so that the next start has nothing to mend.
stop() { # $1 = side
  docker stop -t 10 "$prefix-$1" >/dev/null
  docker rm --volumes "$prefix-$1" >/dev/null
}

# The processes that descend from the container's first one. A health probe that runs just now is
# a child of the engine, and does not count.
pids() { # $1 = side
  local first
  first=$(docker inspect --format '{{.State.Pid}}' "$prefix-$1")
  docker top "$prefix-$1" -eo pid,ppid | awk -v first="$first" '
    NR > 1 { parent[$1] = $2 }
    END {
      inside[first] = 1
      do {
        found = 0
        for (pid in parent) if (!(pid in inside) && parent[pid] in inside) found = inside[pid] = 1
      } while (found)
      for (pid in inside) print pid
    }'
}

resident_bytes() { # $1 = side
  local inside pid sum=0 key value
  inside=$(pids "$1")
  for pid in $inside; do
    while read -r key value _; do
      [ "$key" != VmRSS: ] || sum=$((sum + value * 1024))
    done < <(cat "/proc/$pid/status" 2>/dev/null)
  done
  ((sum > 0)) || fail "no process of the container is in /proc; the engine must run on this machine"
  echo "$sum"
}

bytes() { # reads 52.4MiB
  awk '{
    factor["B"] = 1; factor["KiB"] = 1024; factor["MiB"] = 1024 ^ 2; factor["GiB"] = 1024 ^ 3
    unit = $1; sub(/^[0-9.]+/, "", unit)
    if (!(unit in factor)) exit 1
    printf "%.0f\n", $1 * factor[unit]
  }'
}

measure_memory() { # $1 = side
  local left=$((started_us[$1] + idle_seconds * 1000000 - ${EPOCHREALTIME/./}))
  ((left <= 0)) || sleep "$(awk -v us="$left" 'BEGIN { printf "%.3f", us / 1e6 }')"
  local rss cgroup
  rss=$(resident_bytes "$1")
  cgroup=$(docker stats --no-stream --format '{{.MemUsage}}' "$prefix-$1" | bytes)
  record rss "$1" "$rss"
  record cgroup "$1" "$cgroup"
}

measure_load() { # $1 = side
  local url=http://127.0.0.1:${port[$1]}/api/health output rss
  wrk -t1 -c16 -d"${warm_up_seconds}s" "$url" >/dev/null
  output=$(wrk -t1 -c16 -d"${load_seconds}s" --latency "$url")
  record rate "$1" "$(awk '/^Requests\/sec:/ { printf "%.0f", $2 }' <<<"$output")"
  record p50 "$1" "$(latency_us '50%' "$output")"
  record p99 "$1" "$(latency_us '99%' "$output")"
  record errors "$1" "$(awk '
    /Non-2xx or 3xx responses:/ { sum += $NF }
    /Socket errors:/ { gsub(",", ""); sum += $4 + $6 + $8 + $10 }
    END { print sum + 0 }' <<<"$output")"
  rss=$(resident_bytes "$1")
  record rss_loaded "$1" "$rss"
}

latency_us() { # $1 = percentile as wrk writes it, $2 = output of wrk
  awk -v which="$1" '$1 == which {
    factor["us"] = 1; factor["ms"] = 1e3; factor["s"] = 1e6; factor["m"] = 6e7
    unit = $2; sub(/^[0-9.]+/, "", unit)
    printf "%.0f", $2 * factor[unit]
  }' <<<"$2"
}

measure_stop() { # $1 = side
  local before=${EPOCHREALTIME/./}
  docker stop -t 10 "$prefix-$1" >/dev/null
  record stop "$1" $((${EPOCHREALTIME/./} - before))
  record exit_code "$1" "$(docker inspect --format '{{.State.ExitCode}}' "$prefix-$1")"
  docker rm --volumes "$prefix-$1" >/dev/null
}
