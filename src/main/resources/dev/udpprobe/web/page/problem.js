// What stands in the place of an answer where there is none.

import {signIn} from './access.js'
import {html, nothing} from './lit-html/lit-html.js'

const UNAUTHORIZED = 401

/** @param answer a problem (RFC 9457), or what is told like one; again does what may help */
export const problem = (answer) => answer.title === 'stopped' ? html`<p class="dim">${answer.detail}</p>`
	: html`<div class="card problem" role="alert"><b>${(answer.title ?? 'no-answer').replaceAll('-', ' ')}</b> ${answer.detail}
		${answer.status === UNAUTHORIZED ? signIn('Sign in') : nothing}
		${answer.again ? html`<button @click=${answer.again}>Load the page again</button>` : nothing}</div>`
