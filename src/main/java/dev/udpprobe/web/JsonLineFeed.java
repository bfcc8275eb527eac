package dev.udpprobe.web;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends JSON with a line feed, so that the next prompt of a terminal has a line of its own. The framework's own endpoints, such as
 * health, take part.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class JsonLineFeed implements ServerHttpMessageConvertersCustomizer, ResponseBodyAdvice<byte[]> {

	private final JsonMapper mapper;

	JsonLineFeed(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public void customize(ServerBuilder builder) {
		builder.withJsonConverter(new JacksonJsonHttpMessageConverter(this.mapper) {

			@Override
			protected void writeSuffix(JsonGenerator out, Object value) {
				super.writeSuffix(out, value);
				out.writeRaw('\n');
			}

		});
	}

	/**
	 * The OpenAPI document comes as bytes.
	 */
	@Override
	public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converterType) {
		return converterType == ByteArrayHttpMessageConverter.class;
	}

	@Override
	public byte @Nullable [] beforeBodyWrite(byte @Nullable [] body, MethodParameter returnType, MediaType type,
			Class<? extends HttpMessageConverter<?>> converterType, ServerHttpRequest request,
			ServerHttpResponse response) {
		if (body == null || !type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
			return body;
		}
		byte[] line = Arrays.copyOf(body, body.length + 1);
		line[body.length] = '\n';
		return line;
	}

}
