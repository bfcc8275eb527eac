// What stands in the place of an answer where there is none.

import {html, nothing} from './lit-html/lit-html.js'

/** @param answer a problem (RFC 9457), or what is told like one; again does what may help */
export const problem = (answer) => answer.title === 'stopped' ? html`<p class="dim">${answer.detail}</p>`
	: html`<div class="card problem" role="alert"><b>${(answer.title ?? 'no-answer').replaceAll('-', ' ')}</b> ${answer.detail}
		${answer.again ? html`<button @click=${answer.again}>Load the page again</button>` : nothing}</div>`
