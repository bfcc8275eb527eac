// One field and Enter: what everybody can ask from every view.

import {html} from './lit-html/lit-html.js'
import {go, link} from './route.js'

/** The address of a question that somebody asked on this page and that was not sent yet. */
let asked

/** Goes to the view that asks, and has it ask at once. */
export function askNow(target) {
	asked = link(['ask'], {target})
	go(asked)
}

/** @returns whether it was on this page that the question of an address was asked; each is told once */
export function takeAsked(hash) {
	const own = hash === asked
	asked = undefined
	return own
}

/** @param service whose default target is asked where none is named */
export const askBar = (service) => html`
	<form class="askbar" @submit=${(event) => {
		event.preventDefault()
		askNow(event.target.elements.target.value.trim())
	}}>
		<label class="grow"><span class="unseen">Target to ask</span><input name="target" autocomplete="off" spellcheck="false" autocapitalize="off"
			placeholder=${service.target ? `Send to a target name or host:port (${service.target})` : 'Send to a target name or host:port'}></label>
		<button class="primary">Send</button>
	</form>`
