#!/usr/bin/env bash
# Requests per second and CPU of POST /send with the module dns, beside the same bytes without a module, and beside
# blackbox_exporter's DNS prober; all of them ask the same server. See README.md.
. "$(dirname "$0")/lib.sh"

connections=${CONNECTIONS:-16}
rounds=${ROUNDS:-9}
asked=www.example.test

need wrk wrk
need unbound unbound
need prometheus-blackbox-exporter prometheus-blackbox-exporter
build_java

start_unbound "$asked"
start_exporter dns "$asked"

# So that a fast machine does not meet the limit for one address.
probe_arguments=--udp-probe.client.destination-datagrams-per-second=0
start_probe probe
probe=$started
port_of probe "Tomcat started on port"

post() {
	printf 'wrk.method = "POST"\nwrk.body = "%s"\nwrk.headers["Content-Type"] = "application/x-www-form-urlencoded"\n' "$1"
}
hex() { printf %s "$1" | od -An -tx1 | tr -d ' \n'; }
# A query with an id, RD, the name, type A, class IN, and an OPT record of 1,232 bytes.
query=12340100000100000000000103$(hex www)07$(hex example)04$(hex test)0000010001000029$(printf %04x 1232)000000000000
post "target=127.0.0.1:$dns&module=dns&module.name=$asked&module.type=A" >"$work/module.lua"
post "target=127.0.0.1:$dns&messageHex=$query" >"$work/bytes.lua"
echo >"$work/blackbox.lua"

# load WHAT SECONDS: sets $rate and, in microseconds per request, $cpu
load() {
	case $1 in
	blackbox) pid=$exporter url="http://127.0.0.1:$exporter_port/probe?module=dns&target=127.0.0.1:$dns" ;;
	*) pid=$probe url="http://127.0.0.1:$port/send" ;;
	esac
	before=$(ticks "$pid")
	wrk -t 1 -c "$connections" -d "$2s" -s "$work/$1.lua" "$url" >"$work/wrk"
	after=$(ticks "$pid")
	if grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2; then
		echo "$1 failed" >&2
		exit 1
	fi
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk")
	cpu=$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" '/requests in/ { print t * 1e6 / hz / $1 }' "$work/wrk")
}

# What is measured succeeds.
grep -q '^probe_success 1' <<<"$(curl -s "http://127.0.0.1:$exporter_port/probe?module=dns&target=127.0.0.1:$dns")"
grep -q '"verdict":"pass"' <<<"$(curl -s -d "target=127.0.0.1:$dns" -d module=dns -d "module.name=$asked" -d module.type=A \
	"http://127.0.0.1:$port/send")"

for _ in 1 2 3; do
	for what in bytes module blackbox; do
		load "$what" 4
	done
done

for _ in $(seq "$rounds"); do
	for what in bytes module blackbox; do
		load "$what" 3
		echo "$rate" >>"$work/$what.rate"
		echo "$cpu" >>"$work/$what.cpu"
		eval "${what}_rate=$rate ${what}_cpu=$cpu"
	done
	# shellcheck disable=SC2154
	awk -v a="$module_rate" -v b="$bytes_rate" 'BEGIN { print a / b }' >>"$work/of_bytes"
	# shellcheck disable=SC2154
	awk -v a="$module_rate" -v b="$blackbox_rate" 'BEGIN { print a / b }' >>"$work/of_blackbox"
	# shellcheck disable=SC2154
	awk -v a="$module_cpu" -v b="$blackbox_cpu" 'BEGIN { print a / b }' >>"$work/cpu_of_blackbox"
done

echo "$connections connections, medians of $rounds rounds"
printf '%-24s %12s %16s\n' '' requests/s 'CPU us/request'
for what in bytes module blackbox; do
	printf '%-24s %12.0f %16.1f\n' "$what" "$(median <"$work/$what.rate")" "$(median <"$work/$what.cpu")"
done
printf '%-24s %12.2f\n' 'module / bytes' "$(median <"$work/of_bytes")" 'module / blackbox' "$(median <"$work/of_blackbox")"
printf '%-24s %12s %16.2f\n' 'module / blackbox' '' "$(median <"$work/cpu_of_blackbox")"
