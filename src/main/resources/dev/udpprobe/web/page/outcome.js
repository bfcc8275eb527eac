// What can come of a datagram, as a word, a shape and a colour.

import {html, svg} from './lit-html/lit-html.js'

const DOT = svg`<circle cx="8" cy="8" r="5.5" fill="currentColor"/>`
const CROSS = svg`<path d="M3.5 3.5l9 9M12.5 3.5l-9 9" class="stroke strong"/>`
const SLASH = svg`<circle cx="8" cy="8" r="5.5" class="stroke"/><path d="M4.2 11.8l7.6-7.6" class="stroke"/>`
const DASHES = svg`<circle cx="8" cy="8" r="5.5" class="stroke" stroke-dasharray="2.4 2.2"/>`
const HALF = svg`<circle cx="8" cy="8" r="5" class="stroke"/><path d="M8 3a5 5 0 0 1 0 10z" fill="currentColor"/>`
const HOURGLASS = svg`<path d="M4 3h8l-8 10h8z" class="stroke"/>`
const NOT_EQUAL = svg`<path d="M3 6h10M3 10h10M11 2.5l-6 11" class="stroke"/>`
const SQUARE = svg`<rect x="3.5" y="3.5" width="9" height="9" class="stroke"/>`
const WIDE = svg`<path d="M2 8h12M4.5 5.5L2 8l2.5 2.5M11.5 5.5L14 8l-2.5 2.5" class="stroke"/>`
const TURN = svg`<path d="M3 11V7a3 3 0 0 1 3-3h7m-2.5-2.5L13 4l-2.5 2.5M9 12h4" class="stroke"/>`
const QUESTION = svg`<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2C8.3 8.6 8 9 8 10m0 2.2v.6" class="stroke"/>`
const HAND = svg`<path d="M3 8h10" class="stroke strong"/>`

/** What people call it, its shape, and how bad it is. */
const KINDS = {
	up: ['up', DOT, 'good'],
	down: ['down', CROSS, 'bad'],
	unknown: ['unknown', QUESTION, 'dim'],
	'by-hand': ['by hand', HAND, 'dim'],
	pass: ['pass', DOT, 'good'],
	fail: ['fail', HALF, 'bad'],
	replied: ['replied', DOT, 'good'],
	refused: ['refused', CROSS, 'bad'],
	unreachable: ['unreachable', SLASH, 'bad'],
	expired: ['expired', HOURGLASS, 'bad'],
	'timed-out': ['timed out', DASHES, 'warn'],
	mismatched: ['mismatched', NOT_EQUAL, 'warn'],
	misaddressed: ['misaddressed', TURN, 'warn'],
	'not-sent': ['not sent', SQUARE, 'warn'],
	unresolved: ['unresolved', QUESTION, 'warn'],
	'too-big': ['too big', WIDE, 'warn'],
	duplicate: ['duplicate', WIDE, 'warn'],
}

export const OUTCOMES = ['replied', 'refused', 'unreachable', 'expired', 'timed-out', 'mismatched', 'misaddressed', 'not-sent',
	'unresolved', 'too-big']

const OTHER = (kind) => [String(kind), SQUARE, 'warn']

export const word = (kind) => (KINDS[kind] ?? OTHER(kind))[0]

export const severity = (kind) => (KINDS[kind] ?? OTHER(kind))[2]

/** @returns the shape alone, as markup of SVG in 16 by 16 */
export const shape = (kind) => (KINDS[kind] ?? OTHER(kind))[1]

/** @returns the kind of an exchange: a reply may be no good one, and silence may be good */
export const kindOf = ({outcome, verdict}) => outcome === 'replied' ? (verdict === 'fail' ? 'fail' : outcome) : verdict === 'pass' ? 'pass' : outcome

/** Why nothing has come of a target yet. */
export const unasked = ({state, allowed}) => !allowed ? 'it cannot be resolved, or may not be sent to' : state === 'by-hand' ? 'asked by hand only' : 'no round has ended'

export const icon = (kind) => html`<svg class="icon ${severity(kind)}" viewBox="0 0 16 16" aria-hidden="true">${shape(kind)}</svg>`

/** @param big for what the eye has to find first */
export const badge = (kind, big = false) => html`<span class="badge ${severity(kind)} ${big ? 'big' : ''}">${icon(kind)}<b>${word(kind)}</b></span>`
