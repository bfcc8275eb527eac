package dev.udpprobe.web;

import java.util.List;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.udpprobe.access.Accounts;

/**
 * What the OpenAPI document says of the service as a whole.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	static final String SEND = "Send";

	static final String PATH = "Path";

	static final String PROBE = "Probe";

	static final String LOOK = "Look";

	private static final String DESCRIPTION = """
			udp-probe sends datagrams from connected UDP sockets, and says what came of each: a reply, a refusal, \
			another ICMP error, or silence. It follows the path to a target hop by hop, and finds the longest datagram \
			that the path takes. An echo server answers at the other end; it is the default target, named `echo`.""";

	private static final String TOKEN = "token";

	private static final String PASSWORD = "password";

	private static final String NO_BUILD = "unknown";

	/**
	 * @param build what the build wrote, which an IDE does not
	 * @param path below which all requests are
	 */
	@Bean
	OpenAPI openApi(ObjectProvider<BuildProperties> build, Accounts accounts,
			@Value("${server.servlet.context-path:/}") String path) {
		BuildProperties properties = build.getIfAvailable();
		String version = (properties != null) ? properties.getVersion() : null;
		return new OpenAPI()
				.components(accounts.isConfigured() ? ways() : new Components())
				.info(new Info().title("udp-probe")
						.version((version != null) ? version : NO_BUILD)
						.description(DESCRIPTION)
						.license(new License().name("Apache-2.0")
								.url("https://www.apache.org/licenses/LICENSE-2.0")))
				// Without a host, it is right behind a proxy too, which may speak TLS.
				.servers(List.of(new Server().url(path).description("This service")))
				.tags(List.of(tag(SEND, "Send datagrams, and learn what came of each"),
						tag(PATH, "Look at the path to a target"),
						tag(PROBE, "Ask a UDP service whether it is well"),
						tag(LOOK, "Look at what this service knows")));
	}

	/**
	 * How an account is shown. Browsers show a session, too, without being told.
	 */
	private static Components ways() {
		SecurityScheme.Type http = SecurityScheme.Type.HTTP;
		return new Components()
				.addSecuritySchemes(TOKEN,
						new SecurityScheme().type(http).scheme("bearer").description("The token of an account"))
				.addSecuritySchemes(PASSWORD, new SecurityScheme().type(http)
						.scheme("basic")
						.description("The name and the password of an account"));
	}

	/**
	 * @param everybody whether it works without one, too
	 * @return any of the ways to show an account
	 */
	static List<SecurityRequirement> accounts(boolean everybody) {
		Stream<SecurityRequirement> none = everybody ? Stream.of(new SecurityRequirement()) : Stream.of();
		return Stream.concat(none, Stream.of(TOKEN, PASSWORD).map((way) -> new SecurityRequirement().addList(way)))
				.toList();
	}

	private static Tag tag(String name, String description) {
		return new Tag().name(name).description(description);
	}

}
