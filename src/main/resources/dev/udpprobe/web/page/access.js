// Who looks at the page, and what they may do.

import {html, nothing} from './lit-html/lit-html.js'
import {here} from './route.js'

/** @returns whether whoever looks may have datagrams sent, as far as is known */
export const mayAsk = (service) => service.rights?.includes('ask') ?? true

/** The address goes with them, so that they come back to it. */
export const signIn = (words) => html`<a href=${'sign-in' + here()}>${words}</a>`

/** What stands in the place of what only some may use. */
export const whyNot = (service) => html`<p class="dim">${service.account ? html`The account <b>${service.account}</b> may look, and not send.`
	: html`You may look, and not send${service.signIn ? html` until you ${signIn('sign in')}` : nothing}.`}</p>`

/** Who one is. */
export const account = (service) => service.account ? html`<span class="account"><span class="dim">${service.account}</span>
	<button @click=${signOut}>Sign out</button></span>`
	: service.signIn ? html`<span class="account">${signIn('Sign in')}</span>` : nothing

async function signOut() {
	const answer = await fetch('sign-out', {method: 'POST'}).catch(() => undefined)
	if (answer?.ok) location.reload()
}
