package dev.udpprobe.linux;

import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import dev.udpprobe.testing.ExternalTool;
import dev.udpprobe.testing.Processes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the C headers of this system say of every structure and constant.
 */
@EnabledOnOs(value = OS.LINUX, architectures = {"amd64", "aarch64"})
class LayoutTests {

	private static final String HEADERS = """
			#define _GNU_SOURCE
			#include <stdio.h>
			#include <stddef.h>
			#include <string.h>
			#include <errno.h>
			#include <time.h>
			#include <sys/socket.h>
			#include <sys/uio.h>
			#include <netinet/in.h>
			#include <linux/errqueue.h>
			#include <linux/net_tstamp.h>
			#include <linux/filter.h>
			#include <linux/sock_diag.h>
			#include <linux/udp.h>
			#include <sys/time.h>
			#include <sys/mman.h>
			#define SOL_UDP IPPROTO_UDP
			""";

	private static final List<Class<?>> CLASSES = List.of(ControlMessages.class, DatagramBatch.class,
			DatagramReader.class,
			ExtendedErrors.class, Messages.class, PacketInfo.class, Pages.class, SocketAddresses.class,
			SocketOptions.class, SocketQueue.class, SystemCalls.class,
			Timestamps.class);

	/** Names that the C headers have; the other constants are this program's own. */
	private static final Predicate<String> OF_THE_HEADERS = Pattern
			.compile("(AF|IP|IPV6|IPPROTO|MSG|SO|SOF|SOL|SHUT|UDP|SK|BPF|PROT|MAP)_[A-Z0-9_]+")
			.asMatchPredicate();

	private final Path directory;

	LayoutTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void everyStructureIsTheCompilersOwn() throws Exception {
		Map<String, String> ours = new TreeMap<>();
		for (StructLayout layout : constants(StructLayout.class).values()) {
			// The linker's own, which is no structure of C.
			if (layout.equals(SystemCalls.ERRNO)) {
				continue;
			}
			String name = "struct " + layout.name().orElseThrow();
			ours.put("sizeof(%s)".formatted(name), Long.toString(layout.byteSize()));
			for (MemoryLayout member : layout.memberLayouts()) {
				member.name().ifPresent((field) -> {
					ours.put("offsetof(%s, %s)".formatted(name, field), Long.toString(
							layout.byteOffset(MemoryLayout.PathElement.groupElement(field))));
					ours.put("sizeof(((%s *) 0)->%s)".formatted(name, field), Long.toString(member.byteSize()));
				});
			}
		}
		assertThat(ours).hasSizeGreaterThan(50);
		assertThat(evaluate("%lld", "(long long) (%s)", ours)).isEqualTo(ours);
	}

	@Test
	void everyConstantIsOfTheHeaders() throws Exception {
		Map<String, String> ours = numbers();
		assertThat(ours).hasSizeGreaterThan(30);
		for (Errno errno : Errno.values()) {
			ours.put(errno.name(), Integer.toString(errno.number()));
		}
		ours.put("IPV6_PMTUDISC_PROBE", Integer.toString(SocketOptions.IP_PMTUDISC_PROBE));
		ours.put("SCM_TIMESTAMPING", Integer.toString(Timestamps.SO_TIMESTAMPING));
		assertThat(evaluate("%lld", "(long long) (%s)", ours)).isEqualTo(ours);
	}

	@Test
	void everyErrorHasTheSystemsWords() throws Exception {
		Map<String, String> ours = new TreeMap<>();
		for (Errno errno : Errno.values()) {
			ours.put(errno.name(), Errno.text(errno.number()));
		}
		assertThat(evaluate("%s", "strerror(%s)", ours)).isEqualTo(ours);
	}

	private static Map<String, String> numbers() throws IllegalAccessException {
		Map<String, String> numbers = new TreeMap<>();
		for (Map.Entry<Field, Integer> constant : constants(Integer.class).entrySet()) {
			if (OF_THE_HEADERS.test(constant.getKey().getName())) {
				numbers.put(constant.getKey().getName(), constant.getValue().toString());
			}
		}
		return numbers;
	}

	private static <T> Map<Field, T> constants(Class<T> type) throws IllegalAccessException {
		Map<Field, T> constants = new LinkedHashMap<>();
		for (Class<?> one : CLASSES) {
			for (Field field : one.getDeclaredFields()) {
				field.setAccessible(true);
				if (Modifier.isStatic(field.getModifiers()) && type.isInstance(field.get(null))) {
					constants.put(field, type.cast(field.get(null)));
				}
			}
		}
		return constants;
	}

	/**
	 * @param expressions the keys are put into the pattern, to be evaluated by a C program
	 */
	private Map<String, String> evaluate(String format, String pattern, Map<String, String> expressions)
			throws IOException, InterruptedException {
		Path source = Files.writeString(this.directory.resolve("facts.c"),
				expressions.keySet()
						.stream()
						.map((key) -> "printf(\"%%s=%s\\n\", \"%s\", %s);\n".formatted(format, key,
								pattern.formatted(key)))
						.collect(Collectors.joining("", HEADERS + "int main(void) {\n", "return 0;\n}\n")));
		Path program = this.directory.resolve("facts");
		run(ExternalTool.find("cc"), "-std=gnu11", "-o", program.toString(), source.toString());
		return Arrays.stream(run(program.toString()).strip().split("\n", -1))
				.map((line) -> line.split("=", 2))
				.collect(Collectors.toMap((fact) -> fact[0], (fact) -> fact[1]));
	}

	private static String run(String... command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("LC_ALL", "C");
		Process process = Processes.start(builder);
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
