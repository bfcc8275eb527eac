package dev.udpprobe.page;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ten thousand targets: the page has those on the screen, wherever one scrolls, and finds each at once.
 */
class ManyTargetsTests extends BrowserPageTests {

	private static final int COUNT = 10_000;

	private static final String ROW = ".rows [role=row]";

	@Test
	void areScrolledAndFiltered() throws Exception {
		monitor(IntStream.range(0, COUNT).mapToObj((i) -> """
				- targets: ["127.0.0.1:9"]
				  labels: {__name: host-%05d, rack: r%d}
				""".formatted(i, i % 40)).collect(Collectors.joining()));
		page().open("#/targets?sort=name");
		page().awaitText(".found", "10,001 targets");
		assertThat(page().texts(ROW)).hasSizeLessThan(200);
		browser().run("scrollTo(0, document.querySelector('.rows').getBoundingClientRect().top + 5000 * 44)");
		page().awaitText(ROW, "host-05000");
		assertThat(page().texts(ROW)).hasSizeLessThan(200);
		assertThat(browser()
				.run("""
						const row = [...document.querySelectorAll(arguments[0])].find((row) => row.innerText.includes('host-05000'))
						const {top, bottom} = row.getBoundingClientRect()
						return row.ariaRowIndex === '5003' && top < innerHeight && bottom > 0""",
						ROW)
				.asBoolean()).isTrue();
		browser().run("scrollTo(0, 1e9)");
		page().awaitText(ROW, "host-09999");
		browser().run("location.hash = '#/targets?sort=name&search=host-0001'");
		page().awaitText(".found", "10 targets");
		await().untilAsserted(() -> assertThat(page().texts(ROW + " .name a")).hasSize(10));
		assertThat(browser().run("return document.documentElement.scrollHeight").asInt()).as("pixels")
				.isLessThan(2_000);
		browser().click("input[type=search]");
		browser().run("document.activeElement.value = ''");
		browser().type("rack=r7 host-012");
		page().awaitText(".found", "3 targets");
		await().untilAsserted(
				() -> assertThat(page().texts(ROW + " .name a")).containsExactly("host-01207", "host-01247",
						"host-01287"));
	}

}
