package dev.udpprobe.web;

import java.io.IOException;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

import dev.udpprobe.access.Right;

/**
 * What Tomcat forwards: errors that no handler answers, such as its own and those of this
 * service.
 */
@RestController
@Hidden
class ErrorsController implements ErrorController {

	@Needs(Right.VIEW)
	@RequestMapping("${server.error.path:${error.path:/error}}")
	void error(HttpServletRequest request, HttpServletResponse response) throws IOException, NoResourceFoundException {
		if (request.getDispatcherType() != DispatcherType.ERROR) {
			String path = request.getRequestURI();
			throw new NoResourceFoundException(HttpMethod.valueOf(request.getMethod()), path, path.substring(1));
		}
		HttpStatusCode status = HttpStatusCode.valueOf((int) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE));
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail(status));
		// Not returned, because Spring would decode the path.
		Answers.write(problem, (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), request, response);
	}

	private static String detail(HttpStatusCode status) {
		if (status.is5xxServerError()) {
			return "the service failed; its log says why";
		}
		return status.isSameCodeAs(HttpStatus.REQUEST_TIMEOUT)
				? "the request has not come to its end in time"
				: "the request is malformed, or asks for what the service does not do";
	}

}
