import { collected, spare } from './sparing-client.ts'

/** The parts of a client of the SDK that `wired` touches; each service's client types them in its own way. */
interface Client {
  config: { protocol: object }
  middlewareStack: { remove(name: string): boolean }
}

interface Response {
  statusCode: number
  headers: Record<string, string>
  body: NodeJS.ReadableStream
}

/** What of the SDK's way to speak to a service is replaced. */
interface Protocol {
  serializeRequest(operation: object, input: object, context: object): Promise<{ body: string }>
  deserializeResponse(operation: object, context: object, response: Response): Promise<object>
}

/** What a service is told and answers, as text; `empty` is the text for the same command without input. */
export interface Wire {
  write(input: object, empty: string): string
  read(text: string): object
}

const json: Wire = { write: (input) => JSON.stringify(input), read: JSON.parse }

/**
 * Lets a client say what it is given, and answer what it hears, as it goes over the wire; the SDK's own way walks through the schema of
 * every member, which is half of what a call costs. Endpoint, credentials, signing, retries and errors stay the SDK's.
 */
export function wired<C extends Client>(client: C, { write, read }: Wire = json): C {
  const protocol = client.config.protocol as Protocol
  const [request, answer] = [protocol.serializeRequest.bind(protocol), protocol.deserializeResponse.bind(protocol)]
  protocol.serializeRequest = async (operation, input, context) => {
    const asked = await request(operation, {}, context)
    return Object.assign(asked, { body: write(input, asked.body) })
  }
  protocol.deserializeResponse = async (operation, context, response) => {
    if (response.statusCode !== 200) return answer(operation, context, response)
    const $metadata = { httpStatusCode: response.statusCode, requestId: response.headers['x-amzn-requestid'] }
    return { ...read((await collected(response.body)).toString()), $metadata }
  }
  return spare(client)
}
