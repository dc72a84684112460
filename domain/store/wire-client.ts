import { keepRequests } from './kept-requests.ts'
import { readAnswers } from './read-answers.ts'
import { spare } from './sparing-client.ts'

/** The parts of a client of the SDK that `wired` touches; each service's client types them in its own way. */
interface Client {
  config: { protocol: object }
  middlewareStack: {
    remove(name: string): boolean
    add(middleware: never, at: never): void
    addRelativeTo(middleware: never, at: never): void
  }
}

/** What of the SDK's way to speak to a service is replaced. */
interface Protocol {
  serializeRequest(operation: object, input: object, context: object): Promise<{ body: string }>
}

/** What a service is told and answers, as text; `empty` is the text for the same command without input. */
export interface Wire {
  write(input: object, empty: string): string
  read(text: string): object
}

const json: Wire = { write: (input) => JSON.stringify(input), read: JSON.parse }

/**
 * Lets a client say what it is given, and answer what it hears, as it goes over the wire; the SDK's own way walks through the schema of
 * every member, and finds out anew where a request goes, which is more than half of what a call costs. Endpoint, credentials, signing,
 * retries and errors stay the SDK's.
 */
export function wired<C extends Client>(client: C, { write, read }: Wire = json): C {
  const protocol = client.config.protocol as Protocol
  const request = protocol.serializeRequest.bind(protocol)
  const empties = new WeakMap<object, string>()
  protocol.serializeRequest = async (operation, input, context) => {
    const asked = await request(operation, {}, context)
    empties.set(asked, asked.body)
    return Object.assign(asked, { body: write(input, asked.body) })
  }
  keepRequests(client, (first) => (input) => write(input, empties.get(first)!))
  readAnswers(client, read)
  return spare(client)
}
