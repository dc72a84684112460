import { collected, spare } from './sparing-client.ts'

/** The parts of a client of the SDK that speaks JSON (DynamoDB and its streams) that `wired` touches. */
interface JsonClient {
  config: { protocol: object }
  middlewareStack: { remove(name: string): boolean }
}

interface Request {
  body: string
}

interface Response {
  statusCode: number
  headers: Record<string, string>
  body: NodeJS.ReadableStream
}

/** What of the SDK's way to speak to a service is replaced. */
interface Protocol {
  serializeRequest(operation: object, input: object, context: object): Promise<Request>
  deserializeResponse(operation: object, context: object, response: Response): Promise<object>
}

/**
 * Lets a client say what it is given, and answer what it hears, as the JSON that goes over the wire; the SDK's own way walks through the
 * schema of every attribute, which is half of what a call costs. Endpoint, credentials, signing, retries and errors stay the SDK's.
 */
export function wired<C extends JsonClient>(client: C): C {
  const protocol = client.config.protocol as Protocol
  const [request, answer] = [protocol.serializeRequest.bind(protocol), protocol.deserializeResponse.bind(protocol)]
  protocol.serializeRequest = async (operation, input, context) =>
    Object.assign(await request(operation, {}, context), { body: JSON.stringify(input) })
  protocol.deserializeResponse = async (operation, context, response) => {
    if (response.statusCode !== 200) return answer(operation, context, response)
    const bytes = await collected(response.body)
    const $metadata = { httpStatusCode: response.statusCode, requestId: response.headers['x-amzn-requestid'] }
    return { ...JSON.parse(bytes.toString()), $metadata }
  }
  return spare(client)
}
