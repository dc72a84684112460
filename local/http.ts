import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Serves on the loopback address; port 0 takes a free one. Rejects with EADDRINUSE when the port is taken. What the
 * listener throws costs that one request a 500.
 */
export async function serve(port: number, listener: Listener): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    listener(request, response).catch((error) => {
      console.error(error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { message: 'Internal Server Error' })
    })
  })
  // Who comes back to a connection just as it is closed gets an error, and the five seconds of Node pass quickly on a busy machine.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${taken}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 2_000).unref()
      }),
  }
}

/** The whole body, or undefined when it is longer than `limit`; what is over it is read and thrown away, so that the answer arrives. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= limit) chunks.push(chunk)
  }
  return size <= limit ? Buffer.concat(chunks) : undefined
}

/** Answers with a JSON body. */
export function sendJson(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}
