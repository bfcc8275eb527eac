package dev.udpprobe.chart;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The objects that one call of Helm made.
 */
public record Rendered(List<Manifest> manifests) {

	static final String CONTAINER = "$.spec.template.spec.containers[0]";

	List<Manifest> all(String kind) {
		return this.manifests.stream().filter((manifest) -> manifest.kind().equals(kind)).toList();
	}

	List<String> kinds() {
		return this.manifests.stream().map(Manifest::kind).toList();
	}

	/**
	 * @return the only object of its kind
	 */
	Manifest one(String kind) {
		return single(all(kind), kind);
	}

	/**
	 * @param suffix how its name ends: that of the release, a dash and this
	 */
	Manifest one(String kind, String suffix) {
		return single(all(kind).stream().filter((manifest) -> manifest.name().equals(name() + "-" + suffix)).toList(),
				kind + " " + suffix);
	}

	Manifest workload() {
		return single(this.manifests.stream()
				.filter((manifest) -> manifest.kind().equals("Deployment") || manifest.kind().equals("DaemonSet"))
				.toList(), "workload");
	}

	String name() {
		return workload().name();
	}

	/**
	 * The ConfigMap of the application, not that of the dashboard.
	 */
	public Manifest config() {
		return single(all("ConfigMap").stream().filter((manifest) -> manifest.name().equals(name())).toList(),
				"ConfigMap");
	}

	private static Manifest single(List<Manifest> manifests, String what) {
		assertThat(manifests).as(what).hasSize(1);
		return manifests.getFirst();
	}

}
