// What stands in the place of an answer where there is none.

import {html} from './lit-html/lit-html.js'

/** @param answer a problem (RFC 9457), or what is told like one */
export const problem = (answer) => answer.title === 'stopped' ? html`<p class="dim">${answer.detail}</p>`
	: html`<div class="card problem"><b>${answer.title}</b> ${answer.detail}</div>`
