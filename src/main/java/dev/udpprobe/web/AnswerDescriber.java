package dev.udpprobe.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationComponentsCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

import dev.udpprobe.access.AccessSettings;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.Right;

/**
 * Tells in the OpenAPI description what a handler {@link Gives}, and what whoever has not the right that it {@link Needs}: for each
 * status all that it may mean, each by an example.
 */
@Component
class AnswerDescriber implements GlobalOperationComponentsCustomizer {

	/** What comes of a request without the right. */
	private static final Map<Right, List<Response>> REFUSED = Map.of(Right.VIEW,
			List.of(Response.NO_ACCOUNT, Response.MAY_NOT_VIEW, Response.WRONG_TOO_OFTEN, Response.PASSWORDS),
			Right.ASK,
			List.of(Response.NO_ACCOUNT, Response.MAY_NOT_ASK, Response.WRONG_TOO_OFTEN, Response.TOO_MANY,
					Response.PASSWORDS));

	private final Accounts accounts;

	private final AccessSettings settings;

	AnswerDescriber(Accounts accounts, AccessSettings settings) {
		this.accounts = accounts;
		this.settings = settings;
	}

	@Override
	public Operation customize(Operation operation, HandlerMethod handler) {
		return operation;
	}

	@Override
	public Operation customize(Operation operation, Components components, HandlerMethod handler) {
		Map<String, ApiResponse> responses = new TreeMap<>();
		Right right = HandlerRights.declared(handler);
		Stream.concat(given(handler), refused(right))
				.sorted()
				.forEach((response) -> add(response, path(handler), components, responses));
		if (!responses.isEmpty()) {
			ApiResponses all = new ApiResponses();
			all.putAll(responses);
			operation.setResponses(all);
		}
		if (right != null && this.accounts.isConfigured()) {
			operation.setSecurity(OpenApiConfiguration.accounts(this.settings.everybody(false).contains(right)));
		}
		return operation;
	}

	private static Stream<Response> given(HandlerMethod handler) {
		return MergedAnnotations.from(handler.getMethod())
				.stream(Gives.class)
				.flatMap((gives) -> Stream.of(gives.synthesize().value()));
	}

	private static Stream<Response> refused(@Nullable Right right) {
		return (right != null) ? REFUSED.getOrDefault(right, List.of()).stream() : Stream.of();
	}

	private static String path(HandlerMethod handler) {
		RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
		return (mapping != null) ? mapping.path()[0].replace("{id}", Samples.ID).replace("{name}", Samples.NAME) : "";
	}

	private static void add(Response response, String path, Components components, Map<String, ApiResponse> responses) {
		Response.Answer answer = response.answer();
		ApiResponse told = responses.computeIfAbsent(String.valueOf(answer.status().value()),
				(_) -> new ApiResponse().content(new Content()));
		told.setDescription((told.getDescription() != null)
				? told.getDescription() + "; or " + response.description()
				: response.description());
		for (Body body : answer.bodies()) {
			MediaType content = told.getContent()
					.computeIfAbsent(body.type(), (_) -> new MediaType().schema(body.schema().apply(components)));
			if (body.example() != null) {
				content.addExamples(response.label(),
						new Example().summary(response.label()).value(value(body.example(), path)));
			}
		}
	}

	private static Object value(Object example, String path) {
		if (example instanceof ProblemDetail problem) {
			problem.setInstance(URI.create(path));
		}
		return (example instanceof String) ? example : Answers.tree(example);
	}

}
