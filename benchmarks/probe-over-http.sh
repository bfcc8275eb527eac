#!/usr/bin/env bash
# GET /probe with the module dns beside blackbox_exporter's DNS prober: probes per second, CPU for a probe, latency and
# resident memory, with the JVM flags of the image, each on the same core, and both ask the same server. SCHEDULING is what
# both are started by: "chrt --batch 0" keeps a thread that wakes from interrupting another one. See README.md.
. "$(dirname "$0")/lib.sh"

rounds=${ROUNDS:-5}
seconds=${DURATION:-3}
core=${CORE:-0}
scheduling=${SCHEDULING:-}
asked=www.example.test

need wrk wrk
need unbound unbound
need prometheus-blackbox-exporter prometheus-blackbox-exporter
build_java

start_unbound "$asked"
# shellcheck disable=SC2086
start_exporter dns-a "$asked" $scheduling env GOMAXPROCS=1 taskset -c "$core"

cat >"$work/modules.yaml" <<CONF
modules:
  dns-a:
    like: dns
    with: {name: $asked, type: A, size: "0"}
CONF
# Half of the 256 MiB that the image has would be more.
java_options="-XX:Flags=$here/../src/docker/jvm.flags -Xmx90m"
# So that a fast machine does not meet the limit for one address.
probe_arguments="--udp-probe.client.destination-datagrams-per-second=0 --udp-probe.module-files=$work/modules.yaml"
# shellcheck disable=SC2086
start_probe probe $scheduling taskset -c "$core"
probe=$started
port_of probe "Tomcat started on port"

# of WHAT: sets $pid and $url
of() {
	case $1 in
	blackbox) pid=$exporter at=$exporter_port ;;
	ours) pid=$probe at=$port ;;
	esac
	url="http://127.0.0.1:$at/probe?module=dns-a&target=127.0.0.1:$dns"
}

# load WHAT CONNECTIONS SECONDS: sets $rate, in microseconds per probe $cpu, and in milliseconds $p99
load() {
	of "$1"
	before=$(ticks "$pid")
	wrk -t 1 -c "$2" -d "$3s" --latency "$url" >"$work/wrk"
	after=$(ticks "$pid")
	if grep -E 'Non-2xx|Socket errors' "$work/wrk" >&2; then
		echo "$1 failed" >&2
		exit 1
	fi
	rate=$(awk '/^Requests\/sec/ { print $2 }' "$work/wrk")
	cpu=$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" '/requests in/ { print t * 1e6 / hz / $1 }' "$work/wrk")
	p99=$(awk '$1 == "99%" { v = $2 + 0; if ($2 ~ /us$/) v /= 1000; else if ($2 ~ /[0-9]s$/) v *= 1000; print v }' "$work/wrk")
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { print a / b }'; }

# What is measured succeeds.
for what in ours blackbox; do
	of "$what"
	grep -q '^probe_success 1' <<<"$(curl -s "$url")"
done

# On one core, which it shares with its compilers, the JVM takes long to be as fast as it gets.
load ours 16 "${WARM_UP:-40}"
load blackbox 16 5

for connections in 1 16; do
	for _ in $(seq "$rounds"); do
		for what in ours blackbox; do
			load "$what" "$connections" "$seconds"
			for figure in rate cpu p99; do
				echo "${!figure}" >>"$work/$what.$figure.$connections"
				eval "${what}_$figure=${!figure}"
			done
		done
		# shellcheck disable=SC2154
		ratio "$ours_rate" "$blackbox_rate" >>"$work/ratio.rate.$connections"
		# shellcheck disable=SC2154
		ratio "$ours_cpu" "$blackbox_cpu" >>"$work/ratio.cpu.$connections"
		# shellcheck disable=SC2154
		ratio "$ours_p99" "$blackbox_p99" >>"$work/ratio.p99.$connections"
	done
done

echo "medians of $rounds rounds of $seconds s, each prober on core $core${scheduling:+, started by $scheduling}"
printf '%-12s %-10s %10s %14s %10s\n' connections '' probes/s 'CPU us/probe' 'p99 ms'
for connections in 1 16; do
	for what in ours blackbox ratio; do
		printf '%-12s %-10s' "$connections" "$what"
		for column in rate:10 cpu:14 p99:10; do
			printf " %${column#*:}.2f" "$(median <"$work/$what.${column%:*}.$connections")"
		done
		echo
	done
done
for what in ours blackbox; do
	of "$what"
	echo "$what: $(($(status "$pid" VmRSS) / 1024)) MiB resident, at most $(($(status "$pid" VmHWM) / 1024)) MiB"
done
