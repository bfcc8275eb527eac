#!/usr/bin/env bash
# Requests per second of POST /send beside those of an empty endpoint. See README.md.
. "$(dirname "$0")/lib.sh"

connections=${CONNECTIONS:-16}
rounds=${ROUNDS:-9}

need wrk wrk
write_post
build_java
# So that a fast machine does not meet the limit for one address.
probe_arguments=--udp-probe.client.destination-datagrams-per-second=0
start_probe probe
port_of probe "UDP port"
port_of probe "Tomcat started on port"

# load PATH SECONDS: sets $rate and, in microseconds per request, $cpu
load() {
	before=$(ticks "$started")
	wrk -t 1 -c "$connections" -d "$2s" -s "$work/post.lua" "http://127.0.0.1:$port$1" >"$work/wrk"
	after=$(ticks "$started")
	if grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2; then
		echo "$1 failed" >&2
		exit 1
	fi
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk")
	cpu=$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" '/requests in/ { print t * 1e6 / hz / $1 }' "$work/wrk")
}

for _ in 1 2 3; do
	load /empty 5
	load /send 5
done

for _ in $(seq "$rounds"); do
	load /empty 3
	empty=$rate
	echo "$rate" >>"$work/empty.rate"
	echo "$cpu" >>"$work/empty.cpu"
	load /send 3
	echo "$rate" >>"$work/send.rate"
	echo "$cpu" >>"$work/send.cpu"
	awk -v a="$rate" -v b="$empty" 'BEGIN { print a / b }' >>"$work/ratio"
done

echo "$connections connections, medians of $rounds rounds"
printf '%-12s %12s %16s\n' '' requests/s 'CPU us/request'
for path in empty send; do
	printf '%-12s %12.0f %16.1f\n' "POST /$path" "$(median <"$work/$path.rate")" "$(median <"$work/$path.cpu")"
done
printf '%-12s %12.2f\n' ratio "$(median <"$work/ratio")"
