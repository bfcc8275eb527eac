package dev.udpprobe.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes down which tests were skipped and why, a line for each reason. The build shows it at its end.
 */
public final class SkippedTests implements TestExecutionListener {

	private final Path file;

	private final Map<String, Integer> reasons = new ConcurrentHashMap<>();

	private volatile @Nullable TestPlan plan;

	public SkippedTests() {
		this(Path.of("target", "skipped-tests.txt"));
	}

	SkippedTests(Path file) {
		this.file = file;
	}

	@Override
	public void testPlanExecutionStarted(TestPlan started) {
		this.plan = started;
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		count(test, reason);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
			count(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
		}
	}

	/**
	 * Of a parameterized test that did not begin, nobody knows how many there are.
	 */
	private void count(TestIdentifier test, String reason) {
		TestPlan known = this.plan;
		long below = (known != null)
				? known.getDescendants(test).stream().filter((one) -> known.getChildren(one).isEmpty()).count()
				: 0;
		this.reasons.merge(
				reason.replaceFirst("^Assumption failed: ", "").replaceFirst("^skipped: ", "").replaceAll("\\s+", " "),
				(int) Math.max(1, below), Integer::sum);
	}

	@Override
	public void testPlanExecutionFinished(TestPlan finished) {
		try {
			Files.deleteIfExists(this.file);
			if (!this.reasons.isEmpty()) {
				Files.write(this.file, lines());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private List<String> lines() {
		List<String> lines = new ArrayList<>(List.of("Skipped tests, and why:"));
		this.reasons.entrySet()
				.stream()
				.sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
						.thenComparing(Map.Entry.comparingByKey()))
				.forEach((reason) -> lines.add("%5d  %s".formatted(reason.getValue(), reason.getKey())));
		return lines;
	}

}
