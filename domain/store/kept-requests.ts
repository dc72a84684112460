/** What the SDK makes of a command before it is signed. */
interface Request {
  headers: Record<string, string>
  body: string
}

interface Asked {
  input: object
  request: Request
}

type Next = (asked: Asked) => Promise<unknown>
type Middleware = (next: Next, context: object) => Next

/** The parts of a client that are touched; each service's client types them in its own way. */
interface Client {
  middlewareStack: { add(middleware: never, at: never): void; addRelativeTo(middleware: never, at: never): void }
}

interface Kept {
  request: Request
  bodyOf(input: object): string
  next: Next
}

/** Another request to the same place; what is done with it later adds headers of its own. */
const again = (request: Request, body: string): Request =>
  Object.assign(Object.create(Object.getPrototypeOf(request)), request, { headers: { ...request.headers }, body })

/**
 * Lets a client make the request of each kind of command once, and later only its body anew, as `bodyOf` the first request
 * says: where it goes, under which headers, and by which scheme it is signed never changes. That is for clients of one region with the
 * setting `cacheMiddleware`, of which each kind of command has one context; without it every request is made whole. Retries, credentials
 * and signatures are asked of the SDK at each call, as ever.
 */
export function keepRequests(client: Client, bodyOf: (first: Request) => (input: object) => string): void {
  const kept = new WeakMap<object, Kept>()
  const send: Middleware = (next, context) => (asked) => {
    const known = kept.get(context)
    return known ? known.next({ ...asked, request: again(known.request, known.bodyOf(asked.input)) }) : next(asked)
  }
  const keep: Middleware = (next, context) => (asked) => {
    kept.set(context, { request: again(asked.request, ''), bodyOf: bodyOf(asked.request), next })
    return next(asked)
  }
  const first = { name: 'sendKeptRequest', step: 'serialize', priority: 'high' }
  const made = { name: 'keepRequest', relation: 'after', toMiddleware: 'serializerMiddleware' }
  client.middlewareStack.add(send as never, first as never)
  client.middlewareStack.addRelativeTo(keep as never, made as never)
}
