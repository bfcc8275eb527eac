// What stands around each view: where one is, what is wrong anywhere, whether it is live, and what this service is.

import {html, nothing} from './lit-html/lit-html.js'
import {account, mayAsk, whyNot} from './access.js'
import {askBar} from './askbar.js'
import {ago, count, time} from './format.js'
import {icon} from './outcome.js'
import {problem} from './problem.js'
import {link} from './route.js'

const VIEWS = [['targets', 'Targets'], ['ask', 'Ask'], ['echo', 'Echo server']]

const STATES = ['down', 'unknown', 'up']

export const frame = (state) => html`
	<header class="top">
		<button class="skip" @click=${() => document.getElementById('main').focus()}>Skip to content</button>
		<a class="brand" href="#/">udp-probe</a>
		<nav aria-label="Views">${VIEWS.filter(([name]) => name !== 'ask' || mayAsk(state.service)).map(([name, words]) => html`
			<a href=${name === 'targets' ? state.list : link([name])} aria-current=${(state.name === name || (name === 'targets' && state.name === 'target')) ? 'page' : nothing}>${words}</a>`)}
		</nav>
		${summary(state)}
		${liveness(state.stream)}
		${account(state.service)}
	</header>
	<main id="main" tabindex="-1">
		${state.name === 'ask' ? nothing : mayAsk(state.service) ? askBar(state.service) : whyNot(state.service)}
		${state.refused ? problem(state.refused) : nothing}
		${wrong(state)}
		${state.view?.view() ?? nothing}
	</main>
	${footer(state.service)}`

function summary({summary, stream}) {
	if (!summary) return html`<div class="summary"></div>`
	return html`<div class="summary ${stream.live ? '' : 'stale'}">${STATES.filter((state) => summary[state] > 0).map((state) => html`
		<a href=${link(['targets'], {state})}>${icon(state)} <b>${count(summary[state])}</b> ${state}</a>`)}</div>`
}

const wrong = ({summary}) => summary?.wrongFiles > 0 ? html`<p class="warn">${count(summary.wrongFiles)} ${summary.wrongFiles === 1 ? 'file' : 'files'} of targets
	cannot be used in full: the log of the service says why.</p>` : nothing

/** A button, because what moves has to be able to stand still (WCAG 2.2, 2.2.2). */
function liveness(stream) {
	const {live, heard, paused} = stream
	return html`<button class="liveness ${live ? 'on' : 'off'}" title=${paused ? 'Go on' : 'Stand still'} @click=${() => stream.pause(!paused)}>${live
		? html`<span class="dot"></span>live` : paused ? html`paused since ${time(heard)}` : heard ? html`not live since ${time(heard)}` : 'connecting'}<span
		class="unseen">; ${paused ? 'go on' : 'stand still'}</span></button>
	<span class="unseen" role="status">${live ? 'live' : paused ? 'paused' : 'not live'}</span>`
}

function footer(service) {
	const kernel = service.kernel ?? {}
	const missing = Object.values(kernel).filter((available) => available !== 'available')
	return html`<footer>
		<span>udp-probe ${service.version ?? ''}</span>
		${service.started ? html`<span>up for ${ago(service.started)}, since ${time(service.started)}</span>` : nothing}
		${service.kernel ? html`<span>kernel: ${missing.length === 0 ? 'ICMP errors and timestamps available' : missing.join('; ')}</span>` : nothing}
		<span>times in ${Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
		<nav aria-label="More">
			${service.api ? html`<a href=${service.api}>API</a>` : nothing}
			${service.metrics ? html`<a href=${service.metrics}>Metrics</a>` : nothing}
			${service.documents ? html`<a href=${service.documents}>Documents</a>` : nothing}
		</nav>
	</footer>`
}
