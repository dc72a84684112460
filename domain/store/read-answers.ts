import { collected } from './sparing-client.ts'

interface Response {
  statusCode: number
  headers: Record<string, string>
  body: NodeJS.ReadableStream
}

/** A call as it goes to the connection; `answered` when its answer is here and only wants to be read. */
type Asked = object & { answered?: Response }
type Answer = { response: Response; output?: object }
type Next = (asked: Asked) => Promise<Answer>
type Middleware = (next: Next, context: object) => Next

/** The parts of a client that are touched; each service's client types them in its own way. */
interface Client {
  middlewareStack: { addRelativeTo(middleware: never, at: never): void }
}

/**
 * Lets a client read what went well by `read` and nothing else: the SDK copies its settings and the context of the call for every answer.
 * Whatever is no 200 is read by the SDK, whose errors tell its retries and its clock what they want to know.
 */
export function readAnswers(client: Client, read: (text: string) => object): void {
  const connections = new WeakMap<object, Next>()
  const connect: Middleware = (next, context) => {
    connections.set(context, next)
    return async (asked) => (asked.answered ? { response: asked.answered } : next(asked))
  }
  const answer: Middleware = (next, context) => async (asked) => {
    const { response } = await connections.get(context)!(asked)
    if (response.statusCode !== 200) return next({ ...asked, answered: response })
    const $metadata = { httpStatusCode: response.statusCode, requestId: response.headers['x-amzn-requestid'] }
    return { response, output: { ...read((await collected(response.body)).toString()), $metadata } }
  }
  const toMiddleware = 'deserializerMiddleware'
  client.middlewareStack.addRelativeTo(connect as never, { name: 'connect', relation: 'after', toMiddleware } as never)
  client.middlewareStack.addRelativeTo(answer as never, { name: 'readAnswer', relation: 'before', toMiddleware } as never)
}
