package dev.udpprobe.chart;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkPolicyTests {

	private static final Map<String, Object> DNS = Map.of("ports",
			List.of(Map.of("port", 53, "protocol", "UDP"), Map.of("port", 53, "protocol", "TCP")));

	private static List<Object> egress(String... arguments) {
		return Chart.render(arguments).one("NetworkPolicy").all("$.spec.egress[*]");
	}

	@Test
	void byDefaultNothingButDnsIsLetOut() {
		Rendered rendered = Chart.render("--set", "networkPolicy.enabled=true");
		assertThat(rendered.one("NetworkPolicy").all("$.spec.egress[*]")).containsExactly(DNS);
		assertThat(rendered.one("NetworkPolicy").one("$.spec.policyTypes")).isEqualTo(List.of("Ingress", "Egress"));
		assertThat(Chart.render().kinds()).doesNotContain("NetworkPolicy");
	}

	@Test
	void theConfiguredTargetsAreLetOut() {
		assertThat(egress(Chart.values("client-only"))).containsExactly(DNS, rule("10.96.0.10/32", 53),
				Map.of("ports", List.of(Map.of("protocol", "UDP", "port", 5060))), rule("2001:db8::7/128", 27015));
	}

	@Test
	void theAllowedTargetsAreLetOutInsteadIfThereAreAny() {
		assertThat(egress(Chart.values("config"))).containsExactly(DNS,
				Map.of("ports", List.of(Map.of("protocol", "UDP")), "to", to("10.0.0.0/8")), rule("192.0.2.7/32", 53),
				Map.of("ports", List.of(Map.of("protocol", "UDP", "port", 1024, "endPort", 65535)), "to",
						to("2001:db8::/32")),
				Map.of("ports", List.of(Map.of("protocol", "UDP", "port", 53))));
		String both = "networkPolicy.enabled=true,config.client.allowed-targets={10.0.0.0/8:53},"
				+ "config.targets[0].name=a,config.targets[0].address=192.0.2.1:53";
		assertThat(egress("--set", both)).containsExactly(DNS, rule("10.0.0.0/8", 53));
	}

	@ParameterizedTest
	@CsvSource({"192.0.2.7:53, 192.0.2.7/32", "192.0.2.0/24:53, 192.0.2.0/24", "[::1]:53, ::1/128",
			"[2001:db8::/32]:53, 2001:db8::/32", "[::ffff:192.0.2.1]:53, ::ffff:192.0.2.1/128",
			"192.0.2.7:53-53, 192.0.2.7/32"})
	void anAddressIsLetOutInEachForm(String target, String cidr) {
		List<Object> rules = egress("--set",
				"networkPolicy.enabled=true,config.client.allowed-targets={%s}".formatted(target));
		assertThat(rules).hasSize(2);
		Manifest rule = new Manifest(Yaml.mapping(rules.getLast()));
		assertThat(rule.one("$.to")).isEqualTo(to(cidr));
		assertThat(rule.one("$.ports[0].port")).isEqualTo(53);
	}

	@Test
	void theDefaultTargetIsLetOutUnlessItIsAName() {
		assertThat(egress("--set", "networkPolicy.enabled=true,config.client.target=192.0.2.1:53"))
				.containsExactly(DNS, rule("192.0.2.1/32", 53));
		assertThat(egress("--set", "networkPolicy.enabled=true,config.client.target=echo")).containsExactly(DNS);
	}

	@Test
	void moreRulesOfTheUserAreAdded() {
		assertThat(egress(Chart.values("network-policy"))).containsExactly(DNS,
				Map.of("to", List.of(Map.of("podSelector", Map.of("matchLabels", Map.of("app", "dns")))), "ports",
						List.of(Map.of("protocol", "UDP", "port", 53))));
	}

	@Test
	void peersAreAskedForWhereGivenAndTheTestPodsAreAmongThem() {
		Rendered rendered = Chart.render(Chart.values("network-policy"));
		Manifest policy = rendered.one("NetworkPolicy");
		Map<String, Object> test = policy.mapping("$.spec.ingress[0].from[1].podSelector.matchLabels");
		assertThat(policy.one("$.spec.ingress[1].from[1].podSelector.matchLabels")).isEqualTo(test);
		assertThat(rendered.all("Pod")).hasSize(2)
				.allSatisfy((pod) -> assertThat(pod.mapping("$.metadata.labels")).containsAllEntriesOf(test));
		assertThat(policy.one("$.spec.ingress[0].from[0].ipBlock.cidr")).isEqualTo("192.0.2.0/24");
		assertThat(policy.one("$.spec.ingress[1].from[0].podSelector.matchLabels.app")).isEqualTo("ingress");
		assertThat(policy.all("$.spec.ingress[2].from[*]")).hasSize(1);
	}

	@Test
	void withoutPeersEverybodyIsLetIn() {
		Manifest policy = Chart.render("--set", "networkPolicy.enabled=true,management.port=9090").one("NetworkPolicy");
		assertThat(policy.all("$.spec.ingress[*]")).hasSize(3);
		assertThat(policy.all("$.spec.ingress[*].from")).isEmpty();
	}

	private static Map<String, Object> rule(String cidr, int port) {
		return Map.of("ports", List.of(Map.of("protocol", "UDP", "port", port)), "to", to(cidr));
	}

	private static List<Object> to(String cidr) {
		return List.of(Map.of("ipBlock", Map.of("cidr", cidr)));
	}

}
