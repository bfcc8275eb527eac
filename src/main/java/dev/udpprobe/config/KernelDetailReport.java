package dev.udpprobe.config;

import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import dev.udpprobe.linux.KernelDetail;

/**
 * Says which detail of the kernel is available, and why the rest is not: once in the log,
 * and in {@code /actuator/info}.
 */
final class KernelDetailReport implements InfoContributor {

	private static final Log logger = LogFactory.getLog(KernelDetailReport.class);

	private final Map<String, String> report;

	KernelDetailReport(KernelDetail detail) {
		this.report = Map.of("icmpErrors", availability(detail.noErrors()), "timestamps",
				availability(detail.noTimes()));
		logger.info("ICMP errors in detail: %s; the kernel's timestamps: %s".formatted(this.report.get("icmpErrors"),
				this.report.get("timestamps")));
	}

	private static String availability(@Nullable String reason) {
		return Objects.requireNonNullElse(reason, "available");
	}

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("kernel", this.report);
	}

}
