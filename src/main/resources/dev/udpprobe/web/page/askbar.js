// One field and Enter: what everybody can ask from anywhere.

import {html} from './lit-html/lit-html.js'
import {link} from './route.js'

/** @param service whose default target is asked where none is named */
export const askBar = (service) => html`
	<form class="askbar" @submit=${(event) => {
		event.preventDefault()
		const target = event.target.elements.target.value.trim()
		sessionStorage.setItem('ask', 'now')
		location.hash = link(['ask'], {target})
	}}>
		<label class="grow"><span class="unseen">Target to ask</span><input name="target" autocomplete="off" spellcheck="false" autocapitalize="off"
			placeholder=${service.target ? `Ask a target: a name or host:port (${service.target})` : 'Ask a target: a name or host:port'}></label>
		<button class="primary">Ask</button>
	</form>`
