#!/usr/bin/env bash
# What the monitor takes for so many targets once a second, beside a program in C with the same exchanges at the same rate, and
# beside blackbox_exporter, which Prometheus has ask a name server; all that is measured is on one core, and who answers on the
# other. It is scraped every 15 s, as by Prometheus. See README.md.
#
#   DURATION=30: seconds that each is measured for, a multiple of 15
#   MINUTES=10: only how much memory 10,000 targets take, minute by minute
. "$(dirname "$0")/lib.sh"

counts=${TARGETS:-100 1000 10000}
seconds=${DURATION:-30}
[ $((seconds % 15)) = 0 ] && [ "$seconds" -gt 0 ] || {
	echo "DURATION has to be a multiple of 15" >&2
	exit 2
}
warm_up=${WARM_UP:-60}
minutes=${MINUTES:-}
core=${CORE:-1}
asked=www.example.test

need curl curl
need unbound unbound
build_c
build_java

start echo taskset -c $((1 - core)) "$here/c/build/echo" -b 4194304 0
port_of echo listening
echo_port=$port
start_unbound "$asked"
pin=$(pgrep -n -f unbound-copy) && taskset -cp $((1 - core)) "$pin" >/dev/null

# write_targets COUNT fresh|kept MODULE INTERVAL PORT
write_targets() {
	awk -v count="$1" -v kept="$2" -v module="$3" -v interval="$4" -v port="$5" 'BEGIN {
		for (i = 0; i < count; i++)
			printf "- targets: [\"127.0.0.1:%s\"]\n  labels: {__name: t%d, __module: %s, __interval: %s, __port: %s}\n",
				port, i, module, interval, kept
	}' >"$work/targets.yaml"
}

# start_monitor: sets $monitor to its process, and $at to its address
start_monitor() {
	cat >"$work/modules.yaml" <<-CONF
		modules:
		  dns-a:
		    like: dns
		    with: {name: $asked, type: A, size: "0"}
	CONF
	java_options="-XX:Flags=$here/../src/docker/jvm.flags -Xmx${HEAP:-256m}"
	probe_arguments="--udp-probe.client.destination-datagrams-per-second=0 --udp-probe.echo.enabled=false
		--udp-probe.module-files=$work/modules.yaml --udp-probe.target-files=$work/targets.yaml"
	start_probe monitor taskset -c "$core"
	monitor=$started
	port_of monitor "Tomcat started on port"
	at=http://127.0.0.1:$port
}

stop() {
	kill "$1"
	wait "$1" 2>/dev/null || true
}

# As a process that has long been scraped: the JVM has compiled what is hot.
warm_up() {
	sleep $((warm_up / 3))
	for _ in $(seq $((warm_up * 2 / 3))); do
		sleep 1
		scrape >/dev/null
	done
}

# scrape [FILE]
scrape() { curl -fs -o "$work/${1:-scrape}" -w '%{time_total} %{size_download}\n' "$at/actuator/prometheus"; }

# cores TICKS SECONDS
cores() { awk -v t="$1" -v s="$2" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.3f", t / hz / s }'; }

# increase NAME LABELS: from one scrape to the next
increase() {
	grep -hF "$1{$2" "$work/before" "$work/scrape" | awk 'NR == 1 { a = $2 } NR == 2 { printf "%d", $2 - a }'
}

# late QUANTILE: milliseconds, the upper bound of the bucket of the histogram that it is in
late() {
	grep -h '^udp_monitor_lateness_seconds_bucket' "$work/before" "$work/scrape" | sed 's/.*le="\([^"]*\)"} /\1 /' |
		awk -v q="$1" '{ if (!($1 in a)) { a[$1] = $2; order[++n] = $1 } else d[$1] = $2 - a[$1] }
			END { for (i = 1; i <= n; i++) if (d[order[i]] >= q * d[order[n]]) { print order[i] * 1000; exit } }'
}

# kernel_ticks PID: CPU time of a process in the kernel so far
kernel_ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $13 }'; }

# in_time: how many of a hundred rounds began within 5 ms
in_time() {
	grep -hE '^udp_monitor_lateness_seconds_bucket.le="(0.005|.Inf)"' "$work/before" "$work/scrape" |
		awk '{ v[NR] = $NF } END { printf "%.2f", 100 * (v[3] - v[1]) / (v[4] - v[2]) }'
}

# measure NAME: of the monitor as it is now; prints a line
measure() {
	scrape >/dev/null
	cp "$work/scrape" "$work/before"
	before=$(ticks "$monitor")
	kernel_before=$(kernel_ticks "$monitor")
	begun=$(date +%s%N)
	for _ in $(seq $((seconds / 15))); do
		sleep 15
		scrape >/dev/null
	done
	after=$(ticks "$monitor")
	kernel=$(($(kernel_ticks "$monitor") - kernel_before))
	ms=$((($(date +%s%N) - begun) / 1000000))
	on_time=$(increase udp_monitor_rounds_total 'result="on-time"')
	all=$((on_time + $(increase udp_monitor_rounds_total 'result="late"')))
	took=$(for _ in 1 2 3 4 5; do scrape again; done | sort -n | sed -n 3p)
	printf '%-22s %9.0f %7s %8d %7d %8d %7s %7s %7s %8d %10d %10.2f\n' "$1" $((all * 1000 / ms)) \
		"$(cores $((after - before)) "${ms}e-3")" $((kernel * 100 / (after - before))) $((all - on_time)) \
		"$(increase udp_monitor_rounds_total 'result="skipped"')" "$(late 0.5)" "$(late 0.99)" "$(in_time)" \
		$(($(status "$monitor" VmRSS) / 1024)) "$(awk -v t="${took% *}" 'BEGIN { printf "%d", t * 1000 }')" \
		"$(awk -v b="${took#* }" 'BEGIN { print b / 1048576 }')"
}

heading() {
	printf '%-22s %9s %7s %8s %7s %8s %7s %7s %7s %8s %10s %10s\n' '' rounds/s cores '% kernel' late skipped 'p50 ms' 'p99 ms' '% 5 ms' 'RSS MiB' \
		'scrape ms' 'scrape MiB'
}

if [ -n "$minutes" ]; then
	write_targets 10000 fresh echo 1s "$echo_port"
	start_monitor
	warm_up
	printf '%8s %14s %9s\n' minute 'live heap MiB' 'RSS MiB'
	for minute in $(seq 0 "$minutes"); do
		printf '%8d %14.1f %9d\n' "$minute" "$(live_heap "$monitor" | awk '{ print $1 / 1048576 }')" \
			$(($(status "$monitor" VmRSS) / 1024))
		[ "$minute" = "$minutes" ] || sleep 60
	done
	exit
fi

heading
for count in $counts; do
	for mode in fresh kept; do
		write_targets "$count" "$mode" echo 1s "$echo_port"
		start_monitor
		warm_up
		measure "echo $mode $count"
		stop "$monitor"
		taskset -c "$core" "$here/c/build/event_loop" $([ $mode = fresh ] || echo -k 256) -r "$count" -w 4096 -u 1 -d 5 \
			127.0.0.1 "$echo_port" >"$work/c"
		printf '%-22s %9d %7s %8s %7s %8d\n' "in C $mode $count" $(($(value exchanges <"$work/c") / 5)) "$(value cores <"$work/c")" - - \
			"$(value lost <"$work/c")"
	done
done

# As many as one core does: each of 8,000 targets ten times a second is more than that.
write_targets 8000 fresh echo 100ms "$echo_port"
start_monitor
warm_up
measure "echo fresh, all it can"
stop "$monitor"

if ! command -v prometheus >/dev/null || ! command -v prometheus-blackbox-exporter >/dev/null; then
	echo "without prometheus and prometheus-blackbox-exporter, there is nothing to compare with"
	exit
fi
for count in 100 1000; do
	write_targets "$count" fresh dns-a 1s "$dns"
	start_monitor
	warm_up
	measure "dns fresh $count"
	stop "$monitor"
	start_exporter dns-a "$asked" env GOMAXPROCS=1 taskset -c "$core"
	cat >"$work/prometheus.yml" <<-CONF
		scrape_configs:
		  - job_name: blackbox
		    metrics_path: /probe
		    scrape_interval: 1s
		    scrape_timeout: 1s
		    params: {module: [dns-a]}
		    static_configs:
		$(awk -v count="$count" -v dns="$dns" -v at="127.0.0.1:$exporter_port" 'BEGIN { for (i = 0; i < count; i++)
			printf "      - {targets: [\"%s\"], labels: {__param_target: \"127.0.0.1:%s\", n: \"%d\"}}\n", at, dns, i }')
	CONF
	prometheus_port=$(free_port)
	start prometheus taskset -c $((1 - core)) prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/tsdb.$count" \
		--web.listen-address="127.0.0.1:$prometheus_port" --log.level=error
	server=$started
	sleep 15
	before=$(ticks "$exporter")
	before_server=$(ticks "$server")
	sleep "$seconds"
	after=$(ticks "$exporter")
	after_server=$(ticks "$server")
	good=$(curl -fs "http://127.0.0.1:$prometheus_port/api/v1/query" --data-urlencode "query=sum(sum_over_time(probe_success[${seconds}s]))" |
		sed -n 's/.*"value":\[[^,]*,"\([0-9]*\).*/\1/p')
	printf '%-22s %9d %7s   and Prometheus %s\n' "blackbox dns $count" $((good / seconds)) \
		"$(cores $((after - before)) "$seconds")" "$(cores $((after_server - before_server)) "$seconds")"
	stop "$server"
	stop "$exporter"
done
