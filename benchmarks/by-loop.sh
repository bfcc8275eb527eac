#!/usr/bin/env bash
# What one exchange costs that an event loop begins, by the engine, by the JDK alone and by a program in C. See README.md.
. "$(dirname "$0")/lib.sh"

rounds=${ROUNDS:-5}
window=${WINDOW:-256}
# Seconds, in which the JVM compiles what it then runs.
warmup=${WARMUP:-10}

build_c
build_java
# Room for a whole window.
start echo taskset -c 0 "$here/c/build/echo" -b 212992 0
port_of echo listening

# in_c NAME [OPTIONS]...
in_c() {
	mode=$1
	shift
	taskset -c 1 "$here/c/build/event_loop" "$@" -w "$window" -u 1 -d 2 127.0.0.1 "$port" >"$work/line"
	value cpu_us <"$work/line" >>"$work/c-$mode"
	note "c-$mode"
}

# in_java NAME CLASS [MODE]
in_java() {
	taskset -c 1 "$here/target/java" -XX:+UseSerialGC "dev.udpprobe.benchmarks.$2" "$port" ${3:+"$3"} "$window" "$warmup" 2 \
		>"$work/line"
	value cpu_us <"$work/line" >>"$work/$1"
	note "$1"
}

note() {
	value lost <"$work/line" >>"$work/$1.lost"
	printf '%-14s %s\n' "$1" "$(cat "$work/line")" >&2
}

for _ in $(seq "$rounds"); do
	in_c fresh
	in_java engine-fresh ByLoop fresh
	in_c kept -k 1
	in_java engine-kept ByLoop kept
	in_c fresh-bare -b
	in_java jdk-fresh-bare BareLoop
	in_c kept-bare -b -k 1
done

echo "window $window, CPU us for one exchange, medians of $rounds rounds; bare: without timestamps and ICMP errors"
for name in c-fresh-bare jdk-fresh-bare c-fresh engine-fresh c-kept-bare c-kept engine-kept; do
	printf '%-14s %7.2f   lost %s\n' "$name" "$(median <"$work/$name")" "$(awk '{ n += $1 } END { print n }' "$work/$name.lost")"
done
for mode in fresh kept; do
	printf '%-14s %7.2f\n' "engine/c $mode" "$(paste "$work/engine-$mode" "$work/c-$mode" | awk '{ print $1 / $2 }' | median)"
done
