#!/usr/bin/env bash
# What the page takes with 10,000 targets, of which each is asked every 10 s: how much is loaded, when there is a first picture
# and when there are targets, how long a filter takes, and what browser and service take while somebody looks. See README.md.
#
#   TARGETS=10000   ROUNDS=7: loads and filters, of which the median is told
#   MINUTES=10: how long somebody looks
. "$(dirname "$0")/lib.sh"

targets=${TARGETS:-10000}
rounds=${ROUNDS:-7}
minutes=${MINUTES:-10}

need curl curl
need jq jq
need chromium chromium
need chromedriver chromium-driver
build_java

awk -v count="$targets" 'BEGIN {
	for (i = 0; i < count; i++)
		printf "- targets: [\"127.0.0.1:%s\"]\n  labels: {__name: host-%05d, __module: echo, __interval: 10s, rack: r%d}\n",
			i % 100 ? "7" : "9", i, i % 40
}' >"$work/targets.yaml"
echo_port=$(free_port)
sed -i "s/127.0.0.1:7\"/127.0.0.1:$echo_port\"/" "$work/targets.yaml"
java_options="-XX:Flags=$here/../src/docker/jvm.flags -Xmx${HEAP:-256m}"
probe_arguments="--udp-probe.target-files=$work/targets.yaml"
probe_echo_port=$echo_port
start_probe service
service=$started
port_of service "Tomcat started on port"
at=http://127.0.0.1:$port/

driver_port=$(free_port)
start driver chromedriver --port="$driver_port"
driver=$started
session=
# ask PATH JSON: of chromedriver; prints the value
ask() {
	curl -fs -H 'Content-Type: application/json' -d "$2" "http://127.0.0.1:$driver_port/session$session$1" | jq -c .value
}
run() { ask /execute/sync "$(jq -n --arg script "$1" '{script: $script, args: []}')"; }
# A promise is waited for.
soon() { run "return new Promise((done) => { const look = () => { const value = ($1); if (value) done(value); else requestAnimationFrame(look) }; look() })"; }

curl -fs --retry 30 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$driver_port/status" >/dev/null
session=/$(ask "" '{"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"binary": "'"$(command -v chromium)"'", "args": ["--headless",
	"--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
	"--window-size=1280,900", "--user-data-dir='"$work"'/profile"]}}}}' | jq -r .sessionId)
tell() { ask /goog/cdp/execute '{"cmd": "'"$1"'", "params": {}}' >/dev/null; }

sleep "${WARM_UP:-60}"
without=$(ticks "$service")
sleep 60
without=$(($(ticks "$service") - without))

tell Network.enable
: >"$work/first" >"$work/listed" >"$work/filtered"
for _ in $(seq "$rounds"); do
	tell Network.clearBrowserCache
	ask /url '{"url": "about:blank"}' >/dev/null
	ask /url '{"url": "'"$at"'"}' >/dev/null
	soon "document.querySelector('.rows .what')?.innerText && performance.now()" >>"$work/listed"
	run "return performance.getEntriesByName('first-contentful-paint')[0].startTime" >>"$work/first"
	weight=$(run "return performance.getEntriesByType('resource').reduce((sum, file) => sum + file.transferSize, 0)")
	run "window.begun = performance.now(); const field = document.querySelector('input[type=search]'); field.value = 'rack=r7'
		field.dispatchEvent(new Event('input', {bubbles: true}))" >/dev/null
	soon "document.querySelector('.rows .name')?.innerText.startsWith('host-') && document.querySelector('.found').innerText.startsWith('$((targets / 40))')
		&& performance.now() - window.begun" >>"$work/filtered"
done
printf 'loaded first: %.0f KB\nfirst picture: %.0f ms\ntargets: %.0f ms\nfilter: %.0f ms\n\n' "$(awk "BEGIN { print $weight / 1000 }")" \
	"$(median <"$work/first")" "$(median <"$work/listed")" "$(median <"$work/filtered")"

# all: the processes of the browser
all() { ps -eo pid=,ppid= | awk -v root="$driver" '{ parent[$1] = $2 } END { for (p in parent) { q = p; while (q && q != root) q = parent[q]; if (q == root) print p } }'; }
browser_ticks() { for pid in $(all); do ticks "$pid" 2>/dev/null || true; done | awk '{ sum += $1 } END { print sum }'; }
cores() { awk -v t="$1" -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.3f", t / hz / 60 }'; }

ask /url '{"url": "'"$at"'"}' >/dev/null
echo '| minute | service, cores | service, resident MiB | browser, cores | page, heap MB |'
echo '|---|---|---|---|---|'
printf '| nobody looks | %s | %d | | |\n' "$(cores "$without")" $(($(status "$service" VmRSS) / 1024))
for minute in $(seq "$minutes"); do
	before=$(ticks "$service")
	browser=$(browser_ticks)
	sleep 60
	used=$(($(ticks "$service") - before))
	browser=$(($(browser_ticks) - browser))
	tell HeapProfiler.collectGarbage
	printf '| %d | %s | %d | %s | %.2f |\n' "$minute" "$(cores "$used")" $(($(status "$service" VmRSS) / 1024)) "$(cores "$browser")" \
		"$(awk "BEGIN { print $(run 'return performance.memory.usedJSHeapSize') / 1e6 }")"
done
