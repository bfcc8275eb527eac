#!/usr/bin/env bash
# What the echo server allocates, keeps and does under a steady load, by its own flight recording. See README.md.
#
#   soak.sh [SERVER OPTIONS]...
. "$(dirname "$0")/lib.sh"

server_cpu=${SERVER_CPU:-0}
load_cpu=${LOAD_CPU:-1}
duration=${DURATION:-120}
warm_up=${WARM_UP:-20}
# More than one, because a server may well remember its last peer at no cost.
clients=${CLIENTS:-4}
window=${WINDOW:-8}
size=${SIZE:-64}
probe_arguments=$*

need taskset util-linux
need curl curl
build_c
build_java

# That of the CPU's time sees system calls too. Threads tell what they have allocated each second, not once a file.
events=jdk.CPUTimeSample#enabled=true,jdk.CPUTimeSample#throttle=10ms,jdk.ThreadAllocationStatistics#period=1s
java_options="-XX:NativeMemoryTracking=summary ${JAVA_OPTIONS:-}
	-XX:StartFlightRecording:name=soak,settings=profile,maxsize=1g,filename=$work/soak.jfr,$events"
start_probe probe taskset -c "$server_cpu"
pid=$started
port_of probe "Tomcat started on port"
http_port=$port
port_of probe "UDP port"

# load SECONDS: by all clients at once; prints a line for each
load() {
	loads=
	for client in $(seq "$clients"); do
		start "load.$client" taskset -c "$load_cpu" "$here/c/build/load" "$port" -s "$size" -w "$window" -u 0 -d "$1"
		loads="$loads $started"
	done
	for each in $loads; do wait "$each"; done
	pids=" $pid"
	cat "$work"/load.*
}

scrape() { curl -fs "http://127.0.0.1:$http_port/actuator/prometheus" >"$work/metrics"; }

datagrams() {
	scrape
	metric "$work/metrics" udp_echo_datagrams_sent_total
}

# snapshot: memory in KiB and the rest, of this moment
snapshot() {
	live_heap=$(($(live_heap "$pid") / 1024))
	native=$(jdk jcmd "$pid" VM.native_memory summary | sed -n 's/^Total: .*committed=\([0-9]*\)KB.*/\1/p')
	printf '%8s %9d %9d %9d %9d %9d %11d\n' "$1" "$live_heap" "$native" "$(status "$pid" VmRSS)" \
		"$(status "$pid" Threads)" "$(find "/proc/$pid/fd" -mindepth 1 | wc -l)" "$(datagrams)"
}

load "$warm_up" >/dev/null
# What asking starts by itself is there before the first figures.
snapshot before >/dev/null
snapshot before >"$work/snapshots"
# The collection, the answer and their threads are outside of what is measured.
sleep 1
before=$(datagrams)
begin=$(date +%s%3N)
load "$duration" >"$work/loads"
end=$(date +%s%3N)
after=$(datagrams)
snapshot after >>"$work/snapshots"
jdk jcmd "$pid" JFR.stop name=soak >/dev/null

echo "$clients clients, window of each $window, $duration s:"
cat "$work/loads"
printf '%8s %9s %9s %9s %9s %9s %11s\n' KiB live-heap native resident threads fds replied
cat "$work/snapshots"
"$here/target/java" dev.udpprobe.benchmarks.Soak "$work/soak.jfr" "$begin" "$end" $((after - before))
