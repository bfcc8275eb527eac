package dev.udpprobe.network;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the service says of the detail that it has.
 */
@InLab
class ReportTests {

	private static final String REFUSED = "the JVM was started without --enable-native-access=ALL-UNNAMED";

	private final Mode mode;

	private final Service service;

	ReportTests(Mode mode, Lab lab) {
		this.mode = mode;
		this.service = lab.service(mode);
	}

	private String availability() {
		return switch (this.mode) {
			case NATIVE -> "available";
			case PLAIN -> REFUSED;
		};
	}

	@Test
	void anEndpointSaysWhatThereIs() throws Exception {
		assertThat(this.service.http().get("/actuator/info").json()).containsEntry("kernel",
				Map.of("icmpErrors", availability(), "timestamps", availability()));
	}

	@Test
	void oneLineAtTheStartSaysWhatThereIs() {
		assertThat(this.service.log().lines()).filteredOn((line) -> line.contains("ICMP errors in detail"))
				.singleElement()
				.asString()
				.contains("INFO", "ICMP errors in detail: %s; the kernel's timestamps: %s".formatted(availability(),
						availability()));
	}

	@Test
	void nothingWarnsOfNativeAccess() {
		assertThat(this.service.log().lines()).noneMatch((line) -> line.contains("WARNING"));
	}

}
