package dev.udpprobe.testing;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SkippedTestsTests {

	/** No class of tests by itself, for Surefire. */
	static class Two {

		@Test
		void skipped() {
			Assumptions.abort("skipped: the program 'a' is not installed");
		}

		@Test
		void passes() {
			assertThat(this).isNotNull();
		}

	}

	/** A class that is skipped as a whole. */
	static class All {

		@BeforeAll
		static void skip() {
			Assumptions.abort("skipped: the program 'b' is not installed");
		}

		@Test
		void one() {}

		@Test
		void two() {}

	}

	@Test
	void aLineForEachReasonTheMostFrequentFirst(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("skipped");
		LauncherFactory.create(LauncherConfig.builder()
				.enableTestExecutionListenerAutoRegistration(false)
				.addTestExecutionListeners(new SkippedTests(file))
				.build())
				.execute(LauncherDiscoveryRequestBuilder.request()
						.selectors(DiscoverySelectors.selectClass(Two.class), DiscoverySelectors.selectClass(All.class))
						.configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
						.build());
		assertThat(Files.readAllLines(file)).containsExactly("Skipped tests, and why:",
				"    2  the program 'b' is not installed", "    1  the program 'a' is not installed");
	}

}
