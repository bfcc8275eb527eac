package dev.udpprobe.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.udpprobe.destination.Target;
import dev.udpprobe.destination.Targets;
import dev.udpprobe.monitor.Monitor;
import dev.udpprobe.monitor.TargetFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Files of targets that change while the service runs.
 */
class TargetFileTests extends HttpTests {

	private static final Path FILE = TARGET_FILES.resolve("a.yaml");

	@Autowired
	Monitor monitor;

	@Autowired
	Targets targets;

	@Autowired
	TargetFiles files;

	private static String group(String name) {
		return "- targets: ['192.0.2.1:7']\n  labels: {__name: %s, __module: echo, __interval: 1d, zone: b}\n"
				.formatted(name);
	}

	private void replace(String text) throws Exception {
		Path next = Files.writeString(TARGET_FILES.resolve("a.next"), text);
		Files.move(next, FILE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private List<String> named() {
		return this.targets.all().stream().map(Target::name).toList();
	}

	@AfterEach
	void removeFiles() throws Exception {
		Files.deleteIfExists(FILE);
		assertThat(this.http.reload()).isEqualTo(200);
		assertThat(named()).containsExactly("echo", "closed", "silent");
		assertThat(this.monitor.targets()).extracting((target) -> target.spec().name())
				.containsExactly("echo", "closed", "silent");
	}

	@Test
	void aFileThatIsRenamedIntoPlaceIsReadByItself() throws Exception {
		replace(group("fresh"));
		await().until(() -> this.monitor.find("fresh").isPresent());
		assertThat(named()).containsExactly("echo", "closed", "silent", "fresh");
		assertThat(this.http.get("/targets").text()).contains("\"fresh\"", "192.0.2.1:7");
	}

	@Test
	void aWrongFileIsToldToWhoeverAsksAndKeepsItsTargets() throws Exception {
		replace(group("fresh"));
		assertThat(this.http.reload()).isEqualTo(200);
		Files.writeString(FILE, "- targets: [");
		assertThat(this.http.reload()).isEqualTo(500);
		assertThat(this.files.wrong()).isOne();
		assertThat(this.monitor.find("fresh")).isPresent();
		Files.writeString(FILE, group("other"));
		assertThat(this.http.reload()).isEqualTo(200);
		assertThat(this.files.wrong()).isZero();
		assertThat(this.monitor.find("fresh")).isEmpty();
		assertThat(this.monitor.find("other")).isPresent();
	}

	@Test
	void whatAFileNamesMayBeSentToForAsLong() throws Exception {
		String send = "target=192.0.2.1:7&message=a&timeout=1ms";
		assertThat(this.http.form(send).status()).isEqualTo(403);
		replace(group("fresh"));
		assertThat(this.http.reload()).isEqualTo(200);
		assertThat(this.http.form(send).status()).isNotEqualTo(403);
		replace("[]");
		assertThat(this.http.reload()).isEqualTo(200);
		assertThat(this.http.form(send).status()).isEqualTo(403);
	}

	@Test
	void aTargetOfAFileHasNoMetersOfTheClientsOwn() throws Exception {
		replace("- targets: ['%s']\n  labels: {__name: fresh}\n".formatted(REFUSING.address()));
		assertThat(this.http.reload()).isEqualTo(200);
		String refused = "udp_client_refused_total{target=\"ad-hoc\"}";
		double before = this.http.samples("udp_client").getOrDefault(refused, 0.0);
		assertThat(this.http.form("target=fresh&message=a").status()).isEqualTo(502);
		assertThat(this.http.samples("udp_client")).containsEntry(refused, before + 1)
				.allSatisfy((name, _) -> assertThat(name).doesNotContain("fresh"));
	}

}
