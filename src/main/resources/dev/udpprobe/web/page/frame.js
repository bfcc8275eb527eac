// What stands around each view: where one is, what is wrong anywhere, whether it is live, and what this service is.

import {html, nothing} from './lit-html/lit-html.js'
import {ago, count, time} from './format.js'
import {icon} from './outcome.js'
import {link} from './route.js'

const VIEWS = [['targets', 'Targets', link(['targets'])], ['ask', 'Ask', link(['ask'])], ['echo', 'Echo server', link(['echo'])]]

const STATES = [['down', 'down'], ['unknown', 'unknown'], ['up', 'up']]

export const frame = (state) => html`
	<header class="top">
		<button class="skip" @click=${() => document.getElementById('main').focus()}>Skip to what this page shows</button>
		<a class="brand" href="#/">udp-probe</a>
		<nav aria-label="Views">${VIEWS.map(([name, words, href]) => html`
			<a href=${href} aria-current=${(state.name === name || (name === 'targets' && state.name === 'target')) ? 'page' : nothing}>${words}</a>`)}
		</nav>
		${summary(state)}
		${liveness(state)}
	</header>
	<main id="main" tabindex="-1">${state.view?.view() ?? nothing}</main>
	${footer(state.service)}`

function summary({summary, live}) {
	if (!summary) return html`<div class="summary"></div>`
	return html`<div class="summary ${live ? '' : 'stale'}">${STATES.filter(([state]) => summary[state] > 0).map(([state, words]) => html`
		<a href=${link(['targets'], {state})}>${icon(state)} <b>${count(summary[state])}</b> ${words}</a>`)}</div>`
}

/** What is not live says so, and since when; and to those who hear it only when that changes. */
const liveness = ({live, heard}) => html`<div class="liveness ${live ? 'on' : 'off'}" role="status">${live
	? html`<span class="pulse"></span>live`
	: heard ? html`not live since ${time(heard)}` : 'connecting'}</div>`

function footer(service) {
	const kernel = service.kernel ?? {}
	const missing = ['icmpErrors', 'timestamps'].filter((name) => kernel[name] && kernel[name] !== 'available')
	return html`<footer>
		<span>udp-probe ${service.version ?? ''}</span>
		${service.started ? html`<span title=${time(service.started)}>up for ${ago(service.started)}</span>` : nothing}
		${service.kernel ? html`<span title=${missing.map((name) => kernel[name]).join('; ')}>${missing.length === 0
			? 'ICMP errors and times by the kernel'
			: 'without all of the kernel’s detail: ' + kernel[missing[0]]}</span>` : nothing}
		<nav aria-label="More">
			${service.api ? html`<a href=${service.api}>API</a>` : nothing}
			<a href="modules">Modules</a>
			<a href="probes">Probes</a>
			${service.metrics ? html`<a href=${service.metrics}>Metrics</a>` : nothing}
		</nav>
	</footer>`
}
