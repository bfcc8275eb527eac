package dev.udpprobe.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.access.Right;
import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.Prober;
import dev.udpprobe.probe.SendResult;

/**
 * {@code GET /check}: a health check of a UDP service, for whoever can only ask HTTP, such as a kubelet or a load balancer.
 */
@RestController
class CheckController {

	private final Prober prober;

	CheckController(Prober prober) {
		this.prober = prober;
	}

	@GetMapping("/check")
	@Needs(Right.ASK)
	@ProbeApi.Check
	ResponseEntity<?> check(HttpServletRequest request) throws InterruptedException {
		Prober.Request asked = Requests.probe(RequestReader.query(request, Field.Request.CHECK));
		this.prober.checkModule(asked.module());
		SendResult result = Await.result(this.prober.check(asked));
		AuditFilter.outcome(request, result);
		return Answers.check(result, AnswerForm.of(request));
	}

}
