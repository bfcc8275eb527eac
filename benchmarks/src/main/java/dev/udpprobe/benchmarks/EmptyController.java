package dev.udpprobe.benchmarks;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that Spring MVC can answer JSON with: what {@code POST /send} is compared with.
 * The application finds it by itself, because its scan begins at {@code dev.udpprobe}.
 */
@RestController
class EmptyController {

	record Empty(String outcome) {}

	@PostMapping("/empty")
	Empty empty() {
		return new Empty("replied");
	}

}
