package dev.udpprobe.web;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.module.Modules;
import dev.udpprobe.module.ProbeModule;
import dev.udpprobe.module.Setting;

/**
 * {@code GET /modules}: the protocols that may be spoken.
 */
@RestController
class ModulesController {

	private final Modules modules;

	ModulesController(Modules modules) {
		this.modules = modules;
	}

	/**
	 * A module as JSON.
	 */
	@Schema(name = "Module")
	record ModuleView(@Schema(example = "dns") String name,
			@Schema(description = "What it asks", example = "Asks a DNS server for records (RFC 1035)") String about,
			@Schema(description = "The port of a target that has none", example = "53") @Nullable Integer port,
			@Schema(description = "What it can be told, each as module. and its name; message is the request's own field") List<SettingView> settings,
			@Schema(description = "What an answer may say: the names of fields") List<String> fields,
			@Schema(description = "What silence may mean", example = "the server is down") String silence,
			@Schema(description = "A command that asks by it") String example) {

		static ModuleView of(ProbeModule module) {
			return new ModuleView(module.name(), module.about(), (module.port() != 0) ? module.port() : null,
					module.settings().stream().map((setting) -> SettingView.of(module, setting)).toList(),
					module.fields(), module.silence(),
					"curl%s -d module=%s%s -d target=127.0.0.1%s localhost:8080/send".formatted(
							module.takesMessage() ? " -d message=hello" : "", module.name(), missing(module),
							(module.port() != 0) ? "" : ":7007"));
		}

		/**
		 * What a request has to give.
		 */
		private static String missing(ProbeModule module) {
			return module.settings().stream()
					.filter((setting) -> !setting.secret() && !setting.name().equals(Field.MESSAGE.label())
							&& module.value(setting) == null)
					.map((setting) -> " -d module.%s=...".formatted(setting.name()))
					.collect(Collectors.joining());
		}

	}

	/**
	 * A setting as JSON.
	 */
	@Schema(name = "Setting")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record SettingView(@Schema(example = "type") String name,
			@Schema(description = "What it is", example = "the type of records") String about,
			@Schema(description = "The value where a request does not say; none where a request has to, and of a secret", example = "SOA") @Nullable String value,
			@Schema(description = "Which values it takes", example = "text") String takes,
			@Schema(description = "Whether the configuration alone gives it", example = "false") boolean secret) {

		private static SettingView of(ProbeModule module, Setting setting) {
			return new SettingView(setting.name(), setting.about(), module.value(setting), setting.takes().toString(),
					setting.secret());
		}

	}

	@GetMapping("/modules")
	@Needs(Right.VIEW)
	@Operation(tags = OpenApiConfiguration.LOOK, summary = "Lists the modules: the protocols that may be spoken, with their settings")
	@Gives({Response.MODULES, Response.BODY, Response.HOST})
	ResponseEntity<?> modules(HttpServletRequest request) {
		List<ModuleView> modules = this.modules.all().stream().map(ModuleView::of).toList();
		return (AnswerForm.of(request) == AnswerForm.TEXT)
				? Answers.text(HttpStatus.OK, table(modules))
				: ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(modules);
	}

	static String table(List<ModuleView> modules) {
		int width = modules.stream().mapToInt((module) -> module.name().length()).max().orElse(0);
		String format = "%%-%ds  %%5s  %%s".formatted(Math.max(width, "module".length()));
		Stream<String> rows = modules.stream()
				.map((module) -> format.formatted(module.name(), (module.port() != null) ? module.port() : "",
						module.about()));
		return Stream.concat(Stream.of(format.formatted("module", "port", "what it does")), rows)
				.collect(Collectors.joining("\n"));
	}

}
