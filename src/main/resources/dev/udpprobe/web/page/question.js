// What the form of a question has, and the request that it makes.

/** How one can ask: the path of the request, and what people call it. */
export const HOWS = [['send', 'Send'], ['ping', 'Ping'], ['trace', 'Trace'], ['mtu', 'MTU']]

const ALL = HOWS.map(([name]) => name)

const MESSAGES = ['message', 'messageHex', 'messageBase64']

/** Further fields: the name, words, what stands for the default, and which requests have it. */
const OPTIONS = [['timeout', 'Time-out', '1s', ALL], ['messageHex', 'Message in hex', '', ALL], ['messageBase64', 'Message in Base64', '', ALL],
	['size', 'Payload, bytes', '40', ['ping']], ['flows', 'Local ports', '1', ['ping']], ['fresh', 'Fresh port for each', 'false', ['ping']],
	['maxHops', 'Hops at most', '30', ['trace']], ['maxSilent', 'Silent hops at most', '5', ['trace']], ['tries', 'Tries', '', ['trace', 'mtu']],
	['ttl', 'TTL', '', ['send']], ['dscp', 'DSCP', '', ALL], ['dontFragment', 'Don’t fragment', '', ['send']], ['source', 'Source address', '', ALL],
	['sourcePort', 'Source port', '', ALL]]

/** A question as an address has it. */
export class Question {
	/**
	 * @param query of the address
	 * @param modules all that there are
	 * @param configured the module that the target has by itself, if it has one
	 */
	constructor(query, modules, configured) {
		this.query = query
		this.how = HOWS.find(([name]) => name === query.get('how')) ?? HOWS[0]
		this.named = query.get('module') || configured
		this.module = modules.find((module) => module.name === this.named)
		this.takesMessage = !this.named
		this.settings = (this.module?.settings ?? []).filter((setting) => !setting.secret)
		this.options = OPTIONS.filter(([name, , , hows]) => hows.includes(this.how[0]) && (this.takesMessage || !MESSAGES.includes(name)))
	}

	get target() {
		return this.query.get('target')?.trim() ?? ''
	}

	/** Whether an unconnected socket is to ask, too. */
	get plain() {
		return this.how[0] === 'send' && this.query.get('plain') !== 'no'
	}

	get #settingNames() {
		return this.named && !this.module ? [...this.query.keys()].filter((key) => key.startsWith('module.') || key === 'message') : this.settings.map(fieldOf)
	}

	/** The fields of the request: those alone that the form shows, and of a module that is not known all that the address has. */
	get fields() {
		const shown = ['target', 'module', ...this.takesMessage ? ['message'] : [], ...this.how[0] === 'ping' ? ['count', 'interval'] : [],
			...this.options.map(([name]) => name), ...this.#settingNames]
		const fields = Object.fromEntries(shown.map((name) => [name, this.query.get(name)]).filter(([, value]) => value))
		if (this.target) fields.target = this.target
		const needsMessage = this.how[0] === 'send' && this.takesMessage && !MESSAGES.some((name) => name in fields)
		return needsMessage ? {...fields, message: 'hello'} : fields
	}

	/** Whether each datagram of a ping has the same payload and port, so that nothing tells whose an answer is. */
	get alike() {
		const {fields} = this
		return this.takesMessage && fields.fresh !== 'true' && MESSAGES.some((name) => name in fields)
	}

	/** What makes one question another one. */
	get key() {
		return JSON.stringify([this.how[0], this.fields])
	}

	/** @returns the names and values of the address with another value; another module has other settings */
	with(name, value) {
		const entries = [...this.query].filter(([key]) => name !== 'module' || !(key.startsWith('module.') || MESSAGES.includes(key)))
		return {...Object.fromEntries(entries), [name]: value}
	}
}

/** The message is a field of its own. */
export const fieldOf = (setting) => setting.name === 'message' ? 'message' : 'module.' + setting.name
