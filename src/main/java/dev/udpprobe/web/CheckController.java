package dev.udpprobe.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.udpprobe.probe.Await;
import dev.udpprobe.probe.Prober;

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
	@SendsDatagrams
	@ProbeApi.Check
	ResponseEntity<?> check(HttpServletRequest request) throws InterruptedException {
		Prober.Request asked = Requests.probe(RequestReader.query(request, Field.Request.CHECK));
		this.prober.checkModule(asked.module());
		return Answers.check(Await.result(this.prober.check(asked)), AnswerForm.of(request));
	}

}
