package dev.udpprobe.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.util.FileSystemUtils;

import dev.udpprobe.testing.ExternalTool;

/**
 * A network namespace: a host of its own as far as the network goes ({@code ip-netns(8)}).
 */
record Namespace(String name) implements AutoCloseable {

	/** A program here sees the files in the namespace's directory in place of those of {@code /etc}. */
	private static final Path FILES = Path.of("/etc/netns");

	/**
	 * Makes the namespace, if the system lets it.
	 */
	Command.Result create() {
		return Command.run(new byte[0], "ip", List.of("netns", "add", this.name));
	}

	/**
	 * Tries whether the system has what a lab is made of: links and nftables.
	 */
	Command.Result check() {
		Command.Result link = Command.run(new byte[0], "ip",
				List.of("-n", this.name, "link", "add", "check", "type", "veth"));
		if (link.status() != 0) {
			return link;
		}
		ip("link delete check");
		return Command.run(bytes("add table inet lab%n".formatted()), "ip",
				List.of("netns", "exec", this.name, "nft", "-f", "-"));
	}

	/**
	 * Runs a program here.
	 * @return what it wrote
	 */
	String run(byte[] input, String... command) {
		List<String> arguments = new ArrayList<>(List.of("netns", "exec", this.name));
		arguments.addAll(Arrays.asList(command));
		return Command.ok(input, "ip", arguments);
	}

	String run(String... command) {
		return run(new byte[0], command);
	}

	/**
	 * Executes commands of {@code ip(8)}, one in a line.
	 */
	void ip(String commands) {
		Command.ok(bytes(commands), "ip", List.of("-n", this.name, "-batch", "-"));
	}

	/**
	 * Forgets what was learnt of paths.
	 */
	void flushRoutes() {
		Command.ok(new byte[0], "ip", List.of("-n", this.name, "-4", "route", "flush", "cache"));
		Command.ok(new byte[0], "ip", List.of("-n", this.name, "-6", "route", "flush", "cache"));
	}

	/**
	 * Changes settings of the kernel, one in a line.
	 */
	void sysctl(String settings) {
		StringBuilder script = new StringBuilder();
		settings.lines().map((line) -> line.split(" ", 2)).forEach((setting) -> script
				.append("echo '%s' >/proc/sys/net/%s%n".formatted(setting[1], setting[0])));
		run(bytes(script.toString()), "sh", "-e");
	}

	/**
	 * Replaces all that nftables do here.
	 * @param chains of the table {@code lab}, which is for both families
	 */
	void nft(String chains) {
		run(bytes("flush ruleset%ntable inet lab {%n%s%n}%n".formatted(chains)), "nft", "-f", "-");
	}

	/**
	 * Has the programs that start here from now on ask a name server.
	 */
	void nameServer(String address) throws IOException {
		Files.writeString(Files.createDirectories(FILES.resolve(this.name)).resolve("resolv.conf"),
				"nameserver %s%n".formatted(address));
	}

	/**
	 * Has them ask the host's own again.
	 */
	void hostsNameServer() {
		FileSystemUtils.deleteRecursively(FILES.resolve(this.name).toFile());
	}

	/**
	 * Starts a program here, whose output can be read and input written.
	 */
	ExternalTool start(String... command) throws IOException {
		return ExternalTool.start("ip", here(command));
	}

	/**
	 * Starts a program here; all that it writes goes to a file.
	 */
	ExternalTool startLogging(Path log, String... command) throws IOException {
		return ExternalTool.startLogging(log, "ip", here(command));
	}

	// It becomes the program and starts none, so that the program ends with it.
	private String[] here(String... command) {
		List<String> arguments = new ArrayList<>(List.of("netns", "exec", this.name));
		arguments.addAll(Arrays.asList(command));
		return arguments.toArray(String[]::new);
	}

	/**
	 * Deletes the namespace, with all its interfaces.
	 */
	@Override
	public void close() {
		Command.ok(new byte[0], "ip", List.of("netns", "delete", this.name));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
