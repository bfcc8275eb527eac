package dev.udpprobe.network;

import java.io.IOException;
import java.util.Map;

import dev.udpprobe.web.Http;

/**
 * What the service has counted of exchanges with targets that have no name.
 */
record Metrics(Map<String, Double> values) {

	static Metrics of(Http http) throws IOException, InterruptedException {
		return new Metrics(http.samples("udp_client_"));
	}

	long sent() {
		return value("udp_client_datagrams_sent_total{target=\"ad-hoc\"}");
	}

	long refused() {
		return value("udp_client_refused_total{target=\"ad-hoc\"}");
	}

	long exchanges(String outcome) {
		return value("udp_client_exchanges_total{outcome=\"%s\",target=\"ad-hoc\"}".formatted(outcome));
	}

	long portUnreachable() {
		return value(
				"udp_client_icmp_errors_total{code=\"port-unreachable\",target=\"ad-hoc\",type=\"destination-unreachable\"}");
	}

	private long value(String name) {
		return Math.round(this.values.getOrDefault(name, 0.0));
	}

}
