package dev.udpprobe.config;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import dev.udpprobe.access.AccessSettings;
import dev.udpprobe.access.Accounts;
import dev.udpprobe.access.AskLimits;
import dev.udpprobe.access.Credentials;
import dev.udpprobe.access.TrustedProxies;

/**
 * Makes what knows who may see, ask and manage.
 */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

	@Bean
	AccessSettings accessSettings(UdpProbeProperties properties) {
		return properties.security().settings();
	}

	@Bean
	AccountSources accountSources(UdpProbeProperties properties) {
		return new AccountSources(properties.security().accountFiles());
	}

	@Bean
	Accounts accounts(AccountSources sources) {
		return sources.accounts();
	}

	@Bean
	TrustedProxies trustedProxies(UdpProbeProperties properties) {
		return properties.http().proxies();
	}

	@Bean
	AskLimits askLimits(UdpProbeProperties properties) {
		SecurityProperties security = properties.security();
		return new AskLimits(security.requestsPerSecond(), security.requestsAtOnce());
	}

	/**
	 * Lazy, because without accounts nobody needs its memory.
	 */
	@Bean
	@Lazy
	Credentials credentials(Accounts accounts) {
		return new Credentials(accounts, new BCryptPasswordEncoder()::matches);
	}

}
