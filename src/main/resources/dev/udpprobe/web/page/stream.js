// The one stream of events: https://html.spec.whatwg.org/multipage/server-sent-events.html

const EVENTS = ['service', 'summary', 'page', 'targets', 'target', 'gone', 'echo']

/** The service tells something each second. */
const SILENCE_MILLIS = 4_000

const PAUSE_MILLIS = 80

const RETRY_MILLIS = [500, 1_000, 2_000, 5_000]

/** Of what would be answered the same another time. */
const FINAL = [400, 401, 403]

/**
 * Watches what a view shows. It comes back by itself when it was cut, and rests while nobody looks at the page.
 */
export class Stream {
	#query
	#source
	#failures = 0
	#timer
	#listener

	/** When the stream began or told something, by a clock that nobody sets. */
	#sign = 0

	/** Whether all that is watched was told, though it may have changed since. */
	#told = false

	/** How often a stream has begun. */
	#begun = 0

	/** Whether what is shown is how things are. */
	live = false

	/** Whether somebody wants it to stand still. */
	paused = false

	/** Whether nobody answers at all. */
	unreachable = false

	/** When something was heard last, in the browser's time; 0 for never. */
	heard = 0

	/**
	 * @param listener {{begin(), event(name, data), liveness(), refused(problem)}} what is told after begin is told from its
	 * beginning; a problem is why the query cannot be watched
	 */
	constructor(listener) {
		this.#listener = listener
		setInterval(() => this.#look(), 1_000)
		document.addEventListener('visibilitychange', () => this.#open())
		// A page that comes back from the browser's memory.
		addEventListener('pageshow', (event) => event.persisted && this.#open())
	}

	/**
	 * @param query of GET /events
	 * @param anew whether somebody watches it who knows nothing yet
	 */
	watch(query, anew = false) {
		if (query !== this.#query || anew) {
			const first = this.#query === undefined
			this.#query = query
			this.#told = false
			this.#close()
			// Who types or scrolls wants the last of many.
			this.#later(first ? 0 : PAUSE_MILLIS)
		}
	}

	pause(paused) {
		this.paused = paused
		if (paused) this.#set(false)
		// What is not told yet still comes.
		if (!paused || this.#told) this.#open()
		this.#listener.liveness()
	}

	#later(millis) {
		clearTimeout(this.#timer)
		this.#timer = setTimeout(() => this.#open(), millis)
	}

	#open() {
		this.#close()
		// Who has it stand still sees other things once.
		if (document.hidden || (this.paused && this.#told)) {
			this.#set(false)
			return
		}
		if (this.#query === undefined) return
		const source = new EventSource('events?' + this.#query)
		this.#source = source
		this.#sign = performance.now()
		let begun = false
		let looks = 0
		source.onopen = () => {
			begun = true
			this.unreachable = false
			this.#begun++
			this.#failures = 0
			this.#listener.begin()
		}
		source.onerror = () => {
			this.#fail()
			if (!begun) this.#ask(this.#query)
		}
		for (const name of EVENTS) {
			source.addEventListener(name, (event) => {
				// Each look begins with it, so the one before it is whole.
				if (name === 'summary' && ++looks > 1) this.#told = true
				if (this.paused && this.#told) {
					this.#close()
					return
				}
				this.#sign = performance.now()
				this.heard = Date.now()
				this.#set(!this.paused)
				this.#listener.event(name, JSON.parse(event.data))
			})
		}
	}

	/** Not the browser's own retry, which gives up for ever when the service is too busy to answer. */
	#fail() {
		this.#close()
		this.#later(RETRY_MILLIS[Math.min(this.#failures++, RETRY_MILLIS.length - 1)])
		this.live = false
		this.#listener.liveness()
	}

	/** Why a stream does not begin: an EventSource does not tell. */
	async #ask(query) {
		const abort = new AbortController()
		const before = this.#begun
		try {
			const answer = await fetch('events?' + query, {headers: {Accept: 'application/json'}, signal: abort.signal})
			this.unreachable = false
			const problem = answer.ok ? undefined : await answer.json()
			if (!problem || query !== this.#query || before !== this.#begun) return
			if (FINAL.includes(answer.status)) clearTimeout(this.#timer)
			this.#listener.refused(problem)
		} catch {
			this.unreachable = before === this.#begun
			this.#listener.liveness()
		} finally {
			// An answer that is there is a stream, which does not end by itself.
			abort.abort()
		}
	}

	#look() {
		if (this.#source && performance.now() - this.#sign > SILENCE_MILLIS) {
			this.unreachable = true
			this.#fail()
		}
	}

	#close() {
		clearTimeout(this.#timer)
		this.#source?.close()
		this.#source = undefined
	}

	#set(live) {
		if (live !== this.live) {
			this.live = live
			this.#listener.liveness()
		}
	}
}

/** Takes over what has changed of an object: null says that something is not there any more. */
export function merge(known, changed) {
	for (const [name, value] of Object.entries(changed)) {
		if (value === null) delete known[name]
		else known[name] = value
	}
	return known
}
